import type { PageAxis } from './payload';

/** The values that an address asks for, `#exponent=2&dimension=1000`; where it says nothing, or nothing that the page holds, those of the start. */
export function valuesOf(axes: readonly PageAxis[], hash: string): number[] {
  const asked = new URLSearchParams(hash.replace(/^#/, ''));
  return axes.map((axis) => {
    const text = asked.get(axis.name);
    const value = text === null || text.trim() === '' ? NaN : Number(text);
    return value >= axis.values[0]! && value <= axis.values[axis.values.length - 1]! ? value : startOf(axis);
  });
}

/** Where a slider stands at first: at the default, or else in the middle of the values. */
export function startOf(axis: PageAxis): number {
  const { start, values } = axis;
  return start !== undefined && start >= values[0]! && start <= values[values.length - 1]! ? start : values[Math.floor(values.length / 2)]!;
}

/** The address of values. */
export const addressOf = (axes: readonly PageAxis[], values: readonly number[]): string => '#' + axes.map((axis, k) => `${axis.name}=${values[k]}`).join('&');
