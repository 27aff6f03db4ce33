import { expect, it } from 'vitest';
import type { FitAnswer } from '../api/contracts';
import type { Figure } from '../chart/figure';
import { fitSentence, windowsOf, withFits } from './fits';

const guide = { startX: 10, endX: 100, startY: 1, slope: -0.5, label: '−0.50 ± 0.01' };
const answer: FitAnswer = { fits: [{ series: 0, label: '', exponent: -0.5, lower: -0.51, upper: -0.49, points: 20, isPowerLaw: true, verdict: 'power law', text: 'exponent −0.50 ± 0.01 (95 %)', guide }], sentence: 'Exponent −0.50 ± 0.01 (95 %) between t = 10 and 100.' };
const axis = { label: 't' };
const figure: Figure = { id: 'trajectory', title: '', panels: [{ x: axis, y: axis, series: [] }, { x: axis, y: axis, series: [], slopes: [guide] }] };

it('takes the windows of panels', () => {
  expect(windowsOf({ 0: { xScale: 'log' }, 2: { window: [1, 2] } })).toEqual([[2, [1, 2]]]);
});

it('adds guides to those that a panel has', () => {
  const fitted = withFits(figure, new Map([[1, answer]]));
  expect(fitted.panels?.map((panel) => panel.slopes?.length ?? 0)).toEqual([0, 2]);
  expect(withFits(figure, new Map())).toBe(figure);
});

it('says the sentence of the last window', () => {
  expect(fitSentence(new Map())).toBeNull();
  expect(fitSentence(new Map([[1, answer]]))).toBe(answer.sentence);
});
