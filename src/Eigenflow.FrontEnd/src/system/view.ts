import type { DrawAnswer, Parameter, SystemTables } from '../api/contracts';
import { button, iconButton } from '../parts/button';
import { el, replace } from '../parts/dom';
import { createWaiting } from '../parts/waiting';
import { announce } from '../shell/announcer';
import { createAddress } from '../state/address';
import { addressOf, decode, initialState } from '../state/codec';
import { roundedView } from '../state/panel-codec';
import { createFits, type FittedCurves } from '../runs/fits';
import { createStore } from '../state/store';
import type { SystemState } from '../state/system-state';
import type { Figure } from '../chart/figure';
import type { Shown, SimulationCurve, SystemContext } from './context';
import { createControls } from './controls';
import { createSheet } from './controls/sheet';
import type { Manner } from './controls/value-parts';
import { createDrawing } from './drawing';
import { createFigureArea } from './figure/area';
import { createLate } from './figure/late';
import { refusalOf, stayingSentence, stayingWords } from './figure/refusal';
import { createHeader } from './header';
import { listenForKeys } from './keys';
import { createPins, withPins } from './pins';
import { createRooms, unknownRoom } from './rooms';
import { withValue } from './setting';
import { createMapSlot } from './map/slot';

/** How long a typed value may be refused before that is said: it may not be whole yet. */
const typingPause = 500;

export interface SystemView {
  update(query: string): void;
  stop(): void;
}

