import { type Chart, type ChartEvents, type ChartOptions, createChart, type Figure, richNodes } from '../../chart';
import { copyButton } from '../../parts/clipboard';
import { el, replace, setText } from '../../parts/dom';
import { saveText } from '../../parts/save';
import { createWaiting, whileWorking } from '../../parts/waiting';
import type { Table } from '../api';
import { tableOf } from './tables';

export interface Export {
  readonly words: string;
  readonly file: string;
  readonly kind?: string;
  text(): Promise<string>;
}

/** The place of an answer: chart, sentences, tables, the command line that gives the same, and files to save. */
export interface Result {
  readonly element: HTMLElement;
  readonly chart: Chart;
  wait(): void;
  show(answer: { readonly figure?: Figure; readonly tables: readonly Table[]; readonly sentences: readonly string[]; readonly command: string }, exports: readonly Export[]): void;
  fail(words: string): void;
  destroy(): void;
}

export function createResult(events: ChartEvents = {}, options: ChartOptions = {}): Result {
  const plot = el('div', { class: 'data-chart' });
  const chart = createChart(plot, events, options);
  const trouble = el('div', { class: 'notice bad', role: 'alert', hidden: true });
  const sentences = el('div', { class: 'data-sentences' });
  const tables = el('div', { class: 'stack' });
  const command = el('div', { class: 'data-command' });
  const files = el('div', { class: 'row' });
  const progress = el('div', { class: 'data-progress', role: 'progressbar', 'aria-label': 'Working', hidden: true });
  const working = el('p', { class: 'small muted', role: 'status' });
  const waiting = createWaiting((isShown) => setText(working, isShown ? 'Working …' : ''));
  const element = el('div', { class: 'data-result stack' }, progress, working, trouble, plot, sentences, tables, command, files);
  plot.hidden = true;
  const rest = (): void => {
    progress.hidden = true;
    waiting.rest();
    element.removeAttribute('aria-busy');
  };
  return {
    element,
    chart,
    wait() {
      progress.hidden = false;
      waiting.wait();
      element.setAttribute('aria-busy', 'true');
      chart.setStale(true);
    },
    show(answer, exports) {
      rest();
      trouble.hidden = true;
      if (answer.figure) {
        plot.hidden = false;
        chart.update(answer.figure);
      }
      chart.setStale(false);
      replace(sentences, ...answer.sentences.map((sentence) => el('p', {}, ...richNodes(sentence))));
      replace(tables, ...answer.tables.map(tableOf));
      replace(command, commandLine(answer.command));
      replace(files, ...exports.map(exportButton));
    },
    fail(words) {
      rest();
      trouble.hidden = words === '';
      trouble.textContent = words;
      chart.setStale(true);
    },
    destroy() {
      waiting.rest();
      chart.destroy();
    },
  };
}

/** A button that saves what the server gives; an error is said in its place. */
export function exportButton(one: Export): HTMLElement {
  const trouble = el('span', { class: 'field-error', role: 'alert' });
  const work = async (): Promise<void> => {
    trouble.textContent = '';
    try {
      saveText(one.file, await one.text(), one.kind);
    } catch (error) {
      trouble.textContent = (error as Error).message;
    }
  };
  const press = el('button', { type: 'button', onclick: () => void whileWorking(press, work) }, one.words);
  return el('span', { class: 'row' }, press, trouble);
}

/** A command line with a button that copies it. */
export const commandLine = (text: string): HTMLElement =>
  el('div', { class: 'data-command-line' }, el('pre', { tabindex: 0, 'aria-label': 'The same on the command line' }, el('code', {}, text)), copyButton(text, 'The same on the command line', 'Copy', 'button'));
