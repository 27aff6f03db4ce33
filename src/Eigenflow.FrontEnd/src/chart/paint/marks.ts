import { colorOf, type SeriesInks } from '../color/inks';
import { between, type Theme } from '../color/theme';
import type { Panel, Series } from '../figure';

/** What a mark that belongs to a series looks like, or to none; null where the series is hidden. */
export type MarkInk = (series: number | undefined, otherwise: string) => { readonly line: string; readonly text: string } | null;

// Letters in the colour of a curve are nearer to the colour of texts, so that they can be read.
const TextPart = 0.4;

/** A mark has the colour of its curve where there are several, and is hidden with it. */
export function markInks(panel: Panel, theme: Theme, inks: SeriesInks, isShown: (series: Series) => boolean): MarkInk {
  const isOne = panel.series.filter((series) => series.x.length > 0 && series.role !== 'guide').length < 2;
  return (index, otherwise) => {
    const series = index === undefined ? undefined : panel.series[index];
    if (series && !isShown(series)) return null;
    if (!series || isOne) return { line: otherwise, text: theme.text };
    const color = colorOf(theme, inks.of(series));
    return { line: color, text: between(color, theme.text, TextPart) };
  };
}
