import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { toTex } from './tex';

const cases: Record<string, string> = {
  's*⁽²⁾': 's^{*(2)}',
  'η_max(B)': '\\eta_{\\mathrm{max}} (B)',
  κ_s: '\\kappa_{s}',
  'λ_i ∝ i^(−a)': '\\lambda_{i} \\propto i^{- a}',
  'E‖w − w*‖²': '\\mathbb{E}\\lVert w - w^{*}\\rVert^{2}',
  '√(8dD′)': "\\sqrt{8dD'}",
  '⟨T₁⟩': '\\langle T_{1}\\rangle',
  't^{−1/2}': 't^{- 1 / 2}',
  'w*_i²': '{w_{i}^{*}}^{2}',
  'p^γ*': 'p^{\\gamma^{*}}',
  'λ^(i)': '\\lambda^{(i)}',
  'dS_c⁻¹/dτ': 'dS_{c}^{-1} / d\\tau',
  'Σ_11': '\\Sigma_{11}',
  'Σ_{i>p} λ_i': '\\textstyle\\sum_{i > p} \\lambda_{i}',
  'tr QΣ + 8 Var u': '\\operatorname{tr} Q\\Sigma + 8\\operatorname{Var} u',
  'E[x₀|x]': '\\mathbb{E}[x_{0}\\mid x]',
  '|C|₊': '\\lvert C\\rvert_{+}',
  'σ̄': '\\bar{\\sigma}',
  'ẇ': '\\dot{w}',
  'λ~_10': '\\tilde{\\lambda}_{10}',
  '‖w*_{≤p}‖²': '\\lVert w_{\\le p}^{*}\\rVert^{2}',
  'd^{-1/4}/η': 'd^{- 1 / 4} / \\eta',
  'T₂^∞': 'T_{2}^{\\infty}',
  'MSE∞': '\\mathrm{MSE}_{\\infty}',
  '1e-3': '10^{-3}',
  'm_p,high': 'm_{p,\\mathrm{high}}',
  '(Σw)²/Σw²': '(\\textstyle\\sum w)^{2} / \\textstyle\\sum w^{2}',
};

describe('formulas', () => {
  it.each(Object.entries(cases))('%s', (formula, tex) => {
    expect(toTex(formula)).toBe(tex);
    expect(() => katex.renderToString(tex, { throwOnError: true, strict: 'error' })).not.toThrow();
  });

  it.each(['', ' ', '(a', 'a)', '‖x', 'weights', 'a_', 'a^', 'x²³²^2', '#ties', 'n?', 'a"b', '\\frac{1}{2}', 'a & b', '$x$', 'x_1_2', '√', '{', 'α_{x'])('leaves %j as text', (text) => {
    expect(toTex(text)).toBeNull();
  });

  it('takes time in proportion to the text', () => {
    const started = performance.now();
    toTex('(('.repeat(2000));
    toTex('|a'.repeat(4001));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
