import type { Axis } from '../figure';

/** What an axis shows, in scaled units: log10 of the value on a logarithmic axis, the value itself on a linear one. A descending axis has its larger end first. */
export interface Range {
  readonly isLogarithmic: boolean;
  readonly minimum: number;
  readonly maximum: number;
}

// Differences below this part of the values are rounding and no change.
const LeastRelative = 1e-7;
const Largest = Number.MAX_VALUE;

/** Where a value lies: 0 at the lower end, 1 at the upper; NaN where the scale has no place for it. */
export function fraction(range: Range, value: number | null | undefined): number {
  if (value == null || !Number.isFinite(value) || (range.isLogarithmic && value <= 0)) return NaN;
  const scaled = range.isLogarithmic ? Math.log10(value) : value;
  // Halved, because the difference of two numbers can overflow.
  return (0.5 * scaled - 0.5 * range.minimum) / (0.5 * range.maximum - 0.5 * range.minimum);
}

/** The value that lies at a part of the axis. */
export function valueAt(range: Range, part: number): number {
  const scaled = range.minimum * (1 - part) + range.maximum * part;
  return range.isLogarithmic ? 10 ** scaled : scaled;
}

export const shows = (range: Range, value: number): boolean => {
  const part = fraction(range, value);
  return part >= -1e-9 && part <= 1 + 1e-9;
};

/** A range between two values, or null where the scale has no place for one of them or they are equal. */
export function rangeOf(isLogarithmic: boolean, from: number, to: number): Range | null {
  const [low, high] = from < to ? [from, to] : [to, from];
  if (isLogarithmic && !(low > 0)) return null;
  const range = { isLogarithmic, minimum: isLogarithmic ? Math.log10(low) : low, maximum: isLogarithmic ? Math.log10(high) : high };
  return Number.isFinite(range.minimum) && Number.isFinite(range.maximum) && range.maximum > range.minimum ? range : null;
}

/** Gathers the extent of values in scaled units; those that the scale cannot show are passed over. */
export class Extent {
  low = Infinity;
  high = -Infinity;
  constructor(private readonly isLogarithmic: boolean) {}
  add(value: number | null | undefined): void {
    if (value == null || !Number.isFinite(value) || (this.isLogarithmic && value <= 0)) return;
    if (this.isLogarithmic) value = Math.log10(value);
    if (value < this.low) this.low = value;
    if (value > this.high) this.high = value;
  }
}

/** The range of an axis: its limits where given, otherwise the extent with a margin, which is a part of what is shown. */
export function fit(axis: Pick<Axis, 'minimum' | 'maximum' | 'leastExtent'>, isLogarithmic: boolean, extent: Extent, margin: number): Range {
  const limit = (value: number | null | undefined): number | null => (value == null || (isLogarithmic && value <= 0) ? null : isLogarithmic ? Math.log10(value) : value);
  let { low, high } = extent;
  const lower = limit(axis.minimum);
  const upper = limit(axis.maximum);
  const least = axis.leastExtent ?? 0;
  if (low > high) {
    // No data: one unit (one decade) beside a limit that is given, otherwise from 0 to 1 (1 to 10).
    low = lower ?? (upper === null ? 0 : upper - 1);
    high = upper ?? low + 1;
  }
  const shownLow = Math.max(low, lower ?? low);
  const shownHigh = Math.min(high, upper ?? high);
  let pad = Math.max(0, margin * (0.5 * shownHigh - 0.5 * shownLow) * 2);
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!(high - low > LeastRelative * size)) pad = least > 0 ? least / 2 : isLogarithmic ? 0.5 : low === 0 ? 1 : 0.1 * size;
  else if (high - low < least) pad = Math.max(pad, (least - (high - low)) / 2);
  let from = lower ?? Math.max(low - pad, -Largest);
  let to = upper ?? Math.min(high + pad, Largest);
  // All data lie outside the one limit that is given.
  if (!(to > from)) [from, to] = upper === null ? [from, from + Math.max(1, 0.1 * Math.abs(from))] : [to - Math.max(1, 0.1 * Math.abs(to)), to];
  return { isLogarithmic, minimum: from, maximum: to };
}
