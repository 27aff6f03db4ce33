import './map.css';
import { isAborted } from '../../api/client';
import { follow } from '../../api/stream';
import { createChart, plainText, type Figure } from '../../chart';
import { button } from '../../parts/button';
import { el, replace, setText } from '../../parts/dom';
import { writePanel } from '../../state/panel-codec';
import type { MapState, SystemState } from '../../state/system-state';
import type { SystemContext } from '../context';
import { createFigureData } from '../figure/data';
import { labelOf, settingFor } from '../setting';
import { axesOf, columns, isChosen, mapRequest, methodOf, rows, valuesOf } from './axes';
import { createBehind, valueAt } from './behind';
import { createOffers, createSelect, withShown } from './quantities';
import { viewName, viewOf, withoutView } from './view';

/** How long a setting rests before its map is computed. */
const rest = 250;
const pointing = 'Point at a cell to see the curve behind it; press to take its values up.';

interface MapAnswer {
  readonly done: number;
  readonly cells: number;
  readonly quantity: string;
  /** What all cells have beside what was asked for, so that they are solved alike. */
  readonly added?: Readonly<Record<string, string>>;
  readonly figure: Figure;
  /** How to read it where its time ended before all cells were there. */
  readonly stopped?: string;
}

interface Cell {
  readonly x: string;
  readonly y: string;
}

export interface MapView {
  update(): void;
  /** Shows or hides the cells as a table. */
  toggleData(): void;
  stop(): void;
}

const nearest = (values: readonly string[], wanted: number): string => values.reduce((best, value) => (Math.abs(Number(value) - wanted) < Math.abs(Number(best) - wanted) ? value : best), values[0] ?? '');

