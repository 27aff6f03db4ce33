// The curve behind a cell of a map: the panel that shows what the map is of.
import { draw, isAborted } from '../../api/client';
import type { DrawAnswer, RunRequest } from '../../api/contracts';
import { createChart, type Figure } from '../../chart';
import type { HeatMap, Panel } from '../../chart/figure';
import { el, setText } from '../../parts/dom';
import { createWaiting } from '../../parts/waiting';
import { createLatest } from '../latest';

export interface Behind {
  readonly element: HTMLElement;
  /** Shows the curve of a run in the panel whose ordinate has a label, with the value that its cell has. */
  show(run: RunRequest, label: string, value: number | null): void;
  stop(): void;
}

// Axes end where a figure of curves ends them; a cell may show what lies beyond.
function reaching(panel: Panel, value: number): Panel {
  const { minimum, maximum } = panel.y;
  const isSeen = (minimum == null || value >= minimum) && (maximum == null || value <= maximum);
  return isSeen ? panel : { ...panel, x: { ...panel.x, minimum: null, maximum: null }, y: { ...panel.y, minimum: minimum == null ? null : Math.min(minimum, value), maximum: maximum == null ? null : Math.max(maximum, value) } };
}

/** The panel whose ordinate has a label, with axes on which a value of it is seen; else the first. */
export function panelOf(figure: Figure, label: string, value: number | null = null): Figure {
  const panels = figure.panels ?? [];
  const found = panels.find((panel) => panel.y.label === label);
  const shown = found && value !== null && (value > 0 || found.y.isLogarithmic !== true) ? reaching(found, value) : (found ?? panels[0]);
  return shown ? { ...figure, panels: [shown] } : figure;
}

const nearest = (places: HeatMap['x'], wanted: number): number => places.reduce<number>((best, place, index) => (Math.abs((place ?? NaN) - wanted) < Math.abs((places[best] ?? NaN) - wanted) ? index : best), 0);

/** What a map shows at a place; null where it has no value there. */
export const valueAt = (map: HeatMap | null | undefined, x: number, y: number): number | null => (map ? (map.values[nearest(map.y, y) * map.x.length + nearest(map.x, x)] ?? null) : null);

/** Tells why there is no curve; null where there is one. */
export function createBehind(system: string, told: (trouble: string | null) => void): Behind {
  const host = el('div', { class: 'map-curve', 'aria-live': 'off' });
  const solving = el('p', { class: 'small muted', role: 'status' });
  const chart = createChart(host, {}, { hasCaption: false });
  const waiting = createWaiting((isShown) => {
    setText(solving, isShown ? 'Solving …' : '');
    chart.setStale(isShown);
  });
  let [label, value]: [string, number | null] = ['', null];
  const latest = createLatest<RunRequest, DrawAnswer>((run, signal) => draw(system, [run], signal), {
    started: () => waiting.wait(),
    landed(answer) {
      waiting.rest();
      told(null);
      chart.update(panelOf(answer.figure, label, value));
    },
    failed(error) {
      waiting.rest();
      if (!isAborted(error)) told(error instanceof Error ? error.message : String(error));
    },
  });
  return {
    element: el('div', {}, solving, host),
    show(run, shown, of) {
      [label, value] = [shown, of];
      latest.ask(run);
    },
    stop() {
      latest.stop();
      waiting.rest();
      chart.destroy();
    },
  };
}
