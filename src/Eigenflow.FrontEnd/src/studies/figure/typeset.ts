import { parseRich, richNodes } from '../../chart/text/rich';

/** A text of the engine with its raised and lowered parts, as nodes. */
export function typeset(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...richNodes(text));
  return fragment;
}

const raised: Readonly<Record<string, string>> = { '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '−': '⁻', '-': '⁻' };

/** The same in letters alone, for places without nodes. */
export const plain = (text: string): string =>
  parseRich(text)
    .map((run) => (run.level <= 0 ? run.text : [...run.text].every((letter) => letter in raised) ? [...run.text].map((letter) => raised[letter]).join('') : `^${run.text}`))
    .join('');
