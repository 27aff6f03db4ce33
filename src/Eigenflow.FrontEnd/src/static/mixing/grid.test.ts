import { expect, test } from 'vitest';
import { nearest, parts, weights } from './grid';

const log = { values: [1, 10, 100, 1000, 10000], isLogarithmic: true };
const zero = { values: [0, 0.1, 1, 10, 100], isLogarithmic: true };
const sum = (of: readonly { weight: number }[]): number => of.reduce((total, part) => total + part.weight, 0);

test('a computed value is itself alone', () => {
  for (const isCubic of [false, true]) for (const value of log.values) expect(weights(log, value, isCubic).filter((part) => Math.abs(part.weight) > 1e-12)).toEqual([{ index: log.values.indexOf(value), weight: 1 }]);
});

test('weights sum to one, and reproduce what is cubic in the logarithm', () => {
  const curve = (x: number): number => Math.log10(x) ** 3 - 2 * Math.log10(x);
  for (const value of [1.5, 3, 42, 700, 9000]) {
    const own = weights(log, value, true);
    expect(sum(own)).toBeCloseTo(1, 12);
    expect(own.reduce((total, part) => total + part.weight * curve(log.values[part.index]!), 0)).toBeCloseTo(curve(value), 10);
  }
});

test('below the first decade the way to zero is straight', () => {
  expect(weights(zero, 0.05, true)).toEqual([{ index: 0, weight: 0.5 }, { index: 1, weight: 0.5 }]);
  expect(weights(zero, 0, true)).toEqual([{ index: 0, weight: 1 }]);
});

test('the first axis is the slowest', () => {
  const axes = [{ values: [1, 2, 3], isLogarithmic: false }, { values: [1, 2], isLogarithmic: false }];
  expect(parts(axes, [3, 1], false)).toEqual([{ index: 4, weight: 1 }]);
  expect(parts(axes, [2.5, 1.5], false).map((part) => part.index)).toEqual([2, 3, 4, 5]);
  expect(nearest(axes, [2.6, 1.2])).toEqual({ index: 4, values: [3, 1] });
});
