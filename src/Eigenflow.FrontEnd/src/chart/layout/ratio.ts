import type { Numbers, Panel, Series } from '../figure';
import { isNumber } from './ranges';

// Departures of more than this are arrows, so that one point does not hide all others.
const Largest = 1;
// Smaller departures than this are rounding.
const LeastExtent = 1e-9;

/** The panel below a panel that shows how far series are from what is expected of them: the ratio to it minus one with its noise, or the difference where what is expected is not positive. Null where nothing has an expectation. */
export function ratioPanel(panel: Panel): Panel | null {
  const compared = panel.series.filter((series) => series.expected !== undefined && series.x.length > 0);
  if (compared.length === 0) return null;
  const isRatio = panel.y.isLogarithmic === true || !compared.some((series) => series.expected!.some((value) => isNumber(value) && value <= 0));
  const departures = compared.map((series) => departure(series, isRatio)).filter((series) => series.y.some(isNumber));
  if (departures.length === 0) return null;
  const largest = departures.reduce((most, series) => Math.max(most, extentOf(series)), 0);
  const half = Math.max(1.12 * (isRatio ? Math.min(largest, Largest) : largest), LeastExtent);
  return {
    x: panel.x,
    y: { label: isRatio ? 'ratio\u00A0−\u00A01' : 'difference', minimum: -half, maximum: half },
    series: departures,
    lines: [{ value: 0, label: '' }],
    regions: (panel.regions ?? []).map((region) => ({ ...region, label: '' })),
  };
}

// Points and the parts of their bars near to them; a bar that is longer than all departures does not set the scale.
function extentOf(series: Series): number {
  let most = 0;
  for (const value of series.y) if (isNumber(value)) most = Math.max(most, Math.abs(value));
  if (!series.lower || !series.upper) return most;
  const halves: number[] = [];
  series.lower.forEach((low, i) => {
    const high = series.upper![i];
    if (isNumber(low) && isNumber(high)) halves.push(Math.max(Math.abs(low), Math.abs(high)));
  });
  halves.sort((a, b) => a - b);
  return halves.length === 0 ? most : Math.max(most, Math.min(halves[Math.floor(0.9 * (halves.length - 1))]!, 6 * Math.max(most, LeastExtent)));
}

function departure(series: Series, isRatio: boolean): Series {
  const from = (column: Numbers): Numbers =>
    column.map((value, row) => {
      const expected = series.expected![row];
      if (!isNumber(value) || !isNumber(expected)) return null;
      const result = isRatio ? value / expected - 1 : value - expected;
      return Number.isFinite(result) ? result : null;
    });
  const { expected: _, lower, upper, ...rest } = series;
  return { ...rest, y: from(series.y), ...(lower ? { lower: from(lower) } : {}), ...(upper ? { upper: from(upper) } : {}) };
}
