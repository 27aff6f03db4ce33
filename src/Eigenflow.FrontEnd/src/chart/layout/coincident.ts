import { fraction, type Range } from '../axes/range';
import type { Series } from '../figure';

/** The place of a line among those that lie on it: along the line they take turns, so that none of them is hidden by the others. */
export interface Turn {
  readonly index: number;
  readonly count: number;
}

// Closer than this part of the axis two lines are one.
const Same = 0.004;
// Length of a turn in units.
const Length = 11;

/** The lines that lie on each other, each with all that lie on it; lines alone have no entry. */
export function coincident(series: readonly Series[], y: Range): Map<Series, readonly Series[]> {
  const groups: Series[][] = [];
  for (const one of series) {
    if (one.style !== 'line' || one.x.length < 2) continue;
    const group = groups.find(([head]) => isSame(head!, one, y));
    if (group) group.push(one);
    else groups.push([one]);
  }
  return new Map(groups.filter((group) => new Set(group.map(({ label }) => label)).size > 1).flatMap((group) => group.map((one) => [one, group] as const)));
}

/** The turns of the lines of a plot; those that are alone have none. */
export function turnsOf(series: readonly Series[], y: Range): Map<Series, Turn> {
  return new Map([...coincident(series, y)].map(([one, group]) => [one, { index: group.indexOf(one), count: group.length }]));
}

/** The pattern of a turn: strokes and gaps in units. */
export const turnDash = ({ index, count }: Turn): number[] => [0, index * Length, Length, (count - 1 - index) * Length];

function isSame(first: Series, second: Series, y: Range): boolean {
  if (first.x.length !== second.x.length) return false;
  for (let i = 0; i < first.x.length; i++) {
    const [a, b] = [fraction(y, first.y[i]), fraction(y, second.y[i])];
    if (first.x[i] !== second.x[i] || Number.isNaN(a) !== Number.isNaN(b) || Math.abs(a - b) > Same) return false;
  }
  return true;
}
