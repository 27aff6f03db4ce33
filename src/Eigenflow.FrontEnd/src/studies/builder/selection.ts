import { el } from '../../parts/dom';
import type { StudyColumn, StudyPlan } from '../contracts';
import { typeset } from '../figure/typeset';

// More are not chosen one by one.
const most = 40;

type Values = Readonly<Record<string, readonly string[]>>;

/** The values with one of a column more or less; none stands for all. */
export function toggled(column: StudyColumn, chosen: readonly string[], value: string): readonly string[] {
  const before = new Set(chosen);
  if (before.has(value)) before.delete(value);
  else before.add(value);
  const after = column.values.filter((one) => before.has(one));
  return after.length === column.values.length ? [] : after;
}

/** Which runs are shown: the values of each column, of which those that are pressed are kept, and all where none is. */
export function selection(plan: StudyPlan, chosen: (only: Values) => void): { readonly element: HTMLElement; show(only: Values): void } {
  let only: Values = {};
  const set = (name: string, values: readonly string[]): void => {
    const { [name]: _, ...others } = only;
    chosen(values.length > 0 ? { ...others, [name]: values } : others);
  };
  const groups = plan.columns
    .filter((column) => column.values.length > 1 && column.count <= most)
    .map((column) => {
      const buttons = column.values.map((value, index) =>
        el('button', { type: 'button', class: 'study-chip', onclick: () => set(column.name, toggled(column, only[column.name] ?? [], value)) }, el('span', {}, typeset(column.shown[index] ?? value))),
      );
      const all = el('button', { type: 'button', class: 'quiet study-all', 'aria-label': `All values of ${column.name}`, onclick: () => set(column.name, []) }, 'all');
      const element = el('fieldset', { class: 'study-values' }, el('legend', {}, el('span', {}, typeset(column.label)), all), el('div', { class: 'study-chips' }, ...buttons));
      return { column, buttons, all, element };
    });
  const element = el('details', { class: 'study-only', open: true }, el('summary', {}, 'Only some runs'), ...groups.map((group) => group.element));
  element.hidden = groups.length === 0;
  return {
    element,
    show(next) {
      only = next;
      for (const { column, buttons, all } of groups) {
        const values = new Set(next[column.name] ?? []);
        buttons.forEach((button, index) => button.setAttribute('aria-pressed', String(values.has(column.values[index]!))));
        all.hidden = values.size === 0;
      }
    },
  };
}
