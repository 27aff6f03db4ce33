import { draw, isAborted, RefusedError } from '../api/client';
import type { DrawAnswer, RunRequest, SystemTables } from '../api/contracts';
import type { SystemState } from '../state/system-state';
import type { SimulationCurve } from './context';
import { createLatest } from './latest';
import type { Stopwatch } from './latency';
import { isTheory } from '../state/codec';
import { hasMarks } from '../claims/marks';
import { runsOf } from './setting';

/** How long a curve may be on its way before the one before it is shown faint. */
const faintAfter = 90;

/** How long a slider rests before drafts are solved as they were asked for. */
const refineAfter = 120;

export interface DrawJob {
  readonly runs: readonly RunRequest[];
  readonly pins: readonly RunRequest[];
  readonly kept: readonly RunRequest[];
  /** Whether what is predicted is marked on the curves. */
  readonly marks: boolean;
  /** Whether curves may be drafts, because a slider moves. */
  readonly isDraft: boolean;
  /** Null where nobody waits: drafts are there already. */
  readonly watch: Stopwatch | null;
}

export interface DrawingEvents {
  landed(answer: DrawAnswer, job: DrawJob, trouble: string | null): void;
  /** The engine refused, or the server could not be reached. */
  failed(error: RefusedError | Error): void;
  stale(isStale: boolean): void;
  /** Something was asked for, or all that was asked for is there. */
  busy(isBusy: boolean): void;
  /** Curves are awaited from now on, or no more. */
  waits(isWaiting: boolean): void;
  /** What was asked for was given up. */
  cancelled(): void;
  /** There is nothing to draw: no method is chosen. */
  empty(): void;
}

export interface Drawing {
  /** Draws a state unless it shows the curves that were asked for last; `cause` is the event that it came with. */
  follow(state: SystemState, simulations: readonly SimulationCurve[], cause: { readonly at: number; readonly isUrgent: boolean }, isForced?: boolean): void;
  /** Gives up what is being solved. */
  cancel(): void;
  stop(): void;
}

const request = ({ method, setting }: RunRequest): RunRequest => ({ method, setting });

/** Asks the server for the figure of a state, the latest first. */
export function createDrawing(tables: SystemTables, events: DrawingEvents): Drawing {
  const roles = new Map(tables.methods.map((method) => [method.name, method.role]));
  let key = '';
  let endFaint: ReturnType<typeof setTimeout> | undefined;
  let refining: ReturnType<typeof setTimeout> | undefined;

  const calm = (): void => {
    clearTimeout(endFaint);
    endFaint = undefined;
    events.stale(false);
  };

  const solve = async (job: DrawJob, signal: AbortSignal): Promise<{ answer: DrawAnswer; trouble: string | null }> => {
    const { watch } = job;
    if (watch) watch.sent = performance.now();
    const read = async (pins: readonly RunRequest[]): Promise<DrawAnswer> => {
      const answer = await draw(tables.id, [...job.runs, ...pins], signal, job.kept, job.marks, job.isDraft);
      if (watch) watch.server = 1000 * answer.seconds;
      return answer;
    };
    try {
      return { answer: await read(job.pins), trouble: null };
    } catch (error) {
      // A pinned setting that cannot be drawn does not keep the others from it.
      if (isAborted(error) || job.pins.length === 0 || job.runs.length === 0 || !(error instanceof RefusedError)) throw error;
      return { answer: await read([]), trouble: `A pinned setting is not drawn: ${error.message}` };
    }
  };

  const latest = createLatest(solve, {
    landed({ answer, trouble }, job) {
      if (!latest.isBusy()) calm();
      else clearTimeout(endFaint);
      const isToRefine = answer.isDraft === true && !latest.isBusy();
      if (isToRefine) refining = setTimeout(() => latest.ask({ ...job, isDraft: false, watch: null }), refineAfter);
      events.waits(false);
      events.landed(answer, job, trouble);
      if (latest.isBusy()) events.waits(true);
      events.busy(latest.isBusy() || isToRefine);
    },
    failed(error) {
      clearTimeout(endFaint);
      endFaint = undefined;
      events.stale(true);
      events.waits(latest.isBusy());
      events.failed(error instanceof Error ? error : new Error(String(error)));
      events.busy(latest.isBusy());
    },
    started({ watch }) {
      if (watch) endFaint ??= setTimeout(() => events.stale(true), faintAfter);
    },
  });

  return {
    follow(state, simulations, cause, isForced = false) {
      const runs = runsOf(state, tables);
      // A pin that is what the controls say is one curve with theirs.
      const asked = new Set(runs.map((run) => JSON.stringify(request(run))));
      const pins = state.pins.filter((pin) => isTheory(roles.get(pin.method) ?? '')).map(request).filter((pin) => !asked.has(JSON.stringify(pin)));
      const kept = [...state.pins.filter((pin) => !isTheory(roles.get(pin.method) ?? '')), ...simulations].map(request);
      const marks = hasMarks(state);
      const next = JSON.stringify([runs, pins, kept, marks]);
      if (next === key && !isForced) return;
      key = next;
      clearTimeout(refining);
      if (runs.length + pins.length === 0) {
        latest.cancel();
        calm();
        events.waits(false);
        events.empty();
        events.busy(false);
        return;
      }
      events.busy(true);
      events.waits(true);
      latest.ask({ runs, pins, kept, marks, isDraft: !cause.isUrgent, watch: { input: cause.at, sent: 0, server: 0 } }, cause.isUrgent);
    },
    cancel() {
      clearTimeout(endFaint);
      clearTimeout(refining);
      endFaint = undefined;
      key = '';
      latest.cancel();
      events.stale(true);
      events.waits(false);
      events.cancelled();
      events.busy(false);
    },
    stop() {
      clearTimeout(endFaint);
      clearTimeout(refining);
      latest.stop();
    },
  };
}
