import type { Figure, Panel } from '../chart/figure';
import type { GridAxis } from './grid';

/** A slider of the page. */
export interface PageAxis extends GridAxis {
  readonly name: string;
  readonly symbol: string;
  readonly help: string;
  readonly unit: string;
  readonly isWhole: boolean;
  /** The default of the parameter. */
  readonly start?: number;
}

/** What the page says, as it is packed (StaticPageFile). */
interface Facts {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly summary: string;
  readonly version: string;
  readonly methods: readonly { readonly name: string; readonly summary: string }[];
  readonly given: readonly (readonly [string, string])[];
  readonly citations: readonly { readonly identifier: string; readonly title: string }[];
  readonly axes: readonly PageAxis[];
  /** Whether a cubic through four values is taken along each slider in place of a straight line between two. */
  readonly isCubic: boolean;
  /** Whether the ends of curves are mixed as well, and values at equal parts of the way between; else values are mixed at equal abscissae, where all neighbours have one. */
  readonly isStretched: boolean;
  /** Whether mixed curves would mislead, so that those of the nearest computed setting are shown. */
  readonly isNearest: boolean;
  readonly check: { readonly count: number; readonly largest?: string; readonly usual?: string; readonly where?: string };
  readonly nodes: readonly (readonly number[])[];
  readonly texts: readonly string[];
  readonly shapes: readonly { readonly kind: number; readonly curves: readonly (readonly [number, number])[]; readonly figure: Figure }[];
}

/** A curve at equal ways between its first and its last abscissa; logarithms to base ten where the axes have them. */
export interface Curve {
  readonly start: number;
  readonly end: number;
  readonly y: Float32Array;
  readonly lower?: Float32Array;
  readonly upper?: Float32Array;
}

/** A figure at one of the computed settings. */
export interface ComputedFigure {
  /** Figures of one kind can be mixed. */
  readonly kind: number;
  /** Its axes, labels and marks, without curves. */
  readonly shape: Figure;
  readonly title: string;
  readonly caption: string;
  /** The places of its marks, in the order of `markCount`. */
  readonly marks: Float32Array;
  readonly curves: readonly Curve[];
}

/** A computed setting: its figure, or why it has none. */
export type PageNode = ComputedFigure | { readonly trouble: string };

export interface Page extends Omit<Facts, 'nodes' | 'texts' | 'shapes'> {
  /** The computed settings, the first axis slowest. */
  readonly nodes: readonly PageNode[];
}

/** How many numbers say where the marks of a panel are: the limits of its axes, which may be none, regions, lines, slopes, annotations. */
export function markCount(panel: Panel): number {
  return 4 + 2 * (panel.regions?.length ?? 0) + (panel.lines?.length ?? 0) + 4 * (panel.slopes?.length ?? 0) + 2 * (panel.annotations?.length ?? 0);
}

/** Unpacks the page. */
export async function unpack(base64: string): Promise<Page> {
  const packed = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return parse(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/** Reads what was packed: the length of the facts, the facts, and the numbers, bytes of equal rank together. */
export function parse(bytes: Uint8Array): Page {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
  const { nodes, texts, shapes, ...facts } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Facts;
  const numbers = together(bytes.subarray(4 + length));
  let place = 0;
  const take = (count: number): Float32Array => numbers.subarray(place, (place += count));
  return {
    ...facts,
    nodes: nodes.map(([first = 0, title, caption]): PageNode => {
      if (title === undefined) return { trouble: texts[first] ?? '' };
      const shape = shapes[first]!;
      return {
        kind: shape.kind,
        shape: shape.figure,
        title: texts[title] ?? '',
        caption: texts[caption ?? 0] ?? '',
        marks: take((shape.figure.panels ?? []).reduce((sum, panel) => sum + markCount(panel), 0)),
        curves: shape.curves.map(([count, hasBand]): Curve => {
          const [start = NaN, end = NaN] = take(2);
          const y = take(count);
          return hasBand ? { start, end, y, lower: take(count), upper: take(count) } : { start, end, y };
        }),
      };
    }),
  };
}

function together(planes: Uint8Array): Float32Array {
  const count = planes.length / 4;
  const bytes = new Uint8Array(planes.length);
  for (let plane = 0; plane < 4; plane++) for (let i = 0; i < count; i++) bytes[4 * i + plane] = planes[plane * count + i]!;
  return new Float32Array(bytes.buffer);
}
