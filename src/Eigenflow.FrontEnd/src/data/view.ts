import { isAborted, RefusedError } from '../api/client';
import type { DataFile, Typed } from './api';
import { type Field, refuse, typedOf, saidHere } from './parts/fields';
import type { Result } from './parts/result';

/** What a view of data works on. */
export interface ViewContext {
  readonly files: readonly DataFile[];
  readonly held: readonly string[];
  readonly typed: Typed;
  /** Keeps what was typed, in the address too. */
  keep(typed: Typed): void;
  announce(sentence: string): void;
}

export interface DataView {
  destroy(): void;
}

export const stemOf = (file: DataFile): string => file.name.replace(/\.[^.]*$/, '');

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Says an error at the field that it concerns, else at the result. */
export function sayTrouble(error: unknown, fields: readonly Field[], result: Result): void {
  if (isAborted(error)) return;
  const words = saidHere(wordsOf(error), fields);
  const isShown = refuse(fields, error instanceof RefusedError ? error.parameter : undefined, words);
  result.fail(isShown ? '' : words);
}

/** Puts into fields what was typed before. */
export function fill(fields: readonly Field[], typed: Typed): void {
  for (const field of fields) {
    const value = typed[field.name];
    if (value !== undefined) field.set(value);
  }
}

/** Calls once nothing came for a moment: a window that is dragged is fitted when the hand rests, and does not change under it. */
export function whenSettled(call: () => void, milliseconds = 200): { (): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = (): void => {
    clearTimeout(timer);
    timer = setTimeout(call, milliseconds);
  };
  return Object.assign(again, { stop: () => clearTimeout(timer) });
}

export { typedOf };
