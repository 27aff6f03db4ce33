import katex from 'katex';
import { expect, it } from 'vitest';
import corpus from './fixtures/catalog.json';
import { splitSentence } from './sentence';
import { toTex } from './tex';

// All that the systems say of their quantities; a test of the engine keeps the file equal to the catalog.
const typesets = (tex: string): boolean => katex.renderToString(tex, { throwOnError: true, strict: 'error', output: 'htmlAndMathml' }).length > 0;

it('typesets every symbol, but for the few that are no formulas', () => {
  const left = corpus.symbols.filter((symbol) => {
    const tex = toTex(symbol);
    return tex === null || !typesets(tex);
  });
  expect(corpus.symbols.length).toBeGreaterThan(600);
  expect(left).toEqual(['#', '#t*', '#ties', 'n?']);
});

it('typesets the formulas of every sentence, and loses nothing of it', () => {
  let formulas = 0;
  for (const sentence of corpus.sentences) {
    const parts = splitSentence(sentence);
    expect(parts.map((part) => ('text' in part ? part.text : part.formula)).join('')).toBe(sentence);
    for (const part of parts) if ('tex' in part && typesets(part.tex)) formulas++;
  }
  expect(formulas).toBeGreaterThan(500);
});
