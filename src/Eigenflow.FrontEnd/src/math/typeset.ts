import katex from 'katex';
import 'katex/dist/katex.min.css';

/** Typesets TeX into an element, with MathML for readers of the screen. Throws where KaTeX does. */
export const typeset = (host: HTMLElement, tex: string): void => katex.render(tex, host, { output: 'htmlAndMathml', throwOnError: true, strict: 'error', trust: false });
