// What is said where the engine does not take a setting: at the controls, and which curves stay meanwhile.
import { RefusedError } from '../../api/client';
import type { RunAnswer, SystemTables } from '../../api/contracts';
import type { SystemState } from '../../state/system-state';
import { labelOf, sameValue, shownValue } from '../setting';

export interface Refusal {
  /** What is said at controls that are seen, by the names of their parameters. */
  readonly atControls: ReadonlyMap<string, string>;
  /** What is said of all else. */
  readonly others: readonly string[];
}

/** Where the words of an error belong. */
export function refusalOf(error: Error, isSeen: (parameter: string) => boolean): Refusal {
  const values = error instanceof RefusedError ? error.values : [];
  if (values.length === 0) return { atControls: new Map(), others: [error.message] };
  return {
    atControls: new Map(values.filter(({ parameter }) => isSeen(parameter)).map(({ parameter, error: words }) => [parameter, words])),
    others: values.filter(({ parameter }) => !isSeen(parameter)).map(({ error: words }) => words),
  };
}

/** More would be no name of a setting. */
const most = 6;

/** The setting of curves that stay where it is not what the controls say, such as `a = 2, d = 1000`; empty where nothing differs. */
export function stayingWords(shown: readonly RunAnswer[], state: SystemState, tables: SystemTables): string {
  const run = shown.find(({ method }) => state.methods.includes(method)) ?? shown[0];
  if (!run) return '';
  const differing = tables.parameters.filter((parameter) => {
    const before = run.setting[parameter.name];
    const now = state.setting[parameter.name] ?? parameter.default;
    return before !== undefined && now !== undefined && !sameValue(before, now);
  });
  const words = differing.slice(0, most).map((parameter) => `${parameter.symbol === '' ? labelOf(parameter.name).toLowerCase() : parameter.symbol} = ${shownValue(parameter, run.setting[parameter.name]!, 6)}`);
  return [...words, ...(differing.length > most ? ['…'] : [])].join(', ');
}

/** The sentence on the curves that stay. */
export const stayingSentence = (hasCurves: boolean, staying: string): string =>
  !hasCurves ? 'There is no curve yet.' : staying === '' ? 'The curves are those of the last setting that could be solved.' : `The curves are those of ${staying}.`;
