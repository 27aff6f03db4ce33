import { isAborted, predict, RefusedError } from '../api/client';
import type { Prediction } from '../api/contracts';
import { setRich } from '../chart';
import { button } from '../parts/button';
import { el, replace, setText, uniqueId } from '../parts/dom';
import { createWaiting } from '../parts/waiting';
import type { SystemContext } from '../system/context';
import { runsOf } from '../system/setting';
import { groupsOf, merged } from './choose';
import { hasMarks, withMarks } from './marks';
import { predictionRow } from './prediction-row';

/** After a curve has landed and stays. */
const pause = 150;

/** The predictions of what is shown, which follow the controls; gives what ends them. */
export function mountPredictions(host: HTMLElement, context: SystemContext): () => void {
  const { system: tables, state, shown } = context;
  const open = new Set<string>();
  const listId = uniqueId('predictions');
  const filter = el('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search predictions', 'aria-controls': listId, oninput: () => draw() });
  const byKind = el('input', { type: 'checkbox', onchange: () => draw() });
  const marks = button('Show in figure', () => state.set(withMarks(state.get(), !hasMarks(state.get()))), 'curve');
  const count = el('p', { class: 'small muted' }, 'They come with the first curve.');
  const note = el('p', { class: 'small prediction-note', role: 'status', hidden: true });
  const list = el('div', { class: 'prediction-list', id: listId });
  let predictions: readonly Prediction[] | null = null;
  let controller = new AbortController();
  let pausing: ReturnType<typeof setTimeout> | undefined;
  let asked = '';
  let drawn = '';
  // Of which setting the predictions are that are shown.
  let landed = '';
  let trouble = '';
  const waiting = createWaiting((isShown) => {
    if (predictions === null) setText(count, isShown ? 'Working …' : 'They come with the first curve.');
  });
  const keyNow = (): string => JSON.stringify(runsOf(state.get(), tables));

  // Numbers that are not those of the controls are faint, as the curves are, and say whose they are.
  function mark(): void {
    const last = shown.get();
    const isOld = predictions !== null && (last?.isStale === true || landed !== keyNow());
    list.classList.toggle('is-stale', isOld);
    const words = trouble !== '' ? trouble : isOld && last?.staying !== undefined && last.staying !== '' ? `These are the predictions of ${last.staying}.` : '';
    note.hidden = words === '';
    if (note.dataset['words'] !== words) setRich(note, words);
    note.dataset['words'] = words;
  }

  function draw(): void {
    if (!predictions) return;
    const choice = { shown: [...runsOf(state.get(), tables).map((run) => run.method), ...context.simulations.get().map((run) => run.method)], words: filter.value.trim(), isByKind: byKind.checked };
    // What stays the same is not touched: it may be open, or be read.
    const key = JSON.stringify([predictions, choice]);
    if (key === drawn) return;
    drawn = key;
    const groups = groupsOf(predictions, choice);
    const shownNow = groups.reduce((sum, group) => sum + group.predictions.length, 0);
    setText(count, predictions.length === 0 ? 'This system predicts nothing for these settings.' : shownNow === predictions.length ? '' : `${shownNow} of ${predictions.length}`);
    replace(
      list,
      ...groups.flatMap((group) => [
        group.title === '' ? null : el('h3', { class: 'prediction-group' }, group.title),
        ...group.predictions.map((prediction) => predictionRow(prediction, open.has(prediction.name), (isOpen) => void (isOpen ? open.add(prediction.name) : open.delete(prediction.name)))),
      ]),
    );
  }

  async function ask(key: string): Promise<void> {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    const runs = runsOf(state.get(), tables);
    const [first, ...others] = runs.filter((run) => tables.learningCurves.includes(run.method));
    const wanted = first ? [first, ...others] : runs.slice(0, 1);
    waiting.wait();
    try {
      const answers = await Promise.all(wanted.map((run) => predict(tables.id, run, signal)));
      waiting.rest();
      predictions = merged(answers);
      landed = key;
      trouble = '';
      draw();
    } catch (error) {
      if (isAborted(error)) return;
      waiting.rest();
      // What is wrong with a value is said at its control.
      if (asked === key) asked = '';
      trouble = error instanceof RefusedError && error.values.length > 0 ? '' : error instanceof Error ? error.message : String(error);
    }
    mark();
  }

  function follow(): void {
    marks.setAttribute('aria-pressed', String(hasMarks(state.get())));
    const last = shown.get();
    mark();
    if (!last || last.isStale) return;
    const key = keyNow();
    if (key === asked) return;
    asked = key;
    clearTimeout(pausing);
    pausing = setTimeout(() => void ask(key), pause);
  }

  const ends = [shown.subscribe(follow), context.simulations.subscribe(draw), state.subscribe(follow)];
  marks.title = 'Mark predicted times, slopes and levels on the curves';
  replace(host, el('div', { class: 'row prediction-tools' }, filter, el('label', { class: 'row small' }, byKind, 'By kind'), marks), note, count, list);
  follow();
  return () => {
    clearTimeout(pausing);
    waiting.rest();
    controller.abort();
    for (const end of ends) end();
  };
}
