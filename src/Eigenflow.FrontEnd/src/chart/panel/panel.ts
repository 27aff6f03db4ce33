import type { SeriesInks } from '../color/inks';
import type { Theme } from '../color/theme';
import type { Panel, Series } from '../figure';
import { straightStretch } from '../layout/stretch';
import type { Margins } from '../layout/surround';
import type { Face } from '../text/canvas';
import { plainText, setRich } from '../text/rich';
import type { PanelView as View } from '../../state/system-state';
import type { ColorBar } from '../paint/bar';
import { barWidth } from '../paint/bar';
import { measuring } from '../layout/surround';
import { element } from './elements';
import { Explorer } from './explorer';
import { Legend, type LegendEntry } from './legend';
import type { PanelModel } from './model';
import { Plot, type PlotSpec } from './plot';
import { Tools, type Tool } from './tools';
import { SlopeWindow } from './window';

/** What all panels of a chart share. */
export interface PanelGround {
  readonly inks: SeriesInks;
  readonly theme: Theme;
  readonly face: Face;
  readonly hidden: ReadonlySet<string>;
  readonly opacity: number;
  /** CSS pixels of a unit. */
  readonly unit: number;
}

export interface PanelEvents {
  readonly onView: (view: View, isFinal: boolean) => void;
  readonly onCell: (cell: { readonly x: number; readonly y: number; readonly value: number | null } | null) => void;
  readonly onToggle: (label: string) => void;
  readonly hasWindow: boolean;
}

// Height of a strip with its axis that can be read.
const LeastStrip = 102;

// Part of the height that the strip of departures takes.
const StripShare = 0.24;

/** A panel on the page: its title and tools, its plot with the strip of departures, its legend. */
export class PanelBox {
  readonly element = element('section', 'ef-panel');
  private readonly title = element('div', 'ef-panel-title');
  private readonly stage = element('div', 'ef-stage');
  private readonly hosts = [element('div', 'ef-canvas'), element('div', 'ef-canvas')] as const;
  private readonly legend: Legend;
  private readonly tools: Tools;
  private readonly plot: Plot;
  private readonly strip: Plot;
  private readonly window: SlopeWindow;
  private readonly explorer: Explorer;
  private model!: PanelModel;
  private ground!: PanelGround;
  private specs: PlotSpec[] = [];
  private heights = [0, 0];
  private titled = '';

  constructor(private readonly events: PanelEvents) {
    this.legend = new Legend(events.onToggle);
    this.tools = new Tools((tool) => this.use(tool), events.hasWindow);
    this.window = new SlopeWindow((window, isFinal) => events.onView({ ...this.model.view, window }, isFinal));
    const change = (view: View): void => events.onView(view, true);
    this.plot = new Plot(this.hosts[0], { onCursor: (place) => this.explorer.point(place), onBox: (x, y) => this.explorer.zoomTo(x, y) });
    this.strip = new Plot(this.hosts[1], { onCursor: (place) => this.explorer.point(place && { x: place.x, y: NaN }), onBox: (x) => this.explorer.zoomTo(x, null) });
    this.explorer = new Explorer(this.stage, { hasWindow: events.hasWindow, view: change, tool: (tool) => this.use(tool), cell: events.onCell });
    for (const host of this.hosts) host.setAttribute('aria-hidden', 'true');
    this.stage.append(...this.hosts, this.window.element);
    this.explorer.mount();
    this.element.append(element('header', 'ef-panel-head', this.title, this.tools.element), this.stage, this.legend.element);
  }

