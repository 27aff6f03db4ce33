import type { PanelView as View } from '../../state/system-state';
import { valueAt, type Range } from '../axes/range';
import { colorOf } from '../color/inks';
import type { Series } from '../figure';
import { inside, type Box } from '../layout/frame';
import { element } from './elements';
import { cellAt, cellCenter, hitsAt, visiblePoints, type Cell, type Hit } from './hover';
import type { PanelModel } from './model';
import type { PanelGround } from './panel';
import type { Plot } from './plot';
import { cellSentence, keysOf, Readout, sentenceOf } from './readout';
import type { Tool } from './tools';

let instances = 0;

const isCellMark = (series: Series): boolean => series.role === 'guide' && series.style === 'points';

/** What a user looks at in a panel by pointer and by keyboard: cursor, values, zoom. */
export class Explorer {
  private readonly readout = new Readout();
  private readonly marks = element('div', 'ef-marks');
  private readonly said = element('div', 'ef-unseen');
  private readonly help = element('div', 'ef-unseen');
  private model!: PanelModel;
  private ground!: PanelGround;
  private plot!: Plot;
  private strip: Plot | null = null;
  private place: { x: number; y: number } | null = null;
  private key: { series: number; point: number } | null = null;
  private keyCell: { column: number; row: number } | null = null;
  private hasCell = false;
  private occupied: ((box: Box) => number) | null = null;

  constructor(
    private readonly stage: HTMLElement,
    private readonly use: { readonly hasWindow: boolean; view: (view: View) => void; tool: (tool: Tool) => void; cell: (cell: { readonly x: number; readonly y: number; readonly value: number | null } | null) => void },
  ) {}

  mount(): void {
    const { stage, help } = this;
    help.id = `ef-help-${instances++}`;
    stage.tabIndex = 0;
    stage.setAttribute('role', 'application');
    stage.setAttribute('aria-roledescription', 'chart');
    stage.setAttribute('aria-describedby', help.id);
    this.said.setAttribute('role', 'status');
    stage.append(this.marks, this.readout.element, this.said, help);
    stage.addEventListener('keydown', (event) => this.pressed(event));
    stage.addEventListener('dblclick', () => this.use.tool('reset'));
    stage.addEventListener('blur', () => this.clear());
    // Two fingers of a touchpad, or the wheel with Ctrl; the wheel alone scrolls the page.
    stage.addEventListener('wheel', (event) => this.wheeled(event), { passive: false });
  }

  show(model: PanelModel, ground: PanelGround, plot: Plot, strip: Plot | null): void {
    this.model = model;
    this.ground = ground;
    this.plot = plot;
    this.strip = strip;
    this.occupied = null;
    this.help.textContent = keysOf(model, this.use.hasWindow);
    this.marks.style.transform = ground.unit === 1 ? '' : `scale(${ground.unit})`;
    // The values below the cursor are those of the newest curves.
    if (this.place) this.point(this.place);
  }

  /** The pointer is at a place of the plot area, or left it. */
  point(place: { x: number; y: number } | null): void {
    if (!this.model) return;
    this.place = place;
    if (!place) return this.clear();
    const frame = this.plot.frame;
    const left = frame.left + place.x;
    const top = Number.isNaN(place.y) ? null : frame.top + place.y;
    const grid = this.model.panel.heatMap ?? this.model.panel.images;
    // Dots that lead the eye on a grid mark cells: the cell below is meant.
    const hits = hitsAt(frame, this.model.panel, left, top, grid ? (series) => this.isShown(series) && !isCellMark(series) : this.isShown);
    const isNear = top !== null && hits.some((hit) => Math.abs(hit.top - top) < 10);
    if (grid && top !== null && !isNear) return this.showCell(cellAt(frame, grid, left, top, this.model.panel.heatMap !== undefined), left, top);
    this.leaveCell();
    this.showHits(hits, left, top);
  }

