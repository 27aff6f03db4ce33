import type { Claim, ClaimResult } from '../api/contracts';
import { createChart, plainText, setRich, type Chart } from '../chart';
import type { Figure } from '../chart/figure';
import { renderSentence } from '../math';
import { button } from '../parts/button';
import { openDialog } from '../parts/dialog';
import { el } from '../parts/dom';
import { verdictClass } from './verdicts';

const rich = (text: string): HTMLElement => {
  const element = el('dd', {});
  setRich(element, text);
  return element;
};

function claimItem(claim: Claim): HTMLElement {
  const statement = el('span', { class: 'claim-statement' });
  renderSentence(statement, claim.statement);
  return el(
    'li',
    { class: 'claim', 'data-claim': claim.id, 'data-verdict': claim.verdict },
    el('details', {}, el('summary', {}, el('span', { class: `badge ${verdictClass[claim.verdict]}`.trim() }, claim.verdict), ' ', statement), el('p', { class: 'small' }, claim.obtained), el('p', { class: 'small muted' }, claim.tested), el('p', { class: 'small muted' }, `${claim.kind}; ${claim.source}`)),
    el('dl', { class: 'claim-numbers' }, el('dt', {}, 'Predicted'), rich(claim.predictedText), el('dt', {}, 'Measured'), rich(claim.measuredText), el('dt', {}, 'Tolerance'), rich(claim.toleranceText), ...(claim.reason === null ? [] : [el('dt', {}, 'Why'), rich(claim.reason)])),
  );
}

// A room is narrow: figures of several panels are seen better by themselves.
function enlarge(figure: Figure): void {
  const place = el('div', { class: 'claim-figure' });
  const dialog = openDialog(plainText(figure.title), place);
  dialog.classList.add('claim-dialog');
  setRich(dialog.querySelector('h2')!, figure.title);
  const chart = createChart(place, {}, { hasTitle: false });
  chart.update(figure);
  dialog.addEventListener('close', () => chart.destroy());
}

/** What a task gave: its figures with hover values, and its claims with their verdicts. */
export function showResult(host: HTMLElement, result: ClaimResult): () => void {
  const charts: Chart[] = [];
  for (const figure of result.figures) {
    const place = el('div', { class: 'claim-figure' });
    host.append(place, el('div', { class: 'row' }, button('Enlarge', () => enlarge(figure), 'curve')));
    const chart = createChart(place);
    charts.push(chart);
    chart.update(figure);
  }
  if (result.claims.length > 0) host.append(el('ul', { class: 'claim-list' }, ...result.claims.map(claimItem)));
  return () => {
    for (const chart of charts) chart.destroy();
  };
}
