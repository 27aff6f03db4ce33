import { el, setAttribute, setText, uniqueId } from '../parts/dom';
import { createSlider } from '../parts/slider';
import { typedNumber } from '../parts/slider-scale';
import { setFlowing, setRich } from '../chart';
import type { PageAxis } from './payload';

export interface Control {
  readonly element: HTMLElement;
  show(value: number): void;
}

// Positions between two computed values, so that curves move and do not jump.
const between = 10;

// The largest of 1, 2 and 5 times a power of ten that is not above.
function round(step: number): number {
  const unit = 10 ** Math.floor(Math.log10(step) + 1e-9);
  const digit = step / unit + 1e-9;
  return Number(((digit >= 5 ? 5 : digit >= 2 ? 2 : 1) * unit).toPrecision(3));
}

/** A slider and a field for a number, over the range that was computed. */
export function createControl(axis: PageAxis, changed: (value: number) => void): Control {
  const [id, help, trouble] = [uniqueId('value'), uniqueId('help'), uniqueId('trouble')];
  const hasZero = axis.isLogarithmic && axis.values[0]! <= 0;
  const [from, to] = [axis.values[hasZero ? 1 : 0]!, axis.values[axis.values.length - 1]!];
  const positions = between * (axis.values.length - 1);
  const step = axis.isLogarithmic ? Math.min(0.05, Math.log10(to / from) / positions) : axis.isWhole ? Math.max(1, Math.round(round((to - from) / positions))) : round((to - from) / positions);
  const name = axis.symbol ? `${axis.name} ${axis.symbol}` : axis.name;
  const slider = createSlider({ from, to, isLogarithmic: axis.isLogarithmic, hasZero, isWhole: axis.isWhole, step }, name, (text) => changed(Number(text)));
  const field = el('input', { id, type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': `${help} ${trouble}` });
  const words = el('p', { id: trouble, class: 'field-error', role: 'alert' });
  setAttribute(slider.element, 'aria-describedby', help);
  const [meaning, symbol] = [el('p', { id: help, class: 'field-help' }), el('span', { class: 'control-symbol' })];
  setFlowing(meaning, axis.help);
  setRich(symbol, axis.symbol);
  field.addEventListener('input', () => {
    const value = Number(field.value.trim());
    const isRight = field.value.trim() !== '' && value >= axis.values[0]! && value <= to && (!axis.isWhole || Number.isInteger(value));
    setAttribute(field, 'aria-invalid', isRight ? null : 'true');
    setText(words, isRight ? '' : `This page holds ${axis.isWhole ? 'whole numbers' : 'numbers'} from ${typedNumber(axis.values[0]!)} to ${typedNumber(to)}.`);
    if (isRight) changed(value);
  });
  return {
    element: el(
      'div',
      { class: 'control' },
      el('div', { class: 'control-head' }, el('label', { for: id }, axis.name, axis.symbol ? symbol : null), field, axis.unit ? el('span', { class: 'muted small' }, axis.unit) : null),
      slider.element,
      meaning,
      words,
    ),
    show(value) {
      slider.show(value, typedNumber(value));
      if (document.activeElement === field && Number(field.value) === value) return;
      field.value = typedNumber(value);
      setAttribute(field, 'aria-invalid', null);
      setText(words, '');
    },
  };
}
