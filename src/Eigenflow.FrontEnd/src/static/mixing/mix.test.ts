import { expect, test } from 'vitest';
import type { Figure } from '../../chart/figure';
import { mix } from './mix';
import type { ComputedFigure, Page, PageNode } from '../payload';

const shape: Figure = {
  id: 'f',
  title: '',
  panels: [{ x: { label: 't', isLogarithmic: true, maximum: 2 }, y: { label: 'loss', isLogarithmic: true }, series: [{ label: '', x: [], y: [], style: 'line', role: 'theory', color: 0 }], regions: [{ start: 1, end: 2, label: 'one' }] }],
};
const node = (end: number, y: number[], kind = 0, places = [0, 1]): ComputedFigure => ({
  kind,
  shape,
  title: `ends at ${end}`,
  caption: '',
  marks: Float32Array.of(NaN, 10 ** end, NaN, NaN, 1, 10 ** end),
  curves: [{ x: places.map((place) => place * end), columns: [Float32Array.from(y)], isPlaced: true }],
});
const page = (...nodes: PageNode[]): Page =>
  ({ axes: [{ name: 'a', symbol: '', help: '', unit: '', isWhole: false, isLogarithmic: false, values: nodes.map((_, k) => k) }], isCubic: false, isStretched: true, isNearest: false, check: { computed: '0.1 %', settings: [] }, nodes }) as unknown as Page;

test('between two settings curves, ends and marks are halfway in the logarithm', () => {
  const { figure, isComputed, nearest } = mix(page(node(2, [0, -2]), node(4, [0, -4])), [0.5]);
  const panel = figure!.panels![0]!;
  expect(isComputed).toBe(false);
  expect(nearest).toEqual([0]);
  expect(panel.series[0]!.x[1]).toBeCloseTo(1000, 3);
  expect(panel.series[0]!.y[1]).toBeCloseTo(1e-3, 9);
  expect(panel.x.maximum).toBeCloseTo(1000, 3);
  expect(panel.regions![0]!.end).toBeCloseTo(1000, 3);
});

test('unstretched curves are mixed at equal abscissae, at the places of both, as far as both go', () => {
  const { figure } = mix({ ...page(node(2, [0, -1, -2], 0, [0, 0.5, 1]), node(4, [0, -4, -8], 0, [0, 0.5, 1])), isStretched: false }, [0.5]);
  const { x, y } = figure!.panels![0]!.series[0]!;
  expect(x.map((value) => Math.log10(value!))).toEqual([0, 1, 2].map((value) => expect.closeTo(value, 6) as number));
  expect(y.map((value) => Math.log10(value!))).toEqual([0, -1.5, -3].map((value) => expect.closeTo(value, 6) as number));
});

test('points are mixed one by one', () => {
  const points = (...x: number[]): ComputedFigure => ({ ...node(1, []), curves: [{ x, columns: [Float32Array.from(x)], isPlaced: false }] });
  const { x } = mix({ ...page(points(0, 1, 3), points(0, 2, 5)), isStretched: false }, [0.5]).figure!.panels![0]!.series[0]!;
  expect(x.map((value) => Math.log10(value!))).toEqual([0, 1.5, 4].map((value) => expect.closeTo(value, 6) as number));
});

test('where mixtures would mislead the nearest is shown', () => {
  const { figure, isComputed } = mix({ ...page(node(2, [0, -2]), node(4, [0, -4])), isNearest: true }, [0.7]);
  expect(isComputed).toBe(false);
  expect(figure!.panels![0]!.series[0]!.y[1]).toBeCloseTo(1e-4, 10);
});

test('a computed setting is shown as it is', () => {
  const { figure, isComputed } = mix(page(node(2, [0, -2]), node(4, [0, -4])), [1]);
  expect(isComputed).toBe(true);
  expect(figure!.title).toBe('ends at 4');
  expect(figure!.panels![0]!.series[0]!.y[1]).toBeCloseTo(1e-4, 10);
});

test('where a neighbour has a gap there is a gap, and where it has no solution there are its words', () => {
  expect(mix(page(node(2, [0, NaN]), node(4, [0, -4])), [0.5]).figure!.panels![0]!.series[0]!.y).toEqual([1, null]);
  expect(mix(page(node(2, [0, -2]), { trouble: 'exponent is 0.5: it must be above 1' }), [0.5])).toMatchObject({ figure: null, trouble: 'exponent is 0.5: it must be above 1' });
});

test('figures that differ in kind are not mixed', () => {
  const { figure, trouble } = mix(page(node(2, [0, -2]), node(4, [0, -4], 1)), [0.7]);
  expect(trouble).toContain('nearest');
  expect(figure!.title).toBe('ends at 4');
});
