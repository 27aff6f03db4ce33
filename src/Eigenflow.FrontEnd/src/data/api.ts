import { ask, send } from '../api/client';
import type { Figure } from '../chart/figure';

/** What a file can be used as. */
export type Use = 'loss-curve' | 'table' | 'samples' | 'eigenvalues' | 'covariance';

/** A file that the server keeps while it runs. */
export interface DataFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** What stands in a setting in its place. */
  readonly reference: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly isNumeric: boolean }[];
  readonly preview: readonly (readonly string[])[];
  readonly uses: readonly Use[];
  /** Absent where somebody has to be asked. */
  readonly use?: Use;
  readonly step?: string;
  readonly loss?: string;
  readonly rate?: string;
  readonly notes: readonly string[];
}

export interface Table {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Answer {
  readonly figure: Figure;
  readonly tables: readonly Table[];
  readonly sentences: readonly string[];
  readonly command: string;
}

/** A schedule: learning rates at some steps, straight lines between them. */
export interface Nodes {
  readonly steps: readonly number[];
  readonly rates: readonly number[];
}

export interface ScheduleAnswer extends Answer {
  readonly steps: number;
  readonly peak: number;
  readonly warmUp: number;
  readonly measured: Nodes;
  readonly proposal?: { readonly sentence: string; readonly comparisons: readonly string[]; readonly loss?: number; readonly lower?: number; readonly upper?: number; readonly nodes: Nodes };
}

export interface ForecastAnswer {
  readonly figure: Figure;
  readonly nodes: Nodes;
  readonly loss?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly sentence: string;
  readonly command: string;
}

export interface KeptFile {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
}

export interface SpectrumAnswer extends Answer {
  readonly verdict: string;
  readonly kind: string;
  readonly exponent?: number;
  readonly uncertainty?: number;
  readonly window?: readonly [number, number];
  readonly saved: KeptFile;
  readonly corrected?: KeptFile;
  readonly next: string;
}

export interface SpectrumSystem {
  readonly id: string;
  readonly title: string;
  readonly method: string;
}

export interface CurveAnswer {
  readonly system: string;
  readonly title: string;
  readonly method: string;
  readonly figure: Figure;
  readonly warnings: readonly string[];
  readonly command: string;
}

/** What was typed for an analysis, by the names of the options; what is empty is left out. */
export type Typed = Readonly<Record<string, string | boolean>>;

/** The other files of an analysis: fitted with the first, or held out. */
export interface Others {
  readonly with: readonly string[];
  readonly held: readonly string[];
}

export type Shape = { readonly shape: string } | Nodes;

const given = (typed: Typed): Typed => Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== '' && value !== false));
const json = async <T>(answer: Promise<Response>): Promise<T> => (await answer).json() as Promise<T>;
const text = async (answer: Promise<Response>): Promise<string> => (await answer).text();

export const upload = (file: File, signal?: AbortSignal): Promise<DataFile> =>
  json(send(`data?name=${encodeURIComponent(file.name)}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file, ...(signal ? { signal } : {}) }));
export const find = (id: string): Promise<DataFile> => json(ask(`data/${encodeURIComponent(id)}`));
export const forget = (id: string): Promise<unknown> => send(`data/${encodeURIComponent(id)}`, { method: 'DELETE' });

const fitCall = (others: Others, typed: Typed): unknown => ({ with: others.with, text: given(typed) });
const scheduleCall = (others: Others, typed: Typed): unknown => ({ with: others.with, held: others.held, text: given(typed) });
const forecastCall = (others: Others, typed: Typed, shape: Shape): unknown => ({ fit: scheduleCall(others, typed), ...shape });

export const fit = (id: string, others: Others, typed: Typed, signal: AbortSignal): Promise<Answer> => json(ask(`data/${id}/fit`, fitCall(others, typed), signal));
export const fitText = (id: string, others: Others, typed: Typed, format: string): Promise<string> => text(ask(`data/${id}/fit?format=${format}`, fitCall(others, typed)));
export const fitSchedule = (id: string, others: Others, typed: Typed, signal: AbortSignal): Promise<ScheduleAnswer> => json(ask(`data/${id}/fit-schedule`, scheduleCall(others, typed), signal));
export const fitScheduleText = (id: string, others: Others, typed: Typed, format: string): Promise<string> => text(ask(`data/${id}/fit-schedule?format=${format}`, scheduleCall(others, typed)));
export const forecast = (id: string, others: Others, typed: Typed, shape: Shape, signal: AbortSignal): Promise<ForecastAnswer> => json(ask(`data/${id}/forecast`, forecastCall(others, typed, shape), signal));
export const forecastText = (id: string, others: Others, typed: Typed, shape: Shape, format: string): Promise<string> => text(ask(`data/${id}/forecast?format=${format}`, forecastCall(others, typed, shape)));
export const spectrum = (id: string, typed: Typed, signal: AbortSignal): Promise<SpectrumAnswer> => json(ask(`data/${id}/spectrum`, given(typed), signal));
export const spectrumText = (id: string, typed: Typed, format: string): Promise<string> => text(ask(`data/${id}/spectrum?format=${format}`, given(typed)));
export const fileText = (id: string): Promise<string> => text(ask(`data/${id}/file`));
export const spectrumSystems = (): Promise<SpectrumSystem[]> => json(ask('data/systems'));
export const learningCurve = (id: string, system: string, signal: AbortSignal): Promise<CurveAnswer> => json(ask(`data/${id}/learning-curve`, { system }, signal));
