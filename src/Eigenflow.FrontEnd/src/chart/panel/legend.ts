import { variableOf, type Ink, type SeriesInks } from '../color/inks';
import type { Panel, Series, SeriesStyle } from '../figure';
import { isNumber } from '../layout/ranges';
import { outside } from '../layout/visible';
import { hasBand, hasBars } from '../paint/series';
import { Style } from '../style';
import { panelLetter } from '../text/number';
import { plainText, setRich } from '../text/rich';
import { element, svg } from './elements';

/** How one series looks in a legend. */
export interface LegendMark {
  readonly style: SeriesStyle;
  readonly ink: Ink;
  readonly hasBand: boolean;
  readonly hasBars: boolean;
  readonly isHollow: boolean;
}

/** A label with the looks of all series that carry it; a key explains a style and no curve. */
export interface LegendEntry {
  readonly label: string;
  readonly marks: readonly LegendMark[];
  readonly isKey: boolean;
  /** Why nothing of it is seen, such as that all lies outside of what the axes show; empty where it is seen. */
  readonly unseen: string;
}

const markOf = (series: Series, inks: SeriesInks): LegendMark => ({ style: series.style, ink: inks.of(series), hasBand: hasBand(series), hasBars: hasBars(series), isHollow: series.isHollow === true });

/** Why a series of a panel is not seen; empty where it is. */
type Unseen = (series: Series, panel: number) => string;

// Why an entry is not seen, by panels: in words where that is so in all of them, otherwise with the panels outside of which it lies.
function unseenIn(panels: ReadonlyMap<number, string>): string {
  const words = [...panels.values()];
  if (words.every((word) => word !== '')) return words[0] ?? '';
  const without = [...panels].filter(([, word]) => word === outside).map(([number]) => panelLetter(number));
  return without.length === 0 ? '' : `${outside} of ${without.join(', ')}`;
}

/** The entries of panels by their numbers, in order of first appearance; series without label have none, nor have those that a colour bar explains, or that have no value anywhere. */
export function entriesOf(panels: readonly (readonly [Panel, number])[], inks: SeriesInks, unseen: Unseen = () => ''): LegendEntry[] {
  const found = new Map<string, { marks: Map<string, LegendMark>; isKey: boolean; unseen: Map<number, string> }>();
  for (const [panel, number] of panels)
    for (const series of panel.series) {
      if (!series.label || (inks.hasBar && inks.isScaled(series)) || (series.x.length > 0 && !series.y.some(isNumber))) continue;
      const entry = found.get(series.label) ?? { marks: new Map<string, LegendMark>(), isKey: true, unseen: new Map<number, string>() };
      const mark = markOf(series, inks);
      entry.marks.set(JSON.stringify(mark), mark);
      entry.isKey &&= series.x.length === 0;
      // What is seen of one series of a label is seen of all.
      if (series.x.length > 0 && entry.unseen.get(number) !== '') entry.unseen.set(number, unseen(series, number));
      found.set(series.label, entry);
    }
  const entries = [...found].map(([label, entry]) => ({ label, marks: [...entry.marks.values()], isKey: entry.isKey, unseen: unseenIn(entry.unseen) }));
  return [...entries.filter((entry) => entry.isKey), ...entries.filter((entry) => !entry.isKey)];
}

// More entries than this are sought for longer below all panels than below their own.
const MostShared = 8;
const inksOf = (entry: LegendEntry): string => [...new Set(entry.marks.map((mark) => variableOf(mark.ink)))].sort().join();

// Whether one look stands for two things, such as a blue line for a method here and for a variable there.
const isAmbiguous = (entries: readonly LegendEntry[]): boolean => {
  const looks = entries.flatMap((entry) => entry.marks.map((mark) => JSON.stringify(mark)));
  return new Set(looks).size < looks.length;
};

