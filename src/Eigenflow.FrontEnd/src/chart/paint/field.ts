import { fraction, type Range } from '../axes/range';
import type { Theme } from '../color/theme';
import { withAlpha } from '../color/theme';
import type { VectorField } from '../figure';
import type { Frame } from '../layout/frame';
import { streamlines } from './streamlines';

// Vectors below this part of the largest are rounding and have no direction.
const Rounding = 1e-9;
const HeadLength = 6;
const HeadWidth = 5;
const HeadHalo = 1.5;
const HaloOpacity = 0.6;
// Long lines have a head every so many pixels.
const BetweenHeads = 150;

/** A velocity at a place given in fractions of the axes; null beyond the grid, where it is not known, and where it vanishes. */
export type Sampler = (x: number, y: number) => { readonly across: number; readonly up: number } | null;

/** A vector field as it is seen on a pair of axes: the velocity in fractions of the axes, between the points of the grid by bilinear interpolation in the scales of the axes. */
export function samplerOf(field: VectorField, x: Range, y: Range): Sampler {
  const columns = field.x.map((value) => fraction(x, value));
  const rows = field.y.map((value) => fraction(y, value));
  const count = columns.length;
  const across = field.horizontalParts.map((part, i) => (part ?? NaN) * slopeOf(x, field.x[i % count]!));
  const up = field.verticalParts.map((part, i) => (part ?? NaN) * slopeOf(y, field.y[Math.floor(i / count)]!));
  let largest = 0;
  for (let i = 0; i < across.length; i++) {
    const size = Math.hypot(across[i]!, up[i]!);
    if (Number.isFinite(size)) largest = Math.max(largest, size);
  }
  return (atX, atY) => {
    const [i, j] = [cellOf(columns, atX), cellOf(rows, atY)];
    if (i < 0 || j < 0) return null;
    const right = (atX - columns[i]!) / (columns[i + 1]! - columns[i]!);
    const above = (atY - rows[j]!) / (rows[j + 1]! - rows[j]!);
    const first = j * count + i;
    const second = first + count;
    const between = (parts: readonly number[]): number => (1 - above) * ((1 - right) * parts[first]! + right * parts[first + 1]!) + above * ((1 - right) * parts[second]! + right * parts[second + 1]!);
    const velocity = { across: between(across), up: between(up) };
    const size = Math.hypot(velocity.across, velocity.up);
    return Number.isFinite(size) && size > Rounding * largest ? velocity : null;
  };
}

// The part of the axis that one data unit takes.
const slopeOf = (axis: Range, value: number): number => 1 / (axis.maximum - axis.minimum) / (axis.isLogarithmic ? value * Math.LN10 : 1);

function cellOf(places: readonly number[], place: number): number {
  if (!(place >= places[0]! && place <= places.at(-1)!)) return -1;
  let [low, high] = [0, places.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (places[middle]! <= place) low = middle;
    else high = middle;
  }
  return low;
}

/** The streamlines of a field, as coordinates in turn. */
export const linesOf = (field: VectorField, frame: Frame): number[][] => streamlines(samplerOf(field, frame.x, frame.y), frame);

/** Ink and halo of streamlines: the colours of cells are those of every theme, and so is what is drawn over them. */
const OverCells = { ink: '#ffffff', halo: '#14171c' };

/** Draws streamlines, each with an arrow head or more; in CSS pixels. */
export function drawField(context: CanvasRenderingContext2D, theme: Theme, lines: readonly number[][], isOverCells: boolean): void {
  const { ink, halo } = isOverCells ? OverCells : { ink: theme.text, halo: theme.background };
  const path = new Path2D();
  for (const line of lines) for (let i = 0; i < line.length; i += 2) path[i === 0 ? 'moveTo' : 'lineTo'](line[i]!, line[i + 1]!);
  // The halo keeps the line apart from dark and from bright cells.
  context.lineJoin = 'round';
  context.strokeStyle = withAlpha(halo, HaloOpacity);
  context.lineWidth = 2.6;
  context.stroke(path);
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.stroke(path);
  for (const line of lines) {
    let length = 0;
    for (let i = 2; i < line.length; i += 2) length += Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!);
    const heads = Math.max(1, Math.floor(length / BetweenHeads));
    const points = line.length / 2;
    for (let head = 0; head < heads; head++) {
      const index = Math.min(points - 1, Math.floor(((head + 0.5) * (points - 1)) / heads) + 1);
      context.fillStyle = withAlpha(halo, HaloOpacity);
      drawHead(context, line, index, HeadHalo);
      context.fillStyle = ink;
      drawHead(context, line, index, 1);
    }
  }
}

function drawHead(context: CanvasRenderingContext2D, line: readonly number[], index: number, scale: number): void {
  const before = Math.max(0, index - 2);
  const [x1, y1] = [line[2 * index]!, line[2 * index + 1]!];
  const [dx, dy] = [x1 - line[2 * before]!, y1 - line[2 * before + 1]!];
  const length = Math.hypot(dx, dy);
  if (!(length > 0)) return;
  const [x, y] = [dx / length, dy / length];
  const [half, wide] = [(scale * HeadLength) / 2, (scale * HeadWidth) / 2];
  const [backX, backY] = [x1 - x * half, y1 - y * half];
  context.beginPath();
  context.moveTo(x1 + x * half, y1 + y * half);
  context.lineTo(backX - y * wide, backY + x * wide);
  context.lineTo(backX + y * wide, backY - x * wide);
  context.closePath();
  context.fill();
}
