import type uPlot from 'uplot';
import type { Range } from '../axes/range';
import { turnDash, turnsOf, type Turn } from '../layout/coincident';
import type { Frame } from '../layout/frame';
import type { Series } from '../figure';
import { withAlpha } from '../color/theme';
import { curvePaths, hasBars, hasBand, intervalPath, type SeriesPaths } from '../paint/series';
import { Dashes, Style } from '../style';

/** A series of the core: the curve of a series of the figure, or what lies below it. */
export interface Layer {
  readonly series: Series;
  readonly isInterval: boolean;
  readonly color: string;
  /** Where other lines lie on it. */
  readonly turn: Turn | undefined;
}

/** What the layers of a plot need to know when they are drawn. */
export interface LayerGround {
  /** In device pixels. */
  readonly frame: () => Frame;
  /** CSS pixels of a unit. */
  readonly unit: () => number;
  readonly background: () => string;
  readonly layer: (index: number) => Layer | undefined;
}

const Nothing: uPlot.Series.Paths = { stroke: null, fill: null };

/** In the order in which they are painted: intervals, lines, rings, dots. */
export function layersOf(series: readonly Series[], colorOf: (series: Series) => string, isShown: (series: Series) => boolean, y: Range): Layer[] {
  const shown = series.filter((one) => one.x.length > 0 && isShown(one));
  const turns = turnsOf(shown, y);
  const rank = (one: Series): number => (one.style !== 'points' ? 0 : one.isHollow ? 1 : 2);
  const curves = shown.map((one) => ({ series: one, isInterval: false, color: colorOf(one), turn: turns.get(one) })).sort((a, b) => rank(a.series) - rank(b.series));
  const intervals = shown.filter((one) => hasBand(one) || hasBars(one)).map((one) => ({ series: one, isInterval: true, color: colorOf(one), turn: undefined }));
  return [...intervals, ...curves];
}

export const dataOf = (layers: readonly Layer[], count: number): [null, ...[readonly unknown[], readonly unknown[]][]] => [
  null,
  ...Array.from({ length: count }, (_, index): [readonly unknown[], readonly unknown[]] => {
    const layer = layers[index];
    return layer ? [layer.series.x, layer.series.y] : [[], []];
  }),
];

/** A series of the core that draws whatever layer stands at its place. */
export function seriesAt(index: number, ground: LayerGround): uPlot.Series & { drawn: SeriesPaths | null } {
  const options = {
    auto: false,
    drawn: null as SeriesPaths | null,
    width: Style.curve,
    pxAlign: 0,
    cap: 'butt' as const,
    stroke: () => ground.layer(index)?.color ?? '',
    fill: () => ground.layer(index)?.color ?? '',
    paths: (plot: uPlot): uPlot.Series.Paths => {
      const layer = ground.layer(index);
      const own = plot.series[index + 1] as typeof options & uPlot.Series;
      own.drawn = null;
      if (!layer) return Nothing;
      return layer.isInterval ? intervalPaths(ground, layer) : linePaths(ground, layer, own);
    },
    points: {
      show: () => pointsOf(index, ground) !== null,
      filter: () => null,
      width: 0,
      stroke: () => pointsOf(index, ground)?.stroke ?? '',
      fill: () => pointsOf(index, ground)?.fill ?? '',
      paths: (plot: uPlot): uPlot.Series.Points.Paths => {
        const own = plot.series[index + 1] as typeof options;
        const look = pointsOf(index, ground);
        const dots = own.drawn?.dots ?? null;
        return { fill: dots, stroke: look && look.width > 0 ? dots : null, _width: look?.width ?? 0 } as uPlot.Series.Points.Paths;
      },
    },
  };
  return options as unknown as uPlot.Series & { drawn: SeriesPaths | null };
}

interface PointLook {
  readonly fill: string;
  readonly stroke: string;
  readonly width: number;
}

// Dots have a halo in the colour of the ground, rings are hollow, dots on a line are plain.
function pointsOf(index: number, ground: LayerGround): PointLook | null {
  const layer = ground.layer(index);
  if (!layer || layer.isInterval) return null;
  if (layer.series.style !== 'points') return { fill: layer.color, stroke: '', width: 0 };
  const unit = ground.unit();
  return layer.series.isHollow ? { fill: ground.background(), stroke: layer.color, width: 1.3 * unit } : { fill: layer.color, stroke: ground.background(), width: 0.7 * unit };
}

function intervalPaths(ground: LayerGround, layer: Layer): uPlot.Series.Paths {
  const path = intervalPath(ground.frame(), layer.series);
  const width = 1.1 * ground.unit();
  return hasBars(layer.series)
    ? { stroke: new Map([[withAlpha(layer.color, 0.75), path]]), fill: null, width, ...({ _width: width } as object) }
    : { stroke: null, fill: new Map([[withAlpha(layer.color, Style.band), path]]) };
}

function linePaths(ground: LayerGround, layer: Layer, own: uPlot.Series & { drawn: SeriesPaths | null }): uPlot.Series.Paths {
  const frame = ground.frame();
  const drawn = curvePaths(frame, layer.series);
  own.drawn = drawn;
  const style = layer.series.style;
  own.dash = (layer.turn ? turnDash(layer.turn) : Dashes[style]).map((part) => part * frame.unit);
  own.cap = style === 'dotted' ? 'round' : 'butt';
  const fill = new Map<string, Path2D>();
  if (drawn.chatter) fill.set(withAlpha(layer.color, 1.5 * Style.band), drawn.chatter);
  if (drawn.edges) fill.set(layer.color, drawn.edges);
  return { stroke: drawn.stroke, fill: fill.size > 0 ? fill : null, ...({ _width: ground.unit() * (Style.curve + (style === 'dotted' ? 0.2 : 0)) } as object) };
}
