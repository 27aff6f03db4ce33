import { el } from './dom';

// The browser reads a file after the press that saves it.
const kept = 60_000;

/** Hands something over to the browser as a file that is saved. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = el('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), kept);
}

/** The same for a text. */
export const saveText = (name: string, text: string, kind = 'text/csv'): void => save(name, new Blob([text], { type: kind }));
