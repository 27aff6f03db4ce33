import { fraction, type Range } from '../axes/range';
import type { Panel, Series } from '../figure';
import { coincident } from './coincident';

/** Whether nothing of a series lies between the axes: no point, and no piece of a line between two points. */
export function isOutside(series: Series, x: Range, y: Range): boolean {
  let before: readonly [number, number] | null = null;
  for (let i = 0; i < series.x.length; i++) {
    const place = [fraction(x, series.x[i]), fraction(y, series.y[i])] as const;
    if (Number.isNaN(place[0] + place[1])) {
      before = null;
      continue;
    }
    if (isIn(place) || (before && series.style !== 'points' && crosses(before, place))) return false;
    before = place;
  }
  return true;
}

const Slack = 1e-6;
const isIn = ([x, y]: readonly [number, number]): boolean => x >= -Slack && x <= 1 + Slack && y >= -Slack && y <= 1 + Slack;

// The part of the line that lies between the lower and upper end of each axis; it crosses where both have a part in common.
function crosses(from: readonly [number, number], to: readonly [number, number]): boolean {
  let [enter, leave] = [0, 1];
  for (const axis of [0, 1] as const) {
    const step = to[axis] - from[axis];
    if (step === 0) {
      if (from[axis] < 0 || from[axis] > 1) return false;
      continue;
    }
    const ends = [(0 - from[axis]) / step, (1 - from[axis]) / step];
    enter = Math.max(enter, Math.min(...ends));
    leave = Math.min(leave, Math.max(...ends));
  }
  return enter <= leave;
}

/** The word for a series that lies outside of its axes. */
export const outside = 'outside';

/** What is to be said of how a series is seen: that it lies outside, or on another one, with which it takes turns. Empty where it is seen as it is, or was hidden; where more lie on each other, as where curves collapse, that is what a panel shows. */
export function unseenWords(series: Series, panel: Panel, x: Range, y: Range, hidden: ReadonlySet<string>): string {
  if (hidden.has(series.label)) return '';
  if (isOutside(series, x, y)) return outside;
  const group = coincident(panel.series.filter(({ label }) => label !== '' && !hidden.has(label)), y).get(series) ?? [];
  return group.length === 2 && group[0] === series ? `on ${group[1]!.label}` : '';
}
