import { expect, test } from 'vitest';
import { withShown } from './quantities';

const offers = [{ value: 'event:escape', group: 'Events', words: 'Escape T₁', meaning: 'The end of Phase I.' }];

test('what is drawn stands in the list, in words', () => {
  expect(withShown(offers, 'event:escape', '')).toBe(offers);
  expect(withShown(offers, 'last:loss', 'loss L')[0]).toEqual({ value: 'last:loss', words: 'Loss L' });
  expect(withShown([], 'event:first-minimum', '')[0]!.words).toBe('first minimum');
  expect(withShown([], 'auto', '')[0]!.words).toBe('Being chosen …');
});
