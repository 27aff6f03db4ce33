/** How the address follows the state: a burst of changes, such as a drag, is one step of the browser's history. */

/** A burst ends when nothing changed for as long. */
const settled = 800;
/** Browsers refuse to be written to more often than about seven times a second. */
const between = 400;

export interface AddressHost {
  push(address: string): void;
  replace(address: string): void;
  /** Calls after some milliseconds; gives what takes that back. */
  later(call: () => void, milliseconds: number): () => void;
}

export interface AddressKeeper {
  /** The state has a new address. */
  follow(address: string): void;
  /** The address came from outside, such as by the back button: nothing is written. */
  take(address: string): void;
  /** While something is held, such as a slider, its burst goes on. */
  hold(isHeld: boolean): void;
  /** Writes what waits, now. */
  flush(): void;
  stop(): void;
}

export const browserHost: AddressHost = {
  push: (address) => history.pushState(history.state, '', address),
  replace: (address) => history.replaceState(history.state, '', address),
  later(call, milliseconds) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

export function createAddress(initial: string, host: AddressHost = browserHost): AddressKeeper {
  let written = initial;
  let wanted = initial;
  let isBurst = false;
  let isHeld = false;
  let endBurst: (() => void) | null = null;
  let nextWrite: (() => void) | null = null;

  const write = (): void => {
    nextWrite = null;
    if (wanted === written) return;
    host.replace(wanted);
    written = wanted;
  };

  const rest = (): void => {
    endBurst?.();
    endBurst = host.later(() => {
      endBurst = null;
      if (!isHeld) isBurst = false;
      nextWrite?.();
      write();
    }, settled);
  };

  return {
    follow(address) {
      if (address === wanted) return;
      wanted = address;
      rest();
      if (isBurst) {
        nextWrite ??= host.later(write, between);
        return;
      }
      isBurst = true;
      host.push(address);
      written = address;
    },
    take(address) {
      endBurst?.();
      nextWrite?.();
      endBurst = nextWrite = null;
      isBurst = false;
      written = wanted = address;
    },
    hold(held) {
      isHeld = held;
      if (!held && isBurst) rest();
    },
    flush() {
      nextWrite?.();
      write();
    },
    stop() {
      endBurst?.();
      nextWrite?.();
    },
  };
}
