import { fraction, valueAt, type Range } from '../axes/range';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const inside = (box: Box, x: number, y: number): boolean => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
export const inflate = (box: Box, by: number): Box => ({ left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by });

const Far = 1e9;
const clamp = (value: number): number => (value < -Far ? -Far : value > Far ? Far : value);

/** A plot area with its axes: from data to pixels and back. `unit` is the number of its pixels in a CSS pixel. */
export class Frame implements Box {
  readonly right: number;
  readonly bottom: number;
  constructor(
    readonly x: Range,
    readonly y: Range,
    readonly left: number,
    readonly top: number,
    readonly width: number,
    readonly height: number,
    readonly unit: number,
  ) {
    this.right = left + width;
    this.bottom = top + height;
  }

  /** NaN where the scale has no place; values far outside are held at 10⁹ pixels. */
  atX(value: number | null | undefined): number {
    return clamp(this.left + fraction(this.x, value) * this.width);
  }

  atY(value: number | null | undefined): number {
    return clamp(this.bottom - fraction(this.y, value) * this.height);
  }

  valueX(pixel: number): number {
    return valueAt(this.x, (pixel - this.left) / this.width);
  }

  valueY(pixel: number): number {
    return valueAt(this.y, (this.bottom - pixel) / this.height);
  }
}