/** The legends of a figure: one below all panels where they have entries in common that mean the same, otherwise one below each. */
export function legendsOf(panels: readonly Panel[], inks: SeriesInks, unseen?: Unseen): { shared: LegendEntry[]; own: LegendEntry[][] } {
  const numbered = panels.map((panel, number) => [panel, number] as const);
  // A lone curve that the axis names already needs no legend.
  const own = numbered.map(([panel, number]) => {
    const entries = entriesOf([[panel, number]], inks, unseen);
    return entries.length === 1 && entries[0]!.label === panel.y.label ? [] : entries;
  });
  const all = entriesOf(numbered.filter(([, number]) => own[number]!.length > 0), inks, unseen);
  const agree = own.flat().every((entry) => inksOf(all.find((other) => other.label === entry.label)!) === inksOf(entry));
  const count = own.reduce((sum, list) => sum + list.length, 0);
  const isShared = panels.length > 1 && agree && (!isAmbiguous(all) || own.some(isAmbiguous)) && count > all.length && all.length <= Math.max(MostShared, ...own.map((list) => list.length));
  if (isShared) return { shared: all, own: own.map(() => []) };
  // Lone curves of one solution tell nothing apart.
  const lone = new Set(own.filter((entries) => entries.length === 1).map(([entry]) => entry!.label));
  return { shared: [], own: panels.length > 1 && agree && lone.size === 1 ? own.map((entries) => (entries.length === 1 ? [] : entries)) : own };
}

const Dash: Readonly<Record<SeriesStyle, string>> = { line: '', dashed: '6 3.5', dotted: '0.01 3.5', points: '' };

/** A picture of how series look: as a chart draws them, bands below, lines, bars, dots above. */
export function swatch(marks: readonly LegendMark[]): SVGElement {
  const picture = svg('svg', { class: 'ef-swatch', width: 24, height: 14, viewBox: '0 0 24 14', 'aria-hidden': 'true' });
  const color = (mark: LegendMark): string => `var(${variableOf(mark.ink)})`;
  for (const mark of marks) if (mark.hasBand) picture.append(svg('rect', { x: 0, y: 2, width: 24, height: 10, fill: color(mark), 'fill-opacity': Style.band }));
  for (const mark of marks)
    if (mark.style !== 'points') {
      const isDotted = mark.style === 'dotted';
      picture.append(
        svg('line', { x1: 1, y1: 7, x2: 23, y2: 7, stroke: color(mark), 'stroke-width': Style.curve + (isDotted ? 0.2 : 0), ...(Dash[mark.style] ? { 'stroke-dasharray': Dash[mark.style] } : {}), 'stroke-linecap': isDotted ? 'round' : 'butt' }),
      );
    }
  for (const mark of marks) if (mark.hasBars) picture.append(svg('line', { x1: 12, y1: 1, x2: 12, y2: 13, stroke: color(mark), 'stroke-width': 1.1, 'stroke-opacity': 0.75 }));
  for (const mark of marks)
    if (mark.style === 'points')
      picture.append(
        mark.isHollow
          ? svg('circle', { cx: 12, cy: 7, r: 2.9, fill: 'var(--ef-background)', stroke: color(mark), 'stroke-width': 1.3 })
          : svg('circle', { cx: 12, cy: 7, r: Style.dot, fill: color(mark), stroke: 'var(--ef-background)', 'stroke-width': 0.7 }),
      );
  return picture;
}

/** A legend on the page: entries are switches of their curves. It is built again only when what it says changes. */
export class Legend {
  readonly element = element('ul', 'ef-legend');
  private key = '';
  private buttons = new Map<string, HTMLButtonElement>();

  constructor(private readonly toggle: (label: string) => void) {
    this.element.setAttribute('aria-label', 'Legend');
  }

  show(entries: readonly LegendEntry[], hidden: ReadonlySet<string>): void {
    const key = JSON.stringify(entries);
    if (key !== this.key) {
      this.key = key;
      this.build(entries);
    }
    for (const [label, button] of this.buttons) button.setAttribute('aria-pressed', String(!hidden.has(label)));
    this.element.hidden = entries.length === 0;
  }

  private build(entries: readonly LegendEntry[]): void {
    this.buttons = new Map();
    this.element.replaceChildren(
      ...entries.map((entry) => {
        const text = element('span');
        setRich(text, entry.label);
        if (entry.unseen !== '') text.append(element('span', 'ef-outside', ` (${plainText(entry.unseen)})`));
        if (entry.isKey) return element('li', 'ef-key', swatch(entry.marks), text);
        const button = element('button', 'ef-entry', swatch(entry.marks), text);
        button.type = 'button';
        button.title = `Show or hide ${plainText(entry.label)}`;
        button.addEventListener('click', () => this.toggle(entry.label));
        this.buttons.set(entry.label, button);
        return element('li', '', button);
      }),
    );
  }
}
