import './runs.css';
import { el, replace, setText } from '../parts/dom';
import { createSelect } from '../parts/segmented';
import type { SystemContext, SystemPanel } from '../system/context';
import { isRare } from '../system/controls/groups';
import { createRow, type Row } from '../system/controls/row';
import { isMeant } from '../system/setting';
import { createEntry, type Entry } from './entry';
import { chosenMethod, isShared, ownParameters, simulationMethods, simulationSetting, valueOf, withMethod, withOwn } from './room-state';
import { createSimulations, isRunning, type Simulation } from './simulations';
import { differenceWords } from './words';

/** Parameters that are seen at once. */
const mostSeen = 6;

/** Until the server has kept what a cancelled run had reached. */
const settling = 400;

const endWords = (simulation: Simulation): string =>
  simulation.status === 'completed' ? 'is done' : simulation.status === 'refused' ? `is not possible: ${simulation.message}` : simulation.status === 'cancelled' ? 'is cancelled' : `${simulation.status}: ${simulation.message}`;

function mount(host: HTMLElement, context: SystemContext): () => void {
  const { system: tables, state } = context;
  const methods = simulationMethods(tables);
  if (methods.length === 0) {
    replace(host, el('p', { class: 'room-empty muted' }, 'All methods of this system are theory: their curves follow the controls, and there is nothing to simulate.'));
    return () => undefined;
  }

  const simulations = createSimulations(tables.id, (simulation, what) => {
    context.announce(`Simulation ${simulation.method} ${what === 'started' ? 'started' : endWords(simulation)}.`);
    if (what === 'ended') setTimeout(draw, simulation.status === 'cancelled' ? settling : 0);
  });
  const entries = new Map<number, Entry>();
  const rows = new Map<string, Row>();
  const select = createSelect('Simulation method', methods.map((method) => method.name), (name) => state.set(withMethod(state.get(), name)));
  const summary = el('p', { class: 'small muted' });
  const often = el('div', { class: 'run-parameters' });
  const rarely = el('div', { class: 'run-parameters' });
  const more = el('details', { class: 'more' }, el('summary', {}), rarely);
  const refusal = el('p', { class: 'field-error', role: 'alert', hidden: true });
  const runButton = el('button', { type: 'button', class: 'primary', onclick: () => start() }, 'Run');
  const list = el('ul', { class: 'run-list', 'aria-label': 'Simulations' });
  const hint = el('p', { class: 'small muted' }, 'Points appear while it runs. The problem, and what a shown method reads too, are those of the controls.');
  let isStopped = false;

  function start(): void {
    const method = chosenMethod(state.get(), tables)!;
    simulations.start({ method: method.name, setting: simulationSetting(method, state.get(), tables) });
  }

  // More points of the same runs are a new list, which is drawn anew.
  function draw(): void {
    if (isStopped) return;
    context.simulations.set(simulations.list.get().filter((simulation) => simulation.rows > 0 || simulation.status === 'cancelled').map((simulation) => ({ method: simulation.method, setting: simulation.setting, isRunning: isRunning(simulation) })));
  }

  function updateControls(): void {
    const current = state.get();
    const method = chosenMethod(current, tables)!;
    select.show(method.name);
    setText(summary, method.summary);
    const own = ownParameters(method, tables).filter((parameter) => !isShared(parameter, current, tables)).map((parameter) => {
      let row = rows.get(parameter.name);
      if (!row) rows.set(parameter.name, (row = createRow(parameter, { change: (of, text) => state.set(withOwn(state.get(), of, text, tables)), hide: () => undefined })));
      return row;
    });
    const next = own.map((row) => row.parameter.name).join();
    if (often.dataset['rows'] !== next) {
      often.dataset['rows'] = next;
      const first = own.filter(({ parameter }) => !isRare(parameter) || parameter.name === 'seed').slice(0, mostSeen);
      const others = own.filter((row) => !first.includes(row));
      replace(often, ...first.map((row) => row.element));
      replace(rarely, ...others.map((row) => row.element));
      more.hidden = others.length === 0;
      more.firstElementChild!.textContent = `More (${others.length})`;
    }

    const setting = simulationSetting(method, current, tables);
    const last = simulations.list.get().at(-1);
    const error = last?.status === 'refused' && last.method === method.name && JSON.stringify(last.setting) === JSON.stringify(setting) ? last : undefined;
    const refused = error?.refused ?? [];
    const atRows = new Set<string>();
    for (const row of own) {
      const isSeen = isMeant(row.parameter, { ...current.setting, ...setting }, tables) && !current.hidden.includes(row.parameter.name);
      const words = isSeen ? (refused.find(({ parameter }) => parameter === row.parameter.name)?.error ?? null) : null;
      if (words !== null) atRows.add(row.parameter.name);
      row.update({ typed: valueOf(row.parameter, current, tables), fallback: row.parameter.default, isPending: false, error: words, isSeen, isHidden: false, isEditing: false });
    }
    if (atRows.size > 0 && rarely.querySelector('[aria-invalid=true]')) more.open = true;
    const others = refused.length === 0 ? [error?.message ?? ''] : refused.filter(({ parameter }) => !atRows.has(parameter)).map((value) => value.error);
    refusal.hidden = error === undefined || others.length === 0;
    setText(refusal, others.join(' '));
    updateList();
  }

  function updateList(): void {
    const current = state.get();
    const all = simulations.list.get();
    for (const [id, entry] of entries) {
      if (all.some((simulation) => simulation.id === id)) continue;
      entry.element.remove();
      entries.delete(id);
    }
    for (const simulation of all) {
      let entry = entries.get(simulation.id);
      if (!entry) {
        entry = createEntry(simulation, tables, { cancel: simulations.cancel, remove });
        entries.set(simulation.id, entry);
        list.prepend(entry.element);
      }
      const method = tables.methods.find(({ name }) => name === simulation.method)!;
      entry.update(simulation, differenceWords(simulation.setting, simulationSetting(method, current, tables), tables));
    }
    list.hidden = all.length === 0;
  }

  function remove(id: number): void {
    simulations.remove(id);
    runButton.focus();
  }

  let drawn = '';
  const ends = [
    state.subscribe(updateControls),
    simulations.list.subscribe((all, before) => {
      const key = all.map(({ id, rows: count }) => `${id}:${count}`).join();
      if (key !== drawn) {
        drawn = key;
        draw();
      }
      // A refusal belongs to a control; progress does not.
      if (all.some(({ status }) => status === 'refused') || before.some(({ status }) => status === 'refused')) updateControls();
      else updateList();
    }),
    simulations.stop,
    () => {
      isStopped = true;
      context.simulations.set([]);
    },
  ];
  replace(host, el('div', { class: 'runs stack' }, el('div', { class: 'run-method' }, el('div', { class: 'run-start' }, select.element, runButton), summary), refusal, list, el('fieldset', { class: 'group' }, el('legend', {}, 'Simulation'), often, more), hint));
  updateControls();
  return () => {
    for (const end of ends) end();
  };
}

export const panel: SystemPanel = { id: 'runs', title: 'Simulation', mount };
