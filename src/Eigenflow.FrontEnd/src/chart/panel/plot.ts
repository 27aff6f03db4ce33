import uPlot from 'uplot';
import type { Range } from '../axes/range';
import { colorOf, type SeriesInks } from '../color/inks';
import type { Theme } from '../color/theme';
import type { Panel, Series } from '../figure';
import { Frame, type Box } from '../layout/frame';
import type { LabelPlacer } from '../layout/placer';
import { surroundOf, type Margins } from '../layout/surround';
import { drawGround, drawSurround, type Surround } from '../paint/axes';
import { drawBar, type ColorBar } from '../paint/bar';
import { GuidePainter } from '../paint/guides';
import { GridPainter } from '../paint/grids';
import { markInks } from '../paint/marks';
import type { Face } from '../text/canvas';
import { coveredBy, coverWindow } from './covered';
import { dataOf, layersOf, seriesAt, type Layer } from './layers';

// Labels may be covered for a moment, at the price of so many cells.
const LabelCost = 150;

/** All that a plot shows. */
export interface PlotSpec {
  readonly panel: Panel;
  readonly x: Range;
  readonly y: Range;
  readonly isStrip: boolean;
  readonly hasStripBelow: boolean;
  readonly inks: SeriesInks;
  readonly theme: Theme;
  readonly face: Face;
  readonly isShown: (series: Series) => boolean;
  readonly bar: ColorBar | null;
  readonly barWidth: number;
  /** Ends of a window over the plot. */
  readonly window: readonly [number, number] | null;
  /** Opacity of the data. */
  readonly opacity: number;
  /** CSS pixels of a unit, in which all is laid out. */
  readonly unit: number;
}

export interface PlotEvents {
  /** The pointer is at a place of the plot area in units, or has left it. */
  readonly onCursor: (place: { x: number; y: number } | null) => void;
  /** A box was drawn, in parts of the axes; null where it spans the whole axis. */
  readonly onBox: (x: [number, number] | null, y: [number, number] | null) => void;
}

