import { inside, type Box } from '../layout/frame';
import type { Sampler } from './field';

const Spacing = 15;
const Step = 1.5;
const ShortestLength = 1.6 * Spacing;
// A closed line comes back to within a step of its start, after it has been this far.
const LeastLoop = 8 * Step;
const MostSteps = 4000;
// A line that comes back to a cell which it left so many steps ago goes round: one turn is drawn.
const StepsPerTurn = 40;

/**
 * Streamlines of a vector field, evenly spaced: each begins in an empty cell of a mask, follows the field both ways and ends where it leaves the plot, meets a cell that another line has taken,
 * closes on itself, or where the field has no direction. Work is that of the area of the plot. Each line is x and y in turn, along the field.
 */
export function streamlines(field: Sampler, plot: Box): number[][] {
  const [width, height] = [plot.right - plot.left, plot.bottom - plot.top];
  const across = Math.max(1, Math.floor(width / Spacing));
  const down = Math.max(1, Math.floor(height / Spacing));
  const owner = new Int32Array(across * down);
  const passed = new Int32Array(across * down);
  const cellOf = (x: number, y: number): number =>
    Math.max(0, Math.min(down - 1, Math.floor(((y - plot.top) / height) * down))) * across + Math.max(0, Math.min(across - 1, Math.floor(((x - plot.left) / width) * across)));

  const direction = (x: number, y: number): [number, number] | null => {
    const velocity = field((x - plot.left) / width, (plot.bottom - y) / height);
    if (!velocity) return null;
    const [dx, dy] = [velocity.across * width, -velocity.up * height];
    const length = Math.hypot(dx, dy);
    return [dx / length, dy / length];
  };

  const follow = (startX: number, startY: number, sign: number, number: number): { points: [number, number][]; isClosed: boolean } => {
    const points: [number, number][] = [];
    const home = cellOf(startX, startY);
    let [x, y] = [startX, startY];
    for (let step = 0; step < MostSteps; step++) {
      // Second order, in steps of a fixed length.
      const first = direction(x, y);
      const middle = first && direction(x + (sign * Step * first[0]) / 2, y + (sign * Step * first[1]) / 2);
      if (!middle) break;
      const [nextX, nextY] = [x + sign * Step * middle[0], y + sign * Step * middle[1]];
      if (!inside(plot, nextX, nextY)) break;
      const cell = cellOf(nextX, nextY);
      if (owner[cell] !== 0 && owner[cell] !== number) break;
      const time = sign * (step + 1);
      if (owner[cell] === number && cell !== home && Math.abs(time - passed[cell]!) > StepsPerTurn) return { points, isClosed: true };
      owner[cell] = number;
      passed[cell] = time;
      [x, y] = [nextX, nextY];
      points.push([x, y]);
      if (points.length * Step > LeastLoop && Math.hypot(x - startX, y - startY) < Step) return { points, isClosed: true };
    }
    return { points, isClosed: false };
  };

  // From the middle outwards: the lines in the middle are the long ones.
  const [centerX, centerY] = [(plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2];
  const seeds = Array.from({ length: owner.length }, (_, cell) => ({ x: plot.left + (((cell % across) + 0.5) * width) / across, y: plot.top + ((Math.floor(cell / across) + 0.5) * height) / down }));
  const far = (seed: { x: number; y: number }): number => ((seed.x - centerX) / width) ** 2 + ((seed.y - centerY) / height) ** 2;
  const found: number[][] = [];
  for (const seed of seeds.sort((a, b) => far(a) - far(b))) {
    if (owner[cellOf(seed.x, seed.y)] !== 0) continue;
    const number = found.length + 1;
    const forward = follow(seed.x, seed.y, 1, number);
    const backward = forward.isClosed ? [] : follow(seed.x, seed.y, -1, number).points.reverse();
    const line = [...backward, [seed.x, seed.y], ...forward.points];
    if ((line.length - 1) * Step >= ShortestLength) found.push(line.flat());
    // Too short for an arrow: the cells are free again.
    else for (let cell = 0; cell < owner.length; cell++) if (owner[cell] === number) owner[cell] = 0;
  }
  return found;
}
