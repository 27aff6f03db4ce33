// Which parameters a map may have on its axes, at which values, and what it may show.
import type { Parameter, RunRequest, SystemTables } from '../../api/contracts';
import { sliderScale } from '../../parts/slider-scale';
import type { MapState, SystemState } from '../../state/system-state';
import { isMeant, isRead, settingFor } from '../setting';

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

/** Whether the server chooses what a map shows. */
export const isChosen = (quantity: string): boolean => quantity.startsWith('auto');

/** The map that is shown first, or null where there are no two numbers to vary: the server chooses what it shows, and better parameters where it knows some. */
export function firstMap(state: SystemState, tables: SystemTables): MapState | null {
  const [x, y] = axesOf(state, tables);
  return x && y ? { x: x.name, y: y.name, quantity: 'auto' } : null;
}

/** What a map is asked for. */
export interface MapRequest {
  readonly run: RunRequest;
  readonly x: { readonly parameter: string; readonly values: readonly string[] };
  readonly y: { readonly parameter: string; readonly values: readonly string[] };
  readonly quantity: string;
}

/** The request for the map of a state; null where it names no two numbers, or no method is shown. */
export function mapRequest(state: SystemState, tables: SystemTables): MapRequest | null {
  const { map } = state;
  const method = methodOf(state, tables);
  const [x, y] = [map?.x, map?.y].map((name) => tables.parameters.find((parameter) => parameter.name === name));
  if (!map || !method || !x || !y) return null;
  const { [map.x]: _, [map.y]: __, ...others } = settingFor(method, state.setting, tables);
  return { run: { method: method.name, setting: others }, x: { parameter: x.name, values: valuesOf(x, columns) }, y: { parameter: y.name, values: valuesOf(y, rows) }, quantity: map.quantity };
}
