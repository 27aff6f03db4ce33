'use strict';
(() => {
  const table = document.querySelector('table.claims');
  if (!table) return;
  const rows = [...table.querySelectorAll('tr[data-verdict]')];
  const groups = [...table.tBodies];
  const text = document.querySelector('#filter-text');
  const verdict = document.querySelector('#filter-verdict');
  const kind = document.querySelector('#filter-kind');
  const shown = document.querySelector('#filter-count');
  const filter = () => {
    const wanted = text.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const fits = (!verdict.value || row.dataset.verdict === verdict.value) &&
        (!kind.value || row.dataset.kind === kind.value) &&
        (!wanted || row.textContent.toLowerCase().includes(wanted));
      row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    for (const group of groups) group.hidden = !group.querySelector('tr[data-verdict]:not([hidden])');
    shown.textContent = count + ' of ' + rows.length + ' shown';
  };
  for (const control of [text, verdict, kind]) control.addEventListener('input', filter);
  filter();
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.querySelector('button').addEventListener('click', () => {
    const order = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
    heads.forEach(other => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', order > 0 ? 'ascending' : 'descending');
    const key = row => row.cells[column].dataset.value ?? row.cells[column].textContent;
    const compare = (a, b) => {
      const [x, y] = [Number(key(a)), Number(key(b))];
      return Number.isNaN(x) || Number.isNaN(y) ? key(a).localeCompare(key(b)) : x - y;
    };
    for (const group of groups) {
      const members = [...group.querySelectorAll('tr[data-verdict]')].sort((a, b) => order * compare(a, b));
      for (const row of members) group.append(row);
    }
  }));
})();
