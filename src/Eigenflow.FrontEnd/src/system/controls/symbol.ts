import { setRich } from '../../chart';
import { el } from '../../parts/dom';

/** A symbol of a table, such as σ_ξ² or Σ_{12}, with its indices lowered. */
export function symbolText(symbol: string): HTMLElement {
  const element = el('span', { class: 'symbol', 'aria-hidden': 'true' });
  setRich(element, symbol);
  return element;
}
