import { el, setAttribute } from '../../parts/dom';
import type { StudyProgress } from '../contracts';
import { sentence } from './words';

export interface ProgressBar {
  readonly element: HTMLElement;
  show(progress: StudyProgress): void;
}

/** How much of a sweep is done, failed and running, as one bar. */
export function progressBar(name: string): ProgressBar {
  const done = el('span', { class: 'study-bar-done' });
  const failed = el('span', { class: 'study-bar-failed' });
  const running = el('span', { class: 'study-bar-running' });
  const element = el('div', { class: 'study-bar', role: 'progressbar', 'aria-label': name, 'aria-valuemin': 0 }, done, failed, running);
  return {
    element,
    show(progress) {
      const share = (count: number): string => `${progress.planned > 0 ? (100 * count) / progress.planned : 0}%`;
      done.style.width = share(progress.done);
      failed.style.width = share(progress.failed + progress.damaged);
      running.style.width = share(progress.running);
      setAttribute(element, 'aria-valuemax', progress.planned);
      setAttribute(element, 'aria-valuenow', progress.done + progress.failed);
      setAttribute(element, 'aria-valuetext', sentence(progress));
      element.dataset['word'] = progress.word;
    },
  };
}

const kinds: Readonly<Record<StudyProgress['word'], string>> = { done: 'good', running: 'reduced', failed: 'bad', empty: '', stopped: 'open' };

/** The class of the badge of a state. */
export const badgeKind = (word: StudyProgress['word']): string => `badge ${kinds[word]}`.trim();
