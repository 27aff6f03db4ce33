// Positions of a slider and the numbers that they stand for: the rule of SliderRange, in whole positions from 0 on and, for fine steps, between them.
import type { Slider } from '../api/contracts';

export interface SliderScale {
  /** The last position. */
  readonly last: number;
  /** The number of a position as it is typed. */
  textAt(position: number): string;
  /** Where a number stands; what is beyond an end stands there. */
  positionOf(value: number): number;
  /** The next position by at least as much in a direction whose number differs from the one of a position. */
  move(position: number, by: number): number;
}

/** A number as people type it: 1e6 rather than 1000000. */
export function typedNumber(value: number): string {
  const rounded = Number(value.toPrecision(12));
  const size = Math.abs(rounded);
  if (rounded === 0) return '0';
  if (size < 1e5 && size >= 1e-3) return String(rounded);
  const [digits = '', exponent = ''] = rounded.toExponential().split('e');
  return `${digits}e${Number(exponent)}`;
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** Digits of numbers on logarithmic sliders. */
const digits = 3;

export function sliderScale(slider: Slider): SliderScale {
  const { from, to, isLogarithmic, hasZero, isWhole, step } = slider;
  const first = isLogarithmic ? Math.floor(Math.log10(from) / step + 1e-9) : 0;
  const steps = isLogarithmic ? Math.ceil(Math.log10(to) / step - 1e-9) - first : Math.ceil((to - from) / step - 1e-9);
  const zero = hasZero ? 1 : 0;
  const last = steps + zero;

  const numberAt = (position: number): number => {
    const p = clamp(position, 0, last) - zero;
    if (hasZero && p < -0.5) return 0;
    const place = Math.max(p, 0);
    const exact = isLogarithmic ? 10 ** ((first + place) * step) : from + place * step;
    const rounded = Number(exact.toPrecision(isLogarithmic ? digits : 12));
    return clamp(isWhole ? Math.round(rounded) : rounded, from, to);
  };

  const positionOf = (value: number): number => {
    if (!(value > (hasZero ? 0 : -Infinity))) return 0;
    const inside = clamp(value, from, to);
    const place = isLogarithmic ? Math.log10(inside) / step - first : (inside - from) / step;
    return clamp(place, 0, steps) + zero;
  };

  return {
    last,
    textAt: (position) => typedNumber(numberAt(position)),
    positionOf,
    move(position, by) {
      const here = numberAt(position);
      const grid = Math.abs(by) >= 1 ? 1 : Math.abs(by);
      const start = (by > 0 ? Math.floor(position / grid + 1e-6) : Math.ceil(position / grid - 1e-6)) * grid;
      let next = clamp(start + by, 0, last);
      while (numberAt(next) === here && next > 0 && next < last) next = clamp(next + Math.sign(by) * grid, 0, last);
      return next;
    },
  };
}
