import type { Parameter } from '../../api/contracts';
import { iconButton } from '../../parts/button';
import { icon } from '../../parts/icon';
import { el, replace, setAttribute, setText, uniqueId } from '../../parts/dom';
import { renderMath, renderSentence } from '../../math';
import { labelOf } from '../setting';
import { symbolText } from './symbol';
import { valuePart, type Manner, type ShownControl } from './value-parts';

export interface RowView extends ShownControl {
  readonly error: string | null;
  readonly isSeen: boolean;
  readonly isHidden: boolean;
  readonly isEditing: boolean;
}

export interface RowEvents {
  change(parameter: Parameter, text: string | null, manner: Manner, event: Event): void;
  hide(name: string, isHidden: boolean): void;
}

export interface Row {
  readonly element: HTMLElement;
  readonly parameter: Parameter;
  update(view: RowView): void;
  focus(): void;
}

const fact = (name: string, words: string): readonly Node[] => (words === '' ? [] : [el('dt', {}, name), el('dd', {}, words)]);

// Formulas are typeset when a help is first opened.
function fillHelp(host: HTMLElement, parameter: Parameter): void {
  const meaning = el('p', {});
  renderSentence(meaning, parameter.help);
  const symbol = el('dd', {});
  renderMath(symbol, parameter.symbol);
  host.append(
    meaning,
    el('dl', {}, ...fact('Allowed', parameter.allowed), ...(parameter.symbol === '' ? [] : [el('dt', {}, 'Symbol'), symbol]), ...fact('Unit', parameter.unit), ...fact('Default', parameter.default ?? 'derived from the other values'), ...fact('Command line', `--${parameter.name}`)),
  );
}

/** The control of one parameter: label, value, help, reset, and what the engine says of a value that it refuses. */
export function createRow(parameter: Parameter, events: RowEvents): Row {
  const part = valuePart(parameter, (text, manner, event) => events.change(parameter, text, manner, event));
  const name = labelOf(parameter.name);
  const words = el('div', { class: 'control-help', id: uniqueId('help'), hidden: true });
  const error = el('p', { class: 'field-error', id: uniqueId('error'), hidden: true });
  const isField = part.field instanceof HTMLInputElement || part.field instanceof HTMLSelectElement;
  const label = el(isField ? 'label' : 'span', { class: 'control-label', ...(isField ? { for: part.field.id } : {}) }, name, parameter.symbol === '' ? null : symbolText(parameter.symbol));
  const helpButton = iconButton('help', `About ${name}`, () => {
    if (words.childElementCount === 0) fillHelp(words, parameter);
    words.hidden = !words.hidden;
    helpButton.setAttribute('aria-expanded', String(!words.hidden));
  });
  helpButton.setAttribute('aria-expanded', 'false');
  helpButton.setAttribute('aria-controls', words.id);
  helpButton.classList.add('control-button');
  const reset = iconButton('reset', `Reset ${name}`, (event) => {
    events.change(parameter, null, 'chosen', event);
    part.field.focus();
  });
  reset.classList.add('control-button', 'control-reset');
  const hide = iconButton('eye', `Hide ${name} from readers`, () => events.hide(parameter.name, hide.getAttribute('aria-pressed') !== 'true'));
  hide.classList.add('control-button');
  hide.hidden = true;
  const element = el('div', { class: 'control', 'data-parameter': parameter.name }, el('div', { class: 'control-head' }, label, helpButton, hide, ...(part.beside.length > 0 ? [el('span', { class: 'control-value' }, reset, ...part.beside)] : [reset])), ...part.below, error, words);

  return {
    element,
    parameter,
    update(view) {
      element.hidden = !view.isSeen;
      if (!view.isSeen) return;
      part.show(view);
      reset.classList.toggle('is-away', view.typed === undefined);
      reset.tabIndex = view.typed === undefined ? -1 : 0;
      setAttribute(reset, 'aria-hidden', view.typed === undefined ? 'true' : null);
      hide.hidden = !view.isEditing;
      if (hide.getAttribute('aria-pressed') !== String(view.isHidden)) replace(hide, icon(view.isHidden ? 'hidden' : 'eye'));
      setAttribute(hide, 'aria-pressed', String(view.isHidden));
      element.classList.toggle('is-hidden-from-readers', view.isHidden);
      error.hidden = view.error === null;
      setText(error, view.error ?? '');
      setAttribute(part.field, 'aria-invalid', view.error === null ? null : 'true');
      setAttribute(part.field, 'aria-describedby', view.error === null ? null : error.id);
      element.classList.toggle('has-error', view.error !== null);
    },
    focus: () => part.field.focus(),
  };
}