  /** Zooms to parts of the axes; null leaves one as it is. */
  zoomTo(x: [number, number] | null, y: [number, number] | null): void {
    if (!x && !y) return;
    const { view, panel } = this.model;
    const part = (range: Range, ends: [number, number]): [number, number] => {
      const values = ends.map((end) => valueAt(range, end)) as [number, number];
      return values[0] < values[1] ? values : [values[1], values[0]];
    };
    this.use.view({
      ...view,
      ...(x && !panel.x.categories?.length ? { xRange: part(this.model.x, x) } : {}),
      ...(y && !panel.y.categories?.length ? { yRange: part(this.model.y, y) } : {}),
    });
  }

  private readonly isShown = (series: Series): boolean => !this.ground.hidden.has(series.label);

  private showHits(hits: readonly Hit[], left: number, top: number | null): void {
    const { model, ground, plot } = this;
    const frame = plot.frame;
    this.strip?.point({ x: left - frame.left, y: -1 });
    this.markAt(hits);
    if (hits.length === 0) return this.readout.hide();
    this.readout.showHits(model.panel, ground.inks, frame.valueX(left), hits, top);
    const occupied = (this.occupied ??= plot.occupied());
    this.readout.place(left, top ?? hits[0]!.top, frame, ground.unit, (box) => occupied(box) + hits.reduce((sum, hit) => sum + (inside(box, hit.left, hit.top) ? 60 : 0), 0));
  }

  private showCell(cell: Cell | null, left: number, top: number): void {
    const { panel } = this.model;
    this.markAt([]);
    if (!cell) {
      this.readout.hide();
      return this.leaveCell();
    }
    this.readout.showCell(panel, cell, (panel.heatMap ?? panel.images)!.label);
    this.readout.beside(left, top, this.plot.frame, this.ground.unit);
    this.hasCell = true;
    this.use.cell({ x: cell.x, y: cell.y, value: cell.value });
  }

  private markAt(hits: readonly Hit[]): void {
    while (this.marks.childElementCount < hits.length) this.marks.append(element('div', 'ef-mark'));
    [...this.marks.children].forEach((mark, index) => {
      const hit = hits[index];
      (mark as HTMLElement).hidden = !hit;
      if (!hit) return;
      const style = (mark as HTMLElement).style;
      style.transform = `translate(${hit.left}px, ${hit.top}px)`;
      style.color = colorOf(this.ground.theme, this.ground.inks.of(hit.series));
    });
  }

  private leaveCell(): void {
    if (!this.hasCell) return;
    this.hasCell = false;
    this.use.cell(null);
  }

  private clear(): void {
    this.place = null;
    this.readout.hide();
    this.markAt([]);
    this.leaveCell();
    this.strip?.point(null);
  }

  private wheeled(event: WheelEvent): void {
    if (!event.ctrlKey || !this.place) return;
    event.preventDefault();
    this.zoomBy(Math.exp(0.01 * Math.max(-50, Math.min(50, event.deltaY))));
  }

