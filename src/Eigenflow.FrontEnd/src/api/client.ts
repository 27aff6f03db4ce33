import type { DrawAnswer, Prediction, RunRequest, SystemEntry, SystemTables } from './contracts';

/** An answer that is no result: what was wrong, in the engine's words, and the parameter it concerns. */
export class RefusedError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly parameter?: string,
  ) {
    super(message);
    this.name = 'RefusedError';
  }
}

/** Whether an error only says that the request was cancelled. */
export const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

async function refusal(response: Response): Promise<RefusedError> {
  try {
    const body = (await response.json()) as { error?: string; parameter?: string };
    return new RefusedError(body.error ?? response.statusText, response.status, body.parameter);
  } catch {
    return new RefusedError(response.statusText || `status ${response.status}`, response.status);
  }
}

/** Asks the server; paths begin after /api/. */
export async function ask(path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  return send(path, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
}

/** Sends a request of any kind; paths begin after /api/. */
export async function send(path: string, request: RequestInit): Promise<Response> {
  const response = await fetch(`api/${path}`, request);
  if (!response.ok) throw await refusal(response);
  return response;
}

const json = async <T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> => (await ask(path, body, signal)).json() as Promise<T>;

export const systems = (): Promise<SystemEntry[]> => json('systems');
export const system = (id: string): Promise<SystemTables> => json(`systems/${encodeURIComponent(id)}`);
export interface DrawOptions {
  /** Curves that are drawn where the server has them and never solved. */
  readonly kept?: readonly RunRequest[];
  /** Whether what is predicted of the curves is marked on them. */
  readonly marks?: boolean;
}
/** The figure of curves. */
export const draw = (id: string, runs: readonly RunRequest[], signal?: AbortSignal, options: DrawOptions = {}): Promise<DrawAnswer> => json(`systems/${encodeURIComponent(id)}/draw`, { runs, ...options }, signal);
export const predict = (id: string, run: RunRequest, signal?: AbortSignal): Promise<Prediction[]> => json(`systems/${encodeURIComponent(id)}/predict`, run, signal);