  /** Takes what is to be shown and gives the margins that it needs. */
  prepare(model: PanelModel, ground: PanelGround, letter: string, bar: ColorBar | null, width: number, height: number): Margins {
    this.model = model;
    this.ground = ground;
    const shown = model.bar ?? bar;
    const strip = model.strip;
    // Below its axis and label a strip needs room for three labels.
    const low = Math.max(LeastStrip, Math.round(StripShare * height) + 10);
    this.heights = strip ? [height - low, low] : [height, 0];
    const common = { inks: ground.inks, theme: ground.theme, face: ground.face, opacity: ground.opacity, unit: ground.unit, isShown: (series: Series) => !ground.hidden.has(series.label) };
    const room = shown ? barWidth(measuring(), ground.face, shown, Math.max(100, this.heights[0]! - 60)) : 0;
    this.specs = [{ ...common, panel: model.panel, x: model.x, y: model.y, isStrip: false, hasStripBelow: strip !== null, bar: shown, barWidth: room, window: model.view.window ?? null }];
    if (strip && model.stripY) {
      const labelled: Panel = { ...strip, x: { ...strip.x } };
      this.specs.push({ ...common, panel: labelled, x: model.x, y: model.stripY, isStrip: true, hasStripBelow: false, bar: null, barWidth: 0, window: null });
    }
    this.head(letter);
    const none = { left: 0, right: 0, top: 0, bottom: 0 };
    const needs = this.specs.map((spec, index) => Plot.measure(spec, width, this.heights[index]!, none).margins);
    return {
      left: Math.max(...needs.map((need) => need.left)),
      right: Math.max(...needs.map((need) => need.right)),
      top: needs[0]!.top,
      bottom: needs.at(-1)!.bottom,
    };
  }

  /** Draws with margins that suit its neighbours. */
  show(width: number, margins: Margins, entries: readonly LegendEntry[]): void {
    const { specs, heights, model, ground } = this;
    const isSplit = specs.length > 1;
    this.hosts[1].hidden = !isSplit;
    specs.forEach((spec, index) => {
      const least = { ...margins, top: index === 0 ? margins.top : 0, bottom: isSplit && index === 0 ? 7 : margins.bottom };
      const { surround } = Plot.measure(spec, width, heights[index]!, least);
      (index === 0 ? this.plot : this.strip).show(spec, width, heights[index]!, surround, least);
    });
    this.legend.show(entries, ground.hidden);
    this.tools.show(model, plainText(model.panel.title ?? '') || 'the panel');
    this.window.show(this.plot.frame, model.view.window ?? null, ground.unit);
    this.explorer.show(model, ground, this.plot, isSplit ? this.strip : null);
  }

  fade(opacity: number): void {
    this.plot.fade(opacity);
    if (this.specs.length > 1) this.strip.fade(opacity);
  }

  destroy(): void {
    this.plot.destroy();
    this.strip.destroy();
    this.element.remove();
  }

  private head(letter: string): void {
    const { panel } = this.model;
    const text = `${letter ? `${letter} ` : ''}${panel.title ?? ''}`;
    if (text !== this.titled || !this.title.isConnected) {
      this.titled = text;
      setRich(this.title, text);
    }
    const name = plainText(panel.title || `${panel.y.label} against ${panel.x.label}`);
    this.stage.setAttribute('aria-label', `${letter ? `Panel ${letter}, ` : ''}${name}`);
  }

  // Where a slope is looked for first: along the longest straight stretch, else over the middle.
  private straight(): [number, number] {
    const { model, ground } = this;
    return straightStretch(model.panel.series.filter((series) => !ground.hidden.has(series.label)), model.x) ?? SlopeWindow.middle(this.plot.frame);
  }

  private use(tool: Tool): void {
    const { view, x, y, canX, canY } = this.model;
    if (tool === 'reset') {
      const { xRange: _x, yRange: _y, ...rest } = view;
      this.events.onView(rest, true);
    } else if (tool === 'window') {
      if (!this.events.hasWindow || !canX) return;
      const { window, ...rest } = view;
      this.events.onView(window ? rest : { ...rest, window: this.straight() }, true);
      if (!window) this.window.focus();
    } else {
      if (!(tool === 'x' ? canX : canY)) return;
      const axis = this.model.panel[tool];
      const isLog = (tool === 'x' ? x : y).isLogarithmic;
      const { xScale, yScale, ...rest } = view;
      const scales = { ...(xScale ? { xScale } : {}), ...(yScale ? { yScale } : {}) };
      const key = tool === 'x' ? 'xScale' : 'yScale';
      // The scale that the figure has is no choice.
      if ((axis.isLogarithmic === true) !== isLog) delete scales[key];
      else scales[key] = isLog ? 'linear' : 'log';
      this.events.onView({ ...rest, ...scales }, true);
    }
  }
}
