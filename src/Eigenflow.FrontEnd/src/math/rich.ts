// Texts with raised and lowered parts, as in 10^{-3} and S_d, by elements alone.

const script = /([_^])(\{([^}]*)\}|\(([^()]*)\)|[A-Za-z0-9α-ωΑ-Ω]+(?:,\d+)?|[∞½±*])/gu;

/** Appends a text to a host, with scripts as elements. */
export function appendRich(host: Node, text: string): void {
  let from = 0;
  for (const found of text.matchAll(script)) {
    // A letter must stand before: names such as learning_rate have no script, file names neither.
    const before = text.slice(0, found.index);
    if (!/(^|[^A-Za-z])[A-Za-z]$|[α-ωΑ-Ω)\]}‖|*0-9²⟩′]$/u.test(before) || (found[1] === '_' && /^[a-z]{6,}/.test(found[2]!))) continue;
    host.appendChild(document.createTextNode(text.slice(from, found.index)));
    const element = document.createElement(found[1] === '_' ? 'sub' : 'sup');
    element.textContent = found[3] ?? found[4] ?? found[2]!;
    host.appendChild(element);
    from = found.index + found[0].length;
  }
  host.appendChild(document.createTextNode(text.slice(from)));
}
