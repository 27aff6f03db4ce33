import type { Route } from '../shell/route';
import type { MountedView } from '../shell/views';
import { mountList } from './list';
import { mountStudy } from './study';
import './studies.css';

/** The studies below the folder of the explorer, at `#/studies`, and one of them, at `#/studies/PATH?…`. */
export function mount(host: HTMLElement, route: Route): MountedView {
  const path = route.names['path'] ?? '';
  if (path === '') return mountList(host);
  const view = mountStudy(host, path, route.query);
  return { unmount: view.unmount, update: (next) => view.show(next.query) };
}
