import type { Figure } from '../chart/figure';
import { el, type Child } from '../parts/dom';
import type { StudyDrawing, StudyPlan } from './contracts';
import { commandLine } from './copy';
import { plain, typeset } from './typeset';

const mostRows = 400;

const table = (caption: string, heads: readonly Child[], rows: readonly (readonly Child[])[], numbers: readonly number[]): HTMLElement =>
  el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    el(
      'table',
      {},
      el('caption', { class: 'visually-hidden' }, caption),
      el('thead', {}, el('tr', {}, ...heads.map((head, index) => el('th', { scope: 'col', class: numbers.includes(index) ? 'number' : null }, head)))),
      el('tbody', {}, ...rows.map((row) => el('tr', {}, ...row.map((cell, index) => el('td', { class: numbers.includes(index) ? 'number' : null }, cell))))),
    ),
  );

/** What was fitted, with intervals, and what could not be. */
export function fitTable(drawing: StudyDrawing, isAlongRun: boolean, isPower: boolean): HTMLElement | null {
  if (drawing.fits.length + drawing.unfitted.length === 0) return null;
  const hasPanels = drawing.fits.some((fit) => fit.panel !== '') || drawing.unfitted.some((group) => group.panel !== '');
  const hasGroups = drawing.fits.some((fit) => fit.group !== '') || drawing.unfitted.some((group) => group.group !== '');
  const name = (panel: string, group: string): Child[] => [...(hasPanels ? [typeset(panel)] : []), ...(hasGroups ? [typeset(group)] : [])];
  const first = [...(hasPanels ? ['panel'] : []), ...(hasGroups ? ['colour'] : [])];
  const rows = [
    ...drawing.fits.map((fit) => [...name(fit.panel, fit.group), fit.quantity, typeset(fit.text), typeset(fit.interval), String(fit.points), typeset(fit.window), ...(isAlongRun ? [typeset(fit.verdict)] : [])]),
    ...drawing.unfitted.map((group) => [...name(group.panel, group.group), '', el('span', { class: 'muted' }, 'none'), '', '', '', ...(isAlongRun ? [] : []), ...(isAlongRun ? [group.reason] : [])]),
  ];
  const at = first.length;
  return el(
    'section',
    { class: 'study-section' },
    el('h2', {}, 'Fits'),
    table('Fits', [...first, 'of', isPower || isAlongRun ? 'exponent' : 'slope', '95 % interval', 'points', 'window', ...(isAlongRun ? ['verdict'] : [])], rows, [at + 1, at + 3]),
    !isAlongRun && drawing.unfitted.length > 0 ? el('p', { class: 'muted small' }, `Without a line: ${drawing.unfitted[0]!.reason}.`) : null,
  );
}

const digits = (value: number | null | undefined): string => (value === null || value === undefined ? '' : value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6) ? String(Number(value.toPrecision(6))) : value.toPrecision(6).replace(/\.?0+e/, 'e'));

/** The numbers of a figure as a table. */
export function dataTable(figure: Figure): HTMLElement {
  const panels = figure.panels ?? [];
  const rows: (readonly Child[])[] = [];
  let total = 0;
  for (const panel of panels)
    for (const series of panel.series)
      for (const [index, x] of series.x.entries()) {
        if (++total > mostRows) continue;
        const cells = [panels.length > 1 ? typeset(panel.title ?? '') : null, typeset(series.label), digits(x), digits(series.y[index]), digits(series.lower?.[index]), digits(series.upper?.[index]), series.role];
        rows.push(panels.length > 1 ? cells : cells.slice(1));
      }
  const shift = panels.length > 1 ? 1 : 0;
  return el(
    'div',
    { class: 'stack' },
    table('Numbers of the figure', [...(shift ? ['panel'] : []), 'curve', plain(panels[0]?.x.label ?? 'x'), plain(panels[0]?.y.label ?? 'y'), 'lower', 'upper', 'kind'], rows, [1, 2, 3, 4].map((index) => index + shift)),
    total > mostRows ? el('p', { class: 'muted small' }, `The first ${mostRows} of ${total} rows; the file has all of them.`) : null,
  );
}

/** The runs that failed: their values, what happened, and the command that computes each alone. */
export function failureTable(plan: StudyPlan): HTMLElement | null {
  if (plan.failures.length === 0) return null;
  const names = plan.columns.filter((column) => column.isParameter);
  const count = plan.progress.failed;
  return el(
    'section',
    { class: 'study-section study-failures', 'aria-label': 'Failed runs' },
    el('h2', {}, count === 1 ? '1 run failed' : `${count} runs failed`),
    table(
      'Failed runs',
      ['method', ...names.map((column) => typeset(column.label)), 'error', 'alone, by'],
      plan.failures.map((failure) => [failure.method, ...failure.values.map((value) => value), el('span', { class: 'study-error' }, failure.error, failure.isOwn ? null : el('span', { class: 'muted' }, ' The next sweep tries it again.')), commandLine(failure.command)]),
      [],
    ),
    plan.failures.length < count ? el('p', { class: 'muted small' }, `The first ${plan.failures.length} of ${count}.`) : null,
    el('p', {}, 'Once the cause is gone, this repeats all of them:'),
    commandLine(`${plan.sweep} --retry-failed`),
  );
}
