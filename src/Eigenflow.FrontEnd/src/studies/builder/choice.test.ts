import { describe, expect, it } from 'vitest';
import { changed, decodeChoice, emptyRequest, encodeChoice, initialChoice, ordinates } from './choice';
import type { StudyPlan } from '../contracts';

const plan = (figures: StudyPlan['figures'] = []): StudyPlan => ({
  path: 'results/a', name: 'a', title: 'A', description: '', system: 's', systemTitle: 'S', methods: ['flow'],
  columns: [
    { name: 'dimension', label: 'dimension d', isParameter: true, isNumber: true, values: ['10', '100'], shown: ['10', '100'], count: 2 },
    { name: 'seed', label: 'seed', isParameter: true, isNumber: true, values: ['1', '2'], shown: ['1', '2'], count: 2 },
  ],
  fixed: [],
  observables: [{ name: 't', label: 't', kind: 'observable' }, { name: 'u', label: 'u', kind: 'observable' }, { name: 'loss', label: 'loss', kind: 'observable' }],
  numbers: [{ name: 'event-escape', label: 'time of escape', kind: 'event' }, { name: 'last-t', label: 't', kind: 'last' }, { name: 'last-u', label: 'u', kind: 'last' }, { name: 'last-loss', label: 'loss', kind: 'last' }],
  figures, sweep: '',
  progress: { word: 'done', planned: 4, done: 4, failed: 0, running: 0, damaged: 0, diverged: 0, missing: 0, read: 4, version: 1, notes: [] },
  failures: [],
});

describe('choice of a figure', () => {
  it('begins with the first figure of the study file, or with what varies', () => {
    expect(initialChoice(plan([{ ...emptyRequest, id: 'one', x: 't', y: ['loss'] }])).figure).toBe('one');
    expect(initialChoice(plan()).request).toMatchObject({ x: 'dimension', y: ['last-loss'], group: [] });
  });

  it('goes through an address and back', () => {
    const request = {
      ...emptyRequest, x: 'dimension', y: ['last-loss', 'log(last-u) + 1'], line: ['theory'], group: ['seed', 'method'], facet: 'exponent', hasLinearY: true, average: 'mean', band: 'interval', fit: true, fitFrom: '1e3', fitTo: '',
      only: { seed: ['1', 'a, b&c=d'], teacher: ['file:x y'] },
    };
    const there = encodeChoice({ figure: '', request }, plan());
    expect(decodeChoice(there, plan())).toEqual({ figure: '', request });
  });

  it('leaves out what is shown anyway', () => {
    expect(encodeChoice(initialChoice(plan()), plan())).toBe('');
    const declared = plan([{ ...emptyRequest, id: 'one' }, { ...emptyRequest, id: 'two' }]);
    expect(encodeChoice({ figure: 'one', request: declared.figures[0]! }, declared)).toBe('');
    expect(encodeChoice({ figure: 'two', request: declared.figures[1]! }, declared)).toBe('figure=two');
    expect(decodeChoice('figure=two', declared).figure).toBe('two');
    expect(decodeChoice('figure=gone', declared).figure).toBe('one');
  });

  it('takes away texts and limits with what they describe', () => {
    const before = { ...emptyRequest, id: 'one', title: 'T', caption: 'C', x: 't', y: ['loss'], xLabel: 'X', yLabel: 'Y', yRange: [0, 1], labels: ['l'] };
    expect(changed(before, { y: ['u'] })).toEqual({ ...emptyRequest, x: 't', y: ['u'], xLabel: 'X' });
    expect(changed(before, { fit: true })).toMatchObject({ xLabel: 'X', yLabel: 'Y', yRange: [0, 1], labels: ['l'], fit: true });
    expect(changed(before, { x: 'dimension' }).xLabel).toBeUndefined();
  });

  it('keeps the observable when the abscissa moves between runs and along them', () => {
    expect(ordinates(plan(), 'dimension', ['loss'])).toEqual(['last-loss']);
    expect(ordinates(plan(), 't', ['last-u'])).toEqual(['u']);
    expect(ordinates(plan(), 't', ['event-escape'])).toEqual(['loss']);
  });
});
