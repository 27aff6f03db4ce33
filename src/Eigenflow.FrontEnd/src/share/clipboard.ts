import { el } from '../parts/dom';

/**
 * Puts a text on the clipboard; where the browser does not allow it (a page that is not on this machine, or a permission that was refused), the text is shown selected in a dialog.
 * @returns Whether it was copied without the reader's help.
 */
export async function copy(text: string, title: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    show(text, title);
    return false;
  }
}

function show(text: string, title: string): void {
  const area = el('textarea', { class: 'share-text', readonly: true, rows: Math.min(12, text.split('\n').length + 1), 'aria-label': title, spellcheck: 'false' });
  area.value = text;
  const dialog = el(
    'dialog',
    { class: 'share-dialog', 'aria-label': title },
    el('h3', {}, title),
    el('p', { class: 'muted small' }, 'The browser does not let this page write to the clipboard. The text is selected: copy it with Ctrl-C or ⌘C.'),
    area,
    el('form', { method: 'dialog', class: 'row' }, el('button', { class: 'primary' }, 'Close')),
  );
  const focused = document.activeElement;
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (focused instanceof HTMLElement) focused.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  area.focus();
  area.select();
}
