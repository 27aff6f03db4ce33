import { mapMenu } from '../../api/client';
import { button } from '../../parts/button';
import { el } from '../../parts/dom';
import { whileWorking } from '../../parts/waiting';
import type { SystemContext } from '../context';
import { settingFor } from '../setting';
import { axesOf, firstMap, methodOf } from './axes';
import { withoutView } from './view';
import type { MapView } from '.';

export interface MapSlot {
  readonly element: HTMLElement;
  /** Opens a map; not seen where the system has no two numbers to vary. */
  readonly button: HTMLButtonElement;
  update(): void;
  /** Shows or hides the cells of the map as a table. */
  toggleData(): void;
  stop(): void;
}

/** The place of a map in the stage: its code is loaded when a map is first asked for, and it stands in place of the figure. */
export function createMapSlot(context: SystemContext, figure: HTMLElement): MapSlot {
  const element = el('section', { class: 'map', 'aria-label': 'Map', hidden: true });
  let view: MapView | null = null;
  let isLoading = false;
  let isStopped = false;
  let isPressed = false;

  const leave = (): void => {
    const { map: _, ...others } = withoutView(context.state.get());
    context.state.set(others);
    opener.focus();
  };
  // The server knows on which parameters something depends; where it cannot say, the first two are shown.
  const choose = async (): Promise<void> => {
    const before = context.state.get();
    const method = methodOf(before, context.system);
    const first = firstMap(before, context.system);
    if (!method || !first) return;
    let map = first;
    try {
      map = (await mapMenu(context.system.id, { method: method.name, setting: settingFor(method, before.setting, context.system) }, axesOf(before, context.system).map(({ name }) => name))).map ?? first;
    } catch {
      // What is wrong with the setting is told by its map.
    }
    if (isStopped) return;
    isPressed = true;
    context.state.set({ ...context.state.get(), map });
    bringIntoView();
  };
  // It stands in place of the figure, whose foot the button was at, and which may have been longer.
  const bringIntoView = (): void => {
    if (!isPressed || !view) return;
    isPressed = false;
    if (element.getBoundingClientRect().top < 0) element.scrollIntoView({ block: 'start' });
  };
  const opener: HTMLButtonElement = button(
    'Map',
    () => void whileWorking(opener, choose),
    'map',
  );
  opener.title = 'A number over two parameters';

  const open = (): void => {
    if (view || isLoading) return;
    isLoading = true;
    import('.').then(
      ({ mountMap }) => {
        isLoading = false;
        if (isStopped || !context.state.get().map) return;
        view = mountMap(element, context, leave);
        view.update();
        bringIntoView();
      },
      (error: unknown) => (element.textContent = `The map could not be loaded: ${String(error)}`),
    );
  };

  return {
    element,
    button: opener,
    update() {
      const current = context.state.get();
      const isMap = current.map !== undefined;
      element.hidden = !isMap;
      figure.hidden = isMap;
      opener.hidden = firstMap(current, context.system) === null || current.hidden.includes('map');
      if (isMap) open();
      else {
        view?.stop();
        view = null;
        context.map.set(null);
      }
      view?.update();
    },
    toggleData: () => view?.toggleData(),
    stop() {
      isStopped = true;
      view?.stop();
    },
  };
}
