import { el } from '../../parts/dom';

export const largestFile = 64 * 2 ** 20;
const kinds = '.csv,.tsv,.txt,.jsonl,.ndjson,.npy,.npz,.parquet';

export interface DropZone {
  readonly element: HTMLElement;
  say(words: string): void;
  destroy(): void;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes files: dropped anywhere on the page, or chosen by the button. */
export function createDropZone(take: (files: readonly File[]) => void): DropZone {
  const input = el('input', { type: 'file', multiple: true, accept: kinds, class: 'visually-hidden', 'aria-label': 'Files of data', id: 'data-file' });
  const trouble = el('p', { class: 'field-error', role: 'alert' });
  const element = el(
    'div',
    { class: 'drop-zone' },
    el('p', { class: 'drop-title' }, 'Drop files here'),
    el('p', { class: 'muted' }, 'A loss curve, a table of a sweep, rows of data, or eigenvalues: .csv, .tsv, .txt, .jsonl, .npy, .npz, .parquet, up to 64 MB each.'),
    el('p', {}, input, el('label', { class: 'button primary', for: 'data-file' }, 'Choose files')),
    el('p', { class: 'muted small' }, 'Files stay on this machine: they go to the explorer that runs here, and are removed when it ends.'),
    trouble,
  );
  const pass = (list: FileList | null | undefined): void => {
    const files = [...(list ?? [])];
    trouble.textContent = '';
    if (files.length > 0) take(files);
  };
  input.addEventListener('change', () => {
    pass(input.files);
    // The same file may be chosen again.
    input.value = '';
  });
  const over = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    element.classList.add('is-over');
  };
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) element.classList.remove('is-over');
  };
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    element.classList.remove('is-over');
    pass(event.dataTransfer?.files);
  };
  addEventListener('dragover', over);
  addEventListener('dragleave', leave);
  addEventListener('drop', drop);
  return {
    element,
    say: (words) => (trouble.textContent = words),
    destroy() {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    },
  };
}
