import type { ClaimTask, DrawAnswer, FitAnswer, MapMenu, Prediction, RunRequest, SystemEntry, SystemTables } from './contracts';

/** What is wrong with one value. */
export interface RefusedValue {
  readonly parameter: string;
  readonly error: string;
}

/** An answer that is no result: what was wrong, in the engine's words, the parameter it concerns, and all values that are not allowed. */
export class RefusedError extends Error {
  readonly values: readonly RefusedValue[];

  constructor(
    message: string,
    readonly status: number,
    readonly parameter?: string,
    values?: readonly RefusedValue[],
  ) {
    super(message);
    this.name = 'RefusedError';
    this.values = values ?? (parameter === undefined ? [] : [{ parameter, error: message }]);
  }
}

/** Whether an error only says that the request was cancelled. */
export const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

async function refusal(response: Response): Promise<RefusedError> {
  try {
    const body = (await response.json()) as { error?: string; parameter?: string; errors?: readonly RefusedValue[] };
    return new RefusedError(body.error ?? response.statusText, response.status, body.parameter, body.errors);
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

// By which the server knows this page from others: it serves them in turn.
const page = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Sends a request of any kind; paths begin after /api/. */
export async function send(path: string, request: RequestInit): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set('X-Eigenflow-Page', page);
  const response = await fetch(`api/${path}`, { ...request, headers });
  if (!response.ok) throw await refusal(response);
  return response;
}

const json = async <T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> => (await ask(path, body, signal)).json() as Promise<T>;

export const systems = (): Promise<SystemEntry[]> => json('systems');
export const system = (id: string): Promise<SystemTables> => json(`systems/${encodeURIComponent(id)}`);
/** The figure of curves; those of `kept` are drawn where the server has them and never solved. */
export const draw = (id: string, runs: readonly RunRequest[], signal?: AbortSignal, kept: readonly RunRequest[] = [], marks = false, draft = false): Promise<DrawAnswer> =>
  json(`systems/${encodeURIComponent(id)}/draw`, { runs, ...(kept.length > 0 ? { kept } : {}), ...(marks ? { marks } : {}), ...(draft ? { draft } : {}) }, signal);
export const predict = (id: string, run: RunRequest, signal?: AbortSignal): Promise<Prediction[]> => json(`systems/${encodeURIComponent(id)}/predict`, run, signal);
export const claims = (id: string, signal?: AbortSignal): Promise<ClaimTask[]> => json(`systems/${encodeURIComponent(id)}/claims`, undefined, signal);
/** What a map of a run can show; with parameters that may be its axes, also the one that is shown first. */
export const mapMenu = (id: string, run: RunRequest, axes?: readonly string[], signal?: AbortSignal): Promise<MapMenu> =>
  json(`systems/${encodeURIComponent(id)}/map/menu`, { run, ...(axes ? { axes, choose: true } : {}) }, signal);
/** The exponents of the curves of a figure on a window of one of its panels. */
export const fit = (id: string, request: { readonly runs: readonly RunRequest[]; readonly kept: readonly RunRequest[]; readonly marks: boolean; readonly panel: number; readonly window: readonly [number, number] }, signal?: AbortSignal): Promise<FitAnswer> =>
  json(`systems/${encodeURIComponent(id)}/fit`, request, signal);
