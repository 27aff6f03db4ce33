// What a row lets a user set its value with: a slider and a field, a choice, or a field of text.
import type { Parameter } from '../../api/contracts';
import { el, setAttribute, uniqueId } from '../../parts/dom';
import { createSegmented, createSelect } from '../../parts/segmented';
import { createSlider } from '../../parts/slider';
import { labelOf, shownValue } from '../setting';

/** How a value came: typed values are sent at once. */
export type Manner = 'slid' | 'typed' | 'chosen';

export type Change = (text: string | null, manner: Manner, event: Event) => void;

export interface ShownControl {
  /** What was typed, or undefined where it has its default. */
  readonly typed: string | undefined;
  /** The default, or what the engine derived in its place. */
  readonly fallback: string | undefined;
  /** Whether what the engine derives is on its way. */
  readonly isPending: boolean;
}

const nothing = (isPending: boolean): string => (isPending ? '…' : 'not set');

export interface ValuePart {
  /** What a label belongs to and an error is told at; several for a group of buttons. */
  readonly field: HTMLElement;
  /** Beside the label. */
  readonly beside: readonly HTMLElement[];
  /** Below it, over the whole width. */
  readonly below: readonly HTMLElement[];
  show(shown: ShownControl): void;
}

/** Words that still stand side by side. */
const mostSegments = 4;
const mostLetters = 30;

// A field keeps what is being typed in it, whatever happens elsewhere.
function writeField(field: HTMLInputElement, text: string): void {
  if (document.activeElement === field && field.dataset['dirty'] === 'yes') return;
  if (field.value !== text) field.value = text;
}

function textField(parameter: Parameter, attributes: Record<string, string>): HTMLInputElement {
  const field = el('input', { type: 'text', id: uniqueId('field'), spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', name: parameter.name, ...attributes });
  field.addEventListener('input', () => (field.dataset['dirty'] = 'yes'));
  field.addEventListener('blur', () => delete field.dataset['dirty']);
  return field;
}

function numberPart(parameter: Parameter, change: Change): ValuePart {
  const field = textField(parameter, { inputmode: 'decimal', class: 'number-field' });
  const slider = createSlider(parameter.slider!, `${labelOf(parameter.name)}, slider`, (text, event) => {
    // A field that was being typed in follows the slider again.
    delete field.dataset['dirty'];
    change(text, 'slid', event);
  });
  const typed = (event: Event): void => change(field.value.trim(), 'typed', event);
  // An empty field is one that is about to be typed in, until it is left.
  field.addEventListener('input', (event) => {
    if (field.value.trim() !== '') typed(event);
  });
  field.addEventListener('change', (event) => {
    delete field.dataset['dirty'];
    if (field.value.trim() === '') change(null, 'typed', event);
  });
  return {
    field,
    beside: [field, ...(parameter.unit === '' ? [] : [el('span', { class: 'unit' }, parameter.unit)])],
    below: [slider.element],
    show({ typed: text, fallback, isPending }) {
      const isDerived = text === undefined && (parameter.default === undefined || fallback !== parameter.default);
      const words = text ?? (fallback === undefined ? '' : shownValue(parameter, fallback, isDerived ? 4 : 12));
      writeField(field, isDerived ? '' : words);
      setAttribute(field, 'placeholder', isDerived ? words || nothing(isPending) : null);
      const value = Number(words);
      slider.show(words.trim() === '' || !Number.isFinite(value) ? null : value, words, !isDerived);
      slider.element.classList.toggle('is-derived', isDerived);
    },
  };
}

function choicePart(parameter: Parameter, change: Change): ValuePart {
  const choices = parameter.choices ?? [];
  const isOptional = parameter.default === undefined;
  const name = labelOf(parameter.name);
  const pick = (value: string, event: Event): void => change(value === '' ? null : value, 'chosen', event);
  if (!isOptional && choices.length <= mostSegments && choices.join('').length <= mostLetters) {
    const segmented = createSegmented(name, choices, pick);
    return { field: segmented.element, beside: [], below: [segmented.element], show: ({ typed, fallback }) => segmented.show(typed ?? fallback ?? '') };
  }
  const select = createSelect(name, choices, pick, isOptional ? 'not set' : undefined);
  select.element.id = uniqueId('field');
  return {
    field: select.element,
    beside: [],
    below: [select.element],
    show({ typed, fallback, isPending }) {
      select.sayNone(fallback === undefined ? nothing(isPending) : `${fallback} (derived)`);
      select.show(typed ?? (isOptional ? '' : (fallback ?? '')));
    },
  };
}

function textPart(parameter: Parameter, change: Change): ValuePart {
  const options = [...new Set([...(parameter.forms ?? []).filter((form) => /^[a-z][a-z0-9-]*$/.test(form)), ...(parameter.examples ?? [])])];
  const list = options.length > 0 ? el('datalist', { id: uniqueId('list') }, ...options.map((value) => el('option', { value }))) : null;
  const field = textField(parameter, { class: 'text-field', ...(list ? { list: list.id } : {}) });
  field.addEventListener('change', (event) => {
    delete field.dataset['dirty'];
    change(field.value.trim() === '' ? null : field.value.trim(), 'typed', event);
  });
  const example = parameter.kind === 'list' ? 'such as 1,10,100' : (parameter.forms?.[0] ?? '');
  return {
    field,
    beside: [],
    below: list ? [field, list] : [field],
    show({ typed, fallback, isPending }) {
      const isDerived = typed === undefined && parameter.default === undefined;
      writeField(field, isDerived ? '' : (typed ?? fallback ?? ''));
      setAttribute(field, 'placeholder', isDerived ? (fallback ?? (isPending ? nothing(isPending) : example)) : null);
    },
  };
}

/** The part for a parameter, by its kind. */
export function valuePart(parameter: Parameter, change: Change): ValuePart {
  if (parameter.slider) return numberPart(parameter, change);
  return parameter.kind === 'choice' ? choicePart(parameter, change) : textPart(parameter, change);
}
