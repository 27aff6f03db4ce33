import type { SystemTables } from '../api/contracts';
import { el } from '../parts/dom';

/** The name of a system, its question, and what it rests on. */
export function createHeader(tables: SystemTables): HTMLElement {
  const papers = tables.citations.map((citation) => el('li', {}, el('span', { class: 'paper-title' }, citation.title), ' ', el('span', { class: 'paper-id' }, citation.identifier)));
  return el(
    'header',
    { class: 'system-header' },
    el('h1', {}, tables.title),
    el('p', { class: 'system-question' }, tables.question),
    el('details', { class: 'system-about' }, el('summary', {}, 'About'), el('div', { class: 'system-about-body' }, el('p', {}, tables.summary), papers.length > 0 ? el('ul', { class: 'papers' }, ...papers) : null)),
  );
}
