import { follow } from '../api/stream';
import { isAborted, RefusedError, type RefusedValue } from '../api/client';
import type { RunAnswer, RunRequest } from '../api/contracts';
import { createStore, type Store } from '../state/store';

/** A simulation of this page, from its start until it is removed. */
export interface Simulation extends RunRequest {
  readonly id: number;
  readonly status: 'waiting' | 'running' | 'completed' | 'diverged' | 'failed' | 'cancelled' | 'refused';
  readonly fraction: number;
  readonly secondsLeft?: number;
  /** Rows that can be drawn. */
  readonly rows: number;
  /** What is said of its end where it did not end well. */
  readonly message: string;
  /** The values that a refusal concerns. */
  readonly refused?: readonly RefusedValue[];
}

export interface Simulations {
  readonly list: Store<readonly Simulation[]>;
  /** Starts one; what has the same run and is there already is replaced. */
  start(run: RunRequest): void;
  cancel(id: number): void;
  remove(id: number): void;
  stop(): void;
}

export const isRunning = (simulation: Simulation): boolean => simulation.status === 'waiting' || simulation.status === 'running';

/** More could not be told apart in a figure: the oldest that has ended makes room. */
const most = 12;

const same = (first: RunRequest, second: RunRequest): boolean => first.method === second.method && JSON.stringify(Object.entries(first.setting).sort()) === JSON.stringify(Object.entries(second.setting).sort());

/** What is told of the start and the end of simulations. */
export type Told = (simulation: Simulation, what: 'started' | 'ended') => void;

/** The simulations of one system: each is a stream of the server, which ends with it. */
export function createSimulations(system: string, told: Told): Simulations {
  const list = createStore<readonly Simulation[]>([]);
  const streams = new Map<number, AbortController>();
  let made = 0;

  const find = (id: number): Simulation | undefined => list.get().find((simulation) => simulation.id === id);
  const change = (id: number, part: Partial<Simulation>): void => list.set(list.get().map((simulation) => (simulation.id === id ? { ...simulation, ...part } : simulation)));
  const end = (id: number, part: Partial<Simulation>): void => {
    streams.delete(id);
    change(id, part);
    const ended = find(id);
    if (ended) told(ended, 'ended');
  };

  const run = async (simulation: Simulation, controller: AbortController): Promise<void> => {
    const { id, method, setting } = simulation;
    try {
      const { run: answer } = await follow<{ run: RunAnswer }>(`systems/${encodeURIComponent(system)}/runs`, { method, setting }, controller.signal, ({ name, data }) => {
        if (name === 'progress') {
          const { fraction, activity, secondsLeft } = data as { fraction: number; activity: string; secondsLeft?: number };
          change(id, { fraction, status: activity === 'waiting' ? 'waiting' : 'running', ...(secondsLeft === undefined ? {} : { secondsLeft }) });
        } else if (name === 'partial') change(id, { rows: (data as { rows: number }).rows });
      });
      end(id, { status: answer.status, message: answer.message, rows: answer.rows, fraction: 1 });
    } catch (error) {
      if (isAborted(error)) end(id, { status: 'cancelled' });
      else end(id, { status: 'refused', message: error instanceof Error ? error.message : String(error), ...(error instanceof RefusedError ? { refused: error.values } : {}) });
    }
  };

  const remove = (id: number): void => {
    streams.get(id)?.abort();
    list.set(list.get().filter((simulation) => simulation.id !== id));
  };

  return {
    list,
    start({ method, setting }) {
      for (const other of list.get()) if (same(other, { method, setting })) remove(other.id);
      const ended = list.get().filter((other) => !isRunning(other));
      if (list.get().length >= most && ended[0]) remove(ended[0].id);
      const simulation: Simulation = { id: ++made, method, setting, status: 'waiting', fraction: 0, rows: 0, message: '' };
      const controller = new AbortController();
      streams.set(simulation.id, controller);
      list.set([...list.get(), simulation]);
      told(simulation, 'started');
      void run(simulation, controller);
    },
    cancel: (id) => streams.get(id)?.abort(),
    remove,
    stop() {
      for (const controller of streams.values()) controller.abort();
    },
  };
}
