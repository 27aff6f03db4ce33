import { inside, type Box } from './frame';

/** Coordinates of a polyline: x and y in turn. */
export type Piece = number[];

/**
 * Reduces a curve to what a picture can show and cuts it at gaps (NaN) and at the edge of a box. A run of points within one column of pixels is replaced by its first, lowest, highest and last
 * point, which draws the same pixels (the M4 aggregation of Jugel et al., VLDB 2014). A piece of one point is an isolated point of the curve.
 */
export function thinCurve(xs: Float64Array, ys: Float64Array, from: number, to: number, resolution: number, clip: Box): Piece[] {
  const pieces: Piece[] = [];
  let run: Piece = [];
  let column = NaN;
  let first = -1;
  let low = -1;
  let high = -1;
  let last = -1;
  const flush = (): void => {
    if (first < 0) return;
    const [a, b] = low < high ? [low, high] : [high, low];
    run.push(xs[first]!, ys[first]!);
    if (a !== first && a !== last) run.push(xs[a]!, ys[a]!);
    if (b !== first && b !== last && b !== a) run.push(xs[b]!, ys[b]!);
    if (last !== first) run.push(xs[last]!, ys[last]!);
    first = -1;
  };
  for (let i = from; i <= to; i++) {
    const x = i < to ? xs[i]! : NaN;
    const y = i < to ? ys[i]! : NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) {
      flush();
      clipRun(run, clip, pieces);
      run = [];
      continue;
    }
    const at = Math.floor(x / resolution);
    if (first < 0 || at !== column) {
      flush();
      column = at;
      first = low = high = last = i;
      continue;
    }
    if (y < ys[low]!) low = i;
    if (y > ys[high]!) high = i;
    last = i;
  }
  return pieces;
}

function clipRun(run: Piece, clip: Box, pieces: Piece[]): void {
  if (run.length === 2 && inside(clip, run[0]!, run[1]!)) pieces.push(run);
  let piece: Piece | null = null;
  for (let i = 2; i < run.length; i += 2) {
    const x0 = run[i - 2]!;
    const y0 = run[i - 1]!;
    const x1 = run[i]!;
    const y1 = run[i + 1]!;
    // Liang and Barsky, "A new concept and method for line clipping", ACM TOG 1984.
    const dx = x1 - x0;
    const dy = y1 - y0;
    let enter = 0;
    let leave = 1;
    let isOut = false;
    for (let edge = 0; edge < 4; edge++) {
      const delta = edge === 0 ? -dx : edge === 1 ? dx : edge === 2 ? -dy : dy;
      const distance = edge === 0 ? x0 - clip.left : edge === 1 ? clip.right - x0 : edge === 2 ? y0 - clip.top : clip.bottom - y0;
      if (delta === 0) {
        if (distance < 0) isOut = true;
        continue;
      }
      const t = distance / delta;
      if (delta < 0) enter = Math.max(enter, t);
      else leave = Math.min(leave, t);
    }
    if (isOut || enter > leave) {
      piece = null;
      continue;
    }
    if (piece === null || enter > 0) pieces.push((piece = [x0 + enter * dx, y0 + enter * dy]));
    piece.push(x0 + leave * dx, y0 + leave * dy);
    if (leave < 1) piece = null;
  }
}

/** Thins dots: of those that share a cell of the given size the first stays; those outside the box go. Coordinates in turn. */
export function thinDots(xs: Float64Array, ys: Float64Array, cell: number, clip: Box): number[] {
  const kept: number[] = [];
  const taken = new Set<number>();
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i]!;
    const y = ys[i]!;
    if (!inside(clip, x, y)) continue;
    const key = Math.floor((x - clip.left) / cell) * 1e6 + Math.floor((y - clip.top) / cell);
    if (taken.has(key)) continue;
    taken.add(key);
    kept.push(x, y);
  }
  return kept;
}

/** Leaves out every dot that is nearer to the last one kept than the given distance. */
export function apart(dots: readonly number[], distance: number): number[] {
  const kept: number[] = [];
  for (let i = 0; i < dots.length; i += 2) {
    const x = dots[i]!;
    const y = dots[i + 1]!;
    if (kept.length === 0 || Math.max(Math.abs(x - kept.at(-2)!), Math.abs(y - kept.at(-1)!)) >= distance) kept.push(x, y);
  }
  return kept;
}
