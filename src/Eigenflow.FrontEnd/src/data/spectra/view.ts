import type { PanelView } from '../../state/system-state';
import { el, replace } from '../../parts/dom';
import * as api from '../api';
import { createCurves } from './curves';
import { checkField, type Field, fieldRow, refuse, saidHere, selectField, textField } from '../parts/fields';
import { createLatest } from '../../system/latest';
import { commandLine, createResult } from '../parts/result';
import { type DataView, fill, sayTrouble, stemOf, typedOf, type ViewContext, whenSettled } from '../view';

/** Eigenvalues with their exponent and window, and the learning curves that they imply. */
export function mountSpectrum(host: HTMLElement, context: ViewContext, use: 'samples' | 'eigenvalues' | 'covariance'): DataView {
  const main = context.files[0]!;
  const isSample = use === 'samples';
  const texts = main.columns.filter((column) => !column.isNumeric).map(({ name }) => name);
  const columns = main.columns.map(({ name }) => [name, name] as const);
  const changed = (): void => {
    context.keep(typedOf(fields));
    result.wait();
    latest.ask(asked());
  };
  const window_ = textField('window', { label: 'Window of modes', placeholder: 'the longest that holds', help: 'FROM,TO; or drag it on the chart with the button “slope”' }, changed);
  const shown: Field[] = isSample
    ? [
        window_,
        selectField('label', { label: 'Labels', help: 'A column that is no feature: its power in every mode' }, 'none', columns, changed),
        textField('without', { label: 'Columns left out', placeholder: 'none', help: 'Names or numbers, with commas' }, changed),
      ]
    : [window_, textField('samples', { label: 'Measured on samples', placeholder: 'exact', help: 'How many; empty for exact eigenvalues' }, changed)];
  const more: Field[] = isSample
    ? [
        selectField('labelIs', { label: 'Labels are' }, 'what they look like', [['numbers', 'numbers'], ['classes', 'classes']], changed),
        textField('modes', { label: 'Leading eigenvalues', placeholder: '256' }, changed),
        checkField('noCentre', 'Do not subtract the means', changed),
        checkField('correct', 'Correct for the size of the sample', changed),
      ]
    : [];
  const fields = [...shown, ...more];
  fill(fields, context.typed);
  // Columns of texts are no features.
  if (isSample && texts.length > 0 && context.typed['without'] === undefined) fields.find((field) => field.name === 'without')!.set(texts.join(','));
  const asked = (): api.Typed => ({ ...typedOf(fields), is: isSample ? '' : use });

  const onView = (panel: number, view: PanelView): void => {
    if (panel > 0) return;
    const text = view.window ? view.window.map((mode) => String(Math.max(1, Math.round(mode)))).join(',') : '';
    if (text === window_.value) return;
    window_.set(text);
    settled();
  };
  const settled = whenSettled(changed);
  const result = createResult({ onView });
  const curves = createCurves(context.announce);
  let drawn = '';
  const next = el('section', { 'aria-label': 'How to go on' });
  const latest = createLatest<api.Typed, api.SpectrumAnswer>(
    (typed, signal) => api.spectrum(main.id, typed, signal),
    {
      landed: (answer, typed) => {
        refuse(fields, undefined, '');
        const text = (format: string) => () => api.spectrumText(main.id, typed, format);
        result.show({ ...answer, sentences: answer.sentences.map((one) => saidHere(one, fields)) }, [
          { words: answer.saved.name, file: answer.saved.name, text: () => api.fileText(answer.saved.id) },
          ...(answer.corrected ? [{ words: answer.corrected.name, file: answer.corrected.name, text: () => api.fileText(answer.corrected!.id) }] : []),
          { words: 'Eigenvalues (CSV)', file: `${stemOf(main)}-eigenvalues.csv`, text: text('csv') },
          { words: 'Everything (JSON)', file: `${stemOf(main)}-spectrum.json`, kind: 'application/json', text: text('json') },
        ]);
        replace(next, el('p', { class: 'muted small' }, 'On the command line, go on with'), commandLine(answer.next));
        // The window changes the exponent and no eigenvalue.
        const spectrum = JSON.stringify({ ...typed, window: '' });
        if (spectrum !== drawn) curves.show(answer.saved);
        drawn = spectrum;
        context.announce(answer.figure.title);
      },
      failed: (error) => sayTrouble(error, fields, result),
    },
  );
  replace(host, el('section', { class: 'panel', 'aria-label': 'What is estimated' }, fieldRow(shown, more)), result.element, next, curves.element);
  result.wait();
  latest.ask(asked());
  return {
    destroy() {
      settled.stop();
      latest.stop();
      curves.destroy();
      result.destroy();
    },
  };
}
