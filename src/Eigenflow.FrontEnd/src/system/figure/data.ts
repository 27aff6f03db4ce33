import { dataTable } from '../../chart';
import type { Figure } from '../../chart/figure';
import { button } from '../../parts/button';
import { el, replace } from '../../parts/dom';

export interface FigureData {
  /** Shows or hides the table. */
  readonly button: HTMLButtonElement;
  readonly element: HTMLElement;
  toggle(): void;
  /** Takes a figure; its table is made where it is seen. */
  show(figure: Figure): void;
}

/** The numbers of a figure as a table, on request. */
export function createFigureData(): FigureData {
  const element = el('div', { class: 'figure-data', hidden: true });
  let figure: Figure | null = null;
  const fill = (): void => {
    if (!element.hidden && figure) replace(element, dataTable(figure));
  };
  const toggle = (): void => {
    element.hidden = !element.hidden;
    opener.setAttribute('aria-expanded', String(!element.hidden));
    fill();
  };
  const opener = button('Data', toggle, 'table');
  opener.setAttribute('aria-expanded', 'false');
  return {
    button: opener,
    element,
    toggle,
    show(next) {
      figure = next;
      fill();
    },
  };
}
