import type { RunAnswer, SystemTables } from '../api/contracts';
import { isTheory } from '../state/codec';
import type { PanelView, RunState } from '../state/system-state';
import type { MapRequest } from '../system/map/axes';

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
  readonly views: Readonly<Record<number, PanelView>>;
  readonly picture: PictureLook;
  /** Whether what is predicted of the curves is marked in figures. */
  readonly marks: boolean;
  /** The map that is exported in place of the curves. */
  readonly map?: MapRequest;
}

/** The request for what is shown: simulations are taken as far as they have come, all else is solved. */
export function exportRequest(system: SystemTables, shown: readonly RunAnswer[], views: Readonly<Record<number, PanelView>>, picture: PictureLook, marks = false): ExportRequest {
  const simulated = new Set(system.methods.filter((method) => !isTheory(method.role)).map((method) => method.name));
  const state = ({ method, setting }: RunAnswer): RunState => ({ method, setting });
  return {
    runs: shown.filter((run) => !simulated.has(run.method)).map(state),
    kept: shown.filter((run) => simulated.has(run.method)).map(state),
    views,
    picture,
    marks,
  };
}

/** The request for a map, as it was computed. */
export const mapExport = (map: MapRequest, view: PanelView, picture: PictureLook): ExportRequest => ({ runs: [], kept: [], views: { 0: view }, picture, marks: false, map });

/** The files that were handed over to this page and that settings of an export read: what is exported names them without their place here. */
export function handedFiles({ runs, kept, map }: ExportRequest): readonly { readonly id: string; readonly name: string }[] {
  const found = new Map<string, { id: string; name: string }>();
  for (const { setting } of [...runs, ...kept, ...(map ? [map.run] : [])])
    for (const value of Object.values(setting)) {
      const [, id, name] = /file:data:([0-9a-f]+)\/(.+)$/.exec(value) ?? [];
      if (id !== undefined && name !== undefined) found.set(id, { id, name });
    }
  return [...found.values()];
}

/** The name of a file in the head of an answer, or what else it is called. */
export function fileName(disposition: string | null, otherwise: string): string {
  return /filename="?([^";]+)"?/.exec(disposition ?? '')?.[1] ?? otherwise;
}
