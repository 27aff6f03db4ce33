// Which parameters a map may have on its axes, at which values, and what it may show.
import type { Parameter, RunAnswer, SystemTables } from '../../api/contracts';
import { sliderScale } from '../../parts/slider-scale';
import type { MapState, SystemState } from '../../state/system-state';
import { isMeant, isRead, labelOf } from '../setting';

export const columns = 24;
export const rows = 16;

// What changes how something is computed, and not what comes out.
const technical = new Set(['rtol', 'points', 'nodes', 'sub-steps', 'seed']);

/** The method of a map: the first that is shown. */
export const methodOf = (state: SystemState, tables: SystemTables) => tables.methods.find((method) => state.methods.includes(method.name));

/** The numbers that can be an axis: those that the method reads. */
export function axesOf(state: SystemState, tables: SystemTables): readonly Parameter[] {
  const method = methodOf(state, tables);
  if (!method) return [];
  return tables.parameters.filter((parameter) => parameter.slider && !technical.has(parameter.name) && isRead(parameter, method) && isMeant(parameter, state.setting, tables) && !state.hidden.includes(parameter.name));
}

/** Values over the slider of a parameter, ascending and different, as they are typed. */
export function valuesOf(parameter: Parameter, count: number): readonly string[] {
  const slider = parameter.slider;
  if (!slider) return [];
  const scale = sliderScale(slider);
  // Zero has no place among decades.
  const first = slider.isLogarithmic && slider.hasZero ? 1 : 0;
  const texts = Array.from({ length: count }, (_, index) => scale.textAt(Math.round(first + ((scale.last - first) * index) / (count - 1))));
  return texts.filter((text, index) => index === 0 || Number(text) > Number(texts[index - 1]));
}

export interface Choice {
  readonly value: string;
  readonly words: string;
}

/** Whether the server chooses what a map shows. */
export const isChosen = (quantity: string): boolean => quantity.startsWith('auto');

/** What a map can show: events, observables at one end for all cells or at that of each, and numbers of the summary. */
export function quantitiesOf(tables: SystemTables, runs: readonly RunAnswer[]): readonly Choice[] {
  const summary = runs[0]?.summary ?? [];
  return [
    ...tables.events.map(({ name }) => ({ value: `event:${name}`, words: `When: ${name.replaceAll('-', ' ')}` })),
    ...tables.observables.slice(1).map(({ name }) => ({ value: `common:${name}`, words: `${labelOf(name)} where the first curve ends` })),
    ...tables.observables.slice(1).map(({ name }) => ({ value: `last:${name}`, words: `${labelOf(name)} at the end of each curve` })),
    ...summary.map(({ name }) => ({ value: `number:${name}`, words: labelOf(name) })),
  ];
}

/** The map that is shown first, or null where there are no two numbers to vary: an event that most cells have, else what the first panel of the figure shows that is an observable, such as a loss; the server chooses. */
export function firstMap(state: SystemState, tables: SystemTables, labels: readonly string[] = []): MapState | null {
  const [x, y] = axesOf(state, tables);
  const drawn = labels.map((label) => tables.observables.find(({ symbol }) => symbol !== '' && (symbol === label || label.endsWith(` ${symbol}`)))).find((found) => found !== undefined);
  return x && y ? { x: x.name, y: y.name, quantity: drawn ? `auto:${drawn.name}` : 'auto' } : null;
}
