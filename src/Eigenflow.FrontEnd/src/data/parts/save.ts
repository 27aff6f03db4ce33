import { el } from '../../parts/dom';

/** Hands a text over to the browser as a file that is saved. */
export function save(name: string, text: string, kind = 'text/csv'): void {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  const link = el('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
