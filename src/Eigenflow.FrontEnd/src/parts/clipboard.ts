import { el } from './dom';

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
  const area = el('textarea', { class: 'copied-text', readonly: true, rows: Math.min(12, text.split('\n').length + 1), 'aria-label': title, spellcheck: 'false' });
  area.value = text;
  const dialog = el(
    'dialog',
    { 'aria-label': title },
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

/** A button that copies a text and says for a moment that it did. */
export function copyButton(text: string, title: string, name: string, kind: string, told?: (isDone: boolean) => void): HTMLButtonElement {
  const words = el('span', {}, 'Copy');
  return el(
    'button',
    {
      type: 'button',
      class: kind,
      'aria-label': name,
      onclick: () => {
        void copy(text, title).then((isDone) => {
          words.textContent = isDone ? 'Copied' : 'Copy';
          told?.(isDone);
          setTimeout(() => (words.textContent = 'Copy'), 2000);
        });
      },
    },
    words,
  );
}
