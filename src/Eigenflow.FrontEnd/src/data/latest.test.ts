import { describe, expect, it } from 'vitest';
import { createLatest } from './latest';

const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

describe('requests of which the latest wins', () => {
  it('lands the first and the last of a burst, and asks for nothing between', async () => {
    const asked: number[] = [];
    const landed: number[] = [];
    const latest = createLatest<number, number>(
      async (value) => {
        asked.push(value);
        await turn();
        return value;
      },
      (answer) => landed.push(answer),
      () => undefined,
      () => 0,
    );
    for (let value = 1; value <= 5; value++) latest.ask(value);
    await turn();
    await turn();
    await turn();
    expect(asked).toEqual([1, 5]);
    expect(landed).toEqual([1, 5]);
  });

  it('ends a request that is older than it may be', async () => {
    let clock = 0;
    const landed: number[] = [];
    const latest = createLatest<number, number>(
      (value, signal) =>
        new Promise((done, failed) => {
          signal.addEventListener('abort', () => failed(new DOMException('', 'AbortError')));
          if (value === 2) done(value);
        }),
      (answer) => landed.push(answer),
      () => landed.push(-1),
      () => clock,
    );
    latest.ask(1);
    clock = 100;
    latest.ask(2);
    await turn();
    expect(landed).toEqual([2]);
  });

  it('says nothing once it is stopped', async () => {
    const landed: number[] = [];
    const latest = createLatest<number, number>(async (value) => value, (answer) => landed.push(answer), () => landed.push(-1));
    latest.ask(1);
    latest.stop();
    await turn();
    expect(landed).toEqual([]);
  });
});
