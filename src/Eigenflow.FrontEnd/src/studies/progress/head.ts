import { el, replace, setText } from '../../parts/dom';
import { announce } from '../../shell/announcer';
import type { StudyPlan, StudyProgress } from '../contracts';
import { commandLine } from '../copy';
import { badgeKind, progressBar } from './progress-bar';
import { typeset } from '../figure/typeset';
import { facts, sentence, stateWords } from './words';

const announceEvery = 10_000;

export interface Head {
  readonly element: HTMLElement;
  show(progress: StudyProgress): void;
  /** What keeps the page from following, or null. */
  trouble(words: string | null): void;
  end(): void;
}

/** What a study is, and where its sweep stands. */
export function createHead(plan: StudyPlan): Head {
  const bar = progressBar('Runs of the study');
  const badge = el('span', {});
  const words = el('span', { class: 'study-facts' });
  const next = el('div', { class: 'study-next' });
  const notes = el('ul', { class: 'notice open study-notes' });
  const broken = el('p', { class: 'field-error', hidden: true });
  const varied = plan.columns.map((column) => el('span', { class: 'study-varied' }, `${column.count} ${column.name === 'method' ? 'methods' : 'values of '}`, column.name === 'method' ? null : typeset(column.label)));
  const description = plan.description.trim();
  const element = el(
    'header',
    { class: 'study-head' },
    el('nav', { 'aria-label': 'Place' }, el('a', { href: '#/studies' }, 'Studies'), el('span', { 'aria-hidden': 'true' }, ' / '), el('code', {}, plan.path)),
    el('h1', { 'data-title': plan.title }, typeset(plan.title)),
    el('p', { class: 'study-facts-line' }, el('a', { href: `#/systems/${encodeURIComponent(plan.system)}` }, plan.systemTitle), el('span', {}, plan.methods.join(', ')), ...varied),
    description || plan.fixed.length > 0
      ? el(
          'details',
          { class: 'study-about' },
          el('summary', {}, 'About this study'),
          description ? el('p', {}, typeset(description)) : null,
          plan.fixed.length > 0 ? el('dl', {}, ...plan.fixed.flatMap(({ label, value }) => [el('dt', {}, typeset(label)), el('dd', {}, typeset(value))])) : null,
        )
      : null,
    el('section', { class: 'card study-progress', 'aria-label': 'Progress' }, el('p', { class: 'study-progress-line' }, badge, words), bar.element, broken, next),
    notes,
  );
  let told = '';
  let last = -announceEvery;
  let later: ReturnType<typeof setTimeout> | undefined;
  let commands = '';
  const tell = (progress: StudyProgress): void => {
    const text = sentence(progress);
    if (text === told) return;
    clearTimeout(later);
    const wait = last + announceEvery - performance.now();
    if (wait > 0) {
      later = setTimeout(() => tell(progress), wait);
      return;
    }
    last = performance.now();
    if (told !== '') announce(text);
    told = text;
  };
  return {
    element,
    show(progress) {
      badge.className = badgeKind(progress.word);
      setText(badge, stateWords[progress.word]);
      setText(words, facts(progress).join(' · '));
      bar.show(progress);
      const command = progress.missing > 0 && progress.running === 0 ? plan.sweep : '';
      if (command !== commands) {
        commands = command;
        replace(next, ...(command ? [el('p', { class: 'muted small' }, progress.done + progress.failed === 0 ? 'This computes its runs:' : 'This computes what is missing:'), commandLine(command)] : []));
      }
      notes.hidden = progress.notes.length === 0;
      if (notes.dataset['text'] !== progress.notes.join('\n')) {
        notes.dataset['text'] = progress.notes.join('\n');
        replace(notes, ...progress.notes.map((note) => el('li', {}, note)));
      }
      tell(progress);
    },
    trouble(text) {
      broken.hidden = text === null;
      setText(broken, text ?? '');
    },
    end: () => clearTimeout(later),
  };
}
