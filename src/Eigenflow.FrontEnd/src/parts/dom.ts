// Elements without a framework. Styles are never given here: the content security policy allows them by classes and by `element.style` alone.

export type Child = Node | string | null | undefined | false;

type Attribute = string | number | boolean | null | undefined;

/** Attributes by their names (true writes an empty one, false and null none), `class`, and listeners as `onclick` and the like. */
export type Attributes = { readonly [name: string]: Attribute | EventListener | ((event: never) => void) } & { readonly style?: never };

function apply(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value as EventListener);
    else setAttribute(element, name, value as Attribute);
  }
}

/** Sets or takes away an attribute; writes nothing where it stands already. */
export function setAttribute(element: Element, name: string, value: Attribute): void {
  const text = value === true ? '' : value === false || value === null || value === undefined ? null : String(value);
  if (element.getAttribute(name) === text) return;
  if (text === null) element.removeAttribute(name);
  else element.setAttribute(name, text);
}

/** Makes an element: `el('button', { class: 'button', onclick: reset }, 'Reset')`. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, attributes);
  append(element, children);
  return element;
}

/** Makes an element of a vector picture. */
export function svg<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: readonly Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  apply(element, attributes);
  append(element, children);
  return element;
}

/** Puts children in place of those that stand there. */
export function replace(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** Writes a text where it differs: a page that follows a slider does not touch what stays. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== null && child !== undefined && child !== false) parent.append(child);
}

let made = 0;

/** A name that no other element of the page has, for labels and descriptions. */
export const uniqueId = (prefix: string): string => `${prefix}-${++made}`;
