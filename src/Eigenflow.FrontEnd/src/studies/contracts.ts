// What the server answers about studies (src/Eigenflow.Explorer/Studies).
import type { Figure } from '../chart/figure';

export type ProgressWord = 'done' | 'running' | 'failed' | 'empty' | 'stopped';

export interface StudyProgress {
  readonly word: ProgressWord;
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly running: number;
  readonly damaged: number;
  readonly diverged: number;
  readonly missing: number;
  /** Runs that have been read: figures show these. */
  readonly read: number;
  /** Grows with every change. */
  readonly version: number;
  readonly perSecond?: number;
  readonly secondsLeft?: number;
  readonly changed?: string;
  readonly notes: readonly string[];
}

export interface StudyEntry {
  readonly path: string;
  readonly title?: string;
  readonly system?: string;
  readonly progress?: StudyProgress;
  readonly error?: string;
}

export interface StudyList {
  /** Name of the folder of the explorer; absent where it was started without one. */
  readonly folder?: string;
  /** Whether all folders below it were looked at. */
  readonly isWhole: boolean;
  readonly studies: readonly StudyEntry[];
}

/** A column by which runs differ. */
export interface StudyColumn {
  readonly name: string;
  readonly label: string;
  readonly isParameter: boolean;
  readonly isNumber: boolean;
  /** As a selection names them; the first where there are many. */
  readonly values: readonly string[];
  readonly shown: readonly string[];
  readonly count: number;
}

export interface StudyQuantity {
  readonly name: string;
  readonly label: string;
  readonly kind: 'observable' | 'derived' | 'event' | 'last' | 'solver';
}

export interface StudyFailure {
  readonly id: string;
  readonly method: string;
  /** Values of the parameters among the columns, in their order, as people read them. */
  readonly values: readonly string[];
  readonly error: string;
  /** Whether the run itself fails, and not the machine or a file. */
  readonly isOwn: boolean;
  readonly command: string;
}

/** The keys of [[figure]] in a study file. */
export interface FigureRequest {
  readonly id?: string;
  readonly title?: string;
  readonly caption?: string;
  readonly x: string;
  readonly y: readonly string[];
  readonly line: readonly string[];
  readonly group: readonly string[];
  readonly facet: string;
  readonly hasLinearX: boolean;
  readonly hasLinearY: boolean;
  readonly average: string;
  readonly band: string;
  readonly fit: boolean;
  readonly fitFrom: string;
  readonly fitTo: string;
  readonly only: Readonly<Record<string, readonly string[]>>;
  readonly range?: Readonly<Record<string, readonly number[]>>;
  readonly xRange?: readonly number[];
  readonly yRange?: readonly number[];
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly labels?: readonly string[];
}

export interface StudyPlan {
  readonly path: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly system: string;
  readonly systemTitle: string;
  readonly methods: readonly string[];
  readonly columns: readonly StudyColumn[];
  readonly fixed: readonly { readonly label: string; readonly value: string }[];
  readonly observables: readonly StudyQuantity[];
  readonly numbers: readonly StudyQuantity[];
  readonly figures: readonly FigureRequest[];
  /** The command that computes what is missing. */
  readonly sweep: string;
  readonly progress: StudyProgress;
  readonly failures: readonly StudyFailure[];
}

export interface StudyFit {
  readonly panel: string;
  readonly group: string;
  readonly quantity: string;
  readonly slope?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly points: number;
  readonly from?: number;
  readonly to?: number;
  readonly text: string;
  readonly interval: string;
  readonly window: string;
  readonly verdict: string;
}

export interface StudyDrawing {
  readonly runs: number;
  /** The figure as it stands in a study file. */
  readonly toml: string;
  readonly fits: readonly StudyFit[];
  readonly unfitted: readonly { readonly panel: string; readonly group: string; readonly reason: string }[];
  /** Absent where no run has anything to show. */
  readonly figure?: Figure;
}
