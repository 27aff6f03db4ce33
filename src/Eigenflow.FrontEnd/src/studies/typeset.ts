// Texts of the engine hold raised and lowered parts as ^{…} and _{…}.

export interface Part {
  readonly text: string;
  readonly place: 'line' | 'raised' | 'lowered';
}

/** The parts of a text. */
export function parts(text: string): Part[] {
  const result: Part[] = [];
  let rest = 0;
  for (const match of text.matchAll(/([\^_])\{([^{}]*)\}/g)) {
    if (match.index > rest) result.push({ text: text.slice(rest, match.index), place: 'line' });
    result.push({ text: match[2]!, place: match[1] === '^' ? 'raised' : 'lowered' });
    rest = match.index + match[0].length;
  }
  if (rest < text.length) result.push({ text: text.slice(rest), place: 'line' });
  return result;
}

/** A text with its raised and lowered parts, as nodes. */
export function typeset(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const part of parts(text)) {
    if (part.place === 'line') {
      fragment.append(part.text);
      continue;
    }
    const node = document.createElement(part.place === 'raised' ? 'sup' : 'sub');
    node.textContent = part.text;
    fragment.append(node);
  }
  return fragment;
}

const raised: Record<string, string> = { '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '−': '⁻', '-': '⁻' };

/** The same in letters alone, for places without nodes. */
export const plain = (text: string): string =>
  parts(text)
    .map((part) => (part.place === 'raised' && [...part.text].every((letter) => letter in raised) ? [...part.text].map((letter) => raised[letter]).join('') : part.place === 'raised' ? `^${part.text}` : part.text))
    .join('');
