import { claims, isAborted } from '../api/client';
import type { ClaimTask } from '../api/contracts';
import { el, replace } from '../parts/dom';
import { createWaiting } from '../parts/waiting';
import type { SystemContext } from '../system/context';
import { createTask, type TaskPart } from './task';

/** The claims of the paper, by the tasks that check them; gives what ends them. */
export function mountTasks(host: HTMLElement, context: SystemContext): () => void {
  const controller = new AbortController();
  const parts: TaskPart[] = [];

  const section = (title: string, tasks: readonly ClaimTask[]): readonly HTMLElement[] => {
    if (tasks.length === 0) return [];
    const own = tasks.map((task) => createTask(context.system.id, task, context.announce));
    parts.push(...own);
    return [el('h3', {}, title), el('ul', { class: 'claim-tasks' }, ...own.map(({ element }) => element))];
  };

  const loading = createWaiting((isShown) => replace(host, isShown ? el('p', { class: 'small muted', role: 'status' }, 'Working …') : null));
  loading.wait();
  claims(context.system.id, controller.signal).then(
    (tasks) => {
      loading.rest();
      replace(host, ...section('Claims of the paper', tasks.filter((task) => !task.isBeyond)), ...section('Beyond the paper', tasks.filter((task) => task.isBeyond)));
    },
    (error: unknown) => {
      loading.rest();
      if (!isAborted(error)) replace(host, el('p', { class: 'field-error' }, error instanceof Error ? error.message : String(error)));
    },
  );
  return () => {
    controller.abort();
    for (const part of parts) part.stop();
  };
}
