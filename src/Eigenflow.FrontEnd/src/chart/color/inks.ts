import { Extent, fit, fraction, type Range } from '../axes/range';
import type { Figure, Series } from '../figure';
import { SequenceCount, type Theme } from './theme';

/** Beyond so many values a colour bar takes the place of the legend. */
export const MostEntries = 8;
// Two values need no scale.
const FewestValues = 3;

/** Which of the theme's colours a series has: an index into the palette, or a level of the ordered colours. */
export type Ink = { readonly series: number } | { readonly level: number };

/** The colours of the series of a figure: by their number, or by the value of an ordered parameter. */
export class SeriesInks {
  private readonly values: readonly number[];
  readonly range: Range;
  readonly label: string;

  constructor(figure: Figure) {
    const all = new Set<number>();
    for (const panel of figure.panels ?? []) for (const series of panel.series) if (series.x.length > 0 && series.value != null) all.add(series.value);
    this.values = figure.scale && all.size >= FewestValues ? [...all].sort((a, b) => a - b) : [];
    this.label = figure.scale?.label ?? '';
    const isLogarithmic = figure.scale?.isLogarithmic === true && (this.values[0] ?? 0) > 0;
    const extent = new Extent(isLogarithmic);
    for (const value of this.values) extent.add(value);
    this.range = fit({}, isLogarithmic, extent, 0);
  }

  get hasBar(): boolean {
    return this.values.length > MostEntries;
  }

  isScaled(series: Series): boolean {
    return this.values.length > 0 && series.value != null;
  }

  of(series: Series): Ink {
    if (!this.isScaled(series)) return { series: series.color };
    // A few values are evenly spread over the colours, so that they can be told apart; a bar is read by position.
    const part = this.hasBar ? fraction(this.range, series.value) : this.values.indexOf(series.value!) / (this.values.length - 1);
    return { level: Number.isNaN(part) ? 0 : levelAt(part) };
  }
}

export const levelAt = (part: number): number => Math.round(Math.min(1, Math.max(0, part)) * (SequenceCount - 1));

export function colorOf(theme: Theme, ink: Ink): string {
  if ('level' in ink) return theme.sequence[ink.level]!;
  return ink.series < 0 ? theme.neutral : theme.series[ink.series % theme.series.length]!;
}

/** The variable of the page that has the colour. */
export const variableOf = (ink: Ink): string => ('level' in ink ? `--ef-sequence-${ink.level}` : ink.series < 0 ? '--ef-series-neutral' : `--ef-series-${ink.series % 12}`);
