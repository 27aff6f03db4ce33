import { expect, it } from 'vitest';
import type { Prediction } from '../api/contracts';
import { groupsOf, isFound, merged } from './choose';

const prediction = (name: string, kind: Prediction['kind'], value?: number): Prediction => ({ name, words: name, symbol: 'T', kind, unit: '', source: 'arXiv:1', validity: '', meaning: 'Time of escape.', methods: [], window: 'inside', reason: '', ...(value === undefined ? {} : { value }) });
const all = [prediction('escape-time', 'asymptotic', 1), prediction('plateau', 'exact', 2), prediction('floor', 'bound')];

it('finds words in any order, in names with or without a hyphen', () => {
  expect(isFound(all[0]!, 'time ESCAPE')).toBe(true);
  expect(isFound(all[0]!, 'escape-time arxiv')).toBe(true);
  expect(isFound(all[0]!, 'plateau')).toBe(false);
  expect(isFound(all[0]!, '')).toBe(true);
});

it('keeps the order of the system, or groups by kind; what is withheld is last', () => {
  expect(groupsOf(all, { shown: ['gd'], words: '', isByKind: false }).map((group) => [group.title, group.predictions.map(({ name }) => name)])).toEqual([['', ['escape-time', 'plateau']], ['Withheld here', ['floor']]]);
  expect(groupsOf(all, { shown: ['gd'], words: '', isByKind: true }).map((group) => group.title)).toEqual(['Exact', 'Asymptotic', 'Withheld here']);
  expect(groupsOf(all, { shown: ['gd'], words: 'nothing', isByKind: true })).toEqual([]);
});

it('takes what is measured from the first curve that shows it', () => {
  const measured = { value: 3, half: 0, text: '3', predicted: 1, predictedText: '1', place: 'escape' };
  expect(merged([[all[0]!, all[1]!], [{ ...all[0]!, measured }, all[1]!]]).map((one) => one.measured?.value)).toEqual([3, undefined]);
  expect(merged([])).toEqual([]);
});

it('puts what is of methods that are not shown apart', () => {
  const ofDescent = { ...prediction('plateau', 'exact', 2), methods: ['gd', 'full-gd'] };
  const ofOther = { ...prediction('half-steps', 'exact', 3), methods: ['spectral'] };
  expect(groupsOf([all[0]!, ofOther, ofDescent], { shown: ['gd'], words: '', isByKind: false }).map((group) => [group.title, group.predictions.map(({ name }) => name)])).toEqual([['', ['escape-time', 'plateau']], ['Of other methods', ['half-steps']]]);
  expect(groupsOf([ofOther], { shown: ['gd', 'spectral'], words: 'spectral', isByKind: true }).map((group) => group.title)).toEqual(['Exact']);
});
