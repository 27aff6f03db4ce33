import { el, setAttribute, uniqueId } from './dom';

export interface Tab {
  readonly id: string;
  readonly title: string;
  /** Fills the host when the tab is first opened. */
  open(host: HTMLElement): void;
}

export interface TabsPart {
  readonly element: HTMLElement;
  show(id: string): void;
  destroy(): void;
}

/** Rooms of which one is seen: tabs where there is width, and one below the other, each with a heading that opens it, where there is none. */
export function createTabs(name: string, tabs: readonly Tab[], narrow: string, shown: (id: string) => void): TabsPart {
  const media = matchMedia(narrow);
  const element = el('div', { class: 'tabs' });
  const parts = tabs.map((tab) => {
    const ids = { head: uniqueId('tab'), host: uniqueId('room') };
    const head = el('button', { type: 'button', id: ids.head, 'aria-controls': ids.host, 'data-tab': tab.id, onclick: () => press(tab.id) }, tab.title);
    const host = el('div', { id: ids.host, class: 'tab-host', 'aria-labelledby': ids.head, hidden: true });
    return { tab, head, host, isFilled: false };
  });
  let current = tabs[0]?.id;
  const opened = new Set<string>();

  const fill = (part: (typeof parts)[number]): void => {
    if (part.isFilled) return;
    part.isFilled = true;
    part.tab.open(part.host);
  };

  const update = (): void => {
    for (const part of parts) {
      const isOpen = media.matches ? opened.has(part.tab.id) : part.tab.id === current;
      part.host.hidden = !isOpen;
      if (media.matches) setAttribute(part.head, 'aria-expanded', String(isOpen));
      else {
        setAttribute(part.head, 'aria-selected', String(isOpen));
        part.head.tabIndex = isOpen ? 0 : -1;
      }
      if (isOpen) fill(part);
    }
  };

  const press = (id: string): void => {
    if (media.matches && opened.has(id)) opened.delete(id);
    else {
      opened.add(id);
      current = id;
      shown(id);
    }
    update();
  };

  const arrange = (): void => {
    for (const { head, host } of parts) {
      if (media.matches) {
        head.removeAttribute('role');
        head.removeAttribute('aria-selected');
        head.tabIndex = 0;
        host.setAttribute('role', 'region');
      } else {
        head.setAttribute('role', 'tab');
        head.removeAttribute('aria-expanded');
        host.setAttribute('role', 'tabpanel');
      }
      head.className = media.matches ? 'accordion-head' : '';
    }
    if (media.matches) element.replaceChildren(...parts.flatMap(({ head, host }) => [el('h2', { class: 'accordion-heading' }, head), host]));
    else element.replaceChildren(el('div', { role: 'tablist', 'aria-label': name }, ...parts.map(({ head }) => head)), ...parts.map(({ host }) => host));
    update();
  };

  element.addEventListener('keydown', (event) => {
    const index = parts.findIndex(({ head }) => head === event.target);
    if (index < 0 || media.matches) return;
    const next = event.key === 'ArrowRight' ? index + 1 : event.key === 'ArrowLeft' ? index - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? parts.length - 1 : null;
    if (next === null) return;
    event.preventDefault();
    const part = parts[(next + parts.length) % parts.length]!;
    press(part.tab.id);
    part.head.focus();
  });
  media.addEventListener('change', arrange);
  arrange();
  return {
    element,
    show(id) {
      if (!parts.some(({ tab }) => tab.id === id)) return;
      current = id;
      if (media.matches) opened.add(id);
      update();
    },
    destroy: () => media.removeEventListener('change', arrange),
  };
}
