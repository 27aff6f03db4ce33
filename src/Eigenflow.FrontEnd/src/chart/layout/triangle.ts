import type { Box, Point } from './frame';
import { inside } from './frame';
import type { LabelPlacer } from './placer';

export interface Block {
  readonly width: number;
  readonly height: number;
}

/** A right triangle that shows a slope, in CSS pixels. */
export interface Triangle {
  readonly start: Point;
  readonly end: Point;
  readonly corner: Point;
}

const Step = 6;
// What lies so near to the triangle counts as covered.
const Clearance = 5;
const CostOfCovering = 50;
const CostOfShift = 0.9;
// A label may stand elsewhere, tied to its triangle; a triangle far from its curve is taken for that of another.
const MostForLabel = 30;

/** The triangle of a slope between two points, moved up or down as far as need be to cover no curve and to have room for its label. */
export function findTriangle(plot: Box, start: Point, end: Point, text: Block, placer: LabelPlacer): Triangle {
  const asked: Triangle = { start, end, corner: { x: end.x, y: start.y } };
  const other: Triangle = { start, end, corner: { x: start.x, y: end.y } };
  let best = asked;
  let least = Infinity;
  for (let step = 0; step * Step <= 2 * (plot.bottom - plot.top); step++) {
    // 0, −1, +1, −2, +2, …
    const shift = Step * (step % 2 === 0 ? step / 2 : -(step + 1) / 2);
    for (const candidate of [asked, other]) {
      const moved = shifted(candidate, shift);
      if (step > 0 && !(inside(plot, moved.start.x, moved.start.y) && inside(plot, moved.end.x, moved.end.y))) continue;
      const label = text.width === 0 ? 0 : Math.min(MostForLabel, ...labelPlaces(moved, text).map((corner) => labelCost(plot, text, corner, placer)));
      const cost = CostOfCovering * placer.coveredIn(enlarged(moved)) + label + CostOfShift * Math.abs(shift);
      if (cost < least) [best, least] = [moved, cost];
    }
  }
  return best;
}

/** Upper left corners of its label: beside the upright leg, beyond the level one, around its middle. */
export function labelPlaces({ start, end, corner }: Triangle, text: Block): Point[] {
  const isBelow = corner.y >= Math.max(start.y, end.y);
  const [middleX, middleY] = [(start.x + end.x) / 2, (start.y + end.y) / 2];
  return [
    { x: corner.x === end.x ? corner.x + 5 : corner.x - 5 - text.width, y: middleY - text.height / 2 },
    { x: middleX - text.width / 2, y: isBelow ? corner.y + 4 : corner.y - 4 - text.height },
    ...around({ x: middleX, y: middleY }, text, 6),
  ];
}

/** Upper left corners of a text around a point. */
export function around(point: Point, text: Block, gap: number): Point[] {
  const { x, y } = point;
  const { width, height } = text;
  return [
    { x: x + gap, y: y - gap - height },
    { x: x - gap - width, y: y - gap - height },
    { x: x + gap, y: y + gap },
    { x: x - gap - width, y: y + gap },
    { x: x - width / 2, y: y - gap - 2 - height },
    { x: x - width / 2, y: y + gap + 2 },
  ];
}

function labelCost(plot: Box, text: Block, corner: Point, placer: LabelPlacer): number {
  const box = { left: corner.x, top: corner.y, right: corner.x + text.width, bottom: corner.y + text.height };
  const outside = Math.max(0, plot.left - box.left) + Math.max(0, box.right - plot.right) + Math.max(0, plot.top - box.top) + Math.max(0, box.bottom - plot.bottom);
  return placer.cost(box) + 5 * outside;
}

const shifted = ({ start, end, corner }: Triangle, by: number): Triangle => ({ start: { x: start.x, y: start.y + by }, end: { x: end.x, y: end.y + by }, corner: { x: corner.x, y: corner.y + by } });

function enlarged({ start, end, corner }: Triangle): [Point, Point, Point] {
  const [x, y] = [(start.x + end.x + corner.x) / 3, (start.y + end.y + corner.y) / 3];
  const away = (point: Point): Point => {
    const length = Math.max(1, Math.hypot(point.x - x, point.y - y));
    return { x: point.x + (2 * Clearance * (point.x - x)) / length, y: point.y + (2 * Clearance * (point.y - y)) / length };
  };
  return [away(start), away(end), away(corner)];
}
