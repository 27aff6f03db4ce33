import { isNumber } from '../layout/ranges';
import { inflate, inside, type Frame } from '../layout/frame';
import { apart, thinCurve, thinDots, type Piece } from '../layout/thinning';
import type { Series } from '../figure';
import { Style } from '../style';
import { chatterOf } from './chatter';
import { addEdgeMarks } from './edges';

// A band that belongs to at most this many dots is drawn as error bars: between so few points a filled band would claim too much.
const MostErrorBars = 40;
const MostTouchingDots = 50;
// Computed points of a line are shown where they lie farther apart than this, in pixels.
const SparseDistance = 16;

const hasInterval = (series: Series): boolean => series.lower !== undefined || series.upper !== undefined;
export const hasBars = (series: Series): boolean => hasInterval(series) && series.style === 'points' && series.x.length <= MostErrorBars;
export const hasBand = (series: Series): boolean => hasInterval(series) && !hasBars(series);

/** What a series puts on the canvas, in device pixels. */
export interface SeriesPaths {
  /** Lines, or null. */
  readonly stroke: Path2D | null;
  /** Stretches that would be a block of ink, as their extent. */
  readonly chatter: Path2D | null;
  /** Arrows and rugs where values are beyond the axes. */
  readonly edges: Path2D | null;
  /** Dots, or null. */
  readonly dots: Path2D | null;
  /** Radius of the dots. */
  readonly radius: number;
  /** What is covered, in device pixels, so that labels can go elsewhere. */
  readonly pieces: readonly Piece[];
  readonly places: readonly number[];
}

/** Pixels of the points; NaN where the scale has no place. */
function places(frame: Frame, series: Series): [Float64Array, Float64Array] {
  const count = series.x.length;
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    xs[i] = frame.atX(series.x[i]);
    ys[i] = frame.atY(series.y[i]);
  }
  return [xs, ys];
}

function addPiece(path: Path2D, piece: Piece): void {
  path.moveTo(piece[0]!, piece[1]!);
  for (let i = 2; i < piece.length; i += 2) path.lineTo(piece[i]!, piece[i + 1]!);
}

function dotsPath(dots: readonly number[], radius: number): Path2D {
  const path = new Path2D();
  for (let i = 0; i < dots.length; i += 2) {
    path.moveTo(dots[i]! + radius, dots[i + 1]!);
    path.arc(dots[i]!, dots[i + 1]!, radius, 0, 2 * Math.PI);
  }
  return path;
}

/** The curve or the dots. */
export function curvePaths(frame: Frame, series: Series): SeriesPaths {
  const unit = frame.unit;
  const [xs, ys] = places(frame, series);
  const edges = addEdgeMarks(frame, series, xs, ys);
  if (series.style === 'points') {
    // Of a dense trajectory only dots that can be told apart are drawn, so that what lies below it stays visible.
    let dots = thinDots(xs, ys, Math.max(0.5, 0.35 * unit), inflate(frame, unit));
    if (dots.length > 2 * MostTouchingDots) dots = apart(dots, 2.5 * Style.dot * unit);
    const radius = (dots.length > 300 ? 0.65 : 1) * Style.dot + (series.isHollow ? 0.15 : 0.35);
    return { stroke: null, chatter: null, edges, dots: dotsPath(dots, radius * unit), radius, pieces: [], places: dots };
  }
  const stroke = new Path2D();
  const chatter = chatterOf(xs, ys, unit);
  const alone: number[] = [];
  const pieces: Piece[] = [];
  for (const [from, to] of chatter.quiet)
    for (const piece of thinCurve(xs, ys, from, to, 0.5, inflate(frame, 20 * unit))) {
      // A line needs two points: one that stands alone between gaps would vanish.
      if (piece.length === 2) alone.push(piece[0]!, piece[1]!);
      else addPiece(stroke, piece);
      pieces.push(piece);
    }
  let block: Path2D | null = null;
  for (const band of chatter.bands) {
    block ??= new Path2D();
    addPiece(block, [...band.upper, ...reversed(band.lower)]);
    addPiece(stroke, band.middle);
    pieces.push(band.upper, band.lower);
  }
  let dots: Path2D | null = null;
  let radius = 0.8 * Style.dot;
  const sparse = !series.isThinned && (series.role === 'theory' || series.role === 'simulation') ? sparseDots(frame, xs, ys) : [];
  if (sparse.length + alone.length > 0) {
    radius = sparse.length > 0 ? 0.62 * Style.dot : radius;
    dots = dotsPath([...sparse, ...alone], radius * unit);
  }
  return { stroke, chatter: block, edges, dots, radius, pieces, places: [] };
}

