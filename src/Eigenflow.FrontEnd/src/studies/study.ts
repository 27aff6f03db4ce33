import { el, replace } from '../parts/dom';
import { createBuilder } from './builder/builder';
import { decodeChoice, encodeChoice, type Choice } from './builder/choice';
import { follow, study } from './client';
import type { StudyPlan, StudyProgress } from './contracts';
import { createFigureBox } from './figure/figure-box';
import { createHead } from './progress/head';
import { studyAddress } from './list';
import { failureTable } from './figure/tables';

export interface StudyView {
  readonly unmount: () => void;
  readonly show: (query: string) => void;
}

/** One study: its progress, the runs that failed, and figures of what is there. */
export function mountStudy(host: HTMLElement, path: string, query: string): StudyView {
  let end = (): void => undefined;
  let show = (next: string): void => void (query = next);
  let isOver = false;
  const open = async (): Promise<void> => {
    host.replaceChildren(el('div', { class: 'study', 'aria-busy': 'true' }, el('div', { class: 'skeleton study-skeleton' }), el('div', { class: 'skeleton study-skeleton tall' })));
    try {
      const plan = await study(path);
      if (!isOver) ({ end, show } = fill(host, plan, query));
    } catch (error) {
      if (isOver) return;
      host.replaceChildren(
        el(
          'section',
          { class: 'notice bad', role: 'alert' },
          el('h1', { class: 'notice-title' }, 'This study cannot be shown'),
          el('p', {}, error instanceof Error ? error.message : String(error)),
          el('p', { class: 'row' }, el('a', { href: '#/studies' }, 'All studies'), el('button', { type: 'button', onclick: () => void open() }, 'Try again')),
        ),
      );
    }
  };
  void open();
  return {
    unmount() {
      isOver = true;
      end();
    },
    show: (next) => show(next),
  };
}

function fill(host: HTMLElement, first: StudyPlan, query: string): { end: () => void; show: (query: string) => void } {
  let plan = first;
  let isOver = false;
  let told = first.progress;
  const head = createHead(plan);
  const failures = el('div', { class: 'study-failed' });
  const box = createFigureBox(plan, (words) => builder.refuse(words));
  const builder = createBuilder(plan, (choice) => choose(choice, true));
  host.replaceChildren(el('div', { class: 'study' }, head.element, failures, el('div', { class: 'study-work' }, box.element, builder.element)));

  function choose(choice: Choice, writes: boolean): void {
    builder.show(choice);
    box.ask(choice.request);
    if (!writes) return;
    const text = encodeChoice(choice, plan);
    history.replaceState(history.state, '', `${studyAddress(plan.path)}${text ? `?${text}` : ''}`);
  }

  const showFailures = (): void => replace(failures, failureTable(plan));

  // A new failure, or a study file that has changed, changes more than numbers.
  const look = async (): Promise<void> => {
    try {
      const next = await study(plan.path);
      if (isOver) return;
      if (next.progress.planned !== plan.progress.planned || next.columns.length !== plan.columns.length) {
        end();
        const { end: endNext, show: showNext } = fill(host, next, location.hash.split('?')[1] ?? '');
        end = endNext;
        show = showNext;
        return;
      }
      plan = next;
      showFailures();
    } catch {
      // The stream of changes says what is wrong.
    }
  };

  const progressed = (progress: StudyProgress): void => {
    const before = told;
    told = progress;
    head.show(progress);
    if (progress.failed !== before.failed || progress.planned !== before.planned) void look();
    if (progress.read !== before.read || progress.planned !== before.planned) box.refresh();
  };

  head.show(plan.progress);
  showFailures();
  choose(decodeChoice(query, plan), false);
  const unfollow = follow(plan.path, { progress: progressed, trouble: (words) => head.trouble(words) });
  let end = (): void => {
    isOver = true;
    unfollow();
    head.end();
    box.end();
  };
  let show = (next: string): void => choose(decodeChoice(next, plan), false);
  return { end: () => end(), show: (next) => show(next) };
}
