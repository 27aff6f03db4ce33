import { createChart, richNodes, setRich } from '../../chart';
import { el, replace, setText } from '../../parts/dom';
import * as api from '../api';
import { createEditor } from './editor';
import { createNodeTable } from './node-table';
import { browserClock, createLatest } from '../../system/latest';
import { nodesOf, nodesText, rounded, stretch } from './nodes';
import { commandLine, exportButton } from '../parts/result';
import { tableOf } from '../parts/tables';
import { whenSettled, wordsOf } from '../view';

const presets: readonly (readonly [words: string, shape: string])[] = [
  ['Constant', 'constant'],
  ['Linear', 'linear'],
  ['Cosine', 'cosine'],
  ['WSD', 'wsd'],
  ['WSD, linear decay', 'wsd:linear'],
  ['Inverse root', 'inverse-root'],
];
const mostSteps = 2e7;

export interface Forecast {
  readonly element: HTMLElement;
  /** Takes a fit over. */
  show(fit: api.ScheduleAnswer, typed: api.Typed): void;
  wait(): void;
  destroy(): void;
}

/** What is drawn, as the address keeps it: the name of a shape, nodes, or nothing for the measured schedule. */
export interface Kept {
  readonly first: string;
  keep(text: string): void;
}

/** A schedule that is drawn, and the loss that the fit forecasts under it, which follows the hand; the best schedule beside it. */
export function createForecast(file: api.DataFile, others: api.Others, announce: (sentence: string) => void, kept: Kept): Forecast {
  let fit: api.ScheduleAnswer | null = null;
  let typed: api.Typed = {};
  let shape: api.Shape = { steps: [], rates: [] };
  let nodes: api.Nodes = { steps: [0, 1], rates: [1, 1] };
  let optimum: AbortController | null = null;

  const plot = el('div', { class: 'forecast-plot' });
  const chart = createChart(plot, {}, { hasCaption: false });
  const sentence = el('p', { class: 'forecast-sentence' });
  const remark = el('p', { class: 'small muted', hidden: true });
  const trouble = el('p', { class: 'field-error', role: 'alert' });
  const best = el('div', { class: 'stack forecast-best', 'aria-live': 'off' });
  const command = el('div', {});
  const steps = el('input', { type: 'number', min: 2, max: mostSteps, step: 1, id: 'forecast-steps', onchange: () => lengthen() });
  const find = el('button', { type: 'button', class: 'primary', onclick: () => optimise() }, 'Find the best schedule');

  // An address is not written at each move of a hand.
  const keepNodes = whenSettled(() => kept.keep(nodesText(nodes)));
  const drawn = (next: api.Nodes): void => {
    nodes = next;
    shape = next;
    mark('');
    keepNodes();
    table.show(nodes);
    forecast();
  };
  const editor = createEditor((next) => drawn(next));
  const table = createNodeTable((next) => {
    editor.show(next);
    drawn(next);
  });
  const buttons = [...presets, ['As measured', ''] as const].map(([words, name]) => el('button', { type: 'button', 'aria-pressed': 'false', 'data-shape': name || 'measured', onclick: () => choose(name || 'measured') }, words));
  const mark = (name: string): void => {
    for (const one of buttons) one.setAttribute('aria-pressed', String(one.dataset['shape'] === name));
    // Nodes follow what was logged closely, and not exactly.
    remark.hidden = name !== 'measured';
    setText(remark, `Of the logged rates, as in the tables below; the ${nodes.steps.length} nodes follow them closely.`);
  };

  const latest = createLatest<api.Shape, api.ForecastAnswer>(
    (asked, signal) => api.forecast(file.id, others, typed, asked, signal),
    {
      landed: (answer, asked) => {
        chart.update(answer.figure);
        chart.setStale(false);
        trouble.textContent = '';
        setRich(sentence, answer.sentence);
        replace(command, commandLine(answer.command));
        if ('shape' in asked && shape === asked) {
          nodes = answer.nodes;
          editor.show(nodes);
          table.show(nodes);
        }
        announce(sentence.textContent ?? '');
      },
      failed: (error) => (trouble.textContent = wordsOf(error)),
    },
    browserClock,
    // A forecast takes a tenth of a second: a drag must see it.
    400,
  );
  const forecast = (): void => {
    chart.setStale(true);
    latest.ask(shape);
  };

  const choose = (name: string): void => {
    if (!fit) return;
    if (name === 'measured') {
      nodes = fit.measured;
      editor.show(nodes);
      table.show(nodes);
    }
    mark(name);
    keepNodes.stop();
    kept.keep(name === 'measured' ? '' : name);
    steps.value = String(fit.steps);
    shape = { shape: name };
    forecast();
  };

  const begin = (): void => {
    const first = nodesOf(kept.first);
    if (first && first.steps.at(-1)! <= mostSteps) use(first);
    else choose(presets.some(([, name]) => name === kept.first) ? kept.first : 'measured');
  };

  const lengthen = (): void => {
    const wanted = Math.round(Number(steps.value));
    if (!(wanted >= 2 && wanted <= mostSteps)) {
      trouble.textContent = `steps is ${steps.value}; expected a whole number from 2 to ${mostSteps}`;
      return;
    }
    nodes = stretch(nodes, wanted);
    editor.show(nodes);
    drawn(nodes);
  };

  const use = (proposal: api.Nodes): void => {
    steps.value = String(proposal.steps.at(-1));
    const next = { steps: proposal.steps, rates: proposal.rates.map(rounded) };
    editor.show(next);
    drawn(next);
  };

  const optimise = (): void => {
    if (!fit) return;
    optimum?.abort();
    const mine = (optimum = new AbortController());
    const asked = { ...typed, optimize: true, ...(Number(steps.value) === fit.steps ? {} : { horizon: steps.value }) };
    find.disabled = true;
    replace(best, el('p', { role: 'status' }, 'Looking for the best schedule'));
    api.fitSchedule(file.id, others, asked, mine.signal).then(
      (answer) => {
        find.disabled = false;
        const { proposal } = answer;
        if (!proposal || mine.signal.aborted) return;
        replace(
          best,
          el('div', { class: 'row' }, el('p', {}, ...richNodes(proposal.sentence)), el('button', { type: 'button', class: 'primary', onclick: () => use(proposal.nodes) }, 'Use it'), exportButton({ words: 'Best schedule (CSV)', file: 'schedule.csv', text: () => api.fitScheduleText(file.id, others, asked, 'schedule') })),
          ...answer.tables.filter((one) => one.id === 'proposal').map(tableOf),
          el('div', { class: 'data-sentences' }, ...proposal.comparisons.map((one) => el('p', {}, ...richNodes(one)))),
          commandLine(answer.command),
        );
        editor.setBackdrop([...backdrop(), { label: 'best schedule', x: proposal.nodes.steps, y: proposal.nodes.rates }], fit!.peak);
        announce(best.querySelector('p')?.textContent ?? '');
      },
      (error: unknown) => {
        find.disabled = false;
        if (!mine.signal.aborted) replace(best, el('p', { class: 'notice open', role: 'alert' }, wordsOf(error)));
      },
    );
  };

  const backdrop = (): { label: string; x: readonly (number | null)[]; y: readonly (number | null)[] }[] =>
    (fit?.figure.panels?.[1]?.series ?? []).map((series) => ({ label: series.label, x: series.x, y: series.y }));
  const save = (format: string) => () => api.forecastText(file.id, others, typed, shape, format);

  const element = el(
    'section',
    { class: 'stack forecast', 'aria-label': 'Forecast', hidden: true },
    el('h2', {}, 'Draw a schedule, see its loss'),
    el('div', { class: 'row', role: 'group', 'aria-label': 'Shapes' }, ...buttons),
    el(
      'div',
      { class: 'forecast-pair' },
      el('div', { class: 'stack' }, el('div', { class: 'row' }, el('label', { for: 'forecast-steps' }, 'Steps'), steps), editor.element, table.element),
      el('div', { class: 'stack' }, plot, sentence, remark, trouble),
    ),
    el('div', { class: 'row' }, find, exportButton({ words: 'Schedule (CSV)', file: 'drawn.csv', text: save('schedule') }), exportButton({ words: 'Forecast (CSV)', file: 'forecast-drawn.csv', text: save('csv') })),
    best,
    command,
  );
  return {
    element,
    show(next, nextTyped) {
      const isFirst = fit === null;
      fit = next;
      typed = nextTyped;
      element.hidden = false;
      best.replaceChildren();
      editor.setBackdrop(backdrop(), fit.peak);
      if (isFirst) begin();
      else forecast();
    },
    wait: () => chart.setStale(true),
    destroy() {
      keepNodes.stop();
      latest.stop();
      optimum?.abort();
      editor.destroy();
      chart.destroy();
    },
  };
}
