import { clearTroubles, showTrouble } from './trouble';
import { matchRoute, readRoute, type Route } from './route';
import { type MountedView, type View, views } from './views';

const name = 'Eigenflow';

interface Current {
  readonly view: View;
  readonly path: string;
  readonly mounted: MountedView;
}

let current: Current | null = null;
let turn = 0;

const find = (route: Route): { view: View; route: Route } | null => {
  for (const view of views) {
    const matched = matchRoute(view.pattern, route);
    if (matched) return { view, route: matched };
  }
  return null;
};

function leave(): void {
  const last = current;
  current = null;
  if (!last) return;
  try {
    if (typeof last.mounted === 'function') last.mounted();
    else last.mounted.unmount();
  } catch (error) {
    console.error(error);
  }
}

const markNavigation = (room: string): void => {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.shell-nav a')) {
    if (link.dataset['room'] === room) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
};

// The heading may come with data, later: it names the page, and takes the focus unless the user has moved it.
function followHeading(main: HTMLElement, takesFocus: boolean): () => void {
  let focused = !takesFocus;
  const look = (): void => {
    const heading = main.querySelector('h1');
    const text = heading?.textContent?.trim();
    if (!heading || !text) return;
    const title = heading.dataset['title'] ?? text;
    document.title = title === name ? name : `${title} · ${name}`;
    if (focused) return;
    focused = true;
    if (document.activeElement !== main && document.activeElement !== document.body) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(look);
  observer.observe(main, { childList: true, subtree: true, characterData: true });
  look();
  return () => observer.disconnect();
}

let endHeading: (() => void) | null = null;

/** Shows what the address says. */
async function show(isFirst: boolean): Promise<void> {
  const main = document.querySelector<HTMLElement>('#main')!;
  const asked = readRoute(location.hash);
  const found = find(asked);
  const path = asked.parts.join('/');
  if (current && found && current.path === path && typeof current.mounted !== 'function' && current.mounted.update) {
    current.mounted.update(found.route);
    return;
  }
  const mine = ++turn;
  leave();
  endHeading?.();
  clearTroubles();
  main.replaceChildren();
  markNavigation(found?.view.room ?? '');
  if (!isFirst) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
  endHeading = followHeading(main, !isFirst);
  const host = document.createElement('div');
  host.className = 'view';
  main.append(host);
  if (!found) {
    showTrouble(host, 'There is no such page', `The address ${location.hash} leads nowhere. The systems are a good place to start.`);
    return;
  }
  try {
    const module = await found.view.load();
    if (mine === turn) current = { view: found.view, path, mounted: module.mount(host, found.route) };
  } catch (error) {
    console.error(error);
    if (mine === turn) showTrouble(host, 'This page could not be opened', error instanceof Error ? error.message : String(error));
  }
}

/** Follows the address from now on. */
export function startRouter(): void {
  addEventListener('hashchange', () => void show(false));
  void show(true);
}
