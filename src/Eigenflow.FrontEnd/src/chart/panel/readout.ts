import type { SeriesInks } from '../color/inks';
import type { Axis, Panel } from '../figure';
import type { Box } from '../layout/frame';
import { hasBand, hasBars } from '../paint/series';
import { displayNumber } from '../text/number';
import { plainText, setRich } from '../text/rich';
import { element } from './elements';
import { swatch } from './legend';
import type { Cell, Hit } from './hover';

// More curves than this are counted.
const MostRows = 8;

// Of the height of a map.
const LargestPart = 0.25;

/** A value on an axis for reading: its name where the axis has names. */
export function valueOn(axis: Axis, value: number): string {
  const name = axis.categories?.[Math.round(value) - 1];
  return name ?? displayNumber(value);
}

const nameOf = (axis: Axis, fallback: string): string => axis.label || fallback;

/** What a series is called: by its label, or by its value on the figure's scale. */
export function seriesName(hit: Hit, inks: SeriesInks, panel: Panel): string {
  const { label, value } = hit.series;
  if (inks.isScaled(hit.series) && (inks.hasBar || !label)) return `${inks.label} = ${displayNumber(value)}`;
  return label || panel.y.label;
}

const interval = (hit: Hit): string => (hit.lower == null || hit.upper == null ? '' : ` (${displayNumber(hit.lower, 3)} to ${displayNumber(hit.upper, 3)})`);

/** The values at a place beside the cursor. It says nothing to readers of the screen: what the keyboard points to is announced apart. */
export class Readout {
  readonly element = element('div', 'ef-readout');

  constructor() {
    this.element.setAttribute('aria-hidden', 'true');
    this.element.hidden = true;
  }

  hide(): void {
    this.element.hidden = true;
  }

  showHits(panel: Panel, inks: SeriesInks, x: number, hits: readonly Hit[], top: number | null): void {
    const byDistance = top === null ? [...hits] : [...hits].sort((a, b) => Math.abs(a.top - top) - Math.abs(b.top - top));
    const shown = byDistance.slice(0, MostRows).sort((a, b) => a.top - b.top);
    const rows = shown.map((hit) => {
      const name = element('span', 'ef-readout-name');
      setRich(name, seriesName(hit, inks, panel));
      const value = element('span', 'ef-readout-value');
      setRich(value, valueOn(panel.y, hit.y) + interval(hit));
      const mark = { style: hit.series.style, ink: inks.of(hit.series), hasBand: hasBand(hit.series), hasBars: hasBars(hit.series), isHollow: hit.series.isHollow === true };
      const row = element('div', 'ef-readout-row', swatch([mark]), name, value);
      if (hit === byDistance[0] && hits.length > 1) row.classList.add('ef-nearest');
      return row;
    });
    this.fill(`${nameOf(panel.x, 'x')} = ${valueOn(panel.x, x)}`, rows, hits.length - shown.length);
  }

  showCell(panel: Panel, cell: Cell, label: string): void {
    const line = (text: string): HTMLElement => {
      const row = element('div', 'ef-readout-line');
      setRich(row, text);
      return row;
    };
    const rows = [line(`${nameOf(panel.y, 'y')} = ${valueOn(panel.y, cell.y)}`)];
    if (cell.value !== null) rows.push(line(`${label || 'value'} = ${displayNumber(cell.value)}`));
    else if (panel.heatMap) rows.push(line(`${label || 'value'}: none`));
    this.fill(`${nameOf(panel.x, 'x')} = ${valueOn(panel.x, cell.x)}`, rows, 0);
  }

  /** Puts it beside a place in units of so many CSS pixels, where it covers least of what is drawn. */
  place(left: number, top: number, bounds: Box, unit: number, cost: (box: Box) => number): void {
    const [width, height] = [this.element.offsetWidth / unit, this.element.offsetHeight / unit];
    const inner = { left: bounds.left + 2, right: bounds.right - 2 - width, top: bounds.top + 2, bottom: bounds.bottom - 2 - height };
    let best = { x: inner.left, y: inner.top };
    let least = Infinity;
    for (const x of [left + 14, left - 14 - width]) {
      const isOut = x < inner.left || x > inner.right;
      for (const y of [top - height / 2, inner.top, inner.bottom]) {
        const place = { x: Math.max(inner.left, Math.min(inner.right, x)), y: Math.max(inner.top, Math.min(inner.bottom, y)) };
        const box = { left: place.x, top: place.y, right: place.x + width, bottom: place.y + height };
        const sum = cost(box) + (isOut ? 400 : 0) + 0.02 * Math.abs(place.y + height / 2 - top);
        if (sum < least) [best, least] = [place, sum];
      }
    }
    this.element.style.transform = `translate(${Math.round(best.x * unit)}px, ${Math.round(best.y * unit)}px)`;
  }

  /** Puts it beside a cell; where it would cover much of a small map it stands above it. */
  beside(left: number, top: number, frame: Box, unit: number): void {
    const height = this.element.offsetHeight / unit;
    const isLarge = height > LargestPart * (frame.bottom - frame.top);
    const covered = (box: Box): number => Math.max(0, Math.min(box.bottom, frame.bottom) - Math.max(box.top, frame.top));
    const isOver = (box: Box): boolean => left >= box.left && left <= box.right && top >= box.top && top <= box.bottom;
    this.place(left, top, isLarge ? { ...frame, top: frame.top - height - 4 } : frame, unit, (box) => (isOver(box) ? 1000 : 0) + (isLarge ? 10 * covered(box) : 0));
  }

  private fill(heading: string, rows: readonly HTMLElement[], more: number): void {
    const head = element('div', 'ef-readout-head');
    setRich(head, heading);
    this.element.replaceChildren(head, ...rows, ...(more > 0 ? [element('div', 'ef-readout-more', `and ${more} more`)] : []));
    this.element.hidden = false;
  }
}

/** The keys of a panel in a sentence: those that do something there. */
export function keysOf(can: { readonly canX: boolean; readonly canY: boolean }, hasWindow: boolean): string {
  const scales = can.canX && can.canY ? ['l and Shift L change the scales of the axes'] : can.canX ? ['Shift L changes the scale of the horizontal axis'] : can.canY ? ['l changes the scale of the vertical axis'] : [];
  const window = hasWindow && can.canX ? ['w opens a window for a slope'] : [];
  return `${['Arrow keys left and right move along the points', 'up and down change the curve', 'plus and minus zoom', 'Shift with arrows moves what is zoomed', '0 shows all', ...scales, ...window].join(', ')}.`;
}

/** What the keyboard points to, as a sentence. */
export function sentenceOf(panel: Panel, inks: SeriesInks, hit: Hit): string {
  return plainText(`${seriesName(hit, inks, panel)}: ${nameOf(panel.x, 'x')} = ${valueOn(panel.x, hit.x)}, ${nameOf(panel.y, 'y')} = ${valueOn(panel.y, hit.y)}${interval(hit)}`);
}

export function cellSentence(panel: Panel, cell: Cell, label: string): string {
  const value = cell.value === null ? (panel.heatMap ? `, ${label || 'value'}: none` : '') : `, ${label || 'value'} = ${displayNumber(cell.value)}`;
  return plainText(`${nameOf(panel.x, 'x')} = ${valueOn(panel.x, cell.x)}, ${nameOf(panel.y, 'y')} = ${valueOn(panel.y, cell.y)}${value}`);
}
