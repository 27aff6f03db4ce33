import { abbreviations, accents, bars, brackets, functions, greek, lowered, operators, quantities, raised, words } from './letters';
import { compose, readBelow, readNumber, type Scripts, UnsureError } from './scripts';

const isLatin = (sign: string | undefined): boolean => sign !== undefined && /^[A-Za-z]$/.test(sign);
const isSpace = (sign: string | undefined): boolean => sign === ' ' || sign === '\u00a0';

class Reader {
  private readonly signs: readonly string[];
  private at = 0;

  constructor(text: string) {
    // Letters with marks become letter and mark; other signs stay whole.
    this.signs = [...text.replace(/\p{L}\p{M}*/gu, (letter) => letter.normalize('NFD'))];
  }

  whole(): string {
    const tex = this.expression(null);
    if (this.at < this.signs.length) throw new UnsureError();
    return tex;
  }

  private expression(end: string | null): string {
    const start = this.at;
    let tex = '';
    for (;;) {
      while (isSpace(this.signs[this.at])) this.at++;
      const sign = this.signs[this.at];
      if (sign === undefined || sign === end) break;
      if (sign === ',' || sign === ';') {
        this.at++;
        tex += isSpace(this.signs[this.at]) ? `${sign}\\, ` : sign;
      } else if (sign in operators && !(sign in accents)) {
        this.at++;
        tex += ` ${operators[sign]!} `;
      } else if (sign === '|' && !this.hasPartner('|')) {
        this.at++;
        tex += '\\mid ';
      } else tex += this.item();
    }
    if (this.at === start) throw new UnsureError();
    return tex.trim();
  }

  // Whether the same sign comes again on the level of this one.
  private hasPartner(sign: string): boolean {
    let depth = 0;
    for (let index = this.at + 1; index < this.signs.length; index++) {
      const other = this.signs[index]!;
      if (other in brackets || other === '{') depth++;
      else if (other === '}' || Object.values(brackets).some((bracket) => bracket.close === other)) depth--;
      else if (depth === 0 && other === sign) return true;
      if (depth < 0) return false;
    }
    return false;
  }

  // A base with its scripts.
  private item(): string {
    const sign = this.signs[this.at]!;
    if (isLatin(sign)) return this.latin();
    if (sign === '√') {
      this.at++;
      return this.scripted(`\\sqrt{${this.underRoot()}}`);
    }
    if (/[0-9]/.test(sign)) return this.scripted(this.number());
    const word = sign === '(' ? /^\(([a-z]{3,}(?:-[a-z]+)*)\)/.exec(this.signs.slice(this.at, this.at + 32).join('')) : null;
    if (word && !(word[1]! in functions)) {
      this.at += word[0].length;
      return `(\\text{${word[1]!}})`;
    }
    const bracket = brackets[sign];
    if (bracket) return this.scripted(this.group(bracket.close, bracket.tex));
    if (sign in bars) return this.scripted(this.group(sign, bars[sign]!));
    if (sign === 'Σ' || sign === 'Π') return this.sumOrLetter(sign);
    const known = quantities[sign];
    if (known === undefined) throw new UnsureError();
    this.at++;
    return this.scripted(`${known} `);
  }

  private group(close: string, tex: readonly [string, string]): string {
    this.at++;
    const inside = this.expression(close);
    if (this.signs[this.at] !== close) throw new UnsureError();
    this.at++;
    return tex[0] + inside + tex[1];
  }

  private underRoot(): string {
    const sign = this.signs[this.at];
    if (sign === '(' || sign === '[') return this.group(sign === '(' ? ')' : ']', ['', '']);
    if (sign === undefined || isSpace(sign)) throw new UnsureError();
    return this.item().trim();
  }

  private number(): string {
    const { length, tex } = readNumber(this.signs.slice(this.at, this.at + 24).join(''));
    this.at += length;
    return tex;
  }

  // A sum or a product over what follows after a space, or the letter.
  private sumOrLetter(sign: 'Σ' | 'Π'): string {
    this.at++;
    const before = this.at;
    const below = this.signs[this.at] === '_' ? this.subscript() : '';
    const next = this.signs[this.at + (isSpace(this.signs[this.at]) ? 1 : 0)];
    const isApart = isSpace(this.signs[this.at]) || (sign === 'Π' ? next === '(' : next !== undefined && /^[a-z]$/.test(next));
    const takes = next !== undefined && (isLatin(next) || next in greek || '(⟨‖√|['.includes(next));
    if (isApart && takes) return `${sign === 'Σ' ? '\\textstyle\\sum' : '\\textstyle\\prod'}${below ? `_{${below}}` : ''} `;
    this.at = before;
    return this.scripted(`${greek[sign]!} `);
  }

