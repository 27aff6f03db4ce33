import { systems } from '../api/client';
import type { SystemEntry } from '../api/contracts';
import { announce } from '../shell/announcer';
import { isDark, onTheme } from '../shell/theme';
import type { MountedView } from '../shell/views';
import { card, emptyCard, showThumbnail } from './card';
import './gallery.css';
import { families, matches } from './search';

// As many as there are, so that nothing moves when they come.
const expected = 12;

const element = <K extends keyof HTMLElementTagNameMap>(name: K, className: string, text = ''): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

/** The systems as cards: what each asks, and a figure of its theory. */
export function mount(host: HTMLElement): MountedView {
  const head = element('div', 'gallery-head');
  const heading = element('h1', 'gallery-title', 'The theory of learning dynamics, solved while you move a slider.');
  heading.dataset['title'] = 'Systems';
  const tools = element('div', 'gallery-tools');
  const search = element('input', 'gallery-search');
  search.type = 'search';
  search.placeholder = 'Search systems';
  search.setAttribute('aria-label', 'Search systems');
  search.autocomplete = 'off';
  search.spellcheck = false;
  const chips = element('div', 'gallery-families');
  chips.setAttribute('role', 'group');
  chips.setAttribute('aria-label', 'Families');
  tools.append(chips, search);
  head.append(heading, tools);
  const grid = element('div', 'gallery-grid');
  grid.setAttribute('aria-busy', 'true');
  grid.append(...Array.from({ length: expected }, emptyCard));
  const nothing = element('p', 'gallery-nothing muted', 'No system matches this search.');
  nothing.hidden = true;
  host.append(head, grid, nothing);

  const cards = new Map<SystemEntry, HTMLElement>();
  let family = '';
  const filter = (): void => {
    let count = 0;
    for (const [entry, node] of cards) {
      node.hidden = !((family === '' || entry.family === family) && matches(entry, search.value));
      if (!node.hidden) count++;
    }
    for (const section of grid.children) (section as HTMLElement).hidden = [...section.querySelectorAll<HTMLElement>('.system-card')].every((node) => node.hidden);
    nothing.hidden = count > 0;
    announce(count === 1 ? '1 system.' : `${count} systems.`);
  };
  const chip = (name: string, words: string): HTMLButtonElement => {
    const button = element('button', 'chip', words);
    button.type = 'button';
    button.setAttribute('aria-pressed', String(name === family));
    button.addEventListener('click', () => {
      family = name;
      for (const other of chips.children) other.setAttribute('aria-pressed', String(other === button));
      filter();
    });
    return button;
  };
  search.addEventListener('input', filter);

  let isOver = false;
  const ends = [
    onTheme(() => {
      for (const node of cards.values()) showThumbnail(node, isDark());
    }),
  ];
  const show = (entries: readonly SystemEntry[]): void => {
    if (isOver) return;
    const sections = families(entries).map(({ name, systems: members }) => {
      const section = element('section', 'gallery-family');
      const title = element('h2', 'visually-hidden', name);
      section.append(title);
      for (const entry of members) {
        const node = card(entry);
        showThumbnail(node, isDark());
        cards.set(entry, node);
        section.append(node);
      }
      return section;
    });
    grid.replaceChildren(...sections);
    grid.removeAttribute('aria-busy');
    chips.replaceChildren(chip('', 'All'), ...families(entries).map(({ name }) => chip(name, name)));
    if (search.value) filter();
  };
  systems().then(show, (error: unknown) => {
    if (isOver) return;
    grid.removeAttribute('aria-busy');
    const trouble = element('p', 'notice bad', `The systems could not be loaded: ${error instanceof Error ? error.message : String(error)}`);
    trouble.setAttribute('role', 'alert');
    grid.replaceChildren(trouble);
  });
  return () => {
    isOver = true;
    for (const end of ends) end();
  };
}
