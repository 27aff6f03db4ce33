import { expect, test } from 'vitest';
import { nearError } from './error';
import type { CheckedSetting } from '../payload';

const axes = [{ values: [1, 10, 100, 1000], isLogarithmic: true }];
const at = (value: number, usual: number, largest: number): CheckedSetting => ({ values: [value], usual, largest, usualText: `${usual}`, largestText: `${largest}` });

test('the error of a place is that of the checked settings around it', () => {
  const settings = [at(3, 0.01, 0.5), at(30, 0.02, 0.04), at(300, 0.2, 0.3), at(900, 0.4, 0.9)];
  expect(nearError(axes, settings, [4])).toEqual({ count: 3, usual: '0.2', largest: '0.5' });
  expect(nearError(axes, settings, [800])).toEqual({ count: 3, usual: '0.4', largest: '0.9' });
  expect(nearError(axes, [], [4])).toBeNull();
});
