import type { Figure } from '../figure';

// A panel is readable from this width on, in units.
const LeastPanelWidth = 300;

/** Panels side by side: what the figure asks for, otherwise up to three, four in two rows; never narrower than a panel needs. */
export function columnsOf(figure: Figure, width: number): number {
  const count = figure.panels?.length ?? 0;
  const wanted = Math.min(count, figure.columns ?? (count === 4 ? 2 : 3));
  const fits = Math.max(1, Math.floor(width / LeastPanelWidth));
  if (wanted <= fits) return Math.max(1, wanted);
  // Even rows: six panels on two columns, not five and one.
  const rows = Math.ceil(count / fits);
  return Math.max(1, Math.min(fits, Math.ceil(count / rows)));
}

/** Height of a plot with its axes, in a window of a height. */
export function plotHeight(width: number, columns: number, categories: number, hasStrip: boolean, window: number): number {
  // Wide screens have high panels too, though flatter ones, and none that is higher than the window.
  const most = Math.max(460, 0.62 * window);
  const natural = columns === 1 ? Math.min(0.62 * width, Math.max(460, Math.min(most, 0.36 * width))) : columns === 2 ? Math.min(0.7 * width, Math.max(440, Math.min(most, 0.42 * width))) : Math.min(0.8 * width, Math.max(520, Math.min(most, 0.5 * width)));
  const least = categories > 0 ? categories * 15.5 + 66 : 0;
  return Math.round(Math.max(240, natural, least) * (hasStrip ? 1.18 : 1));
}
