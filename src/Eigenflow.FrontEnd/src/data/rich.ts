import { el } from '../parts/dom';

/** A sentence of the engine with its raised and lowered parts: `10^{-3}`. */
export function rich(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let rest = text;
  for (let match; (match = /([\^_])\{([^{}]*)\}/.exec(rest)); rest = rest.slice(match.index + match[0].length)) {
    fragment.append(rest.slice(0, match.index), el(match[1] === '^' ? 'sup' : 'sub', {}, match[2]!));
  }
  fragment.append(rest);
  return fragment;
}
