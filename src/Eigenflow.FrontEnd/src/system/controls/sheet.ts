import { el } from '../../parts/dom';

/** Where there is no room beside the figure: the controls are a sheet at the foot of the window, and rooms stand one below the other. */
export const narrow = '(max-width: 35.99rem), (max-width: 43.99rem) and (min-height: 34.01rem)';

export interface Sheet {
  readonly element: HTMLElement;
  /** Opens it where it is closed. */
  open(): void;
  /** Opens it, and puts the focus on something in it. */
  focus(control: HTMLElement | null): void;
}

// The panel of which most is seen, else the first one.
function panelInSight(): Element | undefined {
  const seen = (panel: Element): number => {
    const { top, bottom } = panel.getBoundingClientRect();
    return Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
  };
  return [...document.querySelectorAll('.stage .ef-panel')].reduce<Element | undefined>((best, panel) => (best && seen(best) >= seen(panel) && seen(best) > 0 ? best : seen(panel) > 0 ? panel : (best ?? panel)), undefined);
}

/** The place of the controls: beside the figure, or on a telephone a sheet that is opened at the foot of the window, with a panel in sight above it. */
export function createSheet(...content: readonly HTMLElement[]): Sheet {
  const set = (isOpen: boolean): void => {
    element.classList.toggle('is-open', isOpen);
    head.setAttribute('aria-expanded', String(isOpen));
  };
  const head = el('button', { type: 'button', class: 'sheet-head', 'aria-expanded': 'false', onclick: () => press() }, 'Controls');
  const press = (): void => {
    const isOpen = !element.classList.contains('is-open');
    set(isOpen);
    if (isOpen) panelInSight()?.scrollIntoView({ block: 'nearest' });
  };
  const element = el('section', { class: 'controls', 'aria-label': 'Controls' }, head, ...content);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !matchMedia(narrow).matches || !element.classList.contains('is-open')) return;
    set(false);
    head.focus();
  });
  return {
    element,
    open: () => set(true),
    focus(control) {
      set(true);
      control?.focus();
    },
  };
}
