import type { RunAnswer, SystemTables } from '../api/contracts';
import { isTheory } from '../state/codec';
import type { PanelView, RunState } from '../state/system-state';

/** How a picture looks, in the words of `eigenflow run`. */
export interface PictureLook {
  readonly theme: 'light' | 'dark';
  readonly size: 'screen' | 'column' | 'double' | 'slide';
  readonly scale?: number;
}

/** What the server exports: the runs of a drawing, simulations apart, and the view of each panel. */
export interface ExportRequest {
  readonly runs: readonly RunState[];
  readonly kept: readonly RunState[];
  readonly views: Readonly<Record<number, Pick<PanelView, 'xScale' | 'yScale' | 'xRange' | 'yRange'>>>;
  readonly picture: PictureLook;
  /** Whether what is predicted of the curves is marked in figures. */
  readonly marks: boolean;
}

/** The request for what is shown: simulations are taken as far as they have come, all else is solved. */
export function exportRequest(system: SystemTables, shown: readonly RunAnswer[], views: Readonly<Record<number, PanelView>>, picture: PictureLook, marks = false): ExportRequest {
  const simulated = new Set(system.methods.filter((method) => !isTheory(method.role)).map((method) => method.name));
  const state = ({ method, setting }: RunAnswer): RunState => ({ method, setting });
  return {
    runs: shown.filter((run) => !simulated.has(run.method)).map(state),
    kept: shown.filter((run) => simulated.has(run.method)).map(state),
    // The window of a fitted slope is no part of a picture.
    views: Object.fromEntries(Object.entries(views).map(([panel, { window: _, ...view }]) => [panel, view])),
    picture,
    marks,
  };
}

/** The name of a file in the head of an answer, or what else it is called. */
export function fileName(disposition: string | null, otherwise: string): string {
  return /filename="?([^";]+)"?/.exec(disposition ?? '')?.[1] ?? otherwise;
}
