import { el, type Child } from '../../parts/dom';
import type { StudyDrawing, StudyPlan } from '../contracts';
import { commandLine } from '../copy';
import { typeset } from './typeset';

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

/** What the slope of a straight line is on axes of some scales: on a logarithmic one it is per unit of the natural logarithm. */
export const slopeName = (hasLinearX: boolean, hasLinearY: boolean): string =>
  hasLinearX ? (hasLinearY ? 'slope' : 'slope of ln y') : hasLinearY ? 'slope against ln x' : 'exponent';

/** What was fitted, with intervals, and what could not be. */
export function fitTable(drawing: StudyDrawing, isAlongRun: boolean, slope: string): HTMLElement | null {
  if (drawing.fits.length + drawing.unfitted.length === 0) return null;
  const hasPanels = drawing.fits.some((fit) => fit.panel !== '') || drawing.unfitted.some((group) => group.panel !== '');
  const hasGroups = drawing.fits.some((fit) => fit.group !== '') || drawing.unfitted.some((group) => group.group !== '');
  const name = (panel: string, group: string): Child[] => [...(hasPanels ? [typeset(panel)] : []), ...(hasGroups ? [typeset(group)] : [])];
  const first = [...(hasPanels ? ['panel'] : []), ...(hasGroups ? ['colour'] : [])];
  const rows = [
    ...drawing.fits.map((fit) => [...name(fit.panel, fit.group), fit.quantity, typeset(fit.text), typeset(fit.interval), String(fit.points), typeset(fit.window), ...(isAlongRun ? [typeset(fit.verdict)] : [])]),
    ...drawing.unfitted.map((group) => [...name(group.panel, group.group), '', el('span', { class: 'muted' }, 'none'), '', '', '', ...(isAlongRun ? [group.reason] : [])]),
  ];
  const at = first.length;
  return el(
    'section',
    { class: 'study-section' },
    el('h2', {}, 'Fits'),
    table('Fits', [...first, 'of', isAlongRun ? 'exponent' : slope, isAlongRun ? 'interval' : '95 % interval', 'points', 'window', ...(isAlongRun ? ['verdict'] : [])], rows, [at + 1, at + 3]),
    !isAlongRun && drawing.unfitted.length > 0 ? el('p', { class: 'muted small' }, `Without a line: ${drawing.unfitted[0]!.reason}.`) : null,
  );
}

/** The runs that failed: their values, what happened, and the command that computes each alone. */
export function failureTable(plan: StudyPlan): HTMLElement | null {
  if (plan.failures.length === 0) return null;
  const names = plan.columns.filter((column) => column.isParameter);
  const count = plan.progress.failed;
  return el(
    'section',
    { class: 'study-section study-failures' },
    el('h2', {}, count === 1 ? '1 run failed' : `${count} runs failed`),
    table(
      'Failed runs',
      ['method', ...names.map((column) => typeset(column.label)), 'error', 'alone, by'],
      plan.failures.map((failure) => [failure.method, ...failure.values.map(typeset), el('span', { class: 'study-error' }, failure.error, failure.isOwn ? null : el('span', { class: 'muted' }, ' The next sweep tries it again.')), commandLine(failure.command)]),
      [],
    ),
    plan.failures.length < count ? el('p', { class: 'muted small' }, `The first ${plan.failures.length} of ${count}.`) : null,
    el('p', {}, 'Once the cause is gone, this repeats all of them:'),
    commandLine(`${plan.sweep} --retry-failed`),
  );
}
