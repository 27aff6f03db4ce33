import type { SystemEntry } from '../api/contracts';

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word that was typed stands somewhere in what is known of a system. */
export function matches(entry: SystemEntry, typed: string): boolean {
  const text = plain([entry.id, entry.title, entry.family, entry.question, entry.summary, entry.paper].join(' '));
  return plain(typed)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The families in the order in which their first systems come, each with its systems. */
export function families(entries: readonly SystemEntry[]): readonly { readonly name: string; readonly systems: readonly SystemEntry[] }[] {
  const found = new Map<string, SystemEntry[]>();
  for (const entry of entries) {
    const members = found.get(entry.family);
    if (members) members.push(entry);
    else found.set(entry.family, [entry]);
  }
  return [...found].map(([name, systems]) => ({ name, systems }));
}
