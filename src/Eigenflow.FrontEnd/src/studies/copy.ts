import { el } from '../parts/dom';
import { announce } from '../shell/announcer';

/** A command that can be copied. */
export function commandLine(command: string): HTMLElement {
  const words = el('span', {}, 'Copy');
  const button = el(
    'button',
    {
      type: 'button',
      class: 'quiet study-copy',
      'aria-label': `Copy the command ${command}`,
      onclick: () => {
        void copy(command).then((done) => {
          words.textContent = done ? 'Copied' : 'Select it';
          announce(done ? 'Copied.' : 'It could not be copied: select the text.');
          setTimeout(() => (words.textContent = 'Copy'), 2000);
        });
      },
    },
    words,
  );
  return el('div', { class: 'study-command' }, el('code', {}, command), button);
}

/** Puts a text on the clipboard; false where the browser does not allow it. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Hands a text over as a file. */
export function download(name: string, text: string, kind: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
