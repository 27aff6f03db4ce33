import './map.css';
import { draw, isAborted } from '../../api/client';
import type { DrawAnswer, RunRequest } from '../../api/contracts';
import { follow } from '../../api/stream';
import { createChart, type Figure } from '../../chart';
import { button } from '../../parts/button';
import { el, replace, setText, uniqueId } from '../../parts/dom';
import { createWaiting } from '../../parts/waiting';
import type { MapState, SystemState } from '../../state/system-state';
import type { SystemContext } from '../context';
import { createLatest } from '../latest';
import { labelOf, settingFor } from '../setting';
import { axesOf, columns, isChosen, methodOf, quantitiesOf, rows, valuesOf, type Choice } from './axes';

/** How long a setting rests before its map is computed. */
const rest = 250;

interface MapAnswer {
  readonly done: number;
  readonly cells: number;
  readonly quantity: string;
  readonly figure: Figure;
}

interface Cell {
  readonly x: string;
  readonly y: string;
}

export interface MapView {
  update(): void;
  stop(): void;
}

function select(label: string, chosen: (value: string) => void): { readonly element: HTMLElement; show(choices: readonly Choice[], value: string): void } {
  const id = uniqueId('map');
  const control = el('select', { id, onchange: () => chosen(control.value) });
  let key = '';
  return {
    element: el('span', { class: 'map-choice' }, el('label', { for: id }, label), control),
    show(choices, value) {
      const next = JSON.stringify(choices);
      if (next !== key) replace(control, ...choices.map((choice) => el('option', { value: choice.value }, choice.words)));
      key = next;
      control.value = value;
    },
  };
}

const nearest = (values: readonly string[], wanted: number): string => values.reduce((best, value) => (Math.abs(Number(value) - wanted) < Math.abs(Number(best) - wanted) ? value : best), values[0] ?? '');

