import type { Figure } from '../figure';

// A panel is readable from this width on, in units, and needs no more from the other on.
const LeastPanelWidth = 300;
const GoodPanelWidth = 380;
const LeastHeight = 240;
// Title and tools of a panel, and what stands between two rows.
const RowRoom = 62;
// Part of the height of a window that the panels of a figure may fill.
const PartOfWindow = 0.8;

const Gap = 20;

const heightInRow = (rows: number, window: number): number => (PartOfWindow * window) / rows - RowRoom;

/** Panels side by side in a window of a height: what the figure asks for, otherwise up to three, four in two rows; never narrower than a panel needs, and one below the other where narrow ones have room for that. */
export function columnsOf(figure: Figure, width: number, window: number): number {
  const count = figure.panels?.length ?? 0;
  const wanted = Math.max(1, Math.min(count, figure.columns ?? (count === 4 ? 2 : 3)));
  const fits = Math.max(1, Math.floor(width / LeastPanelWidth));
  // Even rows: six panels on two columns, not five and one.
  let columns = wanted <= fits ? wanted : Math.max(1, Math.min(fits, Math.ceil(count / Math.ceil(count / fits))));
  while (columns > 1 && width / columns < GoodPanelWidth && heightInRow(Math.ceil(count / (columns - 1)), window) >= LeastHeight) columns--;
  return columns;
}

/** Where panels stand: tracks of the grid, how many of them each panel takes, and how wide it is. Those of a last row that is not full share its width. */
export function placesOf(count: number, columns: number, width: number): { tracks: number; panels: { span: number; width: number }[] } {
  const last = count % columns || columns;
  const widthOf = (side: number): number => Math.floor((width - Gap * (side - 1)) / side);
  if (last === columns) return { tracks: columns, panels: Array.from({ length: count }, () => ({ span: 1, width: widthOf(columns) })) };
  return { tracks: columns * last, panels: Array.from({ length: count }, (_, index) => (index < count - last ? { span: last, width: widthOf(columns) } : { span: columns, width: widthOf(last) })) };
}

/** Height of a plot with its axes in a window of a height: one that suits its width, and where there is more than one, rows that are seen together. */
export function plotHeight(width: number, columns: number, rows: number, categories: number, hasStrip: boolean, window: number): number {
  // Wide screens have high panels too, though flatter ones, and none that is higher than the window.
  const most = Math.max(460, 0.62 * window);
  const natural = columns === 1 ? Math.min(0.62 * width, Math.max(460, Math.min(most, 0.36 * width))) : columns === 2 ? Math.min(0.7 * width, Math.max(440, Math.min(most, 0.42 * width))) : Math.min(0.8 * width, Math.max(520, Math.min(most, 0.5 * width)));
  const room = heightInRow(rows, window);
  const fitted = columns > 1 ? Math.max(natural, Math.min(0.85 * width, room)) : rows > 1 ? Math.min(natural, Math.max(LeastHeight, room)) : natural;
  const least = categories > 0 ? categories * 15.5 + 66 : 0;
  return Math.round(Math.max(LeastHeight, fitted, least) * (hasStrip ? 1.18 : 1));
}
