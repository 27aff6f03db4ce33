import { describe, expect, it } from 'vitest';
import { splitSentence } from './sentence';

const marked = (text: string): string => splitSentence(text).map((part) => ('text' in part ? part.text : `⟦${part.formula}⟧`)).join('');

describe('sentences', () => {
  it.each([
    ['Self overlap s = wᵀQw.', 'Self overlap ⟦s = wᵀQw⟧.'],
    ['First time with |u| ≥ δ s*: the end of Phase I.', 'First time with ⟦|u| ≥ δ s*⟧: the end of Phase I.'],
    ['Exponent of 1 − s, 1 − u and L ∝ t^(−β) in Phase IIb: β = (a + b − 1)/a.', 'Exponent of ⟦1 − s⟧, ⟦1 − u⟧ and ⟦L ∝ t^(−β)⟧ in Phase IIb: ⟦β = (a + b − 1)/a⟧.'],
    ['with both in [1 − ε, 1 + ε]: the end', 'with both in ⟦[1 − ε, 1 + ε]⟧: the end'],
    ['b = 0 (s* = 1; times s* otherwise).', '⟦b = 0⟧ (⟦s* = 1⟧; times ⟦s*⟧ otherwise).'],
    ['a student of model-size modes with learning_rate in a file', 'a student of model-size modes with learning_rate in a file'],
    ['the theory needs a > 1.', 'the theory needs ⟦a > 1⟧.'],
    ['Normalised over x = 0.01 … 0.99 of it.', 'Normalised over ⟦x = 0.01 … 0.99⟧ of it.'],
    ['D_M = ½ Σ_{j > M} λ_j θ*_j²; M', '⟦D_M = ½ Σ_{j > M} λ_j θ*_j²⟧; M'],
    ['Loss: approximation + signal + noise.', 'Loss: approximation + signal + noise.'],
    ['', ''],
    ['two  spaces stay', 'two  spaces stay'],
  ])('%s', (text, expected) => {
    expect(marked(text)).toBe(expected);
  });
});
