import { el, replace } from '../../parts/dom';
import type { Nodes } from '../api';
import { add, move, rateAt, remove, widest } from './nodes';

/** The same nodes as numbers in a table, for hands that do not drag. */
export function createNodeTable(changed: (nodes: Nodes) => void): { readonly element: HTMLElement; show(nodes: Nodes): void } {
  let nodes: Nodes = { steps: [0, 1], rates: [1, 1] };
  const body = el('tbody', {});
  const more = el('button', { type: 'button', onclick: () => take(add(nodes, widest(nodes), rateAt(nodes, widest(nodes)))?.nodes ?? nodes) }, 'Add a node');
  const element = el(
    'details',
    { class: 'schedule-table' },
    el('summary', {}, 'Nodes as numbers'),
    el('div', { class: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'node'), el('th', { scope: 'col' }, 'step'), el('th', { scope: 'col' }, 'learning rate'), el('th', { scope: 'col' }, el('span', { class: 'visually-hidden' }, 'take away')))), body)),
    more,
  );
  const take = (next: Nodes): void => {
    if (next === nodes) return;
    nodes = next;
    show();
    changed(nodes);
  };
  const number = (index: number, which: 'step' | 'rate'): HTMLInputElement => {
    const value = which === 'step' ? nodes.steps[index]! : nodes.rates[index]!;
    const isEnd = index === 0 || index === nodes.steps.length - 1;
    const input = el('input', {
      type: 'number',
      min: 0,
      step: which === 'step' ? 1 : 'any',
      value,
      'aria-label': `${which === 'step' ? 'Step' : 'Learning rate'} of node ${index + 1}`,
      disabled: which === 'step' && isEnd,
      onchange: () => {
        const typed = Number(input.value);
        if (Number.isFinite(typed)) take(which === 'step' ? move(nodes, index, typed, nodes.rates[index]!) : move(nodes, index, nodes.steps[index]!, typed));
        input.value = String(which === 'step' ? nodes.steps[index]! : nodes.rates[index]!);
      },
    });
    return input;
  };
  const show = (): void => {
    if (!(element as HTMLDetailsElement).open) {
      body.replaceChildren();
      return;
    }
    replace(
      body,
      ...nodes.steps.map((_, index) =>
        el(
          'tr',
          {},
          el('td', { class: 'number' }, String(index + 1)),
          el('td', {}, number(index, 'step')),
          el('td', {}, number(index, 'rate')),
          el('td', {}, index === 0 || index === nodes.steps.length - 1 ? null : el('button', { type: 'button', class: 'quiet', 'aria-label': `Take away node ${index + 1}`, onclick: () => take(remove(nodes, index)) }, 'Remove')),
        ),
      ),
    );
  };
  element.addEventListener('toggle', show);
  return {
    element,
    show(next) {
      nodes = next;
      // What is being typed is not taken away under the hand.
      if (!body.contains(document.activeElement)) show();
    },
  };
}
