import { greek, quantities, shortSubscripts } from './letters';

/** Thrown where a formula holds what this does not know: the caller shows the text as it stands. */
export class UnsureError extends Error {}

/** Scripts of one base, in the order in which they came. */
export interface Scripts {
  primes: number;
  star: boolean;
  below: string;
  above: string;
}

// Names below: one letter, indices side by side, capitals of variables, or a word.
function nameBelow(name: string): string {
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

/** The number at the beginning of a text, such as 0.5 or 1e-3, with the signs that it takes. */
export function readNumber(text: string): { readonly length: number; readonly tex: string } {
  const found = /^(\d+(?:\.\d+)?)(?:e([−-]?)(\d+)(?![A-Za-z]))?/.exec(text)!;
  const [whole, digits = '', minus, power] = found;
  if (power === undefined) return { length: whole.length, tex: digits };
  const ten = `10^{${minus ? '-' : ''}${power}}`;
  return { length: whole.length, tex: digits === '1' ? ten : `${digits}\\times ${ten}` };
}

const signsBelow: Readonly<Record<string, string>> = { '∞': quantities['∞']!, '½': '1/2', '±': '\\pm', '*': '*' };

/** What stands below at the beginning of a text, as in max, 1,2 or p,high, with the signs that it takes. */
export function readBelow(text: string): { readonly length: number; readonly tex: string } {
  const sign = text[0]!;
  if (sign in signsBelow) return { length: 1, tex: signsBelow[sign]! };
  const digits = /^\d+(,\d+)?/.exec(text);
  if (digits) return { length: digits[0].length, tex: digits[0] };
  const letters = sign in greek ? sign : /^([A-Z]+ε|[A-Za-z]+)/.exec(text)?.[0];
  if (letters === undefined) throw new UnsureError();
  let tex = greek[letters] ?? nameBelow(letters);
  const more = /^,([a-z]{3,})/.exec(text.slice(letters.length));
  if (more) tex += `,\\mathrm{${more[1]!}}`;
  const length = letters.length + (more?.[0].length ?? 0);
  return text[length] === '*' ? { length: length + 1, tex: `${tex}^{*}` } : { length, tex };
}
