import { el } from '../parts/dom';
import type { Table } from './api';
import { rich } from './rich';

const isNumber = (cell: string): boolean => /^[−+±-]?[\d.,]+([×x·]10\^\{[−-]?\d+\})?%?( ?%)?$/.test(cell.trim()) || cell === '—';

/** The tables of an answer, as the command prints them. */
export const tableOf = (table: Table, hasTitle = true): HTMLElement =>
  el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': table.title || table.id },
    el(
      'table',
      {},
      hasTitle && table.title ? el('caption', {}, rich(table.title)) : null,
      el('thead', {}, el('tr', {}, ...table.columns.map((column) => el('th', { scope: 'col' }, rich(column))))),
      el('tbody', {}, ...table.rows.map((row) => el('tr', {}, ...row.map((cell, index) => el('td', { class: index > 0 && isNumber(cell) ? 'number' : '' }, rich(cell)))))),
    ),
  );
