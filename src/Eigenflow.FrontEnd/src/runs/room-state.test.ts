import { expect, it } from 'vitest';
import type { Method, Parameter, SystemTables } from '../api/contracts';
import type { SystemState } from '../state/system-state';
import { chosenMethod, ownSetting, simulationSetting, withMethod, withOwn } from './room-state';

const parameter = (name: string, isOfProblem: boolean, value?: string): Parameter => ({ name, symbol: '', kind: 'number', help: '', unit: '', allowed: '', isOfProblem, ...(value === undefined ? {} : { default: value }) });
const method = (name: string, role: Method['role'], parameters: readonly string[] = []): Method => ({ name, role, summary: '', parameters });
const tables = {
  parameters: [parameter('exponent', true, '2'), parameter('learning-rate', false), parameter('seed', false, '1'), parameter('until', false)],
  methods: [method('flow', 'theory', ['until']), method('gd', 'simulation', ['learning-rate']), method('sgd', 'ensemble', ['learning-rate', 'seed'])],
} as unknown as SystemTables;
const state: SystemState = { system: 'x', methods: ['flow'], setting: { exponent: '3', until: '10' }, pins: [], panels: {}, hidden: [], more: {} };

it('chooses an ensemble unless another simulation is asked for', () => {
  expect(chosenMethod(state, tables)?.name).toBe('sgd');
  expect(chosenMethod(withMethod(state, 'gd'), tables)?.name).toBe('gd');
  expect(chosenMethod(withMethod(state, 'flow'), tables)?.name).toBe('sgd');
});

it('takes the problem from the controls and the rest from the room', () => {
  const sgd = tables.methods[2]!;
  const changed = withOwn(withOwn(state, tables.parameters[2]!, '7', tables), tables.parameters[1]!, '0.1', tables);
  expect(simulationSetting(sgd, changed, tables)).toEqual({ exponent: '3', 'learning-rate': '0.1', seed: '7' });
  expect(ownSetting(changed)).toEqual({ 'learning-rate': '0.1', seed: '7' });
  expect(ownSetting(withOwn(changed, tables.parameters[2]!, '1', tables))).toEqual({ 'learning-rate': '0.1' });
});

it('shares with the controls what a shown method reads', () => {
  const shown = { ...state, methods: ['flow', 'gd'] };
  const theory = { ...tables, methods: [tables.methods[0]!, method('gd', 'theory', ['learning-rate']), tables.methods[2]!] };
  expect(withOwn(shown, tables.parameters[1]!, '0.5', theory).setting).toEqual({ exponent: '3', until: '10', 'learning-rate': '0.5' });
});
