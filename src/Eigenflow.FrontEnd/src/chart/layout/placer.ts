import type { Box, Point } from './frame';
import type { Piece } from './thinning';

const Cell = 3;
const TextCost = 1e6;
const SearchStep = 6;
// Where more than this part of a label would be covered, room is sought farther away, at the price of so many cells per pixel.
const MuchCovered = 0.05;
const CostOfWay = 0.12;

/**
 * Finds room for labels inside a plot: a coarse map remembers what curves and earlier labels cover, and of the places offered the first with the least covered area is taken; a label never covers
 * another where there is room. Deterministic. All in CSS pixels.
 */
export class LabelPlacer {
  private readonly texts: Box[] = [];
  private readonly covered: Uint8Array;
  private readonly columns: number;
  private readonly rows: number;

  constructor(private readonly plot: Box) {
    this.columns = Math.max(1, Math.ceil((plot.right - plot.left) / Cell));
    this.rows = Math.max(1, Math.ceil((plot.bottom - plot.top) / Cell));
    this.covered = new Uint8Array(this.columns * this.rows);
  }

  markBox(box: Box): void {
    this.each(box, (index) => {
      this.covered[index] = 1;
    });
  }

  /** Marks a polyline, given in pixels of which `unit` make a CSS pixel. */
  markCurve(piece: Piece, unit: number): void {
    for (let i = 2; i < piece.length; i += 2) {
      const [x0, y0, x1, y1] = [piece[i - 2]! / unit, piece[i - 1]! / unit, piece[i]! / unit, piece[i + 1]! / unit];
      const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) / Cell));
      for (let k = 0; k <= steps; k++) this.markPoint(x0 + ((x1 - x0) * k) / steps, y0 + ((y1 - y0) * k) / steps);
    }
  }

  markPoint(x: number, y: number): void {
    const column = Math.floor((x - this.plot.left) / Cell);
    const row = Math.floor((y - this.plot.top) / Cell);
    if (column >= 0 && row >= 0 && column < this.columns && row < this.rows) this.covered[row * this.columns + column] = 1;
  }

  /** How much of a triangle is covered, in cells. */
  coveredIn(triangle: readonly [Point, Point, Point]): number {
    const [a, b, c] = triangle;
    let count = 0;
    const box = { left: Math.min(a.x, b.x, c.x), top: Math.min(a.y, b.y, c.y), right: Math.max(a.x, b.x, c.x), bottom: Math.max(a.y, b.y, c.y) };
    this.each(box, (index, x, y) => {
      if (!this.covered[index]) return;
      const [ab, bc, ca] = [turn(a, b, x, y), turn(b, c, x, y), turn(c, a, x, y)];
      if ((ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0)) count++;
    });
    return count;
  }

  /** Chooses among places of a block, given as its upper left corners in order of preference; where all would cover another text, or much of a curve, a place near by that covers less; what is bound to its places leaves them only where it would cover a text in all. */
  place(width: number, height: number, corners: readonly Point[], isBound = false): Point {
    let [best, cost] = this.best(width, height, corners);
    if (cost >= (isBound ? TextCost : (MuchCovered * width * height) / Cell ** 2)) {
      const first = best;
      for (let y = this.plot.top + 2; y + height <= this.plot.bottom - 2; y += SearchStep)
        for (let x = this.plot.left + 2; x + width <= this.plot.right - 2; x += SearchStep) {
          const way = CostOfWay * (Math.abs(x - first.x) + Math.abs(y - first.y));
          if (way >= cost) continue;
          const sum = this.cost({ left: x, top: y, right: x + width, bottom: y + height }) + way;
          if (sum < cost) [best, cost] = [{ x, y }, sum];
        }
    }
    const box = { left: best.x, top: best.y, right: best.x + width, bottom: best.y + height };
    this.texts.push(box);
    this.markBox(box);
    return best;
  }

  /** How much of a box is covered, in cells, and more where it covers a label. */
  cost(box: Box, ofText = TextCost): number {
    let count = 0;
    this.each(box, (index) => {
      count += this.covered[index]!;
    });
    return count + (this.texts.some((other) => other.left < box.right && box.left < other.right && other.top < box.bottom && box.top < other.bottom) ? ofText : 0);
  }

  private best(width: number, height: number, corners: readonly Point[]): [Point, number] {
    let best: Point = { x: this.plot.left, y: this.plot.top };
    let least = Infinity;
    corners.forEach((corner, rank) => {
      const shiftX = Math.max(0, this.plot.left + 2 - corner.x) - Math.max(0, corner.x + width - (this.plot.right - 2));
      const shiftY = Math.max(0, this.plot.top + 2 - corner.y) - Math.max(0, corner.y + height - (this.plot.bottom - 2));
      const moved = { x: corner.x + shiftX, y: corner.y + shiftY };
      const cost = this.cost({ left: moved.x, top: moved.y, right: moved.x + width, bottom: moved.y + height }) + 0.5 * (Math.abs(shiftX) + Math.abs(shiftY)) + 0.01 * rank;
      if (cost < least) [best, least] = [moved, cost];
    });
    return [best, least];
  }

  private each(box: Box, visit: (index: number, x: number, y: number) => void): void {
    const left = Math.max(0, Math.floor((box.left - this.plot.left) / Cell));
    const right = Math.min(this.columns - 1, Math.floor((box.right - this.plot.left) / Cell));
    const top = Math.max(0, Math.floor((box.top - this.plot.top) / Cell));
    const bottom = Math.min(this.rows - 1, Math.floor((box.bottom - this.plot.top) / Cell));
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) visit(row * this.columns + column, this.plot.left + (column + 0.5) * Cell, this.plot.top + (row + 0.5) * Cell);
  }
}

const turn = (a: Point, b: Point, x: number, y: number): number => (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
