import { ask } from '../api/client';
import { save } from '../parts/save';
import { fileName, type ExportRequest } from './request';

export type ExportKind = 'png' | 'svg' | 'pdf' | 'csv' | 'runs.csv' | 'json' | 'command' | 'csharp' | 'study';

const fetchExport = (system: string, kind: ExportKind, request: ExportRequest, signal?: AbortSignal): Promise<Response> =>
  ask(`systems/${encodeURIComponent(system)}/export/${kind}`, request, signal);

/** The text of an export, without the line feed at its end. */
export const exportText = async (system: string, kind: ExportKind, request: ExportRequest, signal?: AbortSignal): Promise<string> =>
  (await (await fetchExport(system, kind, request, signal)).text()).trimEnd();

/** Saves an export as a file; gives its name. */
export async function saveExport(system: string, kind: ExportKind, request: ExportRequest): Promise<string> {
  const response = await fetchExport(system, kind, request);
  const name = fileName(response.headers.get('content-disposition'), `${system}.${kind}`);
  save(name, await response.blob());
  return name;
}

/** Saves a file that was handed over to this page. */
export async function saveHanded(id: string, name: string): Promise<void> {
  save(name, await (await ask(`data/${id}/file`)).blob());
}
