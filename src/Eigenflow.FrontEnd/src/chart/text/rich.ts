import { splitVariables } from './variables';

/** A stretch of a text: on the line (0), raised (1) or lowered (-1); a single letter that stands for a quantity is slanted. */
export interface Run {
  readonly text: string;
  readonly level: -1 | 0 | 1;
  readonly isVariable: boolean;
}

export const ScriptSize = 0.75;
const LongestText = 4000;
const isLetter = (character: string | undefined): boolean => character !== undefined && /\p{L}/u.test(character);
const parsed = new Map<string, readonly Run[]>();

/** Splits a text with `10^{-3}`, `t^2`, `S_d`, `λ_{max}`. `_` starts a lowered part only after a single letter, so that names such as learning_rate stay as they are. */
export function parseRich(text: string): readonly Run[] {
  const known = parsed.get(text);
  if (known) return known;
  const parts = levels(text.length <= LongestText ? text : `${text.slice(0, LongestText)}…`);
  const runs: Run[] = [];
  parts.forEach((part, index) => {
    const before = index === 0 || part.level !== 0 ? ' ' : behind(parts[index - 1]!);
    const after = index + 1 < parts.length && part.level === 0 ? ahead(parts[index + 1]!) : ' ';
    for (const piece of splitVariables(part.text, before, after)) runs.push({ ...piece, level: part.level });
  });
  if (parsed.size > 2000) parsed.clear();
  parsed.set(text, runs);
  return runs;
}

interface Part {
  readonly text: string;
  readonly level: -1 | 0 | 1;
}

// A raised part ends like a digit, a lowered one too: a letter behind it begins something new.
const behind = (part: Part): string => (part.level === 0 ? part.text.at(-1)! : ')');
const ahead = (part: Part): string => (part.level === 0 ? part.text[0]! : part.level > 0 ? '^' : '_');

function levels(text: string): Part[] {
  const parts: Part[] = [];
  let plain = '';
  for (let i = 0; i < text.length; ) {
    const level = text[i] === '^' && i > 0 ? 1 : text[i] === '_' && followsSingleLetter(text, i) ? -1 : 0;
    const end = level === 0 ? i : level > 0 && text[i + 1] === '(' ? endOfPower(text, i + 1) : endOfScript(text, i + 1);
    if (end <= i + 1) {
      plain += text[i++];
      continue;
    }
    if (plain) parts.push({ text: plain, level: 0 });
    plain = '';
    const script = '{('.includes(text[i + 1]!) ? text.slice(i + 2, end - 1) : text.slice(i + 1, end);
    parts.push({ text: script.replaceAll('-', '−'), level: level as 1 | -1 });
    i = end;
  }
  if (plain) parts.push({ text: plain, level: 0 });
  return parts;
}

function followsSingleLetter(text: string, i: number): boolean {
  // A star belongs to its letter (w*), and so does what stands above it; a number before a letter is a factor (8λ).
  let letter = i > 1 && text[i - 1] === '*' ? i - 2 : i - 1;
  while (letter > 0 && /\p{Mn}/u.test(text[letter]!)) letter--;
  return letter >= 0 && isLetter(text[letter]) && (letter === 0 || !(isLetter(text[letter - 1]) || text[letter - 1] === '_'));
}

// A power in parentheses stands without them.
function endOfPower(text: string, i: number): number {
  const close = text.indexOf(')', i);
  return close > i + 1 && !text.slice(i + 1, close).includes('(') ? close + 1 : i;
}

function endOfScript(text: string, i: number): number {
  if (text[i] === '{') {
    const close = text.indexOf('}', i);
    return close > i + 1 ? close + 1 : i;
  }
  let end = i < text.length && '-−+'.includes(text[i]!) ? i + 1 : i;
  const start = end;
  while (end < text.length && /[\p{L}\p{Nd}½∞*]/u.test(text[end]!)) end++;
  return end > start ? end : i;
}

/** A text in which formulas are not broken at the end of a line. */
export const unbroken = (text: string): string => text.replace(/ (?=[=∝≈≤≥<>×±−+%/·](?: |$|[,.;)]))|(?<= [=∝≈≤≥<>×±−+/·]) |(?<= a) (?=[\p{L}\d])/gu, '\u00A0');

const raised: Readonly<Record<string, string>> = { '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '−': '⁻', '-': '⁻', '+': '⁺', n: 'ⁿ', i: 'ⁱ' };

/** A text as plain characters, for names, announcements and places without nodes: raised parts stay raised where there are letters for them (10⁻³), and are told by ^ where there are none (t^p). */
export function plainText(text: string): string {
  return levels(text.length <= LongestText ? text : `${text.slice(0, LongestText)}…`)
    .map((part) => {
      if (part.level <= 0) return part.text;
      const letters = [...part.text];
      return letters.every((letter) => letter in raised) ? letters.map((letter) => raised[letter]).join('') : `^${letters.length > 1 ? `(${part.text})` : part.text}`;
    })
    .join('');
}

/** A text as DOM nodes with sup, sub and i. */
export function richNodes(text: string): Node[] {
  return parseRich(text).map((run) => {
    let node: Node = document.createTextNode(run.text);
    for (const tag of [run.isVariable ? 'i' : '', run.level === 0 ? '' : run.level > 0 ? 'sup' : 'sub']) {
      if (!tag) continue;
      const element = document.createElement(tag);
      element.append(node);
      node = element;
    }
    return node;
  });
}

/** Puts a rich text that may take several lines into an element: formulas are not broken. */
export const setFlowing = (element: Element, text: string): void => setRich(element, unbroken(text));

/** Puts a rich text into an element in place of what is there. */
export function setRich(element: Element, text: string): void {
  element.replaceChildren(...richNodes(text));
}
