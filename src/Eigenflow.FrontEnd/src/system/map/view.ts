import { readPanel } from '../../state/panel-codec';
import type { PanelView, SystemState } from '../../state/system-state';

/** Where the zoom of a map stands in the address. */
export const viewName = 'map.view';

/** The part of a map that is zoomed to, as the address has it. */
export const viewOf = (state: SystemState): PanelView => readPanel(state.more[viewName] ?? '') ?? {};

/** The same with the whole map in sight. */
export function withoutView(state: SystemState): SystemState {
  const { [viewName]: _, ...more } = state.more;
  return { ...state, more };
}
