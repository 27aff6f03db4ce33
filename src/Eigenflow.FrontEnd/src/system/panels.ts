import type { SystemPanel } from './context';

/** A room beside the figure; its code is loaded when it is first opened. */
export interface PanelEntry {
  readonly id: string;
  readonly title: string;
  readonly load: () => Promise<SystemPanel>;
}

// Rooms are folders whose index.ts exports `panel`; what is not there has no tab.
const found = import.meta.glob<{ readonly panel: SystemPanel }>('../{claims,runs,share}/index.ts');
const room = (folder: string, title: string): PanelEntry[] => {
  const load = found[`../${folder}/index.ts`];
  return load ? [{ id: folder, title, load: () => load().then((module) => module.panel) }] : [];
};

export const panels: readonly PanelEntry[] = [...room('claims', 'Predictions'), ...room('runs', 'Simulation'), ...room('share', 'Share')];
