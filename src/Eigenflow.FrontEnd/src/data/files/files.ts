import { el, replace, uniqueId } from '../../parts/dom';
import { iconButton } from '../../parts/button';
import type { DataFile, Use } from '../api';
import { uses, sizeOf } from '../uses';

export interface FileListEvents {
  readonly remove: (id: string) => void;
  readonly hold: (id: string, isHeld: boolean) => void;
  readonly use: (use: Use) => void;
}

const preview = (file: DataFile): HTMLElement | null =>
  file.preview.length === 0
    ? null
    : el(
        'details',
        { class: 'data-preview' },
        el('summary', {}, 'First rows'),
        el(
          'div',
          { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `First rows of ${file.name}` },
          el(
            'table',
            {},
            el('thead', {}, el('tr', {}, ...file.columns.slice(0, file.preview[0]!.length).map((column) => el('th', { scope: 'col' }, column.name)))),
            el('tbody', {}, ...file.preview.map((row) => el('tr', {}, ...row.map((cell, index) => el('td', { class: file.columns[index]?.isNumeric ? 'number' : '' }, cell))))),
          ),
        ),
      );

function card(file: DataFile, index: number, held: readonly string[], use: Use | null, events: FileListEvents): HTMLElement {
  const id = uniqueId('held');
  const role =
    index > 0 && use === 'loss-curve'
      ? el(
          'div',
          { class: 'data-check' },
          el('input', { type: 'checkbox', id, checked: held.includes(file.id), 'aria-label': `${file.name}: held out`, onchange: (event: Event) => events.hold(file.id, (event.target as HTMLInputElement).checked) }),
          el('label', { for: id }, 'held out, and forecast'),
        )
      : null;
  return el(
    'li',
    { class: 'data-file panel' },
    el(
      'div',
      { class: 'data-file-head' },
      el('strong', { class: 'data-file-name', title: file.name }, file.name),
      iconButton('close', `Remove ${file.name}`, () => events.remove(file.id)),
      el('span', { class: 'data-file-size muted small' }, `${file.rows} ${file.rows === 1 ? 'row' : 'rows'}, ${file.columns.length} ${file.columns.length === 1 ? 'column' : 'columns'}, ${sizeOf(file.bytes)}`),
      role,
    ),
    file.notes.length > 0 ? el('p', { class: 'muted small' }, `${file.notes.join('. ')}.`) : null,
    preview(file),
  );
}

/** The files, and what they are used as: asked for where they leave several uses. */
export function createFileList(events: FileListEvents): { readonly element: HTMLElement; show(files: readonly DataFile[], held: readonly string[], use: Use | null): void } {
  const list = el('ul', { class: 'data-files', 'aria-label': 'Files' });
  const question = el('div', { class: 'data-uses', role: 'group' });
  const element = el('div', { class: 'stack' }, list, question);
  return {
    element,
    show(files, held, use) {
      replace(list, ...files.map((file, index) => card(file, index, held, use, events)));
      const main = files[0];
      const choices = main?.uses ?? [];
      question.hidden = choices.length < 2;
      const words = use === null ? 'What is this file? It could be several things.' : 'Use it as';
      question.setAttribute('aria-label', words);
      question.classList.toggle('is-asking', use === null);
      replace(
        question,
        el(use === null ? 'h2' : 'p', { class: use === null ? '' : 'muted small' }, words),
        el(
          'div',
          { class: 'data-use-choices' },
          ...choices.map((choice) =>
            el('button', { type: 'button', class: 'data-use', 'aria-pressed': String(choice === use), onclick: () => events.use(choice) }, el('span', { class: 'data-use-title' }, uses[choice].title), use === null ? el('span', { class: 'muted small' }, uses[choice].words) : null),
          ),
        ),
      );
    },
  };
}
