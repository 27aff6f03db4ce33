// The curve behind a cell of a map: the panel that shows what the map is of.
import { draw, isAborted } from '../../api/client';
import type { DrawAnswer, RunRequest } from '../../api/contracts';
import { createChart, type Figure } from '../../chart';
import { el, setText } from '../../parts/dom';
import { createWaiting } from '../../parts/waiting';
import { createLatest } from '../latest';

export interface Behind {
  readonly element: HTMLElement;
  show(run: RunRequest, label: string): void;
  stop(): void;
}

/** The panel whose ordinate has a label, else the first. */
export function panelOf(figure: Figure, label: string): Figure {
  const panels = figure.panels ?? [];
  const shown = panels.find((panel) => panel.y.label === label) ?? panels[0];
  return shown ? { ...figure, panels: [shown] } : figure;
}

/** Tells why there is no curve; null where there is one. */
export function createBehind(system: string, told: (trouble: string | null) => void): Behind {
  const host = el('div', { class: 'map-curve', 'aria-live': 'off' });
  const solving = el('p', { class: 'small muted', role: 'status' });
  const chart = createChart(host, {}, { hasCaption: false });
  const waiting = createWaiting((isShown) => {
    setText(solving, isShown ? 'Solving …' : '');
    chart.setStale(isShown);
  });
  let label = '';
  const latest = createLatest<RunRequest, DrawAnswer>((run, signal) => draw(system, [run], signal), {
    started: () => waiting.wait(),
    landed(answer) {
      waiting.rest();
      told(null);
      chart.update(panelOf(answer.figure, label));
    },
    failed(error) {
      waiting.rest();
      if (!isAborted(error)) told(error instanceof Error ? error.message : String(error));
    },
  });
  return {
    element: el('div', {}, solving, host),
    show(run, shown) {
      label = shown;
      latest.ask(run);
    },
    stop() {
      latest.stop();
      waiting.rest();
      chart.destroy();
    },
  };
}
