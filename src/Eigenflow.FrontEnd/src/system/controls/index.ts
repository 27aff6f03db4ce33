import type { Parameter, RunAnswer, SystemTables } from '../../api/contracts';
import { el, replace } from '../../parts/dom';
import type { SystemState } from '../../state/system-state';
import { groupsOf, isSeen, type ControlGroup } from './groups';
import { isRead } from '../setting';
import { createMethods } from './methods';
import { createRow, type Row, type RowEvents } from './row';

export interface ControlsView {
  readonly state: SystemState;
  /** Canonical settings of the curves shown, from which derived values come. */
  readonly runs: readonly RunAnswer[];
  readonly errors: ReadonlyMap<string, string>;
  readonly isEditing: boolean;
  /** Whether curves are awaited. */
  readonly isAwaited: boolean;
}

export interface ControlsEvents extends RowEvents {
  methods(methods: readonly string[], event: Event): void;
}

export interface Controls {
  readonly element: HTMLElement;
  update(view: ControlsView): void;
  /** Puts the focus on the control of a parameter, unfolding it; false where it is not seen. */
  focus(name: string): boolean;
}

// Others may decide a number that has a default: the eigenvalues of a file their count. What is refused says nothing of it, nor does a value that was typed and is taken back by now.
function fallbackOf({ name, default: usual, slider }: Parameter, runs: readonly RunAnswer[], isRefused: boolean): string | undefined {
  const shown = runs.find((run) => run.setting[name] !== undefined);
  if (usual === undefined) return shown?.setting[name];
  const isDerived = slider !== undefined && !isRefused && shown?.asked !== undefined && shown.asked[name] === undefined && Number(shown.setting[name]) !== Number(usual);
  return isDerived ? shown.setting[name] : usual;
}

interface GroupPart {
  readonly element: HTMLElement;
  readonly more: HTMLDetailsElement;
  readonly rows: readonly Row[];
  readonly folded: readonly Row[];
}

/** The controls of a system, made from its tables. Rows are made once and stay while groups change. */
export function createControls(tables: SystemTables, events: ControlsEvents): Controls {
  const rows = new Map<string, Row>();
  const rowOf = (parameter: Parameter): Row => {
    let row = rows.get(parameter.name);
    if (!row) rows.set(parameter.name, (row = createRow(parameter, events)));
    return row;
  };
  const methods = createMethods(tables, events.methods);
  const host = el('div', { class: 'groups' });
  let key = '';
  let groups: readonly GroupPart[] = [];

  const build = (group: ControlGroup): GroupPart => {
    const often = group.often.map(rowOf);
    const rarely = group.rarely.map(rowOf);
    const more = el('details', { class: 'more' }, el('summary', {}, 'More'), ...rarely.map((row) => row.element));
    return { element: el('fieldset', { class: 'group', 'data-section': group.id }, el('legend', {}, group.title), ...often.map((row) => row.element), rarely.length > 0 ? more : null), more, rows: [...often, ...rarely], folded: rarely };
  };

  const arrange = (state: SystemState): void => {
    const wanted = groupsOf(state, tables);
    const next = JSON.stringify(wanted.map((group) => [group.title, group.often.map(({ name }) => name), group.rarely.map(({ name }) => name)]));
    if (next === key) return;
    key = next;
    const open = groups.map((group) => group.more.open);
    const active = document.activeElement;
    groups = wanted.map(build);
    groups.forEach((group, index) => (group.more.open = open[index] ?? false));
    replace(host, ...groups.map((group) => group.element));
    if (active instanceof HTMLElement && active !== document.activeElement && host.contains(active)) active.focus();
  };

  return {
    element: el('div', { class: 'controls-body' }, methods.element, host),
    update({ state, runs, errors, isEditing, isAwaited }) {
      const answered = tables.methods.filter((method) => runs.some((run) => run.method === method.name));
      arrange(state);
      methods.update(state.methods);
      methods.element.hidden = state.hidden.includes('methods') && !isEditing;
      for (const group of groups) {
        let folded = 0;
        for (const row of group.rows) {
          const { parameter } = row;
          const seen = isSeen(parameter, state, tables, runs, isEditing);
          const typed = state.setting[parameter.name];
          const error = errors.get(parameter.name) ?? null;
          const isPending = isAwaited && !answered.some((method) => isRead(parameter, method));
          row.update({ typed, fallback: fallbackOf(parameter, runs, errors.size > 0), isPending, error, isSeen: seen, isHidden: state.hidden.includes(parameter.name), isEditing });
          if (!seen || !group.folded.includes(row)) continue;
          folded++;
          if (error !== null) group.more.open = true;
        }
        group.more.hidden = folded === 0;
        const set = group.folded.filter((row) => state.setting[row.parameter.name] !== undefined && !row.element.hidden).length;
        group.more.firstElementChild!.textContent = set === 0 ? `More (${folded})` : `More (${folded}, ${set} set)`;
        group.element.hidden = group.rows.every((row) => row.element.hidden);
      }
    },
    focus(name) {
      const row = rows.get(name);
      if (!row || row.element.hidden || !host.contains(row.element)) return false;
      for (let parent = row.element.parentElement; parent; parent = parent.parentElement) if (parent instanceof HTMLDetailsElement) parent.open = true;
      row.focus();
      return true;
    },
  };
}
