import { expect, it } from 'vitest';
import { RefusedError } from '../../api/client';
import type { Parameter, RunAnswer, SystemTables } from '../../api/contracts';
import { initialState } from '../../state/codec';
import { refusalOf, stayingSentence, stayingWords } from './refusal';

const parameter = (name: string, symbol: string, value?: string): Parameter => ({ name, symbol, kind: 'number', help: '', unit: '', allowed: '', isOfProblem: true, ...(value === undefined ? {} : { default: value }) });
const tables = { id: 'x', parameters: [parameter('exponent', 'a', '2'), parameter('dimension', 'd', '1000'), parameter('until', 'T'), parameter('sub-steps', '', '4')], methods: [{ name: 'flow', role: 'theory', summary: '' }] } as unknown as SystemTables;
const shown = [{ method: 'flow', setting: { exponent: '2', dimension: '1000', until: '1000000', 'sub-steps': '4' } }] as unknown as RunAnswer[];

it('tells each value at its control, and what has none elsewhere', () => {
  const error = new RefusedError('first', 422, 'exponent', [{ parameter: 'exponent', error: 'first' }, { parameter: 'dimension', error: 'second' }, { parameter: 'seed', error: 'third' }]);
  expect(refusalOf(error, (name) => name !== 'seed')).toEqual({ atControls: new Map([['exponent', 'first'], ['dimension', 'second']]), others: ['third'] });
  expect(refusalOf(new RefusedError('busy', 503), () => true).others).toEqual(['busy']);
  expect(refusalOf(new RefusedError('one', 422, 'exponent'), () => true).atControls).toEqual(new Map([['exponent', 'one']]));
});

it('names the setting of the curves that stay by what differs from the controls', () => {
  const state = initialState(tables);
  expect(stayingWords(shown, state, tables)).toBe('');
  expect(stayingWords(shown, { ...state, setting: { exponent: '-1', dimension: '100', 'sub-steps': '4.0' } }, tables)).toBe('a = 2, d = 1000');
  expect(stayingWords(shown, { ...state, setting: { until: '10', 'sub-steps': '8' } }, tables)).toBe('T = 1e6, sub steps = 4');
  expect(stayingWords([], state, tables)).toBe('');
  expect(stayingSentence(true, 'a = 2')).toBe('The curves are those of a = 2.');
  expect(stayingSentence(false, '')).toBe('There is no curve yet.');
});