/** A number over two parameters, computed cell by cell, with the curve behind the cell under the pointer. A press takes its values up. */
export function mountMap(host: HTMLElement, context: SystemContext, leave: () => void): MapView {
  const { system: tables, state } = context;
  const set = (part: Partial<MapState>): void => {
    const { map } = state.get();
    if (map) state.set({ ...state.get(), map: { ...map, ...part } });
  };
  const across = select('Across', (x) => set(x === state.get().map?.y ? { x, y: state.get().map!.x } : { x }));
  const up = select('Up', (y) => set(y === state.get().map?.x ? { y, x: state.get().map!.y } : { y }));
  const quantity = select('Colour', (value) => set({ quantity: value }));
  const progress = el('progress', { max: 1, 'aria-label': 'Cells of the map' });
  const solved = el('span', { class: 'small muted' });
  const work = el('div', { class: 'map-work' }, progress, solved, el('button', { type: 'button', class: 'quiet', onclick: () => controller?.abort(), 'aria-label': 'Cancel the map' }, 'Cancel'));
  const trouble = el('p', { class: 'figure-refusal', hidden: true });
  const hint = el('p', { class: 'map-hint' }, 'Point at a cell to see the curve behind it; press to take its values up.');
  const mapHost = el('div', { class: 'map-chart' });
  const curveHost = el('div', { class: 'map-curve', 'aria-live': 'off' });
  replace(host, el('div', { class: 'map-choices' }, across.element, up.element, quantity.element, button('Back to the curves', leave, 'curve')), work, trouble, el('div', { class: 'map-body' }, mapHost, el('div', { class: 'map-side' }, hint, curveHost)));

  const curve = createChart(curveHost, {}, { hasCaption: false });
  let cell: Cell | null = null;
  const solving = el('p', { class: 'small muted', role: 'status' });
  curveHost.before(solving);
  const curveWaiting = createWaiting((isShown) => {
    setText(solving, isShown ? 'Solving …' : '');
    curve.setStale(isShown);
  });
  const chart = createChart(mapHost, { onCell: (_, over) => (over ? hover(over.x, over.y) : leaveCell()) });
  let controller: AbortController | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let key = '';

  const latest = createLatest<RunRequest, DrawAnswer>((run, signal) => draw(tables.id, [run], signal), {
    started: () => curveWaiting.wait(),
    landed(answer) {
      curveWaiting.rest();
      curve.update(answer.figure);
    },
    failed(error) {
      curveWaiting.rest();
      if (!isAborted(error)) setText(hint, error instanceof Error ? error.message : String(error));
    },
  });

  function hover(x: number, y: number): void {
    const { map, setting } = state.get();
    const method = methodOf(state.get(), tables);
    const parameters = [map?.x, map?.y].map((name) => tables.parameters.find((parameter) => parameter.name === name));
    if (!map || !method || !parameters[0] || !parameters[1]) return;
    const next = { x: nearest(valuesOf(parameters[0], columns), x), y: nearest(valuesOf(parameters[1], rows), y) };
    if (next.x === cell?.x && next.y === cell.y) return;
    cell = next;
    setText(hint, `${labelOf(map.x)} ${next.x}, ${map.y.replaceAll('-', ' ')} ${next.y}. Press to take these values up.`);
    latest.ask({ method: method.name, setting: settingFor(method, { ...setting, [map.x]: next.x, [map.y]: next.y }, tables) });
  }
  // A press takes up the cell below the pointer, and none where there is none.
  function leaveCell(): void {
    cell = null;
    setText(hint, 'Point at a cell to see the curve behind it; press to take its values up.');
  }
  mapHost.addEventListener('click', (event) => {
    const { map } = state.get();
    if (!map || !cell || !(event.target instanceof Element) || event.target.closest('button')) return;
    state.set({ ...state.get(), setting: { ...state.get().setting, [map.x]: cell.x, [map.y]: cell.y } });
  });

  // What the arrows point to is pressed by Enter.
  mapHost.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.classList.contains('ef-stage')) event.target.click();
  });

  const compute = async (current: SystemState, map: MapState): Promise<void> => {
    const method = methodOf(current, tables);
    const [x, y] = [map.x, map.y].map((name) => tables.parameters.find((parameter) => parameter.name === name)!);
    if (!method || !x || !y) return;
    controller?.abort();
    const mine = (controller = new AbortController());
    const show = (answer: MapAnswer): void => {
      progress.value = answer.done / answer.cells;
      setText(solved, `${answer.done} of ${answer.cells} cells`);
      chart.update(answer.figure);
    };
    trouble.hidden = true;
    work.classList.remove('is-done');
    host.setAttribute('aria-busy', 'true');
    progress.value = 0;
    setText(solved, 'Solving …');
    chart.setStale(true);
    const { [map.x]: _, [map.y]: __, ...others } = settingFor(method, current.setting, tables);
    try {
      const body = { run: { method: method.name, setting: others }, x: { parameter: x.name, values: valuesOf(x, columns) }, y: { parameter: y.name, values: valuesOf(y, rows) }, quantity: map.quantity };
      const whole = await follow<MapAnswer>(`systems/${encodeURIComponent(tables.id)}/map`, body, mine.signal, (event) => show(event.data as MapAnswer));
      show(whole);
      context.announce(whole.figure.title);
      progress.hidden = true;
      const { map: now } = state.get();
      if (now && isChosen(now.quantity) && now.x === map.x && now.y === map.y) {
        // What was chosen stands in the address; it is the map that is shown.
        const named = { ...now, quantity: whole.quantity };
        key = keyOf(state.get(), named);
        set(named);
      }
    } catch (error) {
      if (controller !== mine) return;
      trouble.hidden = false;
      setText(trouble, isAborted(error) ? 'The map was cancelled: what it had reached is shown.' : error instanceof Error ? error.message : String(error));
      chart.setStale(false);
    }
    work.classList.add('is-done');
    host.removeAttribute('aria-busy');
  };

  const keyOf = (current: SystemState, map: MapState): string => {
    const method = methodOf(current, tables);
    const { [map.x]: _, [map.y]: __, ...others } = method ? settingFor(method, current.setting, tables) : {};
    return JSON.stringify([method?.name, others, map.x, map.y, map.quantity]);
  };
  const update = (): void => {
    const current = state.get();
    const { map } = current;
    if (!map) return;
    const axes = axesOf(current, tables).map((parameter) => ({ value: parameter.name, words: labelOf(parameter.name) }));
    across.show(axes, map.x);
    up.show(axes, map.y);
    const known = quantitiesOf(tables, context.shown.get()?.runs ?? []);
    quantity.show(isChosen(map.quantity) ? [{ value: map.quantity, words: 'An event, or a value' }, ...known] : known, map.quantity);
    const next = keyOf(current, map);
    if (next === key) return;
    const isFirst = key === '';
    key = next;
    clearTimeout(waiting);
    waiting = setTimeout(() => void compute(current, map), isFirst ? 0 : rest);
  };
  const end = context.shown.subscribe(update);

  return {
    update,
    stop() {
      clearTimeout(waiting);
      controller?.abort();
      latest.stop();
      curveWaiting.rest();
      end();
      chart.destroy();
      curve.destroy();
    },
  };
}
