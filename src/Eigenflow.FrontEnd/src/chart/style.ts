/** How many CSS pixels one unit of a chart has: charts are laid out for letters of 16 pixels, and grow with the letters of the page. */
export function pageUnit(): number {
  const letter = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return letter > 0 ? letter / 16 : 1;
}

/** Sizes of the one style that pictures and charts share, in units. */
export const Style = {
  axisLabel: 13,
  tickLabel: 12,
  guide: 11.5,
  padding: 8,
  majorTick: 4,
  minorTick: 2.2,
  curve: 1.7,
  frame: 0.9,
  grid: 0.7,
  dot: 2.7,
  band: 0.2,
  tickGap: 4,
} as const;

export const Dashes = { line: [], dashed: [6, 3.5], dotted: [0.01, 3.5], points: [] } as const;
