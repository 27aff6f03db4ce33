// Where a slope is looked for first. A choice of view: the exponent and its verdict are those of the engine.
import { fraction, valueAt, type Range } from '../axes/range';
import type { Series } from '../figure';
import { isNumber } from './ranges';

const Places = 96;
// By how much the slope may change along a straight stretch; the next is tried where there is none of a useful length.
const Tolerances = [0.03, 0.08, 0.2, 0.4];
// Useful lengths, and what is left out at each end of a stretch, in parts of the axis.
const LeastPart = 0.12;
const Trim = 0.08;
// Slower than this a curve rests.
const LeastSlope = 0.03;
const FewestPoints = 5;

/** The longest stretch along which the first curve is a straight line in logarithms, without its ends; the later one of two. Null where there is none: then the middle is as good. */
export function straightStretch(series: readonly Series[], x: Range): [number, number] | null {
  const curves = series.filter((one) => one.x.length > 2 && one.role !== 'guide' && one.role !== 'reference' && one.role !== 'fit');
  const curve = curves.find((one) => one.style !== 'points') ?? curves[0];
  if (!curve) return null;
  const slopes = slopesOf(curve, x);
  for (const tolerance of Tolerances) {
    const stretch = longest(slopes, tolerance);
    if (!stretch || stretch[1] - stretch[0] < LeastPart * Places) continue;
    const trimmed = Math.min(Trim * Places, (stretch[1] - stretch[0]) / 4);
    const ends: [number, number] = [valueAt(x, (stretch[0] + trimmed) / Places), valueAt(x, (stretch[1] - trimmed) / Places)];
    if (curve.x.filter((value) => isNumber(value) && value >= ends[0] && value <= ends[1]).length >= FewestPoints) return ends;
  }
  return null;
}

// Slopes in logarithms between places that are even along the axis; NaN where the curve is not.
function slopesOf(curve: Series, x: Range): number[] {
  const points: [number, number, number][] = [];
  curve.x.forEach((value, index) => {
    const y = curve.y[index];
    const part = fraction(x, value);
    if (isNumber(value) && isNumber(y) && value > 0 && y > 0 && !Number.isNaN(part)) points.push([part, Math.log(value), Math.log(y)]);
  });
  points.sort((first, second) => first[0] - second[0]);
  let at = 0;
  const valueOf = (part: number): [number, number] | null => {
    while (at + 2 < points.length && points[at + 1]![0] < part) at++;
    const [left, right] = [points[at], points[at + 1]];
    if (!left || !right || part < left[0] || part > right[0] || right[0] === left[0]) return null;
    const between = (part - left[0]) / (right[0] - left[0]);
    return [left[1] + between * (right[1] - left[1]), left[2] + between * (right[2] - left[2])];
  };
  const values = Array.from({ length: Places + 1 }, (_, place) => valueOf(place / Places));
  return Array.from({ length: Places }, (_, place) => {
    const [left, right] = [values[place], values[place + 1]];
    return left && right ? (right[1] - left[1]) / (right[0] - left[0]) : NaN;
  });
}

// The longest run of slopes that differ by no more, in numbers of places.
function longest(slopes: readonly number[], tolerance: number): [number, number] | null {
  let best: [number, number] | null = null;
  let from = 0;
  for (let to = 0; to < slopes.length; to++) {
    if (Number.isNaN(slopes[to]!)) {
      from = to + 1;
      continue;
    }
    while (from < to && !isStraight(slopes.slice(from, to + 1), tolerance)) from++;
    if (isStraight(slopes.slice(from, to + 1), tolerance) && (!best || to + 1 - from >= best[1] - best[0])) best = [from, to + 1];
  }
  return best;
}

function isStraight(slopes: readonly number[], tolerance: number): boolean {
  const [low, high] = [Math.min(...slopes), Math.max(...slopes)];
  const middle = Math.abs(low + high) / 2;
  return middle >= LeastSlope && high - low <= tolerance * Math.min(1, 2 * middle);
}
