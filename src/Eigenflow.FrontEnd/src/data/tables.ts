import { richNodes } from '../chart';
import { el } from '../parts/dom';
import type { Table } from './api';

const isNumber = (cell: string): boolean => /^[−+±-]?[\d.,]+([×x·]10\^\{[−-]?\d+\})?%?( ?%)?$/.test(cell.trim()) || cell === '—';

/** The tables of an answer, as the command prints them. */
export const tableOf = (table: Table): HTMLElement =>
  el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': table.title || table.id },
    el(
      'table',
      {},
      table.title ? el('caption', {}, ...richNodes(table.title)) : null,
      el('thead', {}, el('tr', {}, ...table.columns.map((column) => el('th', { scope: 'col' }, ...richNodes(column))))),
      el('tbody', {}, ...table.rows.map((row) => el('tr', {}, ...row.map((cell, index) => el('td', { class: index > 0 && isNumber(cell) ? 'number' : '' }, ...richNodes(cell)))))),
    ),
  );