// Where few points were computed the line between them is no more than a connection, and says so.
function sparseDots(frame: Frame, xs: Float64Array, ys: Float64Array): number[] {
  const box = inflate(frame, frame.unit);
  const dots: number[] = [];
  let distance = 0;
  for (let i = 0; i < xs.length; i++) {
    if (!inside(box, xs[i]!, ys[i]!)) continue;
    if (dots.length > 0) distance += Math.abs(xs[i]! - dots.at(-2)!);
    dots.push(xs[i]!, ys[i]!);
    if (dots.length > 2 && dots.length > (2 * frame.width) / (SparseDistance * frame.unit) + 4) return [];
  }
  return dots.length > 4 && distance / (dots.length / 2 - 1) > SparseDistance * frame.unit ? dots : [];
}

/** The band, as an area to fill, or the error bars, as lines. */
export function intervalPath(frame: Frame, series: Series): Path2D {
  const path = new Path2D();
  const bars = hasBars(series);
  const upper: number[] = [];
  const lower: number[] = [];
  let column = NaN;
  const close = (): void => {
    if (upper.length === 2) {
      const half = frame.unit;
      path.rect(upper[0]! - half, upper[1]!, 2 * half, lower[1]! - upper[1]!);
    } else if (upper.length > 2) {
      addPiece(path, [...upper, ...reversed(lower)]);
      path.closePath();
    }
    upper.length = lower.length = 0;
    column = NaN;
  };
  for (let i = 0; i < series.x.length; i++) {
    const [x, top, bottom] = extentAt(frame, series, i);
    if (Number.isNaN(x + top + bottom)) {
      close();
      continue;
    }
    if (bars) {
      path.moveTo(x, top);
      path.lineTo(x, bottom);
      continue;
    }
    const at = Math.floor(2 * x);
    if (at === column) {
      upper[upper.length - 1] = Math.min(top, upper.at(-1)!);
      lower[lower.length - 1] = Math.max(bottom, lower.at(-1)!);
      continue;
    }
    column = at;
    upper.push(x, top);
    lower.push(x, bottom);
  }
  close();
  return path;
}

const Nowhere: [number, number, number] = [NaN, NaN, NaN];

// Extent of the interval at a point. Where the lower edge has no place on the scale the interval reaches the bottom of the panel.
function extentAt(frame: Frame, series: Series, i: number): [number, number, number] {
  const x = frame.atX(series.x[i]);
  if (!(x >= frame.left - 1e4 && x <= frame.right + 1e4) || !isNumber(series.y[i])) return Nowhere;
  const up = (series.upper ?? series.y)[i];
  const down = (series.lower ?? series.y)[i];
  const most = 20 * frame.unit;
  const top = isNumber(up) ? frame.atY(up) : frame.top - most;
  const bottom = !isNumber(down) || (frame.y.isLogarithmic && down <= 0) ? frame.bottom + most : frame.atY(down);
  const held = (y: number): number => Math.max(frame.top - most, Math.min(frame.bottom + most, y));
  return [x, held(top), held(bottom)];
}

function reversed(coordinates: readonly number[]): number[] {
  const result: number[] = [];
  for (let i = coordinates.length - 2; i >= 0; i -= 2) result.push(coordinates[i]!, coordinates[i + 1]!);
  return result;
}
