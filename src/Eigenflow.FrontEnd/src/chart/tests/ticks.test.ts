import { describe, expect, it } from 'vitest';
import { Extent, fit, fraction, rangeOf, valueAt } from '../axes/range';
import { categoryTicks, fixed, horizontalTicks, linearTicks, logTicks, stripTicks } from '../axes/ticks';

const log = (minimum: number, maximum: number) => ({ isLogarithmic: true, minimum, maximum });
const linear = (minimum: number, maximum: number) => ({ isLogarithmic: false, minimum, maximum });

describe('logarithmic ticks', () => {
  it('are powers of ten over three decades, with minor ticks at 2…9', () => {
    const ticks = logTicks(log(0, 3), 300, 24);
    expect(ticks.major.map((tick) => tick.label)).toEqual(['10^{0}', '10^{1}', '10^{2}', '10^{3}']);
    expect(ticks.minor).toContain(20);
    expect(ticks.minor).toHaveLength(24);
  });
  it('leave out decades where there is no room', () => {
    const ticks = logTicks(log(-60, 0), 300, 24);
    expect(ticks.major.map((tick) => tick.value)).toEqual([1e-60, 1e-55, 1e-50, 1e-45, 1e-40, 1e-35, 1e-30, 1e-25, 1e-20, 1e-15, 1e-10, 1e-5, 1]);
  });
  it('are multiples within one decade, in one notation', () => {
    expect(logTicks(log(Math.log10(2), Math.log10(9)), 300, 24).major.map((tick) => tick.label)).toEqual(['2', '3', '5']);
    expect(logTicks(log(-6.9, -5.9), 300, 24).major.map((tick) => tick.label)).toContain('2×10^{−7}');
  });
  it('are round numbers far below a decade', () => {
    expect(logTicks(log(Math.log10(1.01), Math.log10(1.05)), 300, 24).major.map((tick) => tick.label)).toEqual(['1.010', '1.015', '1.020', '1.025', '1.030', '1.035', '1.040', '1.045', '1.050']);
  });
});

describe('linear ticks', () => {
  it('are steps of 1, 2, 5 with the decimals that they need', () => {
    expect(linearTicks(linear(0, 1), 200, 34).major.map((tick) => tick.label)).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    expect(linearTicks(linear(-2, 2), 200, 34).major.map((tick) => tick.label)).toEqual(['−2', '−1', '0', '1', '2']);
  });
  it('have a common factor for small and large numbers', () => {
    expect(linearTicks(linear(0, 3e-5), 200, 60)).toMatchObject({ factor: '× 10^{−5}' });
    expect(linearTicks(linear(0, 3e7), 200, 60).major.map((tick) => tick.label)).toEqual(['0', '1', '2', '3']);
  });
  it('end, whatever the range', () => {
    for (const range of [linear(1, 1 + 1e-15), linear(-1.7e308, 1.7e308), linear(5e-324, 1e-300)]) expect(linearTicks(range, 300, 34).major.length).toBeLessThan(201);
  });
});

describe('ticks of a strip', () => {
  const labels = (half: number): string[] => stripTicks(linear(-half, half)).major.map((tick) => tick.label);
  it('are zero and a round value far out on either side', () => {
    expect(labels(1)).toEqual(['−0.6', '0', '0.6']);
    expect(labels(0.064)).toEqual(['−0.04', '0', '0.04']);
    expect(labels(0.02)).toEqual(['−0.015', '0', '0.015']);
    expect(labels(300)).toEqual(['−200', '0', '200']);
    for (let half = 0.01; half < 10; half *= 1.07) expect(stripTicks(linear(-half, half)).major[2]!.value / half).toBeGreaterThan(0.49);
  });
  it('have a factor where they are small', () => expect(stripTicks(linear(-2e-9, 2e-9))).toMatchObject({ factor: '× 10^{−9}', major: [{ label: '−1.5' }, { label: '0' }, { label: '1.5' }] }));
});

it('labels along an axis do not touch', () => {
  const ticks = horizontalTicks([], linear(0, 1000), 200, 30, 9, (label) => 8 * label.length);
  for (let i = 1; i < ticks.major.length; i++) {
    const distance = ((ticks.major[i]!.value - ticks.major[i - 1]!.value) / 1000) * 200;
    expect(distance).toBeGreaterThanOrEqual(4 * (ticks.major[i]!.label.length + ticks.major[i - 1]!.label.length) + 9);
  }
});

it('names that have no room are left out', () => {
  const names = Array.from({ length: 10 }, (_, index) => `name ${index}`);
  expect(categoryTicks(names, linear(0.5, 10.5), 100, 20).major.map((tick) => tick.value)).toEqual([1, 3, 5, 7, 9]);
  expect(categoryTicks(names, linear(10.5, 0.5), 300, 20).major).toHaveLength(10);
});

it('numbers have a true minus sign, and zero has none', () => {
  expect(fixed(-1.5, 1)).toBe('−1.5');
  expect(fixed(-0.001, 1)).toBe('0.0');
});

describe('ranges', () => {
  const extentOf = (isLogarithmic: boolean, ...values: (number | null)[]): Extent => {
    const extent = new Extent(isLogarithmic);
    for (const value of values) extent.add(value);
    return extent;
  };
  it('have a margin of what is shown, and limits where given', () => {
    expect(fit({}, false, extentOf(false, 0, 10), 0.1)).toEqual(linear(-1, 11));
    expect(fit({ minimum: 0 }, false, extentOf(false, 0, 10), 0.1)).toEqual(linear(0, 11));
    expect(fit({ minimum: 1e-2 }, true, extentOf(true, 1e-9, 1), 0)).toEqual(log(-2, 0));
  });
  it('pass over what the scale cannot show', () => expect(fit({}, true, extentOf(true, -1, 0, null, 10, 1000), 0)).toEqual(log(1, 3)));
  it('are wider than rounding', () => {
    expect(fit({}, false, extentOf(false, 5), 0.1)).toEqual(linear(4.5, 5.5));
    expect(fit({ leastExtent: 2 }, false, extentOf(false, 1, 1.25), 0)).toEqual(linear(0.125, 2.125));
    expect(fit({}, false, extentOf(false), 0)).toEqual(linear(0, 1));
  });
  it('find values at places and places of values', () => {
    const range = log(-3, 3);
    expect(fraction(range, 1)).toBe(0.5);
    expect(valueAt(range, 0.5)).toBeCloseTo(1);
    expect(fraction(range, 0)).toBeNaN();
    expect(fraction(linear(10.5, 0.5), 10.5)).toBeCloseTo(0);
  });
  it('refuse two values between which there is nothing', () => {
    expect(rangeOf(true, -1, 10)).toBeNull();
    expect(rangeOf(false, 2, 2)).toBeNull();
    expect(rangeOf(false, 3, 2)).toEqual(linear(2, 3));
  });
});
