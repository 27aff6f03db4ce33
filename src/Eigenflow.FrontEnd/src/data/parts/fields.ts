import { el, replace, uniqueId } from '../../parts/dom';

/** A control with a name, and room for what is wrong with it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly element: HTMLElement;
  readonly value: string | boolean;
  set(value: string | boolean): void;
  /** Says what is wrong with the value; empty for nothing. */
  refuse(words: string): void;
}

interface Wording {
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
}

function frame(name: string, control: HTMLInputElement | HTMLSelectElement, { label, help }: Wording): { element: HTMLElement; refuse: (words: string) => void } {
  const id = uniqueId('field');
  control.id = id;
  control.name = name;
  const trouble = el('p', { class: 'field-error', id: `${id}-error`, role: 'alert' });
  trouble.hidden = true;
  if (help) control.setAttribute('aria-describedby', `${id}-help`);
  const element = el('div', { class: 'data-field' }, el('label', { for: id }, label), control, help ? el('p', { class: 'field-help', id: `${id}-help` }, help) : null, trouble);
  return {
    element,
    refuse(words) {
      if (words === trouble.textContent) return;
      trouble.textContent = words;
      trouble.hidden = words === '';
      if (words === '') control.removeAttribute('aria-invalid');
      else {
        control.setAttribute('aria-invalid', 'true');
        control.setAttribute('aria-errormessage', `${id}-error`);
      }
    },
  };
}

/** A line of text; it counts when it is left, or by Enter. */
export function textField(name: string, wording: Wording, changed: () => void): Field {
  const control = el('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', placeholder: wording.placeholder ?? '', onchange: changed });
  const { element, refuse } = frame(name, control, wording);
  return {
    name,
    label: wording.label,
    element,
    get value() {
      return control.value.trim();
    },
    set: (value) => (control.value = typeof value === 'string' ? value : ''),
    refuse,
  };
}

/** One of some words, or none. */
export function selectField(name: string, wording: Wording, none: string | null, choices: readonly (readonly [value: string, words: string])[], changed: () => void): Field {
  const control = el('select', { onchange: changed }, none === null ? null : el('option', { value: '' }, none), ...choices.map(([value, words]) => el('option', { value }, words)));
  const { element, refuse } = frame(name, control, wording);
  return {
    name,
    label: wording.label,
    element,
    get value() {
      return control.value;
    },
    set(value) {
      const text = typeof value === 'string' ? value : '';
      // A value of an address that is no choice stays, and is judged by the engine.
      if (text !== '' && ![...control.options].some((option) => option.value === text)) control.append(el('option', { value: text }, text));
      control.value = text;
    },
    refuse,
  };
}

/** Yes or no. */
export function checkField(name: string, label: string, changed: () => void): Field {
  const id = uniqueId('field');
  const control = el('input', { type: 'checkbox', id, name, onchange: changed });
  return {
    name,
    label,
    element: el('div', { class: 'data-check' }, control, el('label', { for: id }, label)),
    get value() {
      return control.checked;
    },
    set: (value) => (control.checked = value === true),
    refuse: () => undefined,
  };
}

/** What was typed in some fields. */
export const typedOf = (fields: readonly Field[]): Record<string, string | boolean> => Object.fromEntries(fields.map((field) => [field.name, field.value]));

// Names of the engine have dashes.
const ownName = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Words of the engine that name options of the command, with the names that these have here: `--warmup STEPS` is the field of that name. */
export const saidHere = (words: string, fields: readonly Pick<Field, 'name' | 'label'>[]): string =>
  words.replace(/--([a-z][a-z-]*[a-z]|[a-z])( [A-Z][A-Z,:]*\b)?/g, (typed, option: string) => {
    const field = fields.find(({ name }) => name === ownName(option));
    return field ? `“${field.label}”` : option === 'is' ? '“Use it as”' : typed;
  });

/** Shows the words at the field that they concern; false where there is none. */
export function refuse(fields: readonly Field[], parameter: string | undefined, words: string): boolean {
  const name = ownName(parameter ?? '');
  let isShown = false;
  for (const field of fields) {
    const isMeant = field.name === name;
    field.refuse(isMeant ? words : '');
    isShown ||= isMeant;
  }
  return isShown;
}

/** A row of fields, and more of them that open. */
export function fieldRow(main: readonly Field[], more: readonly Field[] = []): HTMLElement {
  const row = el('div', { class: 'data-fields' }, ...main.map((field) => field.element));
  if (more.length === 0) return row;
  const rest = el('div', { class: 'data-fields' });
  replace(rest, ...more.map((field) => field.element));
  const details = el('details', { class: 'data-more' }, el('summary', {}, 'More options'), rest);
  details.open = more.some((field) => field.value !== '' && field.value !== false);
  return el('div', { class: 'stack' }, row, details);
}
