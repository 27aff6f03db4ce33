// Slopes of the curves on the windows that are dragged over the panels of a figure.
import { fit } from '../api/client';
import type { FitAnswer, RunRequest } from '../api/contracts';
import type { Figure } from '../chart/figure';
import type { PanelView } from '../state/system-state';
import { createLatest } from '../system/latest';

/** The curves of a figure, as they were asked for. */
export interface FittedCurves {
  readonly runs: readonly RunRequest[];
  readonly pins: readonly RunRequest[];
  readonly kept: readonly RunRequest[];
  readonly marks: boolean;
}

/** The fits of a figure by the numbers of its panels. */
export type PanelFits = ReadonlyMap<number, FitAnswer>;

export interface Fits {
  /** Fits the windows of the panels again; with none it says so at once. */
  follow(curves: FittedCurves, panels: Readonly<Record<number, PanelView>>): void;
  stop(): void;
}

/** The windows of panels, by their numbers. */
export const windowsOf = (panels: Readonly<Record<number, PanelView>>): readonly (readonly [number, readonly [number, number]])[] =>
  Object.entries(panels).flatMap(([panel, view]) => (view.window ? [[Number(panel), view.window] as const] : []));

/** A figure with the fitted slopes as guides beside those that it has. */
export const withFits = (figure: Figure, fits: PanelFits): Figure =>
  fits.size === 0 ? figure : { ...figure, panels: (figure.panels ?? []).map((panel, index) => ({ ...panel, slopes: [...(panel.slopes ?? []), ...(fits.get(index)?.fits.map(({ guide }) => guide) ?? [])] })) };

/** What is said of a figure with its fits: the sentence of the last window has all events, and its own fits. */
export const fitSentence = (fits: PanelFits): string | null => [...fits.values()].at(-1)?.sentence ?? null;

/** Asks for the slopes on windows, the latest first. */
export function createFits(system: string, landed: (fits: PanelFits) => void): Fits {
  interface Job {
    readonly curves: FittedCurves;
    readonly windows: ReturnType<typeof windowsOf>;
  }
  const latest = createLatest<Job, PanelFits>(
    async ({ curves, windows }, signal) =>
      new Map(await Promise.all(windows.map(async ([panel, window]) => [panel, await fit(system, { runs: [...curves.runs, ...curves.pins], kept: curves.kept, marks: curves.marks, panel, window }, signal)] as const))),
    // A window that is no longer on a panel, or on nothing that can be fitted, has no fits.
    { landed: (fits) => landed(fits), failed: () => landed(new Map()), started: () => undefined },
  );
  let hadFits = false;
  return {
    follow(curves, panels) {
      const windows = windowsOf(panels);
      if (windows.length === 0) {
        if (hadFits) landed(new Map());
        hadFits = false;
        return;
      }
      hadFits = true;
      latest.ask({ curves, windows });
    },
    stop: () => latest.stop(),
  };
}
