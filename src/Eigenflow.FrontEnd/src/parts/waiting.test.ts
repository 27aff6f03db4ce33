import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWaiting, patience } from './waiting';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const told = (): { shown: boolean[]; waiting: ReturnType<typeof createWaiting> } => {
  const shown: boolean[] = [];
  return { shown, waiting: createWaiting((isShown) => void shown.push(isShown)) };
};

it('says nothing of what comes within a moment', () => {
  const { shown, waiting } = told();
  waiting.wait();
  vi.advanceTimersByTime(patience - 1);
  waiting.rest();
  vi.advanceTimersByTime(10 * patience);
  expect(shown).toEqual([]);
});

it('counts from the first thing that is awaited, whatever is asked for meanwhile', () => {
  const { shown, waiting } = told();
  waiting.wait();
  vi.advanceTimersByTime(patience / 2);
  waiting.wait();
  vi.advanceTimersByTime(patience / 2);
  expect(shown).toEqual([true]);
  waiting.rest();
  waiting.rest();
  expect(shown).toEqual([true, false]);
});
