import { expect, it } from 'vitest';
import type { Parameter, SystemTables } from '../api/contracts';
import { differenceWords, leftWords, percentWords } from './words';

const parameter = (name: string, value?: string): Parameter => ({ name, symbol: '', kind: 'number', help: '', unit: '', allowed: '', isOfProblem: true, ...(value === undefined ? {} : { default: value }) });
const tables = { parameters: [parameter('exponent', '2'), parameter('learning-rate'), parameter('steps', '1000')] } as unknown as SystemTables;

it('says what is left', () => {
  expect(leftWords(undefined)).toBe('');
  expect(leftWords(0.3)).toBe('nearly done');
  expect(leftWords(12)).toBe('about 12 s left');
});

it('says whole parts of a hundred, never too many', () => {
  expect([-1, 0, 0.129, 0.999, 1, 2].map(percentWords)).toEqual(['0 %', '0 %', '12 %', '99 %', '100 %', '100 %']);
});

it('names what differs, with defaults where nothing is set', () => {
  expect(differenceWords({}, {}, tables)).toBe('');
  expect(differenceWords({ exponent: '2.0' }, {}, tables)).toBe('');
  expect(differenceWords({ exponent: '2.5', steps: '1e3' }, { 'learning-rate': '0.1' }, tables)).toBe('exponent 2.5, now 2; learning rate derived, now 0.1');
});
