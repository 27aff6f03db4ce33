import { richNodes } from '../../chart';
import { el } from '../../parts/dom';
import type { Table } from '../api';

const isNumber = (cell: string): boolean => /^[−+±-]?[\d.,]+([×x·]10\^\{[−-]?\d+\})?%?( ?%)?$/.test(cell.trim()) || cell === '—';

/** The tables of an answer, as the command prints them. Columns of numbers are aligned to the right. */
export function tableOf(table: Table): HTMLElement {
  const numbers = table.columns.map((_, column) => column > 0 && table.rows.length > 0 && table.rows.every((row) => isNumber(row[column] ?? '')));
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': table.title || table.id },
    el(
      'table',
      {},
      table.title ? el('caption', {}, ...richNodes(table.title)) : null,
      el('thead', {}, el('tr', {}, ...table.columns.map((column, index) => el('th', { scope: 'col', class: numbers[index] ? 'number' : '' }, ...richNodes(column))))),
      el('tbody', {}, ...table.rows.map((row) => el('tr', {}, ...row.map((cell, index) => el('td', { class: numbers[index] ? 'number' : '' }, ...richNodes(cell)))))),
    ),
  );
}
