import { el } from '../../parts/dom';

const script = /([_^])(\{[^}]*\}|.)/gu;

/** A symbol of a table, such as σ_ξ² or Σ_{12}, with its indices lowered. */
export function symbolText(symbol: string): HTMLElement {
  const element = el('span', { class: 'symbol', 'aria-hidden': 'true' });
  let end = 0;
  for (const match of symbol.matchAll(script)) {
    if (match.index > end) element.append(symbol.slice(end, match.index));
    element.append(el(match[1] === '_' ? 'sub' : 'sup', {}, match[2]!.replace(/^\{|\}$/g, '')));
    end = match.index + match[0].length;
  }
  if (end < symbol.length) element.append(symbol.slice(end));
  return element;
}
