import type { ImageGrid } from '../figure';
import type { Frame } from '../layout/frame';
import { cellEdges } from '../layout/ranges';

// Room between neighbours, as a part of the cell.
const Gap = 0.06;

/** The pictures of a grid, each with the proportions of its pixels in the middle of its cell; in CSS pixels. */
export function drawImages(context: CanvasRenderingContext2D, frame: Frame, grid: ImageGrid): void {
  const columns = cellEdges(grid.x, frame.x);
  const rows = cellEdges(grid.y, frame.y);
  const scratch = document.createElement('canvas');
  scratch.width = grid.width;
  scratch.height = grid.height;
  const pen = scratch.getContext('2d')!;
  context.save();
  context.imageSmoothingEnabled = false;
  for (let j = 0; j < grid.y.length; j++)
    for (let i = 0; i < grid.x.length; i++) {
      const [left, right, bottom, top] = [columns[i]!, columns[i + 1]!, rows[j]!, rows[j + 1]!];
      if (Number.isNaN(left + right + bottom + top) || right < 0 || left > 1 || top < 0 || bottom > 1) continue;
      const width = (1 - Gap) * (right - left) * frame.width;
      const height = (1 - Gap) * Math.abs(top - bottom) * frame.height;
      const pixel = Math.min(width / grid.width, height / grid.height);
      const x = frame.left + ((left + right) / 2) * frame.width;
      const y = frame.bottom - ((bottom + top) / 2) * frame.height;
      pen.putImageData(picture(grid, j * grid.x.length + i), 0, 0);
      context.drawImage(scratch, x - (pixel * grid.width) / 2, y - (pixel * grid.height) / 2, pixel * grid.width, pixel * grid.height);
    }
  context.restore();
}

function picture(grid: ImageGrid, index: number): ImageData {
  const count = grid.width * grid.height;
  const image = new ImageData(grid.width, grid.height);
  for (let pixel = 0; pixel < count; pixel++) {
    const first = (index * count + pixel) * grid.channels;
    let isWhole = true;
    for (let part = 0; part < 3; part++) {
      const level = levelOf(grid, grid.values[first + (grid.channels === 1 ? 0 : part)]);
      if (level === null) isWhole = false;
      image.data[4 * pixel + part] = level ?? 0;
    }
    image.data[4 * pixel + 3] = isWhole ? 255 : 0;
  }
  return image;
}

// Halved, because the difference of two numbers can overflow.
function levelOf(grid: ImageGrid, value: number | null | undefined): number | null {
  if (value == null || grid.minimum === null || grid.maximum === null) return null;
  const part = (0.5 * value - 0.5 * grid.minimum) / (0.5 * grid.maximum - 0.5 * grid.minimum);
  return Math.round(255 * Math.max(0, Math.min(1, part)));
}
