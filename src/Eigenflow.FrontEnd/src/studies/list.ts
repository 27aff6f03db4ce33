import { isAborted } from '../api/client';
import { el, replace } from '../parts/dom';
import { studies } from './client';
import type { StudyEntry, StudyList } from './contracts';
import { commandLine } from './copy';
import { typeset } from './figure/typeset';
import { badgeKind, progressBar } from './progress/progress-bar';
import { ago, facts, stateWords } from './progress/words';

const soon = 3_000;
const late = 15_000;

/** The address of a study. */
export const studyAddress = (path: string): string => `#/studies/${path.split('/').map(encodeURIComponent).join('/')}`;

function card(entry: StudyEntry): HTMLElement {
  const { progress } = entry;
  const title = entry.title ?? entry.path;
  const bar = progress ? progressBar(`Progress of ${title}`) : null;
  if (bar && progress) bar.show(progress);
  return el(
    'li',
    { class: 'card study-card' },
    el('h2', {}, el('a', { href: studyAddress(entry.path) }, entry.title ? typeset(entry.title) : entry.path)),
    el('p', { class: 'study-card-place' }, el('code', {}, entry.path), entry.system ? el('span', {}, entry.system) : null),
    bar?.element,
    progress &&
      el(
        'p',
        { class: 'study-card-facts' },
        el('span', { class: badgeKind(progress.word) }, stateWords[progress.word]),
        el('span', {}, facts(progress, true).join(' · ')),
        progress.changed ? el('time', { datetime: progress.changed }, `changed ${ago(progress.changed, Date.now())}`) : null,
      ),
    entry.error ? el('p', { class: 'field-error' }, entry.error) : null,
  );
}

function empty(list: StudyList): HTMLElement {
  if (list.folder === undefined) {
    return el(
      'section',
      { class: 'card study-empty' },
      el('h2', {}, 'This explorer reads no files'),
      el('p', {}, 'It was started without a folder. Start it with the folder that holds your results, and they are listed here:'),
      commandLine('eigenflow explore --folder results'),
    );
  }
  return el(
    'section',
    { class: 'card study-empty' },
    el('h2', {}, `No results below ${list.folder} yet`),
    el('p', {}, 'A study is a small file that says which runs to make. One command computes them, and this page shows them while they come:'),
    commandLine('eigenflow sweep studies/exponents.toml'),
    el('p', { class: 'muted small' }, 'Results elsewhere? Start the explorer with their folder: ', el('code', {}, 'eigenflow explore --folder DIR'), '.'),
  );
}

/** The list of studies. Gives what ends it. */
export function mountList(host: HTMLElement): () => void {
  const heading = el('h1', {}, 'Studies');
  const lead = el('p', { class: 'muted study-lead' }, 'Results of sweeps, while they run and after.');
  const body = el('div', { class: 'study-list-body', 'aria-busy': 'true' }, el('div', { class: 'skeleton study-skeleton' }), el('div', { class: 'skeleton study-skeleton' }));
  host.replaceChildren(el('div', { class: 'study-list' }, el('header', {}, heading, lead), body));
  const leaving = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = '';
  const show = (list: StudyList): void => {
    body.removeAttribute('aria-busy');
    const text = JSON.stringify(list);
    if (text === shown) return;
    shown = text;
    // What has the focus keeps it.
    const focused = document.activeElement instanceof HTMLAnchorElement && body.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    if (list.studies.length === 0) replace(body, empty(list));
    else {
      replace(
        body,
        el('ul', { class: 'study-cards' }, ...list.studies.map(card)),
        list.isWhole ? null : el('p', { class: 'muted small' }, `There is more below ${list.folder ?? 'the folder'} than was looked at: start the explorer with a folder that holds less, such as results.`),
      );
    }
    if (focused) [...body.querySelectorAll<HTMLAnchorElement>('a')].find((link) => link.getAttribute('href') === focused)?.focus();
  };
  const look = async (): Promise<void> => {
    let pause = late;
    try {
      if (!document.hidden) {
        const list = await studies(leaving.signal);
        show(list);
        if (list.studies.some((study) => study.progress?.word === 'running')) pause = soon;
      }
    } catch (error) {
      if (isAborted(error)) return;
      body.removeAttribute('aria-busy');
      shown = '';
      replace(body, el('section', { class: 'notice bad', role: 'alert' }, el('p', {}, error instanceof Error ? error.message : String(error))));
    }
    if (!leaving.signal.aborted) timer = setTimeout(() => void look(), pause);
  };
  void look();
  return () => {
    leaving.abort();
    clearTimeout(timer);
  };
}
