// Addresses: all of a page's state stands behind the hash, as #/path?query.

export interface Route {
  /** Path without slashes at its ends, its parts decoded: `#/systems/phase-retrieval` gives `systems`, `phase-retrieval`. */
  readonly parts: readonly string[];
  /** What stands behind the first question mark, as it is written; empty for none. */
  readonly query: string;
  /** What the names of the pattern matched: `:id`, or `*rest` for all parts that are left, joined by slashes. */
  readonly names: Readonly<Record<string, string>>;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Reads an address; what does not begin with `#/` is the start page. */
export function readRoute(hash: string): Route {
  const text = hash.startsWith('#/') ? hash.slice(2) : '';
  const mark = text.indexOf('?');
  const path = mark < 0 ? text : text.slice(0, mark);
  return { parts: path.split('/').filter((part) => part !== '').map(decoded), query: mark < 0 ? '' : text.slice(mark + 1), names: {} };
}

/** The route with the names of a pattern, or null where it does not match. */
export function matchRoute(pattern: string, route: Route): Route | null {
  const wanted = pattern.split('/').filter((part) => part !== '');
  const names: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith('*')) {
      names[part.slice(1)] = route.parts.slice(index).join('/');
      return { ...route, names };
    }
    const found = route.parts[index];
    if (found === undefined) return null;
    if (part.startsWith(':')) names[part.slice(1)] = found;
    else if (part !== found) return null;
  }
  return wanted.length === route.parts.length ? { ...route, names } : null;
}
