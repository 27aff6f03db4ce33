/**
 * The latest wins: of the jobs that come while one runs only the last waits, and a job that runs for longer than a moment is given up for it. Younger ones land, so that a drag sees curves.
 * At most one job begins per frame, but for urgent ones.
 */

/** How long a running job is left alone, in milliseconds. */
export const patience = 60;

export interface Clock {
  now(): number;
  frame(call: () => void): void;
  later(call: () => void, milliseconds: number): () => void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  frame: (call) => void requestAnimationFrame(call),
  later(call, milliseconds) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

export interface LatestEvents<J, A> {
  started?(job: J): void;
  landed(answer: A, job: J): void;
  failed(error: unknown, job: J): void;
}

export interface Latest<J> {
  /** Takes a job in place of those that wait; an urgent one, such as a typed number, begins at once. */
  ask(job: J, isUrgent?: boolean): void;
  /** Gives up what runs and what waits. */
  cancel(): void;
  /** Whether something runs or waits. */
  isBusy(): boolean;
  stop(): void;
}

export function createLatest<J, A>(work: (job: J, signal: AbortSignal) => Promise<A>, events: LatestEvents<J, A>, clock: Clock = browserClock, spared = patience): Latest<J> {
  let running: { readonly job: J; readonly since: number; readonly controller: AbortController } | null = null;
  let waiting: { readonly job: J } | null = null;
  let isFrameTaken = false;
  let endPatience: (() => void) | null = null;
  let isStopped = false;

  const giveUp = (): void => {
    const last = running;
    running = null;
    last?.controller.abort();
  };

  const begin = (): void => {
    if (!waiting || isStopped) return;
    const { job } = waiting;
    waiting = null;
    endPatience?.();
    endPatience = null;
    isFrameTaken = true;
    clock.frame(() => {
      isFrameTaken = false;
      pump();
    });
    const mine = { job, since: clock.now(), controller: new AbortController() };
    running = mine;
    events.started?.(job);
    work(job, mine.controller.signal).then(
      (answer) => {
        if (running !== mine) return;
        running = null;
        events.landed(answer, job);
        pump();
      },
      (error: unknown) => {
        if (running !== mine) return;
        running = null;
        events.failed(error, job);
        pump();
      },
    );
  };

  const pump = (): void => {
    if (!waiting || isStopped) return;
    if (running) {
      const left = spared - (clock.now() - running.since);
      if (left > 0) {
        endPatience ??= clock.later(() => {
          endPatience = null;
          pump();
        }, left);
        return;
      }
    }
    if (isFrameTaken) return;
    giveUp();
    begin();
  };

  return {
    ask(job, isUrgent = false) {
      waiting = { job };
      if (!isUrgent) return pump();
      giveUp();
      begin();
    },
    cancel() {
      waiting = null;
      giveUp();
    },
    isBusy: () => running !== null || waiting !== null,
    stop() {
      isStopped = true;
      waiting = null;
      endPatience?.();
      giveUp();
    },
  };
}
