import type { PanelView } from './system-state';

// A view of a panel in an address: x:1,1e3;y:0,1;xscale:linear;yscale:log;window:10,100.

/** Digits that a zoom keeps in an address. */
const digits = 5;

/** A number as an address holds it. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(digits))).replace('e+', 'e');

const isRange = (range: readonly number[]): boolean => range.length === 2 && range.every(Number.isFinite) && range[0]! < range[1]!;

function range(text: string): readonly [number, number] | null {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  return isRange(numbers) ? [numbers[0]!, numbers[1]!] : null;
}

const isScale = (text: string): text is 'log' | 'linear' => text === 'log' || text === 'linear';

/** Rounds a view to what an address holds, so that it is read back as it was. */
export function roundedView(view: PanelView): PanelView {
  const rounded = readPanel(writePanel(view));
  return rounded ?? {};
}

export function writePanel(view: PanelView): string {
  const parts: string[] = [];
  if (view.xScale) parts.push(`xscale:${view.xScale}`);
  if (view.yScale) parts.push(`yscale:${view.yScale}`);
  for (const [name, pair] of [['x', view.xRange], ['y', view.yRange], ['window', view.window]] as const) {
    if (pair && isRange(pair.map((number) => Number(shortNumber(number))))) parts.push(`${name}:${pair.map(shortNumber).join(',')}`);
  }
  return parts.join(';');
}

/** Reads a view; null where a part of it is not understood. */
export function readPanel(text: string): PanelView | null {
  const view: { xScale?: 'log' | 'linear'; yScale?: 'log' | 'linear'; xRange?: readonly [number, number]; yRange?: readonly [number, number]; window?: readonly [number, number] } = {};
  for (const part of text.split(';')) {
    if (part === '') continue;
    const mark = part.indexOf(':');
    const [name, value] = [part.slice(0, mark), part.slice(mark + 1)];
    if (name === 'xscale' || name === 'yscale') {
      if (!isScale(value)) return null;
      view[name === 'xscale' ? 'xScale' : 'yScale'] = value;
      continue;
    }
    const pair = range(value);
    if (!pair) return null;
    if (name === 'x') view.xRange = pair;
    else if (name === 'y') view.yRange = pair;
    else if (name === 'window') view.window = pair;
    else return null;
  }
  return view;
}
