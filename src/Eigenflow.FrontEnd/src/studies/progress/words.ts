import { duration } from '../../parts/duration';
import type { StudyProgress } from '../contracts';

const count = (number: number): string => number.toLocaleString('en-US').replaceAll(',', '\u202f');

/** `1 run`, `12 runs`. */
export const runs = (number: number): string => (number === 1 ? '1 run' : `${count(number)} runs`);

/** How long ago something was, in words. */
export function ago(then: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(then)) / 1000);
  if (Number.isNaN(seconds)) return '';
  if (seconds < 5) return 'just now';
  return `${duration(seconds)} ago`;
}

/** How fast runs end. */
export const rate = (perSecond: number): string => {
  const [value, unit] = perSecond >= 1 ? [perSecond, 's'] : perSecond * 60 >= 1 ? [perSecond * 60, 'min'] : [perSecond * 3600, 'h'];
  return `${value >= 100 ? count(Math.round(value)) : Number(value.toPrecision(2))} runs/${unit}`;
};

/** What there is to say of where a sweep stands: the first part is the main one. In a list of studies nothing is read. */
export function facts(progress: StudyProgress, isListed = false): string[] {
  const result = [progress.planned === progress.done ? `All ${runs(progress.planned)} done` : `${count(progress.done)} of ${runs(progress.planned)} done`];
  if (progress.failed > 0) result.push(`${count(progress.failed)} failed`);
  if (progress.diverged > 0) result.push(`${count(progress.diverged)} diverged`);
  if (progress.damaged > 0) result.push(`${count(progress.damaged)} cannot be read`);
  if (progress.running > 0) result.push(`${count(progress.running)} running`);
  const left = progress.missing - progress.running;
  if (left > 0) result.push(progress.running > 0 ? `${count(left)} waiting` : `${count(left)} missing`);
  if (progress.perSecond !== undefined) result.push(rate(progress.perSecond));
  if (progress.secondsLeft !== undefined) result.push(`about ${duration(progress.secondsLeft)} left`);
  if (!isListed && progress.read < progress.done) result.push(`${count(progress.read)} read so far`);
  return result;
}

/** One sentence for readers of the screen. */
export const sentence = (progress: StudyProgress): string => {
  const [first, ...rest] = facts(progress);
  return `${[first, ...rest.filter((part) => !part.includes('runs/'))].join(', ')}.`;
};

/** What the state is called. */
export const stateWords: Readonly<Record<StudyProgress['word'], string>> = { done: 'complete', running: 'running', failed: 'some runs failed', empty: 'not begun', stopped: 'incomplete' };
