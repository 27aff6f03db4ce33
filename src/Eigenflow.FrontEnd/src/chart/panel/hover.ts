import { fraction } from '../axes/range';
import type { HeatMap, Panel, Series } from '../figure';
import { inflate, inside, type Frame } from '../layout/frame';
import { cellEdges, isNumber } from '../layout/ranges';

/** What a series has at a place: in data units and in pixels. */
export interface Hit {
  readonly series: Series;
  readonly x: number;
  readonly y: number;
  readonly lower?: number | null;
  readonly upper?: number | null;
  readonly left: number;
  readonly top: number;
}

// Points farther away than this from the cursor are not meant, in pixels.
const Near = 12;
const directions = new WeakMap<readonly (number | null)[], number>();

/** 1 for ascending abscissae, -1 for descending, 0 for others. */
function direction(xs: Series['x']): number {
  const known = directions.get(xs);
  if (known !== undefined) return known;
  let [up, down] = [true, true];
  for (let i = 1; i < xs.length; i++) {
    const [a, b] = [xs[i - 1], xs[i]];
    if (!isNumber(a) || !isNumber(b)) continue;
    if (b < a) up = false;
    if (b > a) down = false;
  }
  const found = up ? 1 : down ? -1 : 0;
  directions.set(xs, found);
  return found;
}

function hitAt(frame: Frame, series: Series, i: number): Hit | null {
  const [x, y] = [series.x[i], series.y[i]];
  if (!isNumber(x) || !isNumber(y)) return null;
  const [left, top] = [frame.atX(x), frame.atY(y)];
  if (!inside(inflate(frame, 1), left, top)) return null;
  return { series, x, y, left, top, ...(series.lower ? { lower: series.lower[i] ?? null } : {}), ...(series.upper ? { upper: series.upper[i] ?? null } : {}) };
}

/** What each series has at an abscissa given in pixels: of lines the value on the line that is drawn, of dots and of curves that turn back the nearest point. */
export function hitsAt(frame: Frame, panel: Panel, left: number, top: number | null, isShown: (series: Series) => boolean): Hit[] {
  const hits: Hit[] = [];
  for (const series of panel.series) {
    if (series.x.length === 0 || !isShown(series)) continue;
    const hit = series.style === 'points' || direction(series.x) === 0 ? nearest(frame, series, left, top) : onLine(frame, series, left);
    if (hit) hits.push(hit);
  }
  return hits;
}

function nearest(frame: Frame, series: Series, left: number, top: number | null): Hit | null {
  let best: Hit | null = null;
  let least = Infinity;
  const isCurve = series.style !== 'points';
  for (let i = 0; i < series.x.length; i++) {
    const x = frame.atX(series.x[i]);
    const dx = Math.abs(x - left);
    if (!(dx <= Near)) continue;
    const dy = top === null ? 0 : Math.abs(frame.atY(series.y[i]) - top);
    // A dot belongs to its abscissa, a curve that turns back to a place.
    const distance = isCurve || dx < 1 ? Math.hypot(dx, dy) : dx + 0.01 * dy;
    if (Number.isNaN(distance) || distance >= least || (isCurve && distance > 3 * Near)) continue;
    const hit = hitAt(frame, series, i);
    if (hit) [best, least] = [hit, distance];
  }
  return best;
}

function onLine(frame: Frame, series: Series, left: number): Hit | null {
  const { x: xs, y: ys } = series;
  const sign = direction(xs);
  let [low, high] = [0, xs.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const at = frame.atX(xs[middle]);
    // Where the scale has no place (zero on a logarithmic axis) a point lies to the left of all.
    if ((Number.isNaN(at) ? -Infinity : at) * sign <= left * sign) low = middle;
    else high = middle;
  }
  const [x0, x1] = [frame.atX(xs[low]), frame.atX(xs[high])];
  if (Math.abs(x0 - left) <= 0.6) return hitAt(frame, series, low);
  if (Math.abs(x1 - left) <= 0.6) return hitAt(frame, series, high);
  const [y0, y1] = [frame.atY(ys[low]), frame.atY(ys[high])];
  if (!(Math.min(x0, x1) <= left && Math.max(x0, x1) >= left) || Number.isNaN(y0 + y1)) return null;
  const top = y0 + ((y1 - y0) * (left - x0)) / (x1 - x0);
  if (!inside(inflate(frame, 1), left, top)) return null;
  const at = (column: Series['y'] | undefined): number | null => {
    if (!column) return null;
    const [a, b] = [frame.atY(column[low]), frame.atY(column[high])];
    return Number.isNaN(a + b) ? null : frame.valueY(a + ((b - a) * (left - x0)) / (x1 - x0));
  };
  return { series, x: frame.valueX(left), y: frame.valueY(top), left, top, lower: at(series.lower), upper: at(series.upper) };
}

/** Places of a series in its own order, for the keyboard. */
export function visiblePoints(frame: Frame, series: Series): Hit[] {
  const points: Hit[] = [];
  for (let i = 0; i < series.x.length; i++) {
    const hit = hitAt(frame, series, i);
    if (hit) points.push(hit);
  }
  if (direction(series.x) !== 0) points.sort((a, b) => a.left - b.left);
  return points;
}

export interface Cell {
  readonly column: number;
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly value: number | null;
}

/** The cell of a heat map or of a grid of pictures at a place in pixels, or null. */
export function cellAt(frame: Frame, grid: Pick<HeatMap, 'x' | 'y'> & { readonly values?: HeatMap['values'] }, left: number, top: number, hasValues: boolean): Cell | null {
  const column = find(cellEdges(grid.x, frame.x), (left - frame.left) / frame.width);
  const row = find(cellEdges(grid.y, frame.y), (frame.bottom - top) / frame.height);
  if (column < 0 || row < 0) return null;
  return { column, row, x: grid.x[column]!, y: grid.y[row]!, value: hasValues ? (grid.values?.[row * grid.x.length + column] ?? null) : null };
}

function find(edges: readonly number[], part: number): number {
  for (let i = 0; i + 1 < edges.length; i++) {
    const [a, b] = [edges[i]!, edges[i + 1]!];
    if (part >= Math.min(a, b) && part <= Math.max(a, b)) return i;
  }
  return -1;
}

/** The middle of a cell in pixels. */
export const cellCenter = (frame: Frame, cell: Cell): { left: number; top: number } => ({
  left: frame.left + Math.max(0, Math.min(1, fraction(frame.x, cell.x))) * frame.width,
  top: frame.bottom - Math.max(0, Math.min(1, fraction(frame.y, cell.y))) * frame.height,
});
