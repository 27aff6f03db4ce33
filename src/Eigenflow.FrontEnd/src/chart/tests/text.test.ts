import { describe, expect, it } from 'vitest';
import { displayNumber } from '../text/number';
import { parseRich, plainText } from '../text/rich';
import { splitVariables } from '../text/variables';

const parts = (text: string): [string, number][] => parseRich(text).map((run) => [run.text, run.level]);

describe('rich text', () => {
  it('raises and lowers', () => {
    expect(parts('10^{-3}')).toEqual([['10', 0], ['−3', 1]]);
    expect(parts('S_d')).toEqual([['S', 0], ['d', -1]]);
    expect(parts('λ_{max} t')).toEqual([['λ', 0], ['max', -1], [' ', 0], ['t', 0]]);
  });
  it('knows powers in parentheses, and digits that are raised already', () => {
    expect(parts('λ_j = j^(−β)').map(([text, level]) => (level > 0 ? '^' : level < 0 ? '_' : '') + text).join('')).toBe('λ_j = j^−^β');
    expect(plainText('θ*_j²')).toBe('θ*j²');
    expect(parts('x^(f(t))').some(([, level]) => level !== 0)).toBe(false);
  });
  it('leaves names as they are', () => {
    expect(plainText('learning_rate')).toBe('learning_rate');
    expect(parts('learning_rate')).toEqual([['learning_rate', 0]]);
  });
  it('ends where nothing follows', () => {
    expect(plainText('x^')).toBe('x^');
    expect(plainText('x_{')).toBe('x_{');
    expect(plainText('')).toBe('');
  });
  it('keeps powers in plain characters', () => {
    expect(plainText('10^{4}')).toBe('10⁴');
    expect(plainText('2.5×10^{−12} and t^2')).toBe('2.5×10⁻¹² and t²');
    expect(plainText('5×10^{−4}')).toBe('5×10⁻⁴');
    expect(plainText('t^{a}')).toBe('t^a');
    expect(plainText('t^{a/2}')).toBe('t^(a/2)');
    expect(plainText('dimension d')).toBe('dimension d');
  });
  it('never makes markup of text', () => expect(plainText('<b>a_1</b>')).toBe('<b>a1</b>'));
});

describe('variables', () => {
  const slanted = (text: string): string[] => splitVariables(text).filter((piece) => piece.isVariable).map((piece) => piece.text);
  it('are single letters that stand for a quantity', () => {
    expect(slanted('time t')).toEqual(['t']);
    expect(slanted('loss L(t)')).toEqual(['L', 't']);
    expect(slanted('a mean of 2 s')).toEqual([]);
    expect(slanted('phase I')).toEqual([]);
    expect(slanted('1e-6')).toEqual([]);
    expect(slanted('errors against a and d')).toEqual(['a', 'd']);
    expect(slanted('a law for a point')).toEqual([]);
  });
  it('have their hats', () => expect(slanted('variance λ̂')).toEqual(['λ̂']));
});

describe('numbers', () => {
  it('have four digits, and powers of ten far away', () => {
    expect(displayNumber(1234.567)).toBe('1235');
    expect(displayNumber(0.0123456)).toBe('0.01235');
    expect(displayNumber(-2.5e-7)).toBe('−2.5×10^{−7}');
    expect(displayNumber(1e9)).toBe('10^{9}');
    expect(displayNumber(100)).toBe('100');
    expect(displayNumber(0)).toBe('0');
    expect(displayNumber(null)).toBe('–');
    expect(displayNumber(Infinity)).toBe('∞');
  });
});
