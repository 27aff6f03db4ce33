import { isAborted } from '../api/client';
import type { ClaimResult, ClaimTask } from '../api/contracts';
import { follow } from '../api/stream';
import { el, replace, setText } from '../parts/dom';
import { duration } from '../parts/duration';
import { leftWords, percentWords } from '../runs/words';
import { showResult } from './result';

const figureWords = (figures: readonly number[]): string => (figures.length === 0 ? '' : `${figures.length === 1 ? 'Figure' : 'Figures'} ${figures.join(', ')}`);

export interface TaskPart {
  readonly element: HTMLLIElement;
  stop(): void;
}

/** One task: a button that checks it in the background, how far it is, and what it gave. */
export function createTask(system: string, task: ClaimTask, announce: (sentence: string) => void): TaskPart {
  const facts = [figureWords(task.figures), task.summary ?? `${task.seconds < 1 ? '' : 'about '}${duration(task.seconds)} of one core`].filter((part) => part !== '').join(' · ');
  const bar = el('progress', { max: 1, 'aria-label': `Progress of ${task.title}` });
  const time = el('span', { class: 'small muted' });
  const line = el('div', { class: 'run-progress', hidden: true }, bar, time);
  const about = el('p', { class: 'small muted' }, facts);
  const trouble = el('p', { class: 'field-error', role: 'alert', hidden: true });
  const result = el('div', { class: 'claim-result', hidden: true });
  const press = el('button', { type: 'button', onclick: () => (controller ? controller.abort() : void check()) }, task.summary === undefined ? 'Check' : 'Show');
  const element = el('li', { class: 'claim-task', 'data-task': task.id }, el('div', { class: 'claim-head' }, el('h4', {}, task.title), press), about, line, trouble, result);
  let controller: AbortController | null = null;
  let endResult: (() => void) | null = null;
  press.setAttribute('aria-label', `${press.textContent}: ${task.title}`);

  const say = (words: string): void => {
    setText(press, words);
    press.setAttribute('aria-label', `${words}: ${task.title}`);
  };

  async function check(): Promise<void> {
    if (endResult) {
      result.hidden = !result.hidden;
      say(result.hidden ? 'Show' : 'Hide');
      return;
    }
    controller = new AbortController();
    trouble.hidden = true;
    line.hidden = false;
    bar.removeAttribute('value');
    setText(time, '');
    say('Cancel');
    announce(`Checking ${task.title}.`);
    try {
      const answer = await follow<ClaimResult>(`systems/${encodeURIComponent(system)}/claims/${encodeURIComponent(task.id)}`, {}, controller.signal, ({ name, data }) => {
        if (name !== 'progress') return;
        const { fraction, activity, secondsLeft } = data as { fraction: number; activity: string; secondsLeft?: number };
        if (activity === 'waiting') setText(time, 'waits for its turn');
        else {
          bar.value = fraction;
          setText(time, [percentWords(fraction), leftWords(secondsLeft)].filter((part) => part !== '').join(', '));
        }
      });
      replace(result);
      endResult = showResult(result, answer);
      result.hidden = false;
      setText(about, [figureWords(task.figures), answer.summary].filter((part) => part !== '').join(' · '));
      say('Hide');
      announce(`${task.title}: ${answer.summary}.`);
    } catch (error) {
      say('Check');
      if (!isAborted(error)) {
        trouble.hidden = false;
        setText(trouble, error instanceof Error ? error.message : String(error));
      } else announce('Cancelled.');
    }
    controller = null;
    line.hidden = true;
  }

  return {
    element,
    stop() {
      controller?.abort();
      endResult?.();
    },
  };
}
