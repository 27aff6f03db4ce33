import { Extent, fit, fraction, type Range } from '../axes/range';
import { scaleLevels } from '../color/theme';
import type { HeatMap } from '../figure';
import type { Frame } from '../layout/frame';
import { cellEdges } from '../layout/ranges';
import type { ColorBar } from './bar';

/** The range of the colours. */
export function heatRange(map: HeatMap): Range {
  const extent = new Extent(map.isLogarithmic === true);
  for (const value of map.values) extent.add(value);
  return fit(map, map.isLogarithmic === true, extent, 0);
}

/** The bar beside the plot. */
export function heatBar(map: HeatMap): ColorBar {
  const range = heatRange(map);
  const parts = map.values.map((value) => fraction(range, value));
  return {
    label: map.label,
    range,
    colorAt: (part) => `rgb(${scaleLevels[Math.round(255 * part)]!.join(' ')})`,
    hasLower: parts.some((part) => part < -1e-9),
    hasHigher: parts.some((part) => part > 1 + 1e-9),
  };
}

/** Which cell is at each pixel of an axis of a given length; -1 for none. */
export function cellsAlong(edges: readonly number[], length: number): Int32Array {
  const cells = new Int32Array(length).fill(-1);
  for (let pixel = 0; pixel < length; pixel++) {
    const part = (pixel + 0.5) / length;
    // Few edges beside many pixels: bisection.
    let [low, high] = [0, edges.length - 1];
    if (!(part >= edges[0]! && part <= edges[high]!)) continue;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (edges[middle]! <= part) low = middle;
      else high = middle;
    }
    cells[pixel] = low;
  }
  return cells;
}

/** The cells as an image with the pixels of the plot area; cells without a value are transparent. */
export function heatImage(map: HeatMap, frame: Frame, unit: number): ImageData {
  const width = Math.max(1, Math.round(frame.width * unit));
  const height = Math.max(1, Math.round(frame.height * unit));
  const range = heatRange(map);
  const colors = map.values.map((value) => {
    const part = fraction(range, value);
    if (Number.isNaN(part)) return 0;
    const [red, green, blue] = scaleLevels[Math.round(255 * Math.max(0, Math.min(1, part)))]!;
    return (255 << 24) | (blue << 16) | (green << 8) | red;
  });
  const columns = cellsAlong(cellEdges(map.x, frame.x), width);
  const rows = cellsAlong(cellEdges(map.y, frame.y), height);
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  for (let y = 0; y < height; y++) {
    const row = rows[height - 1 - y]!;
    if (row < 0) continue;
    for (let x = 0; x < width; x++) if (columns[x]! >= 0) pixels[y * width + x] = colors[row * map.x.length + columns[x]!]!;
  }
  return image;
}
