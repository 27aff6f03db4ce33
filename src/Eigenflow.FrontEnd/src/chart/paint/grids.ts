import uPlot from 'uplot';
import type { Theme } from '../color/theme';
import type { HeatMap, Panel, VectorField } from '../figure';
import type { Frame } from '../layout/frame';
import { drawField, linesOf } from './field';
import { heatImage } from './heatmap';
import { drawImages } from './images';

/** Draws what fills a plot: cells, pictures, fields. What took long is kept until the data or the place change. */
export class GridPainter {
  private cells: { map: HeatMap; key: string; canvas: HTMLCanvasElement } | null = null;
  private lines: { field: VectorField; key: string; lines: number[][] } | null = null;

  draw(context: CanvasRenderingContext2D, frame: Frame, panel: Panel, theme: Theme): void {
    if (!panel.heatMap && !panel.images && !panel.field) return;
    const unit = uPlot.pxRatio;
    const key = [frame.left, frame.top, frame.width, frame.height, unit, frame.x.minimum, frame.x.maximum, frame.y.minimum, frame.y.maximum].join();
    context.save();
    context.beginPath();
    context.rect(frame.left, frame.top, frame.width, frame.height);
    context.clip();
    if (panel.heatMap) {
      if (this.cells?.map !== panel.heatMap || this.cells.key !== key) {
        const image = heatImage(panel.heatMap, frame, unit);
        const canvas = document.createElement('canvas');
        canvas.width = image.width;
        canvas.height = image.height;
        canvas.getContext('2d')!.putImageData(image, 0, 0);
        this.cells = { map: panel.heatMap, key, canvas };
      }
      context.drawImage(this.cells.canvas, frame.left, frame.top, frame.width, frame.height);
    }
    if (panel.images) drawImages(context, frame, panel.images);
    if (panel.field) {
      if (this.lines?.field !== panel.field || this.lines.key !== key) this.lines = { field: panel.field, key, lines: linesOf(panel.field, frame) };
      drawField(context, theme, this.lines.lines, panel.heatMap !== undefined);
    }
    context.restore();
  }
}
