import type { Figure } from './figure';
import type { PanelView } from '../state/system-state';

/** What a user did to a panel of a chart. */
export interface ChartEvents {
  /** A panel was zoomed, its scale changed, or its window dragged; undefined parts were reset. The chart shows it already. */
  onView?: (panel: number, view: PanelView) => void;
  /** The pointer is over a cell of a heat map: what stands there, or null when it left. */
  onCell?: (panel: number, cell: { readonly x: number; readonly y: number; readonly value: number | null } | null) => void;
}

export interface ChartOptions {
  /** Whether the title of the figure stands above its panels; true by default. */
  readonly hasTitle?: boolean;
  /** Whether its caption stands below; true by default. */
  readonly hasCaption?: boolean;
  /** Whether panels have a window for a fitted slope; by default where `onView` is given. */
  readonly hasSlopes?: boolean;
  /** Height of a panel's plot with its axes in CSS pixels; by default as its width asks for. */
  readonly height?: number;
}

/** A figure on a page: panels that can be zoomed, with hover values. It draws with the colours of the page (--ef-…), follows its theme and its own width, and knows no server. */
export interface Chart {
  readonly element: HTMLElement;
  /** Draws a figure in place of the one before; what the user zoomed to stays. */
  update(figure: Figure): void;
  /** Makes the curves faint while newer ones are on their way; `update` ends it. */
  setStale(isStale: boolean): void;
  /** Sets scales, zoom and windows from outside, such as from an address. */
  setViews(views: Readonly<Record<number, PanelView>>): void;
  destroy(): void;
}
