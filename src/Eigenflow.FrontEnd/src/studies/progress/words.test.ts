import { describe, expect, it } from 'vitest';
import { duration } from '../../parts/duration';
import type { StudyProgress } from '../contracts';
import { ago, facts, rate, sentence } from './words';

const progress = (change: Partial<StudyProgress>): StudyProgress => ({ word: 'running', planned: 10, done: 4, failed: 0, running: 0, damaged: 0, diverged: 0, missing: 6, read: 4, version: 1, notes: [], ...change });

describe('words of progress', () => {
  it('says what is done, failed, running and left', () => {
    expect(facts(progress({ failed: 1, running: 2, missing: 5, perSecond: 2.04, secondsLeft: 2.5 }))).toEqual(['4 of 10 runs done', '1 failed', '2 running', '3 waiting', '2 runs/s', 'about 3 s left']);
    expect(facts(progress({ done: 10, missing: 0, read: 10 }))).toEqual(['All 10 runs done']);
    expect(sentence(progress({ running: 1, perSecond: 1 }))).toBe('4 of 10 runs done, 1 running, 5 waiting.');
    expect(facts(progress({ planned: 100_000, done: 50_000, read: 120, missing: 50_000 }))[0]).toBe('50\u202f000 of 100\u202f000 runs done');
  });

  it('says times and rates as people do', () => {
    expect([0.3, 1.2, 12.4, 89, 300, 3600, 4 * 3600 + 120, 300_000].map(duration)).toEqual(['less than a second', '1 s', '12 s', '89 s', '5 min', '60 min', '4 h 2 min', '3 days']);
    expect([250, 3.14, 0.5, 0.001].map(rate)).toEqual(['250 runs/s', '3.1 runs/s', '30 runs/min', '3.6 runs/h']);
    expect(ago('2026-01-01T00:00:00Z', Date.parse('2026-01-01T00:02:00Z'))).toBe('2 min ago');
  });
});
