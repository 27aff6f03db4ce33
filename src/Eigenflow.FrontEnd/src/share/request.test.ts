import { expect, test } from 'vitest';
import type { RunAnswer, SystemTables } from '../api/contracts';
import { exportRequest, fileName, handedFiles } from './request';

const system = { methods: [{ name: 'flow', summary: '', role: 'theory' }, { name: 'sgd', summary: '', role: 'simulation' }, { name: 'wide', summary: '', role: 'ensemble' }] } as unknown as SystemTables;
const run = (method: string): RunAnswer => ({ method, setting: { seed: '1' }, status: 'completed', message: '', warnings: [], events: [], summary: [], rows: 3, wallSeconds: 1 });

test('simulations are kept apart from what is solved', () => {
  const request = exportRequest(system, [run('flow'), run('sgd'), run('wide')], {}, { theme: 'light', size: 'screen' });
  expect(request.runs.map((one) => one.method)).toEqual(['flow']);
  expect(request.kept.map((one) => one.method)).toEqual(['sgd', 'wide']);
});

test('scales, ranges and windows go with the picture', () => {
  const request = exportRequest(system, [run('flow')], { 1: { xScale: 'linear', yRange: [1, 2], window: [3, 4] } }, { theme: 'dark', size: 'column' });
  expect(request.views).toEqual({ 1: { xScale: 'linear', yRange: [1, 2], window: [3, 4] } });
});

test('a file has the name that the server gives it', () => {
  expect(fileName('attachment; filename="phase-retrieval.png"', 'x')).toBe('phase-retrieval.png');
  expect(fileName(null, 'x')).toBe('x');
});

test('files of this session are found in settings, once each', () => {
  const spectrum = (id: string): RunAnswer => ({ ...run('flow'), setting: { spectrum: `file:data:${id}/my rows (2).csv` } });
  const asked = exportRequest(system, [spectrum('0a'), spectrum('0a'), run('sgd'), spectrum('b1')], {}, { theme: 'light', size: 'screen' });
  expect(handedFiles(asked)).toEqual([{ id: '0a', name: 'my rows (2).csv' }, { id: 'b1', name: 'my rows (2).csv' }]);
});