  private pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.stage) return;
    if (event.shiftKey && event.key.startsWith('Arrow')) {
      event.preventDefault();
      return this.pan(event.key);
    }
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.step(-1, 0),
      ArrowRight: () => this.step(1, 0),
      ArrowUp: () => this.step(0, -1),
      ArrowDown: () => this.step(0, 1),
      PageUp: () => this.step(10, 0),
      PageDown: () => this.step(-10, 0),
      Home: () => this.step(-Infinity, 0),
      End: () => this.step(Infinity, 0),
      '+': () => this.zoomBy(0.5),
      '=': () => this.zoomBy(0.5),
      '-': () => this.zoomBy(2),
      '0': () => this.use.tool('reset'),
      l: () => this.use.tool('y'),
      L: () => this.use.tool('x'),
      w: () => this.use.tool('window'),
    };
    // Where nothing is zoomed, the key is for what is around the chart, such as a dialog.
    const isZoomed = this.model.view.xRange !== undefined || this.model.view.yRange !== undefined;
    const action = event.key === 'Escape' ? (isZoomed ? () => this.use.tool('reset') : undefined) : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  /** Moves along points and across curves, or over the cells of a heat map. */
  private step(along: number, across: number): void {
    const { panel } = this.model;
    const frame = this.plot.frame;
    const grid = panel.heatMap ?? panel.images;
    if (grid) return this.stepCell(grid.x.length, grid.y.length, along, across);
    const curves = panel.series.filter((series) => series.x.length > 0 && this.isShown(series)).map((series) => visiblePoints(frame, series)).filter((points) => points.length > 0);
    if (curves.length === 0) return;
    const series = this.key ? (((this.key.series + across) % curves.length) + curves.length) % curves.length : 0;
    const points = curves[series]!;
    let point = this.key ? this.key.point : along < 0 ? points.length : -1;
    if (this.key && across !== 0) {
      // The other curve at the same abscissa.
      const before = curves[Math.min(this.key.series, curves.length - 1)]!;
      const left = before[Math.min(this.key.point, before.length - 1)]!.left;
      point = points.reduce((best, candidate, index) => (Math.abs(candidate.left - left) < Math.abs(points[best]!.left - left) ? index : best), 0);
    }
    point = Math.max(0, Math.min(points.length - 1, point + along));
    this.key = { series, point };
    const hit = points[point]!;
    this.place = { x: hit.left - frame.left, y: hit.top - frame.top };
    this.plot.point(this.place);
    const others = hitsAt(frame, panel, hit.left, hit.top, this.isShown).filter((other) => other.series !== hit.series);
    this.showHits([hit, ...others], hit.left, hit.top);
    this.said.textContent = sentenceOf(panel, this.ground.inks, hit);
  }

  private stepCell(columns: number, rows: number, along: number, across: number): void {
    const { panel } = this.model;
    const frame = this.plot.frame;
    const grid = (panel.heatMap ?? panel.images)!;
    const hold = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
    const from = this.keyCell ?? { column: along >= 0 ? -1 : columns, row: 0 };
    const down = frame.y.maximum > frame.y.minimum ? -across : across;
    this.keyCell = { column: hold(from.column + along, columns), row: hold(from.row + down, rows) };
    const { column, row } = this.keyCell;
    const cell: Cell = { column, row, x: grid.x[column]!, y: grid.y[row]!, value: panel.heatMap ? (panel.heatMap.values[row * columns + column] ?? null) : null };
    const center = cellCenter(frame, cell);
    this.place = { x: center.left - frame.left, y: center.top - frame.top };
    this.plot.point(this.place);
    this.showCell(cell, center.left, center.top);
    this.said.textContent = cellSentence(panel, cell, grid.label);
  }

  /** Moves what a zoomed panel shows by a tenth. */
  private pan(key: string): void {
    const { view } = this.model;
    const by = 0.1;
    const ends: Readonly<Record<string, [number, number]>> = { ArrowLeft: [-by, 1 - by], ArrowRight: [by, 1 + by], ArrowDown: [-by, 1 - by], ArrowUp: [by, 1 + by] };
    const isAcross = key === 'ArrowLeft' || key === 'ArrowRight';
    if (isAcross ? view.xRange : view.yRange) this.zoomTo(isAcross ? ends[key]! : null, isAcross ? null : ends[key]!);
  }

  private zoomBy(factor: number): void {
    const frame = this.plot.frame;
    const at = this.place ?? { x: frame.width / 2, y: frame.height / 2 };
    const centerX = at.x / frame.width;
    const centerY = Number.isNaN(at.y) ? 0.5 : 1 - at.y / frame.height;
    const isAll = this.model.view.xRange === undefined && this.model.view.yRange === undefined;
    if (factor > 1 && isAll) return;
    this.zoomTo([centerX - factor * centerX, centerX + factor * (1 - centerX)], [centerY - factor * centerY, centerY + factor * (1 - centerY)]);
  }
}
