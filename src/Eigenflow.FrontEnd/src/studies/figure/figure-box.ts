import { isAborted } from '../../api/client';
import { type Chart, createChart, dataTable, plainText } from '../../chart';
import { copy } from '../../parts/clipboard';
import { el, replace } from '../../parts/dom';
import { saveText } from '../../parts/save';
import { createWaiting, whileWorking } from '../../parts/waiting';
import { announce } from '../../shell/announcer';
import { isAlongRun } from '../builder/choice';
import { figure, figureCsv, runsAddress } from '../client';
import type { FigureRequest, StudyDrawing, StudyPlan } from '../contracts';
import { fitTable, slopeName } from './tables';

// While runs come, the figure follows this often; what a user chooses is asked for at once.
const pause = 1_000;

export interface FigureBox {
  readonly element: HTMLElement;
  /** Asks for a figure; an older question is dropped. */
  ask(request: FigureRequest): void;
  /** Asks for the same figure again, since there are more runs. */
  refresh(): void;
  end(): void;
}

/** The figure with what it fits, its numbers, and what can be taken away. */
export function createFigureBox(plan: StudyPlan, refused: (words: string) => void): FigureBox {
  const host = el('div', { class: 'study-chart' });
  const nothing = el('p', { class: 'study-nothing muted', role: 'status', hidden: true });
  const fits = el('div', {});
  const table = el('div', {});
  const block = el('pre', { tabindex: 0, 'aria-label': 'The figure as it stands in a study file' });
  const data = el('details', { class: 'study-section', ontoggle: () => fillTable() }, el('summary', {}, 'Numbers of the figure'), table);
  const file = el('details', { class: 'study-section' }, el('summary', {}, 'For the study file'), el('p', { class: 'muted small' }, 'Put at the end of the study file, these lines give the same figure in eigenflow report.'), block);
  let request: FigureRequest | null = null;
  let drawing: StudyDrawing | null = null;
  let chart: Chart | null = null;
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let isOutdated = false;

  const csv = el('button', { type: 'button', onclick: () => void whileWorking(csv, save) }, 'Figure as CSV');
  const lines = el('button', { type: 'button', onclick: () => void copy(drawing?.toml ?? '', 'Lines for the study file').then((done) => announce(done ? 'Copied the lines for the study file.' : 'The lines are selected.')) }, 'Copy for the study file');
  const element = el(
    'section',
    { class: 'card study-figure', 'aria-label': 'Figure' },
    host,
    nothing,
    el('p', { class: 'row study-take' }, csv, el('a', { class: 'button', href: runsAddress(plan.path), download: `${plan.name}-runs.csv` }, 'All runs as CSV'), lines),
    fits,
    data,
    file,
  );

  const waiting = createWaiting((isShown) => {
    if (drawing) return;
    nothing.hidden = !isShown;
    nothing.textContent = isShown ? 'Reading the runs …' : '';
  });

  function fillTable(): void {
    if (!data.open) return;
    replace(table, drawing?.figure ? dataTable(drawing.figure) : 'There are none.');
  }

  async function save(): Promise<void> {
    if (!request) return;
    try {
      saveText(`${plan.name}.csv`, await figureCsv(plan.path, request));
    } catch (error) {
      refused(error instanceof Error ? error.message : String(error));
    }
  }

  function show(next: StudyDrawing, shown: FigureRequest): void {
    drawing = next;
    host.hidden = !next.figure;
    nothing.hidden = next.figure !== undefined;
    csv.disabled = !next.figure;
    if (next.figure) {
      chart ??= createChart(host, {}, { hasSlopes: false });
      chart.update(next.figure);
    } else {
      nothing.textContent = next.runs > 0 ? 'None of the chosen runs has a value here.' : plan.progress.planned > 0 && plan.progress.done === 0 ? 'No run is done yet: the figure comes with the first.' : 'No run is one of those that are chosen.';
    }
    replace(fits, fitTable(next, isAlongRun(plan, shown.x), slopeName(shown.hasLinearX === true, shown.hasLinearY === true)));
    block.textContent = next.toml;
    fillTable();
  }

  async function draw(isNew: boolean): Promise<void> {
    const now = request;
    if (!now) return;
    clearTimeout(timer);
    timer = undefined;
    running?.abort();
    const mine = (running = new AbortController());
    asked = performance.now();
    isOutdated = false;
    waiting.wait();
    if (isNew) chart?.setStale(true);
    element.setAttribute('aria-busy', 'true');
    try {
      const answer = await figure(plan.path, now, mine.signal);
      if (mine !== running) return;
      refused('');
      show(answer, now);
      if (isNew && answer.figure) announce(`${plainText(answer.figure.title)}.`);
    } catch (error) {
      if (isAborted(error) || mine !== running) return;
      refused(error instanceof Error ? error.message : String(error));
    } finally {
      if (mine === running) {
        running = null;
        waiting.rest();
        element.removeAttribute('aria-busy');
        if (isOutdated) follow();
      }
    }
  }

  // A figure that is on its way is not given up for one with more runs: runs may come faster than figures.
  function follow(): void {
    if (running) isOutdated = true;
    else timer ??= setTimeout(() => void draw(false), Math.max(0, asked + pause - performance.now()));
  }

  return {
    element,
    ask(next) {
      request = next;
      void draw(true);
    },
    refresh: follow,
    end() {
      clearTimeout(timer);
      waiting.rest();
      running?.abort();
      running = null;
      chart?.destroy();
    },
  };
}
