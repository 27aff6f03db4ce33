import { el, replace } from '../../parts/dom';
import type { Chart } from '../../chart/chart';
import type { Figure } from '../../chart/figure';

/** The figure as its words alone. */
export function createChart(): Chart {
  const element = el('div', { class: 'plain-chart' });
  return {
    element,
    update: (figure: Figure) => replace(element, ...(figure.panels ?? []).map((panel) => el('p', {}, `${panel.title ?? ''}: ${panel.series.map((series) => `${series.label} (${series.x.length})`).join(', ')}`))),
    setStale: (isStale) => element.classList.toggle('is-stale', isStale),
    setViews: () => undefined,
    destroy: () => element.remove(),
  };
}
