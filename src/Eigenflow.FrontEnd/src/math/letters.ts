// How single signs of the engine's formulas are written in TeX.

export const greek: Readonly<Record<string, string>> = {
  α: '\\alpha', β: '\\beta', γ: '\\gamma', δ: '\\delta', ε: '\\varepsilon', ζ: '\\zeta', η: '\\eta', θ: '\\theta', ι: '\\iota', κ: '\\kappa', λ: '\\lambda', μ: '\\mu', ν: '\\nu',
  ξ: '\\xi', π: '\\pi', ρ: '\\rho', σ: '\\sigma', τ: '\\tau', υ: '\\upsilon', φ: '\\varphi', χ: '\\chi', ψ: '\\psi', ω: '\\omega', ϕ: '\\phi',
  Γ: '\\Gamma', Δ: '\\Delta', Θ: '\\Theta', Λ: '\\Lambda', Ξ: '\\Xi', Π: '\\Pi', Σ: '\\Sigma', Φ: '\\Phi', Ψ: '\\Psi', Ω: '\\Omega',
};

/** Signs that stand for a quantity, beside letters. */
export const quantities: Readonly<Record<string, string>> = {
  ...greek,
  ℓ: '\\ell', '∞': '\\infty', '∇': '\\nabla', '∂': '\\partial', '𝒩': '\\mathcal{N}', '…': '\\dots',
  '½': '\\tfrac{1}{2}', '⅓': '\\tfrac{1}{3}', '⅔': '\\tfrac{2}{3}', '¼': '\\tfrac{1}{4}', '¾': '\\tfrac{3}{4}',
};

/** Relations and operations. */
export const operators: Readonly<Record<string, string>> = {
  '+': '+', '−': '-', '-': '-', '=': '=', '<': '<', '>': '>', '/': '/', '±': '\\pm', '×': '\\times', '·': '\\cdot', '≤': '\\le', '≥': '\\ge', '≪': '\\ll', '≫': '\\gg', '≲': '\\lesssim',
  '≳': '\\gtrsim', '≈': '\\approx', '∝': '\\propto', '→': '\\to', '←': '\\leftarrow', '⪰': '\\succeq', '⪯': '\\preceq', '≠': '\\ne', '∈': '\\in', '~': '\\sim', '∼': '\\sim',
};

export const brackets: Readonly<Record<string, { readonly close: string; readonly tex: readonly [string, string] }>> = {
  '(': { close: ')', tex: ['(', ')'] },
  '[': { close: ']', tex: ['[', ']'] },
  '⟨': { close: '⟩', tex: ['\\langle ', '\\rangle '] },
  '⌈': { close: '⌉', tex: ['\\lceil ', '\\rceil '] },
  '⌊': { close: '⌋', tex: ['\\lfloor ', '\\rfloor '] },
};

export const bars: Readonly<Record<string, readonly [string, string]>> = { '|': ['\\lvert ', '\\rvert '], '‖': ['\\lVert ', '\\rVert '] };

export const raised: Readonly<Record<string, string>> = {
  '⁰': '0', '¹': '1', '²': '2', '³': '3', '⁴': '4', '⁵': '5', '⁶': '6', '⁷': '7', '⁸': '8', '⁹': '9', '⁺': '+', '⁻': '-', '⁽': '(', '⁾': ')', ᵀ: '\\mathsf{T}', ᶜ: 'c', ⁿ: 'n', ⁱ: 'i', ᵏ: 'k', ᵈ: 'd',
};

export const lowered: Readonly<Record<string, string>> = {
  '₀': '0', '₁': '1', '₂': '2', '₃': '3', '₄': '4', '₅': '5', '₆': '6', '₇': '7', '₈': '8', '₉': '9', '₊': '+', '₋': '-', ᵢ: 'i', ⱼ: 'j', ₖ: 'k', ₙ: 'n', ₘ: 'm', ₜ: 't',
};

/** Marks above a letter, after the letter. */
export const accents: Readonly<Record<string, string>> = { '\u0304': '\\bar', '\u0307': '\\dot', '\u0303': '\\tilde', '\u0302': '\\hat', '~': '\\tilde' };

const builtIn = ['ln', 'log', 'exp', 'cos', 'sin', 'tan', 'cosh', 'sinh', 'tanh', 'arccos', 'arcsin', 'arctan', 'min', 'max', 'det', 'lim', 'sup', 'inf'];
const named = ['tr', 'Tr', 'Var', 'Cov', 'cov', 'med', 'sd', 'rms', 'sign', 'erf', 'diag', 'rank', 'span'];

/** Names of functions that are more than one letter. */
export const functions: Readonly<Record<string, string>> = Object.fromEntries([...builtIn.map((name) => [name, `\\${name} `]), ...named.map((name) => [name, `\\operatorname{${name}} `])]);

/** Names of quantities that are more than one letter. */
export const abbreviations: ReadonlySet<string> = new Set(['MSE', 'KL', 'LB', 'PR', 'SGD', 'GD', 'SNR', 'SGLD', 'SGWORLD', 'WOR', 'ok']);

/** Words that may stand between the parts of a symbol. */
export const words: ReadonlySet<string> = new Set(['or', 'orbit', 'tail', 'offset']);

/** Short words of subscripts; longer ones are words in any case. */
export const shortSubscripts: ReadonlySet<string> = new Set(['tr', 'ms', 'lo', 'hi', 'in']);
