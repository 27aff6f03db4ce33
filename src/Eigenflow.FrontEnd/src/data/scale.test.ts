import { expect, it } from 'vitest';
import { roundTicks, shortNumber } from './scale';

it('puts round numbers beside an axis', () => {
  expect(roundTicks(244139, 5)).toEqual([0, 50000, 100000, 150000, 200000]);
  expect(roundTicks(0.001, 4)).toEqual([0, 0.00025, 0.0005, 0.00075, 0.001]);
  expect(roundTicks(0, 4)).toEqual([0]);
});

it('writes them short', () => {
  expect([0, 0.25, 50000, 200000, 0.00025, 1e-9].map(shortNumber)).toEqual(['0', '0.25', '50000', '2×10⁵', '2.5×10⁻⁴', '10⁻⁹']);
});
