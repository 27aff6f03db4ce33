import { describe, expect, it } from 'vitest';
import { plain } from './typeset';

describe('texts of the engine in letters alone', () => {
  it('raises digits', () => {
    expect(plain('10^{4}')).toBe('10⁴');
    expect(plain('5×10^{−4}')).toBe('5×10⁻⁴');
    expect(plain('dimension d')).toBe('dimension d');
    expect(plain('t^{a}')).toBe('t^a');
  });
});
