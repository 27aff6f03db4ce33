import type { Slider } from '../api/contracts';
import { el, setAttribute } from './dom';
import { sliderScale } from './slider-scale';

export interface SliderPart {
  readonly element: HTMLInputElement;
  /** Shows a number, or with null none; `words` is how it is read out. One that nobody set is set by any move, also one that ends where it stands. */
  show(value: number | null, words: string, isSet?: boolean): void;
}

const coarse = 10;
const fine = 0.1;

// Arrows go by one position, with Shift by a tenth, PageUp and PageDown by ten.
const moves: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: coarse, PageDown: -coarse };

/**
 * A slider over the positions of a range. It is a native range input whose units are positions, so that every reader of screens knows it.
 * @param slid Is told the number, as it is typed, and the event that it came with.
 */
export function createSlider(range: Slider, name: string, slid: (text: string, event: Event) => void): SliderPart {
  const scale = sliderScale(range);
  const input = el('input', { type: 'range', min: 0, max: scale.last, step: fine, 'aria-label': name });
  let text = '';

  const place = (position: number): void => {
    input.value = String(position);
    input.style.setProperty('--filled', `${(100 * position) / scale.last}%`);
  };
  const slide = (position: number, event: Event): void => {
    place(position);
    const next = scale.textAt(position);
    if (next === text) return;
    text = next;
    slid(next, event);
  };

  input.addEventListener('input', (event) => slide(Math.round(Number(input.value)), event));
  input.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const position = Number(input.value);
    const by = moves[event.key];
    if (by !== undefined) slide(scale.move(position, event.shiftKey && Math.abs(by) === 1 ? by * fine : by), event);
    else if (event.key === 'Home') slide(0, event);
    else if (event.key === 'End') slide(scale.last, event);
    else return;
    event.preventDefault();
  });

  return {
    element: input,
    show(value, words, isSet = true) {
      text = value === null || !isSet ? '' : words;
      const position = value === null ? 0 : scale.positionOf(value);
      // What is dragged stays where the hand is.
      if (value === null || scale.textAt(Number(input.value)) !== scale.textAt(position) || value < range.from || value > range.to) place(position);
      else input.style.setProperty('--filled', `${(100 * Number(input.value)) / scale.last}%`);
      setAttribute(input, 'aria-valuetext', words === '' ? 'not set' : words);
    },
  };
}