/** The view of a system whose tables are known. */
export function createSystemView(host: HTMLElement, tables: SystemTables, query: string): SystemView {
  const read = decode(query, tables);
  const state = createStore<SystemState>(read.state);
  const shown = createStore<Shown | null>(null);
  const mapped = createStore<Figure | null>(null);
  const simulations = createStore<readonly SimulationCurve[]>([]);
  const address = createAddress(location.hash);
  const late = createLate(typingPause);
  let errors: ReadonlyMap<string, string> = new Map();
  let troubles: readonly string[] = [];
  let isEditing = false;
  let cause: { readonly at: number; readonly isUrgent: boolean } | null = { at: performance.now(), isUrgent: true };
  let isTyped = false;
  let isAwaited = false;

  // A change that no control made begins now.
  const causeOf = (): { readonly at: number; readonly isUrgent: boolean } => cause ?? { at: performance.now(), isUrgent: false };
  const context: SystemContext = { system: tables, state, shown, map: mapped, simulations, announce, address: () => addressOf(state.get(), tables) };
  const change = (make: (before: SystemState) => SystemState | null, event: Event, manner: Manner = 'chosen'): void => {
    const next = make(state.get());
    if (!next) return;
    isTyped = manner === 'typed';
    late.drop();
    cause = { at: Math.min(event.timeStamp, performance.now()), isUrgent: manner !== 'slid' };
    state.set(next);
  };

  const controls = createControls(tables, {
    change(parameter: Parameter, text, manner, event) {
      // What was said of a value is not said of the next one.
      errors = new Map([...errors].filter(([name]) => name !== parameter.name));
      change((before) => ({ ...before, setting: withValue(before.setting, parameter, text) }), event, manner);
    },
    hide: (name, isHidden) => state.set({ ...state.get(), hidden: isHidden ? [...state.get().hidden, name] : state.get().hidden.filter((other) => other !== name) }),
    methods: (methods, event) => change((before) => ({ ...before, methods }), event),
  });
  const figure = createFigureArea({
    view: (panel, view) => {
      const { [panel]: _, ...others } = state.get().panels;
      const rounded = roundedView(view);
      state.set({ ...state.get(), panels: Object.keys(rounded).length === 0 ? others : { ...others, [panel]: rounded } });
    },
    announce,
    cancel: () => drawing.cancel(),
  });
  let fittedCurves: FittedCurves | null = null;
  const fits = createFits(tables.id, figure.fits);
  const pins = createPins(tables, change);
  const rooms = createRooms(context, read.state.hidden, (room) => state.set({ ...state.get(), room }));
  const notices = el('div', { class: 'notices', role: 'status' });

  const pin = (event: Event): void => {
    const next = withPins(state.get(), tables);
    if (next) change(() => next, event);
    announce(next ? 'Pinned for comparison.' : 'These curves are pinned already, or no more can be pinned.');
  };
  const reset = (event: Event): void => change((before) => ({ ...initialState(tables), hidden: before.hidden, ...(before.room === undefined ? {} : { room: before.room }) }), event);
  const edit = (): void => {
    isEditing = !isEditing;
    editButton.setAttribute('aria-pressed', String(isEditing));
    updateControls();
  };
  const editButton = button('Edit this page', edit, 'edit');
  Object.assign(editButton, { title: 'Choose which controls readers see, and send them the address', ariaPressed: 'false' });
  const pinButton = button('Pin this setting', pin, 'pin');
  const resetButton = button('Reset all', reset, 'reset');
  figure.tools.prepend(pinButton);
  const map = createMapSlot(context, figure.element);
  figure.tools.append(map.button, resetButton);

  const firstControl = (): void => sheet.focus(controls.element.querySelector<HTMLElement>('input, select'));
  const data = (): void => (state.get().map ? map : figure).toggleData();
  const keys = listenForKeys({ pin, reset, edit, data, firstControl });
  const sheet = createSheet(controls.element, el('div', { class: 'controls-foot' }, editButton, iconButton('keys', 'Keys', keys.open)));
  const stage = el('div', { class: 'stage' }, notices, figure.element, map.element, pins.element);
  const body = el('div', { class: 'system-body' }, stage, sheet.element, rooms.element);
  host.classList.add('system-view');
  replace(host, createHeader(tables), body);

  function updateControls(): void {
    const current = state.get();
    host.classList.toggle('is-editing', isEditing);
    controls.update({ state: current, runs: shown.get()?.runs ?? [], errors, isEditing, isAwaited });
    pins.update(current);
    resetButton.disabled = Object.keys(current.setting).length + current.pins.length + Object.keys(current.panels).length === 0;
  }

  const setErrors = (next: ReadonlyMap<string, string>): void => {
    errors = next;
    updateControls();
  };
  const isSeen = (name: string): boolean => tables.parameters.some((parameter) => parameter.name === name) && !state.get().hidden.includes(name);
  const again = (): HTMLElement => button('Solve again', () => drawing.follow(state.get(), simulations.get(), { at: performance.now(), isUrgent: true }, true));
  // What stays on the page is that of an earlier setting, which is named.
  const stay = (): string => {
    const last = shown.get();
    const staying = last ? stayingWords(last.runs, state.get(), tables) : '';
    if (last) shown.set({ ...last, isStale: true, staying });
    return stayingSentence(last !== null, staying);
  };
  const waiting = createWaiting(figure.wait);

  const drawing = createDrawing(tables, {
    landed(answer: DrawAnswer, job, trouble) {
      troubles = trouble === null ? [] : [trouble];
      if (answer.isDraft === true) {
        // What stands beside the figure waits for the curves that were asked for.
        figure.draw(answer, troubles, job.watch);
        setErrors(new Map());
        host.classList.remove('is-stale');
        return;
      }
      const asked = [...job.runs, ...(trouble === null ? job.pins : [])];
      shown.set({ figure: answer.figure, runs: [...answer.runs.map((run, k) => ({ ...run, asked: asked[k]?.setting ?? {} })), ...(answer.kept ?? [])], isStale: false });
      figure.draw(answer, troubles, job.watch);
      fittedCurves = trouble === null ? job : { ...job, pins: [] };
      fits.follow(fittedCurves, state.get().panels);
      setErrors(new Map());
    },
    failed(error) {
      const { atControls, others } = refusalOf(error, isSeen);
      const tell = (): void => {
        setErrors(atControls);
        // Without a curve the reason stands in its place too: its control may be folded.
        figure.refuse([...(shown.get() ? [] : atControls.values()), ...others, stay()]);
        if (atControls.size > 0) sheet.open();
        if (atControls.size > 0) announce([...atControls.values()].join(' '));
      };
      if (isTyped) late.later(tell);
      else tell();
    },
    stale(isStale) {
      figure.stale(isStale);
      host.classList.toggle('is-stale', isStale);
      const last = shown.get();
      if (last && last.isStale !== isStale) shown.set({ ...last, isStale });
    },
    waits(isWaiting) {
      if (isWaiting) waiting.wait();
      else waiting.rest();
      if (isAwaited === isWaiting) return;
      isAwaited = isWaiting;
      // What a method derives that is new here is on its way.
      const answered = shown.get()?.runs ?? [];
      if (state.get().methods.some((method) => !answered.some((run) => run.method === method))) updateControls();
    },
    busy: (isBusy) => figure.element.setAttribute('aria-busy', String(isBusy)),
    empty: () => figure.refuse(['Choose a theory method, or pin a setting, to see curves.']),
    cancelled: () => figure.refuse([`Solving was cancelled. ${stay()}`], again()),
  });
  const show = (list: readonly string[]): void => replace(notices, ...list.map((words) => el('p', { class: 'notice open' }, words)));
  const ends = [
    state.subscribe((current, before) => {
      // The server works while the page shows the rest.
      drawing.follow(current, simulations.get(), causeOf());
      cause = null;
      address.follow(addressOf(current, tables));
      updateControls();
      map.update();
      if (current.panels !== before.panels) {
        figure.views(current.panels);
        if (fittedCurves) fits.follow(fittedCurves, current.panels);
      }
      if (current.room !== before.room && current.room !== undefined) rooms.show(current.room);
    }),
    simulations.subscribe((curves) => drawing.follow(state.get(), curves, { at: performance.now(), isUrgent: false }, true)),
    address.stop,
    keys.stop,
    rooms.stop,
    drawing.stop,
    fits.stop,
    map.stop,
    figure.destroy,
    late.drop,
    waiting.rest,
  ];
  addEventListener('pagehide', address.flush);
  ends.push(() => removeEventListener('pagehide', address.flush));
  const release = (): void => address.hold(false);
  controls.element.addEventListener('pointerdown', (event) => address.hold(event.target instanceof HTMLInputElement && event.target.type === 'range'));
  addEventListener('pointerup', release);
  addEventListener('pointercancel', release);
  ends.push(() => {
    removeEventListener('pointerup', release);
    removeEventListener('pointercancel', release);
  });
  // What was typed is whole once the field is left or Enter is pressed: what the engine says of it waits no longer.
  controls.element.addEventListener('change', () => {
    isTyped = false;
    late.now();
  });
  show([...read.notices, ...unknownRoom(read.state)]);
  figure.views(read.state.panels);
  if (read.state.room !== undefined) rooms.show(read.state.room);
  updateControls();
  map.update();
  drawing.follow(read.state, [], causeOf());
  cause = null;
  return {
    update(next) {
      const decoded = decode(next, tables);
      // As it would be written: an address that says the same in other words is left as it is.
      address.take(addressOf(decoded.state, tables));
      show([...decoded.notices, ...unknownRoom(decoded.state)]);
      cause = { at: performance.now(), isUrgent: true };
      isTyped = false;
      late.drop();
      state.set(decoded.state);
    },
    stop() {
      for (const end of ends) end();
    },
  };
}
