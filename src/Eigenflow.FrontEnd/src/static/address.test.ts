import { expect, test } from 'vitest';
import { addressOf, valuesOf } from './address';
import type { PageAxis } from './payload';

const axes = [
  { name: 'exponent', values: [1, 2, 3], start: 2 },
  { name: 'gain', values: [10, 20, 30] },
] as unknown as PageAxis[];

test('an address and back', () => {
  expect(valuesOf(axes, addressOf(axes, [1.5, 25]))).toEqual([1.5, 25]);
});

test('what the page does not hold is not taken', () => {
  expect(valuesOf(axes, '#exponent=7&gain=x')).toEqual([2, 20]);
  expect(valuesOf(axes, '')).toEqual([2, 20]);
});
