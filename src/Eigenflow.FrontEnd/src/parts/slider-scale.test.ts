import { expect, test } from 'vitest';
import { sliderScale, typedNumber } from './slider-scale';

const even = { from: 0, to: 5, isLogarithmic: false, hasZero: false, isWhole: false, step: 0.05 };
const decades = { from: 3, to: 1e9, isLogarithmic: true, hasZero: false, isWhole: true, step: 0.05 };
const noise = { from: 1e-6, to: 10, isLogarithmic: true, hasZero: true, isWhole: false, step: 0.02 };

test('numbers are written as they are typed', () => {
  expect([0, 1, 0.1 + 0.2, 12345, 1e5, 1.26e6, 1e-3, 2e-4, -3e7].map(typedNumber)).toEqual(['0', '1', '0.3', '12345', '1e5', '1.26e6', '0.001', '2e-4', '-3e7']);
});

test('an even slider has steps without noise', () => {
  const scale = sliderScale(even);
  expect(scale.last).toBe(100);
  expect(Array.from({ length: 5 }, (_, p) => scale.textAt(p))).toEqual(['0', '0.05', '0.1', '0.15', '0.2']);
  expect(scale.textAt(6)).toBe('0.3');
  expect(scale.textAt(100)).toBe('5');
  expect(scale.positionOf(2.5)).toBe(50);
});

test('a logarithmic slider goes through the decades and keeps its ends', () => {
  const scale = sliderScale(decades);
  expect(scale.textAt(0)).toBe('3');
  expect(scale.textAt(scale.last)).toBe('1e9');
  for (const decade of [10, 100, 1e5, 1e8]) expect(scale.textAt(Math.round(scale.positionOf(decade)))).toBe(typedNumber(decade));
});

test('zero stands at the left end', () => {
  const scale = sliderScale(noise);
  expect(scale.textAt(0)).toBe('0');
  expect(scale.textAt(1)).toBe('1e-6');
  expect(scale.positionOf(0)).toBe(0);
  expect(scale.positionOf(1e-9)).toBe(1);
  expect(scale.textAt(scale.last)).toBe('10');
});

test.each([even, decades, noise])('a number stands where it is read again: %o', (slider) => {
  const scale = sliderScale(slider);
  for (let position = 0; position <= scale.last; position++) {
    const text = scale.textAt(position);
    expect(scale.textAt(scale.positionOf(Number(text)))).toBe(text);
    expect(Number(scale.textAt(Math.min(position + 1, scale.last)))).toBeGreaterThanOrEqual(Number(text));
  }
});

test('a step of the keyboard changes the number, whatever is rounded', () => {
  const scale = sliderScale({ from: 1, to: 1e4, isLogarithmic: true, hasZero: false, isWhole: true, step: 0.02 });
  let position = 0;
  const seen = [scale.textAt(0)];
  for (let i = 0; i < 12; i++) seen.push(scale.textAt((position = scale.move(position, 1))));
  expect(new Set(seen).size).toBe(13);
  expect(seen.slice(0, 4)).toEqual(['1', '2', '3', '4']);
  for (let i = 0; i < 12; i++) position = scale.move(position, -1);
  expect(scale.textAt(position)).toBe('1');
  expect(scale.textAt(scale.move(0, -1))).toBe('1');
});

test('fine steps lie between positions', () => {
  const scale = sliderScale(even);
  expect(scale.textAt(scale.move(50, 0.1))).toBe('2.505');
  expect(scale.textAt(scale.move(50, -0.1))).toBe('2.495');
  expect(scale.textAt(scale.move(50.1, 1))).toBe('2.55');
});
