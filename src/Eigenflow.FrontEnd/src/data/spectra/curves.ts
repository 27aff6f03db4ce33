import { isAborted } from '../../api/client';
import { type Chart, createChart } from '../../chart';
import { el, replace } from '../../parts/dom';
import { escapeText } from '../../state/codec';
import * as api from '../api';
import { wordsOf } from '../view';

/** The learning curves that a spectrum implies: one chart per system, each with a link to play with it there. */
export function createCurves(announce: (sentence: string) => void): { readonly element: HTMLElement; show(spectrum: api.KeptFile): void; destroy(): void } {
  const grid = el('div', { class: 'curve-grid' });
  const element = el(
    'section',
    { class: 'stack', 'aria-label': 'Learning curves', hidden: true },
    el('h2', {}, 'The learning curves that it implies'),
    el('p', { class: 'muted' }, 'The theory of every system that takes a spectrum, with its other parameters at their defaults.'),
    grid,
  );
  let charts: Chart[] = [];
  let abort = new AbortController();

  const clear = (): void => {
    abort.abort();
    for (const chart of charts) chart.destroy();
    charts = [];
    grid.replaceChildren();
  };

  const cell = async (system: api.SpectrumSystem, spectrum: api.KeptFile, signal: AbortSignal): Promise<boolean> => {
    const plot = el('div', { class: 'skeleton curve-plot' });
    const address = `#/systems/${system.id}?spectrum=${escapeText(spectrum.reference)}`;
    const notes = el('div', { class: 'muted small' });
    grid.append(el('article', { class: 'card curve-card', 'data-system': system.id }, el('h3', {}, system.title), plot, notes, el('p', {}, el('a', { href: address }, 'Open in the system view'))));
    try {
      const answer = await api.learningCurve(spectrum.id, system.id, signal);
      plot.classList.remove('skeleton');
      const chart = createChart(plot, {}, { hasTitle: false, hasCaption: false, height: 230 });
      charts.push(chart);
      chart.update(answer.figure);
      replace(notes, ...answer.warnings.map((warning) => el('p', {}, warning)));
      return true;
    } catch (error) {
      if (isAborted(error)) return false;
      plot.className = 'notice open';
      plot.textContent = wordsOf(error);
      return false;
    }
  };

  return {
    element,
    show(spectrum) {
      clear();
      element.hidden = false;
      abort = new AbortController();
      const { signal } = abort;
      api.spectrumSystems().then(
        async (systems) => {
          if (signal.aborted) return;
          const drawn = await Promise.all(systems.map((system) => cell(system, spectrum, signal)));
          if (!signal.aborted) announce(`${drawn.filter(Boolean).length} learning curves.`);
        },
        (error: unknown) => {
          if (!signal.aborted) replace(grid, el('p', { class: 'notice bad' }, wordsOf(error)));
        },
      );
    },
    destroy: clear,
  };
}
