import { functions } from './letters';
import { toTex } from './tex';

export type Part = { readonly text: string } | { readonly formula: string; readonly tex: string };

type Kind = 'strong' | 'operator' | 'weak' | 'text';

interface Word {
  readonly text: string;
  readonly kind: Kind;
  /** What ends the word and belongs to the sentence. */
  readonly tail: string;
}

const opening = '([⟨⌈';
const closing = ')]⟩⌉';
const relation = /^[=<>≤≥≪≲≈∝→←⪰±×·+−/~]$/;
// Signs that stand in formulas alone.
const sure = /[α-ωΑ-Ω⁰-⁹⁺⁻⁽⁾₀-₉₊₋²³¹ᵀᶜ‖√∝≈≤≥≪≲⟨⟩∞∇½⅓⅔′ℓ_^=+−·×\u0304\u0307]|[A-Za-z]\*|\|[a-z]\|/u;

const english: ReadonlySet<string> = new Set(['is', 'in', 'of', 'at', 'to', 'as', 'an', 'by', 'or', 'on', 'if', 'no', 'so', 'it', 'we', 'up', 'be', 'do', 'go', 'he', 'my', 'us']);

const isName = (word: string): boolean => word in functions;

function kindOf(word: string): Kind {
  if (relation.test(word)) return 'operator';
  if (/^["'“]|[a-z]-[a-z]|[:%#?!]|:\S/.test(word)) return 'text';
  // Runs of letters that are words, names below aside.
  const bare = word.normalize('NFD').replace(/_(\{[^}]*\}|[A-Za-z0-9]+)/g, '');
  const runs = bare.match(/[A-Za-z]+/g) ?? [];
  if (runs.some((run) => run.length > 3 && !isName(run))) return 'text';
  if (sure.test(word.normalize('NFC')) || sure.test(word.normalize('NFD'))) return runs.some((run) => run.length > 2 && !isName(run) && !/^[A-Z]+$/.test(run)) ? 'text' : 'strong';
  if (/^[([]*\d*[A-Za-z][)\]]*$/.test(word) || /^[([]*\d+(\.\d+)?[)\]]*$/.test(word) || isName(word)) return 'weak';
  // Such as q/(BD or ln(1: short names about signs.
  if (word === '…' || (/^[A-Za-z0-9.()[\]/|]+$/.test(word) && /[()[\]/|]/.test(word) && runs.every((run) => (run.length < 3 || isName(run)) && !english.has(run)))) return 'weak';
  return 'text';
}

// The depth of brackets behind a word, and the place of the first that does not close.
function unclosed(text: string): number {
  const open: number[] = [];
  for (const [index, sign] of [...text].entries()) {
    if (opening.includes(sign)) open.push(index);
    else if (closing.includes(sign) && open.pop() === undefined) return -2 - index;
  }
  return open[0] ?? -1;
}

const depthOf = (text: string): number => [...text].reduce((depth, sign) => depth + (opening.includes(sign) ? 1 : closing.includes(sign) ? -1 : 0), 0);

function read(text: string): Word {
  const tail = /[.,;:?]+$/.exec(text)?.[0] ?? '';
  const core = text.slice(0, text.length - tail.length);
  return { text: core, tail, kind: core === '' ? 'text' : kindOf(core) };
}

// A run of words is a formula where one of them is surely so, or an operation stands between two others.
const isFormula = (run: readonly Word[]): boolean =>
  run.some((word) => word.kind === 'strong') || run.some((word, index) => word.kind === 'operator' && index > 0 && index < run.length - 1);

class Splitter {
  readonly parts: Part[] = [];

  text(text: string): void {
    const last = this.parts.at(-1);
    if (last && 'text' in last) this.parts[this.parts.length - 1] = { text: last.text + text };
    else if (text !== '') this.parts.push({ text });
  }

  // What stands in a run, with its commas and spaces.
  formula(run: readonly Word[]): void {
    let first = 0;
    let last = run.length;
    // The article is no quantity, and an operation needs something on both sides.
    while (first < last && ((/^[aAI]$/.test(run[first]!.text) && run[first + 1]?.kind !== 'operator') || (run[first]!.kind === 'operator' && !/^[−±]$/.test(run[first]!.text)))) first++;
    while (last > first && ((/^[aA]$/.test(run[last - 1]!.text) && run[last - 2]?.kind !== 'operator') || run[last - 1]!.kind === 'operator')) last--;
    const pieces = run.map((word, index) => (index < run.length - 1 ? `${word.text}${word.tail} ` : word.text));
    const middle = run.slice(first, last);
    const inside = pieces.slice(first, last).join('');
    const gap = last < run.length && middle.length > 0 ? `${middle.at(-1)!.tail} ` : '';
    this.text(pieces.slice(0, first).join(''));
    if (middle.length > 0) this.balanced(inside.slice(0, inside.length - gap.length), middle);
    this.text(gap + pieces.slice(last).join(''));
  }

  // Brackets that open or close outside of the run belong to the sentence.
  private balanced(text: string, run: readonly Word[]): void {
    const place = unclosed(text);
    if (place === -1) {
      const tex = isFormula(run) ? toTex(text) : null;
      if (tex === null) this.text(text);
      else this.parts.push({ formula: text, tex });
      return;
    }
    const signs = [...text];
    const cut = place >= 0 ? place : -2 - place;
    this.again(signs.slice(0, cut).join(''));
    this.text(signs[cut]!);
    this.again(signs.slice(cut + 1).join(''));
  }

  private again(text: string): void {
    if (text === '') return;
    const trimmed = text.trim();
    this.text(text.slice(0, text.length - text.trimStart().length));
    if (trimmed !== '') for (const part of splitSentence(trimmed)) 'text' in part ? this.text(part.text) : this.parts.push(part);
    this.text(trimmed === '' ? '' : text.slice(text.trimEnd().length));
  }
}

/** Parts of a sentence: formulas, where that is sure, and text. Together they are the sentence. */
export function splitSentence(sentence: string): Part[] {
  const words = (sentence.match(/(?:\{[^}]*\}|[^ ])+/g) ?? []).map(read);
  const splitter = new Splitter();
  let run: Word[] = [];
  let depth = 0;
  const end = (): void => {
    if (run.length === 0) return;
    splitter.formula(run);
    splitter.text(run.at(-1)!.tail);
    run = [];
    depth = 0;
  };
  for (const [index, word] of words.entries()) {
    // Inside of brackets short products and the names that stand there belong to the formula.
    const isInside = depth > 0 && /^([A-Za-z]{2}|orbit)[)\]]/.test(word.text);
    if (word.kind === 'text' && !isInside) {
      end();
      splitter.text((index > 0 ? ' ' : '') + word.text + word.tail);
      continue;
    }
    if (run.length === 0 && index > 0) splitter.text(' ');
    run.push(word);
    depth += depthOf(word.text);
    if (word.tail !== '' && !(word.tail === ',' && depth > 0)) end();
  }
  end();
  const whole = splitter.parts.map((part) => ('text' in part ? part.text : part.formula)).join('');
  return whole === sentence ? splitter.parts : [{ text: sentence }];
}
