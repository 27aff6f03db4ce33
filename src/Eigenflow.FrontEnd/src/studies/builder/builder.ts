import { el, replace, setText } from '../../parts/dom';
import { createSegmented } from '../../parts/segmented';
import { changed, emptyRequest, isAlongRun, ordinates, type Choice } from './choice';
import type { FigureRequest, StudyPlan, StudyQuantity } from '../contracts';
import { createSelect, field, type SelectGroup } from './controls';
import { selection } from './selection';
import { plainText } from '../../chart';

export interface Builder {
  readonly element: HTMLElement;
  show(choice: Choice): void;
  /** Says the words of a refusal at the builder; empty takes them away. */
  refuse(words: string): void;
}

const kindWords: Readonly<Record<StudyQuantity['kind'], string>> = { derived: 'Derived by the study', event: 'Times of events', last: 'Last values', solver: 'Work of the solver', observable: 'Along a run' };

const quantityGroups = (quantities: readonly StudyQuantity[], kinds: readonly StudyQuantity['kind'][]): SelectGroup[] =>
  kinds.map((kind) => ({ label: kindWords[kind], options: quantities.filter((quantity) => quantity.kind === kind).map((quantity) => ({ value: quantity.name, label: plainText(quantity.label) })) }));

/** The controls that say what the figure shows. */
export function createBuilder(plan: StudyPlan, chosen: (choice: Choice) => void): Builder {
  let choice: Choice = { figure: '', request: emptyRequest };
  const set = (change: Partial<FigureRequest>): void => chosen({ figure: '', request: changed(choice.request, change) });

  const parameters = plan.columns.filter((column) => column.isParameter && column.isNumber).map((column) => ({ value: column.name, label: plainText(column.label) }));
  const columns = plan.columns.map((column) => ({ value: column.name, label: plainText(column.label) }));
  const status = { value: 'status', label: 'status' };

  const figures = createSelect((value) => {
    const declared = plan.figures.find((figure) => figure.id === value);
    chosen(declared ? { figure: value, request: declared } : { figure: '', request: changed(choice.request, {}) });
  });
  figures.setGroups([{ label: '', options: [{ value: '', label: 'Your own' }] }, { label: 'In the study file', options: plan.figures.map((figure) => ({ value: figure.id ?? '', label: plainText(figure.title || figure.id || '') })) }]);
  const y = createSelect((value) => set({ y: [value], line: isAlongRun(plan, choice.request.x) ? [] : choice.request.line }));
  const x = createSelect((value) => {
    const isCurve = isAlongRun(plan, value);
    set({ x: value, y: ordinates(plan, value, choice.request.y), ...(isCurve ? { line: [] } : {}), ...(isCurve !== isAlongRun(plan, choice.request.x) ? { fitFrom: '', fitTo: '' } : {}) });
  });
  x.setGroups([{ label: 'Parameters', options: parameters }, { label: kindWords.observable, options: plan.observables.map((one) => ({ value: one.name, label: plainText(one.label) })) }, ...quantityGroups(plan.numbers, ['derived', 'event', 'last', 'solver'])]);
  const line = createSelect((value) => set({ line: value ? [value] : [] }));
  line.setGroups([{ label: '', options: [{ value: '', label: 'none' }] }, ...quantityGroups(plan.numbers, ['derived'])]);
  const color = createSelect((value) => set({ group: value ? [value] : [] }));
  color.setGroups([{ label: '', options: [{ value: '', label: 'one colour' }, ...columns, status] }]);
  const facet = createSelect((value) => set({ facet: value }));
  facet.setGroups([{ label: '', options: [{ value: '', label: 'one panel' }, ...columns, status] }]);
  const average = createSelect((value) => {
    const [kind = '', band = ''] = value.split(',');
    set({ average: kind, band });
  });
  average.setGroups([{ label: '', options: [{ value: '', label: 'median, 10 to 90 %' }, { value: 'mean', label: 'mean, 10 to 90 %' }, { value: 'mean,interval', label: 'mean, 95 % interval' }] }]);
  const scaleX = createSegmented('Scale of the horizontal axis', ['log', 'linear'], (value) => set({ hasLinearX: value === 'linear' }));
  const scaleY = createSegmented('Scale of the vertical axis', ['log', 'linear'], (value) => set({ hasLinearY: value === 'linear' }));

  const fit = el('input', { type: 'checkbox', onchange: () => set({ fit: fit.checked, ...(fit.checked ? {} : { fitFrom: '', fitTo: '' }) }) });
  const from = el('input', { type: 'text', inputmode: 'decimal', 'aria-label': 'Start of the window of the fit', placeholder: 'from', onchange: () => set({ fitFrom: from.value.trim() }) });
  const to = el('input', { type: 'text', inputmode: 'decimal', 'aria-label': 'End of the window of the fit', placeholder: 'to', onchange: () => set({ fitTo: to.value.trim() }) });
  const window = el('div', { class: 'study-window' }, from, el('span', { 'aria-hidden': 'true' }, '–'), to);
  const fitWords = el('span', {});
  const fitHelp = el('p', { class: 'field-help' });
  const only = selection(plan, (values) => set({ only: values }));
  const refusal = el('p', { class: 'field-error', role: 'alert', hidden: true });

  const lineField = field('Theory', line.element);
  const averageField = field('Runs that share a point', average.element);
  const element = el(
    'form',
    { class: 'card study-builder', 'aria-label': 'What the figure shows', onsubmit: (event: Event) => event.preventDefault() },
    plan.figures.length > 0 ? field('Figure', figures.element) : null,
    field('Vertical', y.element, scaleY.element),
    field('Horizontal', x.element, scaleX.element),
    lineField,
    field('Colour', color.element),
    field('Panels', facet.element),
    averageField,
    el('div', { class: 'study-field' }, el('label', { class: 'study-check' }, fit, fitWords), window, fitHelp),
    refusal,
    only.element,
  );

  return {
    element,
    show(next) {
      choice = next;
      const { request } = next;
      const isCurve = isAlongRun(plan, request.x);
      y.setGroups(isCurve ? [{ label: kindWords.observable, options: plan.observables.map((one) => ({ value: one.name, label: plainText(one.label) })) }] : quantityGroups(plan.numbers, ['derived', 'event', 'last', 'solver']));
      figures.show(next.figure);
      y.show(request.y.join(', '));
      x.show(request.x);
      line.show(request.line.join(', '));
      color.show(request.group.join(', '));
      facet.show(request.facet);
      average.show([request.average, request.band].filter(Boolean).join(','));
      scaleX.show(request.hasLinearX ? 'linear' : 'log');
      scaleY.show(request.hasLinearY ? 'linear' : 'log');
      lineField.hidden = isCurve || !plan.numbers.some((number) => number.kind === 'derived');
      fit.checked = request.fit;
      window.hidden = fitHelp.hidden = !request.fit;
      from.value = request.fitFrom;
      to.value = request.fitTo;
      const isPower = !request.hasLinearX && !request.hasLinearY;
      setText(fitWords, isCurve || isPower ? 'Fit a power law' : 'Fit a line');
      replace(fitHelp, isCurve ? 'A power law through each curve; without a window, where one holds.' : isPower ? 'A power law through the dots, by least squares of the logarithms.' : 'A straight line through the dots in the axes as they are shown; on a logarithmic one its slope is per unit of the natural logarithm.');
      only.show(request.only);
    },
    refuse(words) {
      refusal.hidden = words === '';
      if (refusal.textContent !== words) refusal.textContent = words;
    },
  };
}
