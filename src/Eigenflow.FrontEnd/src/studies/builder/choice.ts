// What the figure of a study shows, as the query of an address: figure=ID for one of the study file, else its keys, such as x=dimension&y=last-loss&colour=exponent&fit=1e3:1e6&only.seed=1.
import type { FigureRequest, StudyPlan } from '../contracts';

export const emptyRequest: FigureRequest = {
  x: '', y: [], line: [], group: [], facet: '', hasLinearX: false, hasLinearY: false, average: '', band: '', fit: false, fitFrom: '', fitTo: '', only: {},
};

/** A figure of the study file as it is, or one of one's own. */
export interface Choice {
  /** Id of the figure in the study file; empty for an own one. */
  readonly figure: string;
  readonly request: FigureRequest;
}

/** Whether the abscissa runs along a run, so that the figure shows curves. */
export const isAlongRun = (plan: StudyPlan, x: string): boolean => plan.observables.some((observable) => observable.name === x);

/** What a study shows before anybody has chosen: its first figure, else the first number that it has, against the first parameter that varies. */
export function initialChoice(plan: StudyPlan): Choice {
  const first = plan.figures[0];
  if (first) return { figure: first.id ?? '', request: first };
  const numeric = plan.columns.filter((column) => column.isNumber && column.count > 1 && column.name !== 'seed');
  const [x, color] = numeric;
  const last = plan.observables.find((observable) => observable.name === 'loss') ?? plan.observables[1] ?? plan.observables[0];
  if (!x || !last) return { figure: '', request: { ...emptyRequest, x: plan.observables[0]?.name ?? '', y: last ? [last.name] : [], group: plan.columns[0] ? [plan.columns[0].name] : [] } };
  const y = plan.numbers.find((number) => number.kind === 'derived')?.name ?? `last-${last.name}`;
  const group = color && color.count <= 12 ? [color.name] : [];
  return { figure: '', request: { ...emptyRequest, x: x.name, y: [y], group } };
}

/** The same figure with something else in it: its own texts and limits go where what they describe goes. */
export function changed(request: FigureRequest, change: Partial<FigureRequest>): FigureRequest {
  const { id: _id, title: _title, caption: _caption, labels, xLabel, xRange, yLabel, yRange, ...kept } = request;
  const hasNewX = change.x !== undefined && change.x !== request.x;
  const hasNewY = change.y !== undefined && change.y.join('\n') !== request.y.join('\n');
  return {
    ...kept,
    ...(!hasNewX && xLabel ? { xLabel } : {}),
    ...(!hasNewX && xRange?.length ? { xRange } : {}),
    ...(!hasNewY && !hasNewX && yLabel ? { yLabel } : {}),
    ...(!hasNewY && !hasNewX && yRange?.length ? { yRange } : {}),
    ...(!hasNewY && labels?.length ? { labels } : {}),
    ...change,
  };
}

/** The ordinates for another abscissa: along a run an observable, elsewhere its last value. */
export function ordinates(plan: StudyPlan, x: string, y: readonly string[]): readonly string[] {
  const numbers = new Set(plan.numbers.map((number) => number.name));
  const observables = new Set(plan.observables.map((observable) => observable.name));
  if (isAlongRun(plan, x)) {
    const moved = y.map((name) => (name.startsWith('last-') && observables.has(name.slice(5)) ? name.slice(5) : name)).filter((name) => observables.has(name));
    const other = plan.observables.find((observable) => observable.name === 'loss') ?? plan.observables[1] ?? plan.observables[0];
    return moved.length > 0 ? moved : other ? [other.name] : [];
  }
  const moved = y.map((name) => (observables.has(name) ? `last-${name}` : name));
  return moved.length > 0 && moved.every((name) => numbers.has(name) || !observables.has(name)) ? moved : plan.numbers[0] ? [plan.numbers[0].name] : [];
}

/** Writes a choice as a query; empty for what a study shows anyway. */
export function encodeChoice(choice: Choice, plan: StudyPlan): string {
  const first = initialChoice(plan);
  if (choice.figure !== '') return choice.figure === first.figure ? '' : new URLSearchParams({ figure: choice.figure }).toString();
  const { request } = choice;
  if (first.figure === '' && JSON.stringify(first.request) === JSON.stringify(request)) return '';
  const query = new URLSearchParams();
  query.append('x', request.x);
  for (const name of request.y) query.append('y', name);
  for (const name of request.line) query.append('line', name);
  for (const name of request.group) query.append('colour', name);
  if (request.facet) query.append('panels', request.facet);
  const scales = [request.hasLinearX ? 'x' : '', request.hasLinearY ? 'y' : ''].filter(Boolean).join(',');
  if (scales) query.append('linear', scales);
  const average = [request.average, request.band].filter(Boolean).join(',');
  if (average) query.append('average', average);
  if (request.fit) query.append('fit', `${request.fitFrom}:${request.fitTo}`);
  for (const [name, values] of Object.entries(request.only)) for (const value of values) query.append(`only.${name}`, value);
  return query.toString();
}

/** Reads a query; what names nothing of the study is left to the server to refuse. */
export function decodeChoice(text: string, plan: StudyPlan): Choice {
  const query = new URLSearchParams(text);
  const named = query.get('figure');
  const declared = named === null ? undefined : plan.figures.find((figure) => figure.id === named);
  if (declared) return { figure: declared.id ?? '', request: declared };
  const x = query.get('x');
  if (x === null) return initialChoice(plan);
  const linear = (query.get('linear') ?? '').split(',');
  const [average = '', band = ''] = (query.get('average') ?? '').split(',');
  const fit = query.get('fit');
  const [fitFrom = '', fitTo = ''] = (fit ?? '').split(':');
  const only: Record<string, string[]> = {};
  for (const [name, value] of query) if (name.startsWith('only.')) (only[name.slice(5)] ??= []).push(value);
  return {
    figure: '',
    request: {
      ...emptyRequest,
      x, y: query.getAll('y'), line: query.getAll('line'), group: query.getAll('colour'), facet: query.get('panels') ?? '',
      hasLinearX: linear.includes('x'), hasLinearY: linear.includes('y'), average, band, fit: fit !== null, fitFrom, fitTo, only,
    },
  };
}
