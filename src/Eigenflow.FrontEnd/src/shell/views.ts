import type { Route } from './route';

/** What ends a view; with `update` it also takes a new query of the same path without being mounted again. */
export type MountedView = (() => void) | { readonly unmount: () => void; readonly update?: (route: Route) => void };

export interface ViewModule {
  /** Fills the host. The view's first heading of level one names the page and takes the focus after navigation. */
  mount(host: HTMLElement, route: Route): MountedView;
}

export interface View {
  readonly pattern: string;
  /** Which entry of the navigation it belongs to. */
  readonly room: 'systems' | 'studies' | 'data';
  readonly load: () => Promise<ViewModule>;
}

// Views of other rooms: each has an index.ts with `mount`. What is not there has no address.
const rooms = import.meta.glob<ViewModule>('../{system,studies,data}/index.ts');
const optional = (room: View['room'], folder: string, ...patterns: string[]): View[] => {
  const load = rooms[`../${folder}/index.ts`];
  return load ? patterns.map((pattern) => ({ pattern, room, load })) : [];
};

export const views: readonly View[] = [
  { pattern: '/', room: 'systems', load: () => import('../gallery') },
  ...optional('systems', 'system', '/systems/:id'),
  ...optional('studies', 'studies', '/studies', '/studies/*path'),
  ...optional('data', 'data', '/data', '/data/*page'),
];
