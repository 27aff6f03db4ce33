import { shortSubscripts } from './letters';

/** Thrown where a formula holds what this does not know: the caller shows the text as it stands. */
export class UnsureError extends Error {}

/** Scripts of one base, in the order in which they came. */
export interface Scripts {
  primes: number;
  star: boolean;
  below: string;
  above: string;
}

/** Names below: one letter, indices side by side, capitals of variables, or a word. */
export function nameBelow(name: string): string {
  if (name.length === 1 || /^[ijklmn]{2}$/.test(name)) return name;
  if (/^[A-Z]{2}ε?$|^[A-Z]ε$/.test(name) && name !== 'KL') return name.replace('ε', '\\varepsilon');
  if (name.length >= 3 || shortSubscripts.has(name) || /^[A-Z]+$/.test(name)) return `\\mathrm{${name}}`;
  throw new UnsureError();
}

/** A base with its scripts as TeX. */
export function compose(base: string, { primes, star, below, above }: Scripts): string {
  const marks = "'".repeat(primes);
  const low = below ? `_{${below}}` : '';
  const bare = base.trim();
  if (star && /^\(|^\\mathsf/.test(above)) return `${bare}${low}^{*${above}}`;
  if (star && primes) return `{${bare}${marks}}${low}^{*${above}}`;
  if (star) return above ? `{${bare}${low}^{*}}^{${above}}` : `${bare}${low}^{*}`;
  if (primes && above) return `{${bare}${low}${marks}}^{${above}}`;
  const tex = `${bare}${low}${marks}${above ? `^{${above}}` : ''}`;
  // A command needs its space before a letter that follows.
  return base.endsWith(' ') ? `${tex} ` : tex;
}
