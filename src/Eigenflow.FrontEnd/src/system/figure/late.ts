export interface Late {
  /** Calls after a pause, in place of what waits. */
  later(call: () => void): void;
  /** Calls what waits at once. */
  now(): void;
  /** Forgets what waits. */
  drop(): void;
}

/** Something that is said after a pause, because it may not hold any more by then. */
export function createLate(pause: number): Late {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: (() => void) | null = null;
  const drop = (): void => {
    clearTimeout(timer);
    waiting = null;
  };
  const now = (): void => {
    const call = waiting;
    drop();
    call?.();
  };
  return {
    later(call) {
      drop();
      waiting = call;
      timer = setTimeout(now, pause);
    },
    now,
    drop,
  };
}
