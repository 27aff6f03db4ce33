// A figure as the engine writes it (FigureJson): data only. What is absent or empty is left out; a number that is not finite is null.

export type Numbers = readonly (number | null)[];

export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly caption?: string;
  /** Panels per row; absent puts up to three side by side, four and more in rows of two or three. */
  readonly columns?: number;
  /** The scale by which series with a `value` are coloured. */
  readonly scale?: { readonly label: string; readonly isLogarithmic?: boolean };
  readonly panels?: readonly Panel[];
}

export interface Panel {
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly heatMap?: HeatMap;
  readonly images?: ImageGrid;
  readonly field?: VectorField;
  readonly regions?: readonly Region[];
  readonly lines?: readonly ReferenceLine[];
  readonly slopes?: readonly SlopeGuide[];
  readonly annotations?: readonly Annotation[];
}

export interface Axis {
  readonly label: string;
  readonly isLogarithmic?: boolean;
  readonly minimum?: number | null;
  readonly maximum?: number | null;
  /** The smallest extent that means something, in data units (decades on a logarithmic axis). */
  readonly leastExtent?: number;
  /** Names in place of numbers: the first stands at 1, on a vertical axis from the top down. */
  readonly categories?: readonly string[];
}

export type SeriesStyle = 'line' | 'dashed' | 'dotted' | 'points';
export type SeriesRole = 'theory' | 'approximation' | 'reference' | 'simulation' | 'measurement' | 'fit' | 'guide';

export interface Series {
  /** Several series with one label share one legend entry; empty for none. A labelled series without points is a legend entry alone. */
  readonly label: string;
  readonly x: Numbers;
  readonly y: Numbers;
  readonly lower?: Numbers;
  readonly upper?: Numbers;
  /** What it is compared with at the same abscissae: a panel with such a series has a strip below it with the ratio to it minus one. */
  readonly expected?: Numbers;
  readonly style: SeriesStyle;
  readonly role: SeriesRole;
  /** Index into the palette; -1 is the neutral colour. */
  readonly color: number;
  readonly isHollow?: boolean;
  /** Whether rows were left out that lie on straight lines between those that are there, so that none of these means more than the others. */
  readonly isThinned?: boolean;
  /** Value of an ordered parameter, coloured by the figure's scale in place of `color`. */
  readonly value?: number | null;
}

export interface HeatMap {
  readonly label: string;
  readonly x: Numbers;
  readonly y: Numbers;
  /** The cell of (x[i], y[j]) is entry j · x.length + i. */
  readonly values: Numbers;
  readonly isLogarithmic?: boolean;
  readonly minimum?: number | null;
  readonly maximum?: number | null;
}

export interface ImageGrid {
  readonly label: string;
  readonly x: Numbers;
  readonly y: Numbers;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** The picture of (x[i], y[j]) begins at entry (j · x.length + i) · width · height · channels, its rows from the top, channels together. */
  readonly values: Numbers;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

export interface VectorField {
  readonly label: string;
  readonly x: Numbers;
  readonly y: Numbers;
  readonly horizontalParts: Numbers;
  readonly verticalParts: Numbers;
}

export interface Region {
  readonly start: number | null;
  readonly end: number | null;
  readonly label: string;
}

export interface ReferenceLine {
  readonly value: number | null;
  readonly label: string;
  readonly isVertical?: boolean;
  /** Number of the series of its panel that it belongs to: it has its colour, and is hidden with it. */
  readonly series?: number;
}

export interface SlopeGuide {
  readonly startX: number | null;
  readonly endX: number | null;
  readonly startY: number | null;
  readonly slope: number | null;
  readonly label: string;
  readonly measured?: string;
  readonly series?: number;
}

export interface Annotation {
  readonly x: number | null;
  readonly y: number | null;
  readonly text: string;
  readonly series?: number;
}
