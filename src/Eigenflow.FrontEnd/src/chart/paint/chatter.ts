const Window = 5;
const LeastReversals = 3;
const LeastPoints = 7;
const LargestStep = 2.2;
const LeastJump = 3;
const ColumnWidth = 2;

export interface ChatterBand {
  readonly upper: number[];
  readonly lower: number[];
  readonly middle: number[];
}

/** Stretches that are lines, as ranges of indices that share their ends with the bands beside them, and stretches that are bands. */
export interface Chatter {
  readonly quiet: readonly (readonly [number, number])[];
  readonly bands: readonly ChatterBand[];
}

/**
 * Stretches of a curve that jump up and down from point to point, closer together than can be told apart, as updates of fixed size do around a minimum: drawn as lines they would be a block; drawn
 * are their extent, as a band, and their mean.
 */
export function chatterOf(xs: Float64Array, ys: Float64Array, unit: number): Chatter {
  const count = xs.length;
  const stretches: [number, number][] = [];
  for (let i = Window; i < count; i++) {
    // Comparisons with gaps (NaN) are false.
    if (!((xs[i]! - xs[i - Window]!) / Window <= LargestStep * unit)) continue;
    let reversals = 0;
    let jump = 0;
    for (let k = i - Window + 1; k <= i; k++) {
      const step = ys[k]! - ys[k - 1]!;
      jump += Math.abs(step) / Window;
      if (k > i - Window + 1 && step * (ys[k - 1]! - ys[k - 2]!) < 0) reversals++;
    }
    if (!(reversals >= LeastReversals && jump >= LeastJump * unit)) continue;
    const last = stretches.at(-1);
    if (last && last[1] >= i - Window) last[1] = i + 1;
    else stretches.push([i - Window, i + 1]);
  }
  const quiet: [number, number][] = [];
  const bands: ChatterBand[] = [];
  let start = 0;
  for (const [from, to] of stretches) {
    if (to - from < LeastPoints || ys.subarray(from, to).some(Number.isNaN)) continue;
    if (from > start) quiet.push([start, from + 1]);
    bands.push(bandOf(xs, ys, from, to, ColumnWidth * unit));
    start = to - 1;
  }
  if (start < count - 1 || bands.length === 0) quiet.push([start, count]);
  return { quiet, bands };
}

function bandOf(xs: Float64Array, ys: Float64Array, from: number, to: number, width: number): ChatterBand {
  const band: ChatterBand = { upper: [], lower: [], middle: [] };
  for (let i = from; i < to; ) {
    const column = Math.floor(xs[i]! / width);
    let [x, y, count, top, bottom] = [0, 0, 0, Infinity, -Infinity];
    for (; i < to && Math.floor(xs[i]! / width) === column; i++, count++) {
      x += xs[i]!;
      y += ys[i]!;
      top = Math.min(top, ys[i]!);
      bottom = Math.max(bottom, ys[i]!);
    }
    band.upper.push(x / count, top);
    band.lower.push(x / count, bottom);
    band.middle.push(x / count, y / count);
  }
  return band;
}
