import { fraction, type Range } from '../axes/range';
import type { Panel, Series } from '../figure';

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

// Closer than this part of the axis two lines are one.
const Same = 0.004;
// Where more of a panel lie on each other, as where curves collapse, that is what it shows.
const MostCovered = 2;

/** Why nothing of a series is seen: it lies outside, or below another one that is drawn after it. Empty where it is seen, or was hidden. */
export function unseenWords(series: Series, panel: Panel, x: Range, y: Range, hidden: ReadonlySet<string>): string {
  if (hidden.has(series.label)) return '';
  if (isOutside(series, x, y)) return 'outside';
  const above = coverOf(series, panel, y, hidden);
  if (!above) return '';
  const covered = panel.series.filter((one) => coverOf(one, panel, y, hidden) !== null).length;
  return covered <= MostCovered ? `below ${above.label}` : '';
}

function coverOf(series: Series, panel: Panel, y: Range, hidden: ReadonlySet<string>): Series | null {
  if (series.style !== 'line' || series.x.length < 2) return null;
  const later = panel.series.slice(panel.series.indexOf(series) + 1);
  return later.find((one) => one.style === 'line' && one.label !== '' && one.label !== series.label && !hidden.has(one.label) && isSame(series, one, y)) ?? null;
}

function isSame(first: Series, second: Series, y: Range): boolean {
  if (first.x.length !== second.x.length) return false;
  for (let i = 0; i < first.x.length; i++) {
    const [a, b] = [fraction(y, first.y[i]), fraction(y, second.y[i])];
    if (first.x[i] !== second.x[i] || Number.isNaN(a) !== Number.isNaN(b) || Math.abs(a - b) > Same) return false;
  }
  return true;
}
