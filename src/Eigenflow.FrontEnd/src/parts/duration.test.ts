import { expect, test } from 'vitest';
import { duration } from './duration';

test('lengths of time have two units at most', () => {
  expect([0.3, 1.2, 12.4, 89, 300, 3600, 4 * 3600 + 120, 300_000].map(duration)).toEqual(['less than a second', '1 s', '12 s', '89 s', '5 min', '60 min', '4 h 2 min', '3 days']);
});