  private latin(): string {
    let end = this.at;
    while (isLatin(this.signs[end])) end++;
    const run = this.signs.slice(this.at, end).join('');
    const name = functions[run];
    if (name !== undefined) {
      this.at = end;
      return this.scripted(name);
    }
    if (abbreviations.has(run)) {
      this.at = end;
      return this.scripted(`\\mathrm{${run}}`);
    }
    if (words.has(run)) {
      this.at = end;
      return run === 'or' ? '\\mathrel{\\text{or}}' : `\\text{${run}}`;
    }
    // Longer runs are words that nobody expects in a formula.
    if (run.length > 3) throw new UnsureError();
    this.at++;
    return this.scripted(run.startsWith('E') && this.isExpectation() ? '\\mathbb{E}' : run[0]!);
  }

  // The sign that is read stands behind an E.
  private isExpectation(): boolean {
    const rest = this.signs.slice(this.at, this.at + 4).join('');
    return /^ ?[‖[⟨]|^ [A-Za-zα-ω]/.test(rest);
  }

  private scripted(base: string): string {
    const scripts: Scripts = { primes: 0, star: false, below: '', above: '' };
    let accented = base;
    for (;;) {
      const sign = this.signs[this.at];
      if (sign === undefined) break;
      if (sign in accents && (sign !== '~' || /^\\?[A-Za-z]+ ?$/.test(base))) {
        this.at++;
        accented = `${accents[sign]!}{${accented.trim()}}`;
      } else if (sign === '′' || sign === "'") {
        this.at++;
        scripts.primes++;
      } else if (sign === '*') {
        if (scripts.star || scripts.above) throw new UnsureError();
        this.at++;
        scripts.star = true;
      } else if (sign === '°') {
        this.at++;
        this.raise(scripts, '\\circ');
      } else if (sign === '_') this.lower(scripts, this.subscript());
      else if (sign === '^') this.raise(scripts, this.exponent());
      else if (sign in raised) this.raise(scripts, this.run(raised));
      else if (sign in lowered) this.lower(scripts, this.run(lowered));
      else if (sign === '∞' && /[A-Za-z}]\s?$/.test(accented)) {
        this.at++;
        this.lower(scripts, '\\infty');
      } else break;
    }
    return compose(accented, scripts);
  }

  private raise(scripts: Scripts, tex: string): void {
    if (scripts.above) throw new UnsureError();
    scripts.above = tex;
  }

  private lower(scripts: Scripts, tex: string): void {
    if (scripts.below) throw new UnsureError();
    scripts.below = tex;
  }

  private run(table: Readonly<Record<string, string>>): string {
    let tex = '';
    while (this.signs[this.at] !== undefined && this.signs[this.at]! in table) tex += table[this.signs[this.at++]!]!;
    return tex;
  }

  private exponent(): string {
    this.at++;
    const sign = this.signs[this.at];
    if (sign === '{') return this.group('}', ['', '']);
    if (sign === '(') {
      const inside = this.group(')', ['', '']);
      // The index of a class or an order stays in its brackets.
      return /^[ijkn]$/.test(inside) ? `(${inside})` : inside;
    }
    if (sign === '−' || sign === '-') {
      this.at++;
      return `-${this.item().trim()}`;
    }
    if (sign === undefined || isSpace(sign)) throw new UnsureError();
    if (sign === '½') {
      this.at++;
      return '1/2';
    }
    return this.item().trim();
  }

  private subscript(): string {
    this.at++;
    const sign = this.signs[this.at];
    if (sign === undefined) throw new UnsureError();
    if (sign === '{') {
      const rest = this.signs.slice(this.at + 1).join('');
      const word = /^([A-Za-z]{2,})\}/.exec(rest);
      if (!word) return this.group('}', ['', '']);
      this.at += word[0].length + 1;
      return `\\mathrm{${word[1]!}}`;
    }
    const { length, tex } = readBelow(this.signs.slice(this.at, this.at + 24).join(''));
    this.at += length;
    return tex;
  }
}

/** The TeX of a formula as the engine writes it in Unicode, or null where anything of it is not understood. */
export function toTex(formula: string): string | null {
  // Longer than any formula, so that nothing that comes from a file nests without end.
  if (formula.length > 400) return null;
  try {
    const tex = new Reader(formula.trim()).whole();
    return tex.replace(/ {2,}/g, ' ');
  } catch (error) {
    if (error instanceof UnsureError) return null;
    throw error;
  }
}
