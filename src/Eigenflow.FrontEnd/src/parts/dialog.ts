import { iconButton } from './button';
import { el, uniqueId } from './dom';

/** Opens a modal dialog with a heading and a button that closes it; it is taken off the page when it closes. */
export function openDialog(title: string, ...content: readonly Node[]): HTMLDialogElement {
  const heading = uniqueId('dialog');
  const opener = document.activeElement;
  const dialog = el('dialog', { 'aria-labelledby': heading, class: 'dialog' });
  dialog.append(el('div', { class: 'dialog-head' }, el('h2', { id: heading }, title), iconButton('close', 'Close', () => dialog.close())), ...content);
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  });
  // A press beside it closes it.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
