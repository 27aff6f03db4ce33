import { fraction, type Range } from '../axes/range';
import { isNumber } from '../layout/ranges';
import type { Frame } from '../layout/frame';
import type { Panel, Series } from '../figure';

const ArrowLength = 6.5;
const ArrowHalf = 3.2;
const LeastDistance = 12;
const RugHeight = 6;
const RugDistance = 2;

/** What the rug means, where panels have one: it is of values that a logarithmic axis has no place for. */
export function rugWords(panels: readonly { readonly panel: Panel; readonly x: Range; readonly y: Range }[]): string {
  const isShown = (x: Range, value: Series['x'][number]): boolean => fraction(x, value) >= 0 && fraction(x, value) <= 1;
  const without = panels.flatMap(({ panel, x, y }) => (y.isLogarithmic ? panel.series.flatMap((series) => series.y.filter((value, row) => isNumber(value) && value <= 0 && isShown(x, series.x[row]!))) : [])) as number[];
  return without.length === 0 ? '' : `Ticks at the foot of a panel: ${without.some((value) => value < 0) ? 'zero or less' : 'zero'}, which a logarithmic axis does not have.`;
}

/** Says what a panel cannot show: arrows where a series leaves it at the top or at the bottom, and a rug below for values that a logarithmic axis has no place for. Null where there is nothing to say. */
export function addEdgeMarks(frame: Frame, series: Series, xs: Float64Array, ys: Float64Array): Path2D | null {
  const unit = frame.unit;
  let path: Path2D | null = null;
  const last = [-Infinity, -Infinity];
  for (let i = 0; i < xs.length; i++) {
    const y = ys[i]!;
    const before = i === 0 ? NaN : ys[i - 1]!;
    // Most points and their neighbours are inside.
    if (!(y < frame.top - unit || y > frame.bottom + unit || before < frame.top - unit || before > frame.bottom + unit)) continue;
    for (const side of [0, 1]) {
      const x = series.style === 'points' ? (isBeyond(frame, y, side) ? xs[i]! : NaN) : crossing(frame, i === 0 ? NaN : xs[i - 1]!, before, xs[i]!, y, side);
      if (!(x >= frame.left && x <= frame.right) || Math.abs(x - last[side]!) < LeastDistance * unit) continue;
      last[side] = x;
      const tip = side === 0 ? frame.top + 0.5 * unit : frame.bottom - 0.5 * unit;
      const back = tip + (side === 0 ? ArrowLength : -ArrowLength) * unit;
      path ??= new Path2D();
      path.moveTo(x, tip);
      path.lineTo(x - ArrowHalf * unit, back);
      path.lineTo(x + ArrowHalf * unit, back);
      path.closePath();
    }
  }
  if (!frame.y.isLogarithmic) return path;
  let lastRug = -Infinity;
  for (let i = 0; i < xs.length; i++) {
    const value = series.y[i];
    if (!isNumber(value) || value > 0) continue;
    const x = xs[i]!;
    if (!(x >= frame.left - unit && x <= frame.right + unit) || x - lastRug < RugDistance * unit) continue;
    path ??= new Path2D();
    path.rect(x - 0.6 * unit, frame.bottom - RugHeight * unit, 1.2 * unit, RugHeight * unit);
    lastRug = x;
  }
  return path;
}

const isBeyond = (frame: Frame, y: number, side: number): boolean => (side === 0 ? y < frame.top - frame.unit : y > frame.bottom + frame.unit);

// Where a line goes through the upper or the lower edge; NaN where it does not.
function crossing(frame: Frame, x0: number, y0: number, x1: number, y1: number, side: number): number {
  if (Number.isNaN(y0) || Number.isNaN(y1) || isBeyond(frame, y0, side) === isBeyond(frame, y1, side)) return NaN;
  const edge = side === 0 ? frame.top : frame.bottom;
  return x0 + (x1 - x0) * Math.max(0, Math.min(1, (edge - y0) / (y1 - y0)));
}
