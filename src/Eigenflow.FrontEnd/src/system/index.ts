import './system.css';
import { system } from '../api/client';
import { el } from '../parts/dom';
import type { Route } from '../shell/route';
import { showTrouble } from '../shell/trouble';
import type { MountedView } from '../shell/views';
import { createSystemView, type SystemView } from './view';

/** The view of one system, at `#/systems/ID?…`. It writes its own state into the address. */
export function mount(host: HTMLElement, route: Route): MountedView {
  let view: SystemView | null = null;
  let query = route.query;
  let isGone = false;
  host.replaceChildren(el('div', { class: 'system-loading', 'aria-busy': 'true' }, el('div', { class: 'skeleton system-loading-title' }), el('div', { class: 'skeleton system-loading-figure' })));
  system(route.names['id'] ?? '').then(
    (tables) => {
      if (!isGone) view = createSystemView(host, tables, query);
    },
    (error: Error) => {
      if (!isGone) showTrouble(host, 'This system could not be opened', error.message);
    },
  );
  return {
    update(next) {
      query = next.query;
      view?.update(query);
    },
    unmount() {
      isGone = true;
      view?.stop();
    },
  };
}
