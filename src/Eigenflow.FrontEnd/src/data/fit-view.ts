import type { PanelView } from '../state/system-state';
import { el, replace } from '../parts/dom';
import * as api from './api';
import { fieldRow, refuse, saidHere, selectField, textField } from './parts/fields';
import { createLatest } from '../system/latest';
import { createResult } from './parts/result';
import { type DataView, fill, sayTrouble, stemOf, typedOf, type ViewContext, whenSettled } from './view';

const laws = ['power-law', 'power-law-floor', 'broken-power-law', 'stretched'] as const;

/** Scaling laws of the curves of a table: columns, window and laws are chosen, the fit follows. */
export function mountFit(host: HTMLElement, context: ViewContext): DataView {
  const main = context.files[0]!;
  const others = { with: context.files.slice(1).map((file) => file.id), held: [] };
  const numeric = main.columns.filter((column) => column.isNumeric).map(({ name }) => [name, name] as const);
  const all = main.columns.map(({ name }) => [name, name] as const);
  const changed = (): void => {
    context.keep(typedOf(fields));
    result.wait();
    latest.ask(typedOf(fields));
  };
  const window_ = textField('window', { label: 'Window of x', placeholder: 'everything', help: 'FROM,TO; or drag it on the chart with the button “slope”' }, changed);
  const shown = [
    selectField('x', { label: 'x' }, 'by its name', all, changed),
    selectField('y', { label: 'y' }, 'by its name', numeric, changed),
    selectField('group', { label: 'One curve per' }, 'the whole table', all, changed),
    selectField('law', { label: 'Law' }, 'all laws', laws.map((law) => [law, law.replaceAll('-', ' ')] as const), changed),
    window_,
  ];
  const more = [
    selectField('seeds', { label: 'Seeds', help: 'Curves that differ in this column alone are seeds of one' }, 'none', [['all', 'all curves'], ...all], changed),
    textField('level', { label: 'Level of intervals', placeholder: '0.95' }, changed),
    textField('resamples', { label: 'Resamples', placeholder: '999' }, changed),
    textField('drift', { label: 'Largest drift of the exponent', placeholder: '0.05' }, changed),
    textField('seed', { label: 'Random seed', placeholder: '1' }, changed),
  ];
  const fields = [...shown, ...more];
  fill(fields, context.typed);

  const onView = (_: number, view: PanelView): void => {
    const text = view.window ? view.window.map((end) => String(Number(end.toPrecision(4)))).join(',') : '';
    // Both panels share x.
    result.chart.setViews(view.window ? { 0: { window: view.window }, 1: { window: view.window } } : {});
    if (text === window_.value) return;
    window_.set(text);
    settled();
  };
  const settled = whenSettled(changed);
  const result = createResult({ onView });
  const latest = createLatest<api.Typed, api.Answer>(
    (typed, signal) => api.fit(main.id, others, typed, signal),
    {
      landed: (answer, typed) => {
        refuse(fields, undefined, '');
        const text = (format: string) => () => api.fitText(main.id, others, typed, format);
        result.show({ ...answer, sentences: answer.sentences.map((one) => saidHere(one, fields)) }, [
          { words: 'Parameters (CSV)', file: `${stemOf(main)}-parameters.csv`, text: text('csv') },
          { words: 'Everything (JSON)', file: `${stemOf(main)}-fit.json`, kind: 'application/json', text: text('json') },
          { words: 'Curves drawn (CSV)', file: `${stemOf(main)}-fit.csv`, text: text('figure') },
        ]);
        context.announce(answer.figure.title);
      },
      failed: (error) => sayTrouble(error, fields, result),
    },
  );
  replace(host, el('section', { class: 'panel', 'aria-label': 'What is fitted' }, fieldRow(shown, more)), result.element);
  result.wait();
  latest.ask(typedOf(fields));
  return {
    destroy() {
      settled.stop();
      latest.stop();
      result.destroy();
    },
  };
}
