import { el, uniqueId } from './dom';

export interface ChoicePart {
  readonly element: HTMLElement;
  show(value: string): void;
  setDisabled?(words: string): void;
}

/** A few words side by side, one of which is chosen: a group of radio buttons. */
export function createSegmented(name: string, choices: readonly string[], chosen: (value: string, event: Event) => void, labels: readonly string[] = choices): ChoicePart {
  const group = uniqueId('choice');
  const inputs = choices.map((value) => el('input', { type: 'radio', name: group, value, class: 'visually-hidden', onchange: (event: Event) => chosen(value, event) }));
  const element = el(
    'div',
    { class: 'segmented', role: 'radiogroup', 'aria-label': name },
    ...inputs.map((input, index) => el('label', { class: 'segment' }, input, el('span', {}, labels[index] ?? choices[index]!))),
  );
  return {
    element,
    show(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}

/** Many words, one of which is chosen. The empty value stands for none, with words of its own. */
export function createSelect(name: string, choices: readonly string[], chosen: (value: string, event: Event) => void, none?: string): ChoicePart & { sayNone(words: string): void } {
  const nothing = none === undefined ? null : el('option', { value: '' }, none);
  const element = el('select', { 'aria-label': name, onchange: (event: Event) => chosen(element.value, event) }, nothing, ...choices.map((value) => el('option', { value }, value)));
  return {
    element,
    show(value) {
      if (element.value !== value) element.value = value;
    },
    sayNone(words) {
      if (nothing && nothing.textContent !== words) nothing.textContent = words;
    },
  };
}
