import { el, replace } from '../../parts/dom';
import * as api from '../api';
import { fieldRow, refuse, saidHere, selectField, textField } from '../parts/fields';
import { createForecast } from './forecast';
import { createLatest } from '../../system/latest';
import { createResult } from '../parts/result';
import { type DataView, fill, sayTrouble, stemOf, typedOf, type ViewContext } from '../view';

const laws = ['direct', 'by-parts', 'multi-power', 'momentum', 'power-time', 'power-steps'] as const;
const shapes = ['constant', 'linear', 'cosine', 'wsd', 'exponential', 'inverse-root'] as const;

/** Laws of loss curves under schedules: the fit, a schedule to draw with its forecast, and the best schedule. */
export function mountSchedule(host: HTMLElement, context: ViewContext): DataView {
  const main = context.files[0]!;
  const others = { with: context.files.slice(1).map((file) => file.id).filter((id) => !context.held.includes(id)), held: context.held };
  const columns = main.columns.map(({ name }) => [name, name] as const);
  let drawn = typeof context.typed['drawn'] === 'string' ? context.typed['drawn'] : '';
  const keep = (): void => context.keep({ ...typedOf(fields), ...(drawn === '' ? {} : { drawn }) });
  const changed = (): void => {
    keep();
    result.wait();
    latest.ask(typedOf(fields));
  };
  const isRated = main.rate !== undefined;
  const columnFields = [
    selectField('step', { label: 'Steps' }, main.step ?? 'choose a column', columns, changed),
    selectField('loss', { label: 'Loss' }, main.loss ?? 'choose a column', columns, changed),
    selectField('rate', { label: 'Learning rate' }, main.rate ?? 'no column', columns, changed),
  ];
  const scheduleFields = [
    selectField('schedule', { label: 'Schedule of the run', help: 'In place of a column' }, isRated ? 'as logged' : 'choose one', shapes.map((shape) => [shape, shape] as const), changed),
    textField('peak', { label: 'Largest learning rate', placeholder: 'with a schedule' }, changed),
  ];
  const rest = [
    selectField('law', { label: 'Law that forecasts' }, 'the one that errs least', laws.map((law) => [law, law] as const), changed),
    textField('warmup', { label: 'Warm-up before the first logged rate', placeholder: 'not stated', help: 'Steps; 0 states that there was none' }, changed),
    textField('skip', { label: 'Part of the run left out at its start', placeholder: '0.02' }, changed),
    selectField('between', { label: 'Learning rate between rows' }, 'auto', [['linear', 'linear'], ['hold', 'hold']], changed),
    textField('final', { label: 'Learning rate at the end', placeholder: 'of the schedule' }, changed),
    textField('resamples', { label: 'Resamples', placeholder: '200' }, changed),
    textField('seed', { label: 'Random seed', placeholder: '1' }, changed),
  ];
  // A file without learning rates needs a statement: its fields stand in front.
  const [shown, more] = isRated ? [columnFields, [...scheduleFields, ...rest]] : [[...columnFields, ...scheduleFields], rest];
  const fields = [...shown, ...more];
  fill(fields, context.typed);

  // The figure of the forecast stands for that of the fit, which has a schedule panel of its own.
  const result = createResult();
  const forecast = createForecast(main, others, context.announce, {
    first: drawn,
    keep(text) {
      drawn = text;
      keep();
    },
  });
  const fitted = el('section', { class: 'stack', 'aria-label': 'Fit' }, el('h2', {}, 'The fit'), result.element);
  const latest = createLatest<api.Typed, api.ScheduleAnswer>(
    (typed, signal) => api.fitSchedule(main.id, others, typed, signal),
    {
      landed: (answer, typed) => {
        refuse(fields, undefined, '');
        const text = (format: string) => () => api.fitScheduleText(main.id, others, typed, format);
        result.show({ tables: answer.tables, sentences: answer.sentences.map((one) => saidHere(one, fields)), command: answer.command }, [
          { words: 'Parameters (CSV)', file: `${stemOf(main)}-laws.csv`, text: text('csv') },
          { words: 'Everything (JSON)', file: `${stemOf(main)}-fit.json`, kind: 'application/json', text: text('json') },
          { words: 'Curves drawn (CSV)', file: `${stemOf(main)}-fit-schedule.csv`, text: text('figure') },
        ]);
        forecast.show(answer, typed);
        context.announce(answer.figure.title);
      },
      failed: (error) => {
        forecast.wait();
        sayTrouble(error, fields, result);
      },
    },
  );
  replace(host, el('section', { class: 'panel', 'aria-label': 'What is fitted' }, fieldRow(shown, more)), forecast.element, fitted);
  result.wait();
  latest.ask(typedOf(fields));
  return {
    destroy() {
      latest.stop();
      forecast.destroy();
      result.destroy();
    },
  };
}
