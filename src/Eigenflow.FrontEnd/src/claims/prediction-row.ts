import type { Measured, Prediction } from '../api/contracts';
import { setRich } from '../chart';
import { renderMath, renderSentence } from '../math';
import { el } from '../parts/dom';

const windows: Readonly<Record<Prediction['window'], { readonly words: string; readonly kind: string }>> = {
  inside: { words: 'in window', kind: 'inside' },
  outside: { words: 'out of window', kind: 'outside' },
  withheld: { words: 'withheld', kind: '' },
  unchecked: { words: 'not checked', kind: '' },
};

const rich = (kind: string, text: string): HTMLElement => {
  const element = el('span', { class: kind });
  setRich(element, text);
  return element;
};

const sentence = (text: string): HTMLElement => {
  const element = el('span');
  renderSentence(element, text);
  return element;
};

// The law of a constant is measured by its exponent.
function curve(prediction: Prediction, measured: Measured): HTMLElement {
  const beside = measured.verdict ?? measured.differenceText;
  const of = measured.predicted === prediction.value || Math.abs(measured.predicted) === Math.abs(prediction.value ?? NaN) ? null : rich('', ` for ${measured.predictedText}`);
  return el('span', { class: 'prediction-measured small' }, 'curve ', rich('number', measured.text), of, beside === undefined ? null : rich('muted', ` (${beside})`));
}

const fact = (name: string, value: Node | string): readonly Node[] => [el('dt', {}, name), el('dd', {}, value)];

// Longer symbols than the column is wide have a line of their own.
const widest = 8;
const isWide = (symbol: string): boolean => [...symbol.replace(/[_^{}]/g, '')].length > widest;

/** A prediction: symbol, value and window at a glance, what the curve shows beside it, the rest on request. */
export function predictionRow(prediction: Prediction, isOpen: boolean, toggled: (isOpen: boolean) => void): HTMLElement {
  const symbol = el('span', { class: isWide(prediction.symbol) ? 'prediction-symbol is-wide' : 'prediction-symbol' });
  renderMath(symbol, prediction.symbol);
  const { words, kind } = windows[prediction.window];
  const { measured } = prediction;
  // What is not open need not be typeset at each step of a slider.
  const about = el('dl');
  const fill = (): void => {
    if (about.childElementCount > 0) return;
    about.append(
      ...fact('Meaning', sentence(prediction.meaning)),
      ...(prediction.validity === '' ? [] : fact('Holds', sentence(prediction.validity))),
      ...(prediction.reason === '' ? [] : fact(prediction.window === 'withheld' ? 'Withheld' : 'Out of window', sentence(prediction.reason))),
      ...(measured ? fact('Curve', rich('', measured.place)) : []),
      ...fact('Source', prediction.source),
    );
  };
  if (isOpen) fill();
  const element = el(
    'details',
    { class: 'prediction', open: isOpen, 'data-prediction': prediction.name, ontoggle: () => {
      if (element.open) fill();
      toggled(element.open);
    } },
    el(
      'summary',
      {},
      symbol,
      el('span', { class: 'prediction-name' }, prediction.words === prediction.symbol ? '' : prediction.words),
      el('span', { class: 'prediction-value' }, prediction.shown === undefined ? el('span', { class: 'muted' }, 'no value') : rich('number', prediction.shown)),
      el(
        'span',
        { class: 'prediction-marks' },
        el('span', { class: 'small muted' }, prediction.kind),
        prediction.methods.length === 0 ? null : el('span', { class: 'badge', title: 'Speaks of the curves of this method' }, prediction.methods.join(', ')),
        prediction.window === 'unchecked' ? null : el('span', { class: `badge ${kind}`.trim() }, words),
        measured ? curve(prediction, measured) : null,
      ),
    ),
    about,
  );
  return element;
}
