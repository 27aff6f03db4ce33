const Operators = '=∝≈≤≥<>×±+−·/|‖∈→^_*(),;:²³₀₁₂₃';
const Units = 'smhgKBW';
// Behind an article stands a noun, and none of these.
const joins = /^[ \u00A0]+(and|or|is|for|at|in|with|from|to|of|by|against)[ \u00A0]/;
const isLetter = (character: string): boolean => /\p{L}/u.test(character);
const isDigit = (character: string | undefined): boolean => character !== undefined && character >= '0' && character <= '9';
const isBlank = (character: string): boolean => character === ' ' || character === '\u00A0';

/** Finds the variables in a text: single letters that stand for a quantity are slanted; words, units, articles and numerals of phases are not. */
export function splitVariables(text: string, before = ' ', after = ' '): { text: string; isVariable: boolean }[] {
  const pieces: { text: string; isVariable: boolean }[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (!isVariable(text, i, before, after)) continue;
    if (i > start) pieces.push({ text: text.slice(start, i), isVariable: false });
    // What stands above a letter (a hat) belongs to it.
    let end = i + 1;
    while (end < text.length && /\p{Mn}/u.test(text[end]!)) end++;
    pieces.push({ text: text.slice(i, end), isVariable: true });
    start = end;
  }
  if (start < text.length) pieces.push({ text: text.slice(start), isVariable: false });
  return pieces;
}

function isVariable(text: string, i: number, before: string, after: string): boolean {
  const letter = text[i]!;
  if (!/[a-zA-Zα-ω]/.test(letter) || letter === 'I') return false;
  const left = i > 0 ? text[i - 1]! : before;
  const right = i + 1 < text.length ? text[i + 1]! : after;
  // The letter of a panel.
  if (left === '(' && right === ')' && (i < 2 || text[i - 2] === ' ')) return false;
  if (isLetter(left) || /[\p{L}\p{Nd}]/u.test(right) || "'’._".includes(left) || "'’".includes(right)) return false;
  // The letter within a number such as 1e-6.
  if ((letter === 'e' || letter === 'E') && isDigit(left) && (right === '-' || right === '+') && isDigit(text[i + 2])) return false;
  // Hyphens join words, points abbreviate them.
  if ((left === '-' && i > 1 && isLetter(text[i - 2]!)) || ((right === '-' || right === '.') && i + 2 < text.length && isLetter(text[i + 2]!))) return false;
  // The number of an equation, and the name of an appendix.
  if ((right === '.' && isDigit(text[i + 2])) || text.slice(0, i).endsWith('ppendix ')) return false;
  const next = text.slice(i + 1).replace(/^[ \u00A0]+/, '')[0] ?? after;
  if ((letter === 'a' || letter === 'A') && isBlank(right) && /[\p{L}\p{Nd}]/u.test(next) && !isAlone(text, i) && !joins.test(text.slice(i + 1))) return false;
  if (letter === 'd' && /^([ \u00A0]ln|\/d )/.test(text.slice(i + 1))) return false;
  return !(Units.includes(letter) && isBlank(left) && i > 1 && isDigit(text[i - 2]) && !Operators.includes(next));
}

// An "a" behind an operator or a comma is a quantity, behind a word an article, unless the word names what it is.
function isAlone(text: string, i: number): boolean {
  const head = text.slice(0, i).trimEnd();
  return head.length > 0 && ('=∝≈≤≥<>×±+−·/|'.includes(head.at(-1)!) || head.endsWith('exponent'));
}
