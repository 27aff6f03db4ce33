import { expect, test } from 'vitest';
import type { Parameter, SystemTables } from '../../api/contracts';
import { initialState } from '../../state/codec';
import { panelOf, valueAt } from './behind';
import { axesOf, columns, firstMap, mapRequest, valuesOf } from './axes';

const number = (name: string, slider: Partial<NonNullable<Parameter['slider']>>, isOfProblem = true): Parameter => ({ name, symbol: '', kind: 'number', help: '', unit: '', allowed: '', isOfProblem, default: '1', slider: { from: 1, to: 10, isLogarithmic: false, hasZero: false, isWhole: false, step: 0.1, ...slider } });
const noise = number('noise', { from: 1e-6, to: 10, isLogarithmic: true, hasZero: true, step: 0.02 });
const tables = {
  id: 'x',
  title: 'X',
  parameters: [noise, number('exponent', {}), number('seed', {}), number('steps', { isWhole: true, to: 5, step: 1 }, false)],
  methods: [{ name: 'flow', role: 'theory', summary: '' }],
  observables: [{ name: 't', symbol: 't' }, { name: 'loss', symbol: 'E' }],
  events: [{ name: 'escape' }],
} as unknown as SystemTables;

test('axes are numbers that the method reads', () => {
  expect(axesOf(initialState(tables), tables).map(({ name }) => name)).toEqual(['noise', 'exponent']);
  expect(firstMap(initialState(tables), tables)).toEqual({ x: 'noise', y: 'exponent', quantity: 'auto' });
  expect(mapRequest({ ...initialState(tables), setting: { noise: '1', exponent: '2', steps: '9' }, map: { x: 'noise', y: 'exponent', quantity: 'last:loss' } }, tables)).toMatchObject({ run: { method: 'flow', setting: {} }, x: { parameter: 'noise' }, quantity: 'last:loss' });
  expect(mapRequest(initialState(tables), tables)).toBeNull();
});

test('values ascend, go from end to end, and leave zero out among decades', () => {
  const values = valuesOf(noise, columns);
  expect(values).toHaveLength(columns);
  expect([values[0], values.at(-1)]).toEqual(['1e-6', '10']);
});

test('few whole numbers are taken once each', () => {
  expect(valuesOf(tables.parameters[3]!, columns)).toEqual(['1', '2', '3', '4', '5']);
});

test('the curve behind a cell reaches the value of the cell', () => {
  const panel = { x: { label: 't', minimum: 1, maximum: 10 }, y: { label: 'R', isLogarithmic: true, minimum: 1e-8, maximum: 1 }, series: [] };
  const figure = { panels: [{ ...panel, y: { ...panel.y, label: 's' } }, panel] } as unknown as Parameters<typeof panelOf>[0];
  expect(panelOf(figure, 'R', 0.1).panels![0]).toBe(figure.panels![1]);
  expect(panelOf(figure, 'R', 1e-18).panels![0]).toMatchObject({ x: { minimum: null, maximum: null }, y: { minimum: 1e-18, maximum: 1 } });
  expect(panelOf(figure, 'R', 0).panels![0]).toBe(figure.panels![1]);
  expect(panelOf(figure, 'T', 3).panels![0]).toBe(figure.panels![0]);
  expect(valueAt({ label: 'R', x: [1, 10], y: [1, 2, 3], values: [1, 2, 3, 4, null, 6] }, 9, 2.1)).toBe(4);
  expect(valueAt({ label: 'R', x: [1, 10], y: [1, 2, 3], values: [1, 2, 3, 4, null, 6] }, 0, 3)).toBeNull();
  expect(valueAt(null, 1, 1)).toBeNull();
});
