// Which controls stand where: the problem first, then what only some of the methods read; what is rarely used is folded.
import type { Parameter, RunAnswer, SystemTables } from '../../api/contracts';
import type { SystemState } from '../../state/system-state';
import { isMeant, isRead } from '../setting';

export interface ControlGroup {
  readonly id: 'problem' | 'methods';
  readonly title: string;
  /** In the order of the system's table. */
  readonly often: readonly Parameter[];
  readonly rarely: readonly Parameter[];
}

/** Controls of a group that are seen at once. */
const mostSeen = { problem: 8, methods: 5 } as const;

// How something is computed or saved, rather than what.
const technical = new Set(['rtol', 'points', 'nodes', 'modes', 'sub-steps', 'times', 'at-steps', 'at', 'from', 'to', 'precision', 'arithmetic', 'seed', 'decay-steps', 'decay-fraction', 'final', 'weights', 'force']);

const isOnlyFile = (parameter: Parameter): boolean => parameter.kind === 'text' && parameter.default === undefined && (parameter.forms?.every((form) => form.startsWith('file:')) ?? true);

/** Whether a parameter is one of those that few people touch. */
export const isRare = (parameter: Parameter): boolean => technical.has(parameter.name) || isOnlyFile(parameter) || (parameter.kind === 'list' && parameter.default === undefined);

function split(id: ControlGroup['id'], title: string, parameters: readonly Parameter[]): ControlGroup {
  const often: Parameter[] = [];
  const rarely: Parameter[] = [];
  for (const parameter of parameters) (isRare(parameter) || often.length >= mostSeen[id] ? rarely : often).push(parameter);
  return { id, title, often, rarely };
}

/** The groups of a state. The order of controls does not depend on their values. */
export function groupsOf(state: SystemState, tables: SystemTables): readonly ControlGroup[] {
  const shown = tables.methods.filter((method) => state.methods.includes(method.name));
  const problem = tables.parameters.filter((parameter) => parameter.isOfProblem);
  const others = tables.parameters.filter((parameter) => !parameter.isOfProblem && shown.some((method) => isRead(parameter, method)));
  return [split('problem', 'Problem', problem), split('methods', shown.length === 1 ? `Method ${shown[0]!.name}` : 'Methods shown', others)].filter((group) => group.often.length + group.rarely.length > 0);
}

/** Whether none of the methods shown may have a parameter beside the other values, as the engine said with their curves. */
function isLeftOut(parameter: Parameter, state: SystemState, tables: SystemTables, runs: readonly RunAnswer[]): boolean {
  if (state.setting[parameter.name] !== undefined) return false;
  const reading = tables.methods.filter((method) => state.methods.includes(method.name) && isRead(parameter, method));
  return reading.length > 0 && reading.every(({ name }) => runs.find((run) => run.method === name)?.leftOut?.includes(parameter.name) === true);
}

/** Whether a control is seen now: its word is chosen, it may have a value, and it is not hidden. */
export const isSeen = (parameter: Parameter, state: SystemState, tables: SystemTables, runs: readonly RunAnswer[], isEditing: boolean): boolean =>
  isMeant(parameter, state.setting, tables) && !isLeftOut(parameter, state, tables, runs) && (isEditing || !state.hidden.includes(parameter.name));
