import { el } from '../parts/dom';
import { createTabs } from '../parts/tabs';
import type { SystemState } from '../state/system-state';
import type { SystemContext } from './context';
import { narrow } from './controls/sheet';
import { panels, type PanelEntry } from './panels';

export interface RoomsPart {
  readonly element: HTMLElement;
  show(id: string): void;
  stop(): void;
}

/** What to tell of a state that asks for a room that is not there. */
export const unknownRoom = (state: SystemState): readonly string[] =>
  state.room === undefined || panels.some(({ id }) => id === state.room) ? [] : [`The address asks for the room “${state.room.slice(0, 40)}”, which is not there; the rooms are ${panels.map(({ id }) => id).join(', ')}.`];

/** The rooms beside the figure, each loaded when it is first opened. */
export function createRooms(context: SystemContext, hidden: readonly string[], opened: (id: string) => void): RoomsPart {
  const ends: (() => void)[] = [];
  let isStopped = false;

  const fill = (entry: PanelEntry, host: HTMLElement): void => {
    host.replaceChildren(el('div', { class: 'skeleton room-skeleton' }));
    entry.load().then(
      (panel) => {
        if (isStopped) return;
        host.replaceChildren();
        ends.push(panel.mount(host, context));
      },
      (error: unknown) => host.replaceChildren(el('p', { class: 'field-error', role: 'alert' }, `This part of the page could not be loaded: ${error instanceof Error ? error.message : String(error)}`)),
    );
  };
  const seen = panels.filter((entry) => !hidden.includes(`room.${entry.id}`));
  const tabs = createTabs('Beside the figure', seen.map((entry) => ({ id: entry.id, title: entry.title, open: (host: HTMLElement) => fill(entry, host) })), narrow, opened);
  return {
    element: el('aside', { class: 'rooms', 'aria-label': 'Beside the figure', hidden: seen.length === 0 }, el('h2', { class: 'visually-hidden' }, 'Beside the figure'), tabs.element),
    show: tabs.show,
    stop() {
      isStopped = true;
      tabs.destroy();
      for (const end of ends) end();
    },
  };
}
