import { el, replace, uniqueId } from '../../parts/dom';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export interface SelectGroup {
  /** Empty for options that stand alone. */
  readonly label: string;
  readonly options: readonly SelectOption[];
}

export interface Select {
  readonly element: HTMLSelectElement;
  setGroups(groups: readonly SelectGroup[]): void;
  /** Chooses a value; one that is not offered is offered from then on. */
  show(value: string): void;
}

/** Many words in groups, one of which is chosen. */
export function createSelect(chosen: (value: string) => void): Select {
  const element = el('select', { onchange: () => chosen(element.value) });
  let written = '';
  const option = ({ value, label }: SelectOption): HTMLOptionElement => el('option', { value }, label);
  return {
    element,
    setGroups(groups) {
      const text = JSON.stringify(groups);
      if (text === written) return;
      written = text;
      const { value } = element;
      replace(element, ...groups.filter((group) => group.options.length > 0).flatMap((group) => (group.label === '' ? group.options.map(option) : [el('optgroup', { label: group.label }, ...group.options.map(option))])));
      element.value = value;
    },
    show(value) {
      if (![...element.options].some((one) => one.value === value)) {
        element.append(option({ value, label: value }));
        written = '';
      }
      element.value = value;
    },
  };
}

/** A control under its name, with something beside the name. */
export function field(name: string, control: HTMLElement, beside?: HTMLElement): HTMLElement {
  control.id ||= uniqueId('study');
  return el('div', { class: 'study-field' }, el('div', { class: 'study-field-head' }, el('label', { for: control.id }, name), beside), control);
}
