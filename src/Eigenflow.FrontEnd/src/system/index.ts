import * as api from '../api/client';
import { el } from '../parts/dom';
import type { Route } from './route';

/**
 * The view of one system, at `#/systems/ID?…`. It writes its own state into the address, and follows the address while the system stays the same: a router mounts it anew only for another path.
 * @returns What ends it.
 */
export function mount(host: HTMLElement, route: Route): () => void {
  const id = decodeURIComponent(route.path.split('/')[1] ?? '');
  const loading = el('p', { role: 'status' }, 'Loading');
  host.replaceChildren(loading);
  api.system(id).then(
    (tables) => host.replaceChildren(el('h1', {}, tables.title), el('p', {}, tables.summary)),
    (error: Error) => (loading.textContent = error.message),
  );
  return () => host.replaceChildren();
}
