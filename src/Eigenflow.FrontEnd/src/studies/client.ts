import { ask } from '../api/client';
import type { FigureRequest, StudyDrawing, StudyList, StudyPlan, StudyProgress } from './contracts';

const json = async <T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> => (await ask(path, body, signal)).json() as Promise<T>;
const query = (path: string): string => `path=${encodeURIComponent(path)}`;

export const studies = (signal?: AbortSignal): Promise<StudyList> => json('studies', undefined, signal);
export const study = (path: string, signal?: AbortSignal): Promise<StudyPlan> => json(`studies/open?${query(path)}`, undefined, signal);
export const figure = (path: string, request: FigureRequest, signal?: AbortSignal): Promise<StudyDrawing> => json('studies/figure', { path, figure: request }, signal);
export const figureCsv = async (path: string, request: FigureRequest): Promise<string> => (await ask('studies/figure/csv', { path, figure: request })).text();

/** The address of the collected table. */
export const runsAddress = (path: string): string => `api/studies/runs?${query(path)}`;

export interface Follower {
  progress(progress: StudyProgress): void;
  /** What keeps the server from looking; null once it can again, or the connection is there again. */
  trouble(words: string | null): void;
}

/** Follows a sweep; gives what ends that. The browser connects again by itself. */
export function follow(path: string, follower: Follower): () => void {
  const source = new EventSource(`api/studies/events?${query(path)}`);
  source.addEventListener('progress', (event) => {
    follower.trouble(null);
    follower.progress(JSON.parse((event as MessageEvent<string>).data) as StudyProgress);
  });
  source.addEventListener('trouble', (event) => follower.trouble(JSON.parse((event as MessageEvent<string>).data) as string));
  source.addEventListener('error', () => {
    follower.trouble(source.readyState === EventSource.CLOSED ? 'Changes are not followed any more: load the page again.' : 'The explorer does not answer; the page tries again.');
  });
  return () => source.close();
}
