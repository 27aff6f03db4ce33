import { richNodes } from '../../chart/text/rich';

/** A text of the engine with its raised and lowered parts, as nodes. */
export function typeset(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...richNodes(text));
  return fragment;
}
