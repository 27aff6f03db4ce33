import { isAborted } from '../api/client';

// Younger requests land and are painted, so that a drag never starves.
const spared = 60;

export interface Latest<T> {
  /** Asks for a value; of those that come while one is on its way the last one waits, and the others are forgotten. */
  ask(value: T): void;
  stop(): void;
}

/** At most one request at a time, and none that nobody waits for. */
export function createLatest<T, A>(request: (value: T, signal: AbortSignal) => Promise<A>, land: (answer: A, value: T) => void, fail: (error: unknown) => void, now: () => number = () => performance.now()): Latest<T> {
  let running: { readonly abort: AbortController; readonly since: number } | null = null;
  let waiting: { readonly value: T } | null = null;
  let isStopped = false;

  const start = (value: T): void => {
    const abort = new AbortController();
    const mine = { abort, since: now() };
    running = mine;
    const end = (then: () => void): void => {
      if (running === mine) running = null;
      if (isStopped) return;
      then();
      if (waiting && !running) {
        const next = waiting;
        waiting = null;
        start(next.value);
      }
    };
    request(value, abort.signal).then(
      (answer) => end(() => (abort.signal.aborted ? undefined : land(answer, value))),
      (error: unknown) => end(() => (isAborted(error) || abort.signal.aborted ? undefined : fail(error))),
    );
  };

  return {
    ask(value) {
      if (!running) {
        start(value);
        return;
      }
      waiting = { value };
      if (now() - running.since > spared) running.abort.abort();
    },
    stop() {
      isStopped = true;
      waiting = null;
      running?.abort.abort();
    },
  };
}
