import { expect, it } from 'vitest';
import { lettered } from './powers';

it('raises numbers', () => {
  expect(lettered('2.5×10^{−12} and t^2')).toBe('2.5×10⁻¹² and t^2');
});
