import type { Figure, Panel } from '../chart/figure';
import type { GridAxis } from './mixing/grid';

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
  /** The command line that makes the page. */
  readonly command: string;
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
  /** How near it is to the engine: at computed settings, and at others that were checked. */
  readonly check: Check;
  readonly nodes: readonly (readonly number[])[];
  readonly texts: readonly string[];
  /** Of each curve: how many numbers a column has, how many columns, and which of the places they stand at; -1 where abscissae stand before the columns. */
  readonly shapes: readonly { readonly kind: number; readonly curves: readonly (readonly [number, number, number])[]; readonly figure: Figure }[];
  /** Parts of the way from the first to the last abscissa of a curve. */
  readonly places: readonly (readonly number[])[];
}

/** The error at a setting that was checked; the numbers say which of the texts is larger. */
export interface CheckedSetting {
  readonly values: readonly number[];
  readonly usual: number;
  readonly largest: number;
  readonly usualText: string;
  readonly largestText: string;
}

export interface Check {
  readonly computed: string;
  readonly usual?: string;
  readonly largest?: string;
  readonly panel?: string;
  readonly where?: string;
  readonly settings: readonly CheckedSetting[];
}

/** A curve; logarithms to base ten where the axes have them. */
export interface Curve {
  readonly x: ArrayLike<number>;
  /** Values, and the edges of a band where it has one. */
  readonly columns: readonly Float32Array[];
  /** Whether it stands at the places of its kind, so that values at equal abscissae can be told; else it has the points that it has. */
  readonly isPlaced: boolean;
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

export interface Page extends Omit<Facts, 'nodes' | 'texts' | 'shapes' | 'places'> {
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
  const { nodes, texts, shapes, places, ...facts } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Facts;
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
        curves: shape.curves.map(([count, width, own]): Curve => {
          const ways = places[own];
          let x: ArrayLike<number>;
          if (ways) {
            const [start = NaN, end = NaN] = take(2);
            x = Float64Array.from(ways, (way) => start + way * (end - start));
          } else {
            x = take(count);
          }
          return { x, columns: Array.from({ length: width }, () => take(count)), isPlaced: ways !== undefined };
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