/** One pair of axes on a canvas of the core, which keeps pixels, pointer and selection; series are its series with paths of our own. */
export class Plot {
  private core: uPlot | null = null;
  private spec!: PlotSpec;
  private surround!: Surround;
  private margins: Margins = { left: 0, right: 0, top: 0, bottom: 0 };
  private layers: Layer[] = [];
  private shape = '';
  private size = { width: 0, height: 0, unit: 1 };
  private readonly grids = new GridPainter();
  private readonly frames = new Map<number, Frame>();
  private labelled: LabelPlacer | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly events: PlotEvents,
  ) {}

  /** Margins that a plot needs on a ground of a size; the plots of a row and of a panel are given common ones. */
  static measure(spec: PlotSpec, width: number, height: number, least: Margins): { surround: Surround; margins: Margins } {
    return surroundOf(spec.face, { ...spec, bar: spec.barWidth }, width, height, least);
  }

  /** Draws. */
  show(spec: PlotSpec, width: number, height: number, surround: Surround, margins: Margins): void {
    this.spec = spec;
    this.surround = surround;
    this.layers = layersOf(spec.panel.series, (series) => colorOf(spec.theme, spec.inks.of(series)), spec.isShown, spec.y);
    const shape = `${spec.x.isLogarithmic}|${spec.y.isLogarithmic}|${spec.y.minimum > spec.y.maximum}`;
    const isMoved = margins.left !== this.margins.left || margins.right !== this.margins.right || margins.top !== this.margins.top || margins.bottom !== this.margins.bottom;
    const isResized = width !== this.size.width || height !== this.size.height || spec.unit !== this.size.unit;
    this.margins = margins;
    this.size = { width, height, unit: spec.unit };
    this.frames.clear();
    if (this.core === null || shape !== this.shape) {
      this.core?.destroy();
      this.shape = shape;
      this.core = this.create();
      this.host.append(this.core.root);
      return;
    }
    const core = this.core;
    core.batch(() => {
      while (core.series.length - 1 < this.layers.length) core.addSeries(this.seriesAt(core.series.length - 1));
      for (const series of core.series) series.alpha = spec.opacity;
      if (isMoved || isResized) core.setSize(this.canvasSize());
      core.setData(this.data(core.series.length - 1));
    });
  }

  /** The plot area in units of its canvas, with the axes. */
  get frame(): Frame {
    return this.frameIn(1);
  }

  /** The element that lies over the plot area. */
  get over(): HTMLElement {
    return this.core!.over;
  }

  /** Draws data with an opacity, without new paths. */
  fade(opacity: number): void {
    this.spec = { ...this.spec, opacity };
    for (const series of this.core?.series ?? []) series.alpha = opacity;
    this.core?.redraw(false);
  }

  /** Moves the cursor lines; null takes them away. */
  point(place: { x: number; y: number } | null): void {
    const { unit } = this.spec;
    this.core?.setCursor(place ? { left: place.x * unit, top: place.y * unit } : { left: -10, top: -10 }, false);
  }

  /** How much of a box in units is covered by what is drawn. */
  occupied(): (box: Box) => number {
    const placer = this.labelled ?? coverWindow(coveredBy(this.core!, this.frameIn(1), this.pixels()), this.frameIn(1), this.spec.window);
    return (box) => placer.cost(box, LabelCost);
  }

  destroy(): void {
    this.core?.destroy();
    this.core = null;
  }

  // Device pixels of a unit.
  private pixels(): number {
    return uPlot.pxRatio * this.spec.unit;
  }

  private canvasSize(): { width: number; height: number } {
    const { width, height, unit } = this.size;
    return { width: Math.round(width * unit), height: Math.round(height * unit) };
  }

  private frameIn(unit: number): Frame {
    const { margins, size, spec } = this;
    let frame = this.frames.get(unit);
    if (!frame) {
      frame = new Frame(spec.x, spec.y, margins.left * unit, margins.top * unit, Math.max(1, size.width - margins.left - margins.right) * unit, Math.max(1, size.height - margins.top - margins.bottom) * unit, unit);
      this.frames.set(unit, frame);
    }
    return frame;
  }

  private seriesAt(index: number): uPlot.Series {
    const series = seriesAt(index, { frame: () => this.frameIn(this.pixels()), unit: () => this.spec.unit, background: () => this.spec.theme.background, layer: (at) => this.layers[at] });
    series.alpha = this.spec.opacity;
    return series;
  }

  private data(count: number): uPlot.AlignedData {
    return dataOf(this.layers, count) as unknown as uPlot.AlignedData;
  }

  private create(): uPlot {
    const count = Math.max(1, this.layers.length);
    const scale = (which: 'x' | 'y'): uPlot.Scale => {
      const { isLogarithmic, minimum, maximum } = this.spec[which];
      return {
        time: false,
        auto: true,
        distr: isLogarithmic ? 3 : 1,
        dir: minimum > maximum ? -1 : 1,
        range: () => {
          const now = this.spec[which];
          const ends = [now.minimum, now.maximum].map((end) => (now.isLogarithmic ? Math.max(Number.MIN_VALUE, Math.min(Number.MAX_VALUE, 10 ** end)) : end));
          return [Math.min(...ends), Math.max(...ends)];
        },
      };
    };
    const pad = (side: keyof Margins) => (): number => this.margins[side] * this.spec.unit;
    return new uPlot(
      {
        mode: 2 as uPlot.Mode,
        ...this.canvasSize(),
        legend: { show: false, live: false },
        axes: [{ show: false }, { show: false }],
        padding: [pad('top'), pad('right'), pad('bottom'), pad('left')],
        scales: { x: scale('x'), y: scale('y') },
        series: [null as unknown as uPlot.Series, ...Array.from({ length: count }, (_, index) => this.seriesAt(index))],
        cursor: {
          x: true,
          y: false,
          points: { show: false },
          dataIdx: () => null,
          drag: { x: true, y: !this.spec.isStrip, dist: 4, uni: 24, setScale: false },
          bind: { dblclick: () => null },
        },
        hooks: {
          drawClear: [() => this.drawBelow()],
          draw: [() => this.drawAbove()],
          setCursor: [(core) => this.events.onCursor((core.cursor.left ?? -1) < 0 ? null : { x: core.cursor.left! / this.spec.unit, y: core.cursor.top! / this.spec.unit })],
          setSelect: [(core) => this.boxed(core)],
        },
      },
      this.data(count),
      undefined,
    );
  }

  private boxed(core: uPlot): void {
    const [left, top, width, height] = [core.select.left, core.select.top, core.select.width, core.select.height].map((length) => length / this.spec.unit) as [number, number, number, number];
    core.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    const frame = this.frame;
    if (width < 4 && height < 4) return;
    const isWide = width < frame.width - 1;
    const isTall = height < frame.height - 1;
    this.events.onBox(isWide ? [left / frame.width, (left + width) / frame.width] : null, isTall ? [1 - (top + height) / frame.height, 1 - top / frame.height] : null);
  }

  private inUnits(draw: (context: CanvasRenderingContext2D) => void): void {
    const context = this.core?.ctx;
    if (!context) return;
    context.save();
    context.scale(this.pixels(), this.pixels());
    draw(context);
    context.restore();
  }

  private drawBelow(): void {
    this.inUnits((context) => {
      const frame = this.frameIn(1);
      drawGround(context, frame, this.spec.theme, this.surround);
      context.globalAlpha = this.spec.opacity;
      this.grids.draw(context, frame, this.spec.panel, this.spec.theme);
    });
  }

  private drawAbove(): void {
    this.labelled = null;
    this.inUnits((context) => {
      const { spec, surround } = this;
      const frame = this.frameIn(1);
      drawSurround(context, spec.face, frame, spec.theme, surround);
      if (spec.bar) drawBar(context, spec.face, spec.theme, spec.bar, frame.right, frame.top, frame.bottom);
      const { lines, slopes, annotations } = spec.panel;
      if (!lines?.length && !slopes?.length && !annotations?.length) return;
      const placer = (this.labelled = coveredBy(this.core!, frame, this.pixels()));
      new GuidePainter(context, spec.face, frame, spec.theme, surround.phases, placer, markInks(spec.panel, spec.theme, spec.inks, spec.isShown)).draw(spec.panel, () => coverWindow(placer, frame, spec.window));
    });
  }
}
