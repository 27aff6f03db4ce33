import { rangeOf, type Range } from '../axes/range';
import { levelAt, type SeriesInks } from '../color/inks';
import type { Theme } from '../color/theme';
import type { Figure, HeatMap, Panel } from '../figure';
import { canToggle, horizontalRange, verticalRange } from '../layout/ranges';
import { ratioPanel } from '../layout/ratio';
import type { ColorBar } from '../paint/bar';
import { heatBar } from '../paint/heatmap';
import type { PanelView } from '../../state/system-state';

/** A panel with what its axes show. */
export interface PanelModel {
  readonly panel: Panel;
  readonly view: PanelView;
  readonly x: Range;
  readonly y: Range;
  readonly strip: Panel | null;
  readonly stripY: Range | null;
  readonly canX: boolean;
  readonly canY: boolean;
  readonly bar: ColorBar | null;
}

// Panels share a range of ordinates where each fills at least this part of it.
const LeastFilled = 0.3;
const bars = new WeakMap<HeatMap, ColorBar>();

const isLog = (panel: Panel, which: 'x' | 'y', view: PanelView): boolean => {
  const chosen = which === 'x' ? view.xScale : view.yScale;
  return chosen && canToggle(panel, which) ? chosen === 'log' : panel[which].isLogarithmic === true;
};

function modelOf(panel: Panel, view: PanelView, hidden: ReadonlySet<string>): PanelModel {
  // What is hidden takes no room, unless all is.
  const visible = panel.series.filter((series) => !hidden.has(series.label));
  const seen = visible.length === 0 || visible.length === panel.series.length ? panel : { ...panel, series: visible };
  const [logX, logY] = [isLog(panel, 'x', view), isLog(panel, 'y', view)];
  const x = (view.xRange && rangeOf(logX, ...view.xRange)) ?? horizontalRange(seen, logX, logY);
  let y = view.yRange && !panel.y.categories?.length ? rangeOf(logY, ...view.yRange) : null;
  y ??= verticalRange(seen, x, logY);
  const strip = ratioPanel(seen);
  let bar: ColorBar | null = null;
  if (panel.heatMap) {
    bar = bars.get(panel.heatMap) ?? heatBar(panel.heatMap);
    bars.set(panel.heatMap, bar);
  }
  return { panel, view, x, y, strip, stripY: strip && verticalRange(strip, x, false), canX: canToggle(panel, 'x'), canY: canToggle(panel, 'y'), bar };
}

/** The panels of a figure. Those of a row that show the same quantity have the same ordinates, unless one of them would be squeezed or was zoomed. */
export function modelsOf(figure: Figure, views: Readonly<Record<number, PanelView>>, columns: number, hidden: ReadonlySet<string> = new Set()): PanelModel[] {
  const models = (figure.panels ?? []).map((panel, index) => modelOf(panel, views[index] ?? {}, hidden));
  for (let first = 0; first < models.length; first += columns) {
    const row = models.slice(first, first + columns);
    for (const model of row) {
      const group = row.filter((other) => other.panel.y.label === model.panel.y.label && other.y.isLogarithmic === model.y.isLogarithmic && isPlain(other));
      const [low, high] = [Math.min(...group.map((other) => other.y.minimum)), Math.max(...group.map((other) => other.y.maximum))];
      if (group.length < 2 || !group.includes(model) || !group.every((other) => other.y.maximum - other.y.minimum >= LeastFilled * (high - low))) continue;
      for (const other of group) models[models.indexOf(other)] = { ...other, y: { ...other.y, minimum: low, maximum: high } };
      break;
    }
  }
  return models;
}

const isPlain = ({ panel, view }: PanelModel): boolean => !panel.heatMap && !panel.field && !panel.images && !panel.y.categories?.length && !view.yRange && !view.xRange;

/** The bar that shows the values of an ordered family, or null. */
export const familyBar = (inks: SeriesInks, theme: Theme): ColorBar | null => (inks.hasBar ? { label: inks.label, range: inks.range, colorAt: (part) => theme.sequence[levelAt(part)]! } : null);
