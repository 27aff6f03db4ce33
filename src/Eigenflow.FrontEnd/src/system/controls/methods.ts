import type { Method, SystemTables } from '../../api/contracts';
import { el } from '../../parts/dom';
import { isTheory } from '../../state/codec';

export interface MethodsPart {
  readonly element: HTMLElement;
  update(shown: readonly string[]): void;
}

/** Methods that are seen at once. */
const mostSeen = 5;

const words = (method: Method): string => (method.role === 'approximation' ? 'approximation' : '');

/** Which methods' curves follow the sliders. Simulations have a room of their own. */
export function createMethods(tables: SystemTables, choose: (methods: readonly string[], event: Event) => void): MethodsPart {
  const methods = tables.methods.filter((method) => isTheory(method.role));
  const boxes = new Map<string, HTMLInputElement>();
  const chosen = (event: Event): void => choose(methods.filter((method) => boxes.get(method.name)?.checked).map((method) => method.name), event);
  const lines = methods.map((method) => {
    const box = el('input', { type: 'checkbox', value: method.name, onchange: chosen });
    boxes.set(method.name, box);
    return el('label', { class: 'method', title: method.summary }, box, el('span', { class: 'method-name' }, method.name, words(method) === '' ? null : el('span', { class: 'method-role' }, words(method))), el('span', { class: 'method-summary' }, method.summary));
  });
  const seen = lines.slice(0, mostSeen);
  const folded = lines.slice(mostSeen);
  const more = folded.length === 0 ? null : el('details', { class: 'more' }, el('summary', {}, `${folded.length} more method${folded.length === 1 ? '' : 's'}`), ...folded);
  return {
    element: el('fieldset', { class: 'group methods', 'data-section': 'methods' }, el('legend', {}, 'Theory'), ...seen, more),
    update(shown) {
      for (const [name, box] of boxes) {
        box.checked = shown.includes(name);
        if (box.checked && more?.contains(box)) more.open = true;
      }
    },
  };
}
