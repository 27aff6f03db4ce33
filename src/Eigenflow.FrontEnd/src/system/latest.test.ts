import { expect, test } from 'vitest';
import { createLatest, patience, type Clock } from './latest';

/** Time that passes when a test says so: frames come every 16 ms. */
class Time implements Clock {
  private at = 0;
  private due: { at: number; call: () => void }[] = [];
  now = (): number => this.at;
  frame = (call: () => void): void => void this.later(call, 16 - (this.at % 16));
  later = (call: () => void, milliseconds: number): (() => void) => {
    const entry = { at: this.at + milliseconds, call };
    this.due.push(entry);
    return () => (this.due = this.due.filter((other) => other !== entry));
  };
  async pass(milliseconds: number): Promise<void> {
    const end = this.at + milliseconds;
    for (;;) {
      const next = this.due.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.due = this.due.filter((entry) => entry !== next);
      this.at = next.at;
      next.call();
      for (let i = 0; i < 5; i++) await Promise.resolve();
    }
    this.at = end;
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }
}

function bench(lasts: number) {
  const time = new Time();
  const log = { started: [] as number[], landed: [] as number[], aborted: [] as number[], failed: [] as unknown[], open: 0, most: 0 };
  const latest = createLatest<number, number>(
    (job, signal) =>
      new Promise((resolve, reject) => {
        log.most = Math.max(log.most, ++log.open);
        const end = time.later(() => (log.open--, resolve(job)), lasts);
        signal.addEventListener('abort', () => {
          end();
          log.open--;
          log.aborted.push(job);
          reject(new DOMException('', 'AbortError'));
        });
      }),
    { started: (job) => log.started.push(job), landed: (answer) => log.landed.push(answer), failed: (error) => log.failed.push(error) },
    time,
  );
  return { time, log, latest };
}

test('the first job begins at once', () => {
  const { log, latest } = bench(10);
  latest.ask(1);
  expect(log.started).toEqual([1]);
});

test('at most one job begins per frame, and the last of them', async () => {
  const { time, log, latest } = bench(1);
  for (let i = 1; i <= 40; i++) {
    latest.ask(i);
    await time.pass(2);
  }
  await time.pass(100);
  expect(log.started.length).toBeLessThanOrEqual(7);
  expect(log.landed.at(-1)).toBe(40);
});

test('quick answers land during a drag', async () => {
  const { time, log, latest } = bench(30);
  for (let i = 1; i <= 60; i++) {
    latest.ask(i);
    await time.pass(8);
  }
  await time.pass(200);
  expect(log.aborted).toEqual([]);
  expect(log.landed.length).toBeGreaterThan(8);
  expect(log.landed.at(-1)).toBe(60);
  expect(log.most).toBe(1);
});

test('a long job is given up for a newer one, never two at once, and nothing queues', async () => {
  const { time, log, latest } = bench(500);
  for (let i = 1; i <= 60; i++) {
    latest.ask(i);
    await time.pass(10);
  }
  expect(log.started.length).toBeLessThanOrEqual(Math.ceil(600 / patience) + 1);
  expect(log.most).toBe(1);
  await time.pass(1000);
  expect(log.landed).toEqual([60]);
  expect(log.failed).toEqual([]);
  expect(latest.isBusy()).toBe(false);
});

test('a typed number is sent at once, before what slides', () => {
  const { log, latest } = bench(500);
  latest.ask(1);
  latest.ask(2);
  latest.ask(3, true);
  expect(log.started).toEqual([1, 3]);
  expect(log.aborted).toEqual([1]);
});

test('a failure is told, and the next job begins', async () => {
  const time = new Time();
  const failed: number[] = [];
  const landed: number[] = [];
  const latest = createLatest<number, number>((job) => (job === 1 ? Promise.reject(new Error('no')) : Promise.resolve(job)), { landed: (answer) => landed.push(answer), failed: (_, job) => failed.push(job) }, time);
  latest.ask(1);
  latest.ask(2);
  await time.pass(100);
  expect([failed, landed]).toEqual([[1], [2]]);
});

test('what is given up does not land, and the next job does', async () => {
  const { time, log, latest } = bench(50);
  latest.ask(1);
  latest.cancel();
  expect(latest.isBusy()).toBe(false);
  latest.ask(2, true);
  await time.pass(500);
  expect(log.landed).toEqual([2]);
});

test('nothing lands after the end', async () => {
  const { time, log, latest } = bench(50);
  latest.ask(1);
  latest.stop();
  latest.ask(2);
  await time.pass(500);
  expect(log.landed).toEqual([]);
  expect(log.started).toEqual([1]);
});
