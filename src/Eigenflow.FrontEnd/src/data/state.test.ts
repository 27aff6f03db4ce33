import { expect, it } from 'vitest';
import { decode, emptyState, encode } from './state';

const [a, b] = ['0123456789abcdef0123456789abcdef', 'fedcba9876543210fedcba9876543210'];

it('goes through an address and back', () => {
  const state = { files: [a, b], held: [b], use: 'table' as const, typed: { x: 'tokens seen', window: '1,1e5', noCentre: true } };
  expect(decode(encode(state))).toEqual(state);
});

it('leaves out what is no part of it', () => {
  expect(decode('files=..%2Fetc,12&held=0123456789abcdef0123456789abcdef&as=nothing&__proto__=1&X=2')).toEqual(emptyState);
  expect(encode(emptyState)).toBe('');
});
