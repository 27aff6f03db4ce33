import type { Typed, Use } from './api';

/** What the view of data shows, whole: it is written into the address. Files are named by their ids, which the server knows while it runs. */
export interface DataState {
  /** The first is the main one. */
  readonly files: readonly string[];
  /** Those of the files that are held out and forecast. */
  readonly held: readonly string[];
  readonly use: Use | null;
  readonly typed: Typed;
}

export const emptyState: DataState = { files: [], held: [], use: null, typed: {} };

const isUse = (text: string | null): text is Use => text !== null && ['loss-curve', 'table', 'samples', 'eigenvalues', 'covariance'].includes(text);
const isId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);
const isName = (text: string): boolean => /^[a-z][A-Za-z]{0,30}$/.test(text);

/** Writes a state as the query of an address. */
export function encode(state: DataState): string {
  const query = new URLSearchParams();
  if (state.files.length > 0) query.set('files', state.files.join(','));
  if (state.held.length > 0) query.set('held', state.held.join(','));
  if (state.use) query.set('as', state.use);
  for (const [name, value] of Object.entries(state.typed)) {
    if (value === true) query.set(name, '');
    else if (value !== '' && value !== false) query.set(name, value);
  }
  return query.toString();
}

/** Reads a query; what is no part of a state is left out. */
export function decode(text: string): DataState {
  const query = new URLSearchParams(text);
  const ids = (name: string): string[] => (query.get(name) ?? '').split(',').filter(isId);
  const files = ids('files');
  const typed: Record<string, string | boolean> = {};
  for (const [name, value] of query) if (!['files', 'held', 'as'].includes(name) && isName(name)) typed[name] = value === '' ? true : value;
  const use = query.get('as');
  return { files, held: ids('held').filter((id) => files.includes(id) && id !== files[0]), use: isUse(use) ? use : null, typed };
}
