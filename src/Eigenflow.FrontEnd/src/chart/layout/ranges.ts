import { Extent, fit, fraction, shows, type Range } from '../axes/range';
import type { Axis, Numbers, Panel } from '../figure';

export const isNumber = (value: number | null | undefined): value is number => value != null && Number.isFinite(value);

/** What the horizontal axis shows: points that have an ordinate, vertical lines, guides and annotations. */
export function horizontalRange(panel: Panel, isLogarithmic: boolean, isLogarithmicY: boolean): Range {
  const names = panel.x.categories?.length ?? 0;
  if (names > 0) return { isLogarithmic: false, minimum: 0.5, maximum: names + 0.5 };
  const extent = new Extent(isLogarithmic);
  for (const series of panel.series)
    for (let i = 0; i < series.x.length; i++) {
      const y = series.y[i];
      if (isNumber(y) && (!isLogarithmicY || y > 0)) extent.add(series.x[i]);
    }
  addAll(extent, panel.heatMap?.x);
  addAll(extent, panel.field?.x);
  addEdges(extent, panel.images?.x, isLogarithmic);
  for (const line of panel.lines ?? []) if (line.isVertical) extent.add(line.value);
  for (const guide of panel.slopes ?? []) {
    extent.add(guide.startX);
    extent.add(guide.endX);
  }
  for (const annotation of panel.annotations ?? []) extent.add(annotation.x);
  return fit(panel.x, isLogarithmic, extent, 0.02);
}

/** What the vertical axis shows: what lies within the horizontal range, with bands, horizontal lines, guides and annotations. */
export function verticalRange(panel: Panel, horizontal: Range, isLogarithmic: boolean): Range {
  const names = panel.y.categories?.length ?? 0;
  if (names > 0) return { isLogarithmic: false, minimum: names + 0.5, maximum: 0.5 };
  const extent = new Extent(isLogarithmic);
  for (const series of panel.series) {
    let lowest = Infinity;
    for (let i = 0; i < series.x.length; i++) {
      if (!shows(horizontal, series.x[i] ?? NaN)) continue;
      const y = series.y[i];
      extent.add(y);
      if (series.upper) extent.add(series.upper[i]);
      if (isNumber(y) && y > 0) lowest = Math.min(lowest, y);
    }
    if (!series.lower) continue;
    // On a logarithmic axis a band may reach towards zero: it is followed for one decade below its curve.
    for (let i = 0; i < series.x.length; i++) {
      const lower = series.lower[i];
      if (isNumber(lower) && shows(horizontal, series.x[i] ?? NaN)) extent.add(isLogarithmic ? Math.max(lower, lowest / 10) : lower);
    }
  }
  addAll(extent, panel.heatMap?.y);
  addAll(extent, panel.field?.y);
  addEdges(extent, panel.images?.y, isLogarithmic);
  for (const line of panel.lines ?? []) if (!line.isVertical) extent.add(line.value);
  for (const guide of panel.slopes ?? []) {
    if (!isNumber(guide.startY)) continue;
    extent.add(guide.startY);
    if (isNumber(guide.startX) && isNumber(guide.endX) && isNumber(guide.slope)) extent.add(guide.startY * (guide.endX / guide.startX) ** guide.slope);
  }
  for (const annotation of panel.annotations ?? []) extent.add(annotation.y);
  return fit(panel.y, isLogarithmic, extent, 0.06);
}

/** Whether an axis can have the other scale: names have none, and a logarithmic one needs positive values. */
export function canToggle(panel: Panel, which: 'x' | 'y'): boolean {
  const axis: Axis = panel[which];
  if (axis.categories?.length || panel.images || panel.field || panel.heatMap) return false;
  if (axis.isLogarithmic) return true;
  let seen = false;
  for (const series of panel.series)
    for (const value of series[which]) {
      if (!isNumber(value)) continue;
      if (value > 0) seen = true;
    }
  return seen && !(axis.maximum != null && axis.maximum <= 0);
}

/** Edges of cells in fractions of the axis; a lone cell fills it. */
export function cellEdges(centers: Numbers, range: Range): number[] {
  if (centers.length === 1) return [0, 1];
  const places = centers.map((center) => fraction(range, center));
  const edges: number[] = new Array(places.length + 1);
  for (let i = 1; i < places.length; i++) edges[i] = (places[i - 1]! + places[i]!) / 2;
  edges[0] = places[0]! - (edges[1]! - places[0]!);
  edges[places.length] = places.at(-1)! + (places.at(-1)! - edges[places.length - 1]!);
  return edges;
}

function addAll(extent: Extent, values: Numbers | undefined): void {
  for (const value of values ?? []) extent.add(value);
}

// Pictures are shown whole.
function addEdges(extent: Extent, centers: Numbers | undefined, isLogarithmic: boolean): void {
  if (!centers?.length) return;
  if (centers.length === 1) return extent.add(centers[0]);
  const [first, second, before, last] = [centers[0]!, centers[1]!, centers.at(-2)!, centers.at(-1)!];
  extent.add(isLogarithmic ? first * Math.sqrt(first / second) : 1.5 * first - 0.5 * second);
  extent.add(isLogarithmic ? last * Math.sqrt(last / before) : 1.5 * last - 0.5 * before);
}
