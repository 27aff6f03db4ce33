import { isAborted, predict } from '../api/client';
import type { Prediction } from '../api/contracts';
import { button } from '../parts/button';
import { el, replace, setText, uniqueId } from '../parts/dom';
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
  const count = el('p', { class: 'small muted' });
  const list = el('div', { class: 'prediction-list', id: listId });
  let predictions: readonly Prediction[] | null = null;
  let controller = new AbortController();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked = '';
  let drawn = '';

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
    try {
      const answers = await Promise.all(wanted.map((run) => predict(tables.id, run, signal)));
      predictions = merged(answers);
      list.classList.remove('is-stale');
      draw();
    } catch (error) {
      if (isAborted(error)) return;
      // The control says what is wrong; numbers of another setting are no longer those of this one.
      if (asked === key) asked = '';
      list.classList.add('is-stale');
    }
  }

  function follow(): void {
    marks.setAttribute('aria-pressed', String(hasMarks(state.get())));
    const last = shown.get();
    // Numbers beside curves that are not those of the controls are no more those of them.
    list.classList.toggle('is-stale', last?.isStale === true);
    if (!last || last.isStale) return;
    const key = JSON.stringify(runsOf(state.get(), tables));
    if (key === asked) return;
    asked = key;
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(key), pause);
  }

  const ends = [shown.subscribe(follow), context.simulations.subscribe(draw), state.subscribe(() => marks.setAttribute('aria-pressed', String(hasMarks(state.get()))))];
  marks.title = 'Mark predicted times, slopes and levels on the curves';
  replace(host, el('div', { class: 'row prediction-tools' }, filter, el('label', { class: 'row small' }, byKind, 'By kind'), marks), count, list);
  follow();
  return () => {
    clearTimeout(waiting);
    controller.abort();
    for (const end of ends) end();
  };
}