/** A number over two parameters, computed cell by cell, with the curve behind the cell under the pointer. A press takes its values up. */
export function mountMap(host: HTMLElement, context: SystemContext, leave: () => void): MapView {
  const { system: tables, state } = context;
  const set = (part: Partial<MapState>): void => {
    const { map } = state.get();
    if (map) state.set({ ...('x' in part || 'y' in part ? withoutView(state.get()) : state.get()), map: { ...map, ...part } });
  };
  const across = createSelect('Across', (x) => set(x === state.get().map?.y ? { x, y: state.get().map!.x } : { x }));
  const up = createSelect('Up', (y) => set(y === state.get().map?.x ? { y, x: state.get().map!.y } : { y }));
  const quantity = createSelect('Colour', (value) => set({ quantity: value }));
  const offers = createOffers(tables.id, () => update());
  const progress = el('progress', { max: 1, 'aria-label': 'Cells of the map' });
  const solved = el('span', { class: 'small muted' });
  const toggle = el('button', { type: 'button', class: 'quiet', onclick: () => (isWorking ? controller?.abort() : goOn()) });
  const work = el('div', { class: 'map-work' }, progress, solved, toggle);
  const trouble = el('p', { class: 'figure-refusal', hidden: true });
  const hint = el('p', { class: 'map-hint' }, pointing);
  const mapHost = el('div', { class: 'map-chart' });
  const data = createFigureData();
  const behind = createBehind(tables.id, (trouble) => setText(hint, trouble ?? wordsOf(seen)));
  // Of the curve that is shown, also once the pointer has left the map.
  const take = el('button', { type: 'button', disabled: true, onclick: () => takeUp(seen) }, 'Take these values up');
  replace(
    host,
    el('div', { class: 'map-choices' }, across.element, up.element, quantity.element, button('Back to the curves', leave, 'curve')),
    trouble,
    el('div', { class: 'map-body' }, mapHost, el('div', { class: 'map-side' }, hint, behind.element, take, work)),
    el('div', { class: 'figure-foot' }, data.button),
    data.element,
  );

  let cell: Cell | null = null;
  let seen: Cell | null = null;
  let touched: Cell | null = null;
  let answered: MapAnswer | null = null;
  const chart = createChart(
    mapHost,
    {
      onCell: (_, over) => (over ? hover(over.x, over.y) : leaveCell()),
      onView(_, view) {
        const text = writePanel(view);
        const others = withoutView(state.get());
        state.set(text === '' ? others : { ...others, more: { ...others.more, [viewName]: text } });
      },
    },
    { hasSlopes: false },
  );
  let controller: AbortController | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let key = '';
  let isWorking = false;

  // While it is computed it can be cancelled; what has not come to its end goes on when asked.
  function works(now: boolean): void {
    isWorking = now;
    setText(toggle, now ? 'Cancel' : 'Continue');
    toggle.setAttribute('aria-label', now ? 'Cancel the map' : 'Continue the map');
    work.classList.toggle('is-stopped', !now);
    if (now) host.setAttribute('aria-busy', 'true');
    else host.removeAttribute('aria-busy');
  }
  function goOn(): void {
    const { map } = state.get();
    if (map) void compute(state.get(), map);
  }
  function wordsOf(shown: Cell | null): string {
    const { map } = state.get();
    return map && shown ? `${labelOf(map.x)} ${shown.x}, ${map.y.replaceAll('-', ' ')} ${shown.y}. Press to take these values up.` : pointing;
  }
  function hover(x: number, y: number): void {
    const { map, setting } = state.get();
    const method = methodOf(state.get(), tables);
    const parameters = [map?.x, map?.y].map((name) => tables.parameters.find((parameter) => parameter.name === name));
    if (!map || !method || !parameters[0] || !parameters[1]) return;
    const next = { x: nearest(valuesOf(parameters[0], columns), x), y: nearest(valuesOf(parameters[1], rows), y) };
    if (next.x === cell?.x && next.y === cell.y) return;
    cell = seen = next;
    const heat = answered?.figure.panels?.[0]?.heatMap;
    take.disabled = false;
    setText(hint, wordsOf(seen));
    behind.show({ method: method.name, setting: settingFor(method, { ...setting, ...answered?.added, [map.x]: next.x, [map.y]: next.y }, tables) }, heat?.label ?? '', valueAt(heat, x, y));
  }
  // A press takes up the cell below the pointer, and none where there is none.
  function leaveCell(): void {
    cell = null;
    if (!seen) setText(hint, pointing);
  }
  function takeUp(taken: Cell | null): void {
    const { map, setting } = state.get();
    if (map && taken) state.set({ ...state.get(), setting: { ...setting, ...answered?.added, [map.x]: taken.x, [map.y]: taken.y } });
  }
  mapHost.addEventListener('click', (event) => {
    if (!cell || !(event.target instanceof Element) || event.target.closest('button')) return;
    // A finger points first and presses then.
    const isPointing = (event as PointerEvent).pointerType === 'touch' && (touched?.x !== cell.x || touched.y !== cell.y);
    touched = cell;
    if (!isPointing) takeUp(cell);
  });

  // What the arrows point to is pressed by Enter.
  mapHost.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.classList.contains('ef-stage')) event.target.click();
  });

  const compute = async (current: SystemState, map: MapState): Promise<void> => {
    const request = mapRequest(current, tables);
    if (!request) return;
    controller?.abort();
    const mine = (controller = new AbortController());
    const show = (answer: MapAnswer): void => {
      answered = answer;
      progress.value = answer.done / answer.cells;
      setText(solved, answer.stopped !== undefined ? `${answer.stopped}.` : `${answer.done} of ${answer.cells} cells`);
      chart.update(answer.figure);
      data.show(answer.figure);
      context.map.set(answer.figure);
    };
    trouble.hidden = true;
    work.classList.remove('is-done');
    works(true);
    progress.value = 0;
    setText(solved, 'Solving …');
    chart.setStale(true);
    try {
      const whole = await follow<MapAnswer>(`systems/${encodeURIComponent(tables.id)}/map`, request, mine.signal, (event) => show(event.data as MapAnswer));
      show(whole);
      context.announce(plainText(whole.stopped === undefined ? whole.figure.title : `${whole.figure.title}. ${whole.stopped}.`));
      work.classList.toggle('is-done', whole.stopped === undefined);
      const { map: now } = state.get();
      if (now && isChosen(now.quantity) && now.x === map.x && now.y === map.y) {
        // What was chosen stands in the address; it is the map that is shown.
        const named = { ...now, quantity: whole.quantity };
        key = keyOf({ ...state.get(), map: named });
        set({ quantity: whole.quantity });
      } else update();
    } catch (error) {
      if (controller !== mine) return;
      trouble.hidden = false;
      setText(trouble, isAborted(error) ? 'The map was cancelled: what it had reached is shown.' : error instanceof Error ? error.message : String(error));
      chart.setStale(false);
      if (progress.value === 0) setText(solved, 'No cell is there yet.');
      work.classList.toggle('is-done', !isAborted(error));
    }
    works(false);
  };

  const keyOf = (current: SystemState): string => JSON.stringify(mapRequest(current, tables));
  function update(): void {
    const current = state.get();
    const { map } = current;
    if (!map) return;
    const method = methodOf(current, tables);
    const axes = axesOf(current, tables).map((parameter) => ({ value: parameter.name, words: labelOf(parameter.name), meaning: parameter.help }));
    across.show(axes, map.x);
    up.show(axes, map.y);
    if (method) offers.follow({ method: method.name, setting: settingFor(method, current.setting, tables) });
    quantity.show(withShown(offers.list, map.quantity, answered?.quantity === map.quantity ? (answered.figure.panels?.[0]?.heatMap?.label ?? '') : ''), map.quantity);
    chart.setViews({ 0: viewOf(current) });
    const next = keyOf(current);
    if (next === key) return;
    const isFirst = key === '';
    key = next;
    clearTimeout(waiting);
    waiting = setTimeout(() => void compute(current, map), isFirst ? 0 : rest);
  }
  const end = context.shown.subscribe(update);

  return {
    update,
    toggleData: data.toggle,
    stop() {
      clearTimeout(waiting);
      controller?.abort();
      offers.stop();
      behind.stop();
      end();
      chart.destroy();
    },
  };
}
