import type { Axis, Figure, Panel } from '../../chart/figure';
import { columns, type Weighted } from './curves';
import { nearest, parts, type Part } from './grid';
import { markCount, type ComputedFigure, type Page } from '../payload';

/** The figure at a point of the sliders. */
export interface Mixed {
  readonly figure: Figure | null;
  /** Whether it was computed there. */
  readonly isComputed: boolean;
  /** What a reader must know: why there are no curves, or that those of a neighbour are shown. */
  readonly trouble: string;
  /** The computed setting whose title and caption stand with it. */
  readonly nearest: readonly number[];
}

const isFigure = (node: Page['nodes'][number] | undefined): node is ComputedFigure => node !== undefined && 'curves' in node;

/** Mixes the figure at a point from those that were computed around it. */
export function mix(page: Page, values: readonly number[]): Mixed {
  const near = nearest(page.axes, values);
  const neighbour = page.nodes[near.index];
  const around = parts(page.axes, values, false);
  const isComputed = around.length === 1;
  const straight = page.isNearest ? [{ index: near.index, weight: 1 }] : around;
  const missing = straight.map((part) => page.nodes[part.index]).find((node) => !isFigure(node));
  if (missing && !isFigure(missing)) return { figure: null, isComputed, trouble: missing.trouble, nearest: near.values };
  if (!isFigure(neighbour)) return { figure: null, isComputed, trouble: '', nearest: near.values };
  const areAlike = (all: readonly Part[]): boolean => all.every(({ index }) => isFigure(page.nodes[index]) && page.nodes[index].kind === neighbour.kind);
  if (!areAlike(straight)) {
    const own = [{ index: near.index, weight: 1 }];
    return { figure: figureOf(page, own, own, neighbour), isComputed: false, trouble: 'The figures of the neighbouring settings differ in kind: the nearest is shown.', nearest: near.values };
  }
  const cubic = page.isCubic && !page.isNearest ? parts(page.axes, values, true) : straight;
  return { figure: figureOf(page, areAlike(cubic) ? cubic : straight, straight, neighbour), isComputed, trouble: '', nearest: near.values };
}

function figureOf(page: Page, all: readonly Part[], straight: readonly Part[], neighbour: ComputedFigure): Figure {
  const of = (part: Part): ComputedFigure => page.nodes[part.index] as ComputedFigure;
  let place = 0;
  let curve = 0;
  const panels = (neighbour.shape.panels ?? []).map((panel): Panel => {
    const [from, to] = [place, (place += markCount(panel))];
    // Marks that differ, such as the phases of other exponents, are those of the nearest.
    const marks = !straight.every((part) => of(part).shape === neighbour.shape) ? [...neighbour.marks.subarray(from, to)] : kinds(panel).map((isLogarithmic, k) => mixed(straight.map((part) => ({ weight: part.weight, value: of(part).marks[from + k] ?? NaN })), isLogarithmic, neighbour.marks[from + k] ?? NaN));
    const placed = marked(panel, marks);
    return {
      ...placed,
      series: panel.series.map((series) => {
        const own = curve++;
        const curves = (from: readonly Part[]): Weighted => from.map((part) => [part.weight, of(part).curves[own]!]);
        return { ...series, ...columns(panel, curves(all), curves(straight), page.isStretched), isThinned: series.style !== 'points' };
      }),
    };
  });
  return { ...neighbour.shape, title: neighbour.title, caption: neighbour.caption, panels };
}

function mixed(all: readonly { readonly weight: number; readonly value: number }[], isLogarithmic: boolean, otherwise: number): number {
  const isLog = isLogarithmic && all.every(({ value }) => value > 0);
  const sum = all.reduce((total, { weight, value }) => total + weight * (isLog ? Math.log(value) : value), 0);
  const number = isLog ? Math.exp(sum) : sum;
  return Number.isFinite(number) ? number : otherwise;
}

const repeat = (count: number, ...values: boolean[]): boolean[] => Array.from({ length: count }, () => values).flat();

// Whether the numbers of the marks lie along logarithmic axes, in their order.
function kinds(panel: Panel): boolean[] {
  const [x, y] = [panel.x.isLogarithmic ?? false, panel.y.isLogarithmic ?? false];
  return [
    ...[x, x, y, y],
    ...repeat(panel.regions?.length ?? 0, x, x),
    ...(panel.lines ?? []).map((line) => (line.isVertical ? x : y)),
    ...repeat(panel.slopes?.length ?? 0, x, x, y, false),
    ...repeat(panel.annotations?.length ?? 0, x, y),
  ];
}

function marked(panel: Panel, marks: readonly number[]): Panel {
  let place = 0;
  const next = (): number => marks[place++] ?? NaN;
  const axis = (of: Axis): Axis => {
    const [minimum, maximum] = [next(), next()];
    return { ...of, ...(of.minimum != null ? { minimum } : {}), ...(of.maximum != null ? { maximum } : {}) };
  };
  const [x, y] = [axis(panel.x), axis(panel.y)];
  return {
    ...panel,
    x,
    y,
    ...(panel.regions ? { regions: panel.regions.map((region) => ({ ...region, start: next(), end: next() })) } : {}),
    ...(panel.lines ? { lines: panel.lines.map((line) => ({ ...line, value: next() })) } : {}),
    ...(panel.slopes ? { slopes: panel.slopes.map((slope) => ({ ...slope, startX: next(), endX: next(), startY: next(), slope: next() })) } : {}),
    ...(panel.annotations ? { annotations: panel.annotations.map((one) => ({ ...one, x: next(), y: next() })) } : {}),
  };
}
