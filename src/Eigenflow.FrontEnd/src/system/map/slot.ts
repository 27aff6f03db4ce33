import { button } from '../../parts/button';
import { el } from '../../parts/dom';
import type { SystemContext } from '../context';
import { firstMap } from './axes';
import type { MapView } from '.';

export interface MapSlot {
  readonly element: HTMLElement;
  /** Opens a map; not seen where the system has no two numbers to vary. */
  readonly button: HTMLButtonElement;
  update(): void;
  stop(): void;
}

/** The place of a map in the stage: its code is loaded when a map is first asked for, and it stands in place of the figure. */
export function createMapSlot(context: SystemContext, figure: HTMLElement): MapSlot {
  const element = el('section', { class: 'map', 'aria-label': 'Map', hidden: true });
  let view: MapView | null = null;
  let isLoading = false;
  let isStopped = false;

  const leave = (): void => {
    const { map: _, ...others } = context.state.get();
    context.state.set(others);
    opener.focus();
  };
  const opener = button(
    'Map',
    () => {
      const shown = context.shown.get();
      const map = firstMap(context.state.get(), context.system, (shown?.figure.panels ?? []).filter((panel) => panel.y.isLogarithmic).map((panel) => panel.y.label));
      if (map) context.state.set({ ...context.state.get(), map });
    },
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
      }
      view?.update();
    },
    stop() {
      isStopped = true;
      view?.stop();
    },
  };
}
