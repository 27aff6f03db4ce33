import { createChart, dataTable, plainText, setFlowing } from '../chart';
import type { Figure } from '../chart';
import { el, setText } from '../parts/dom';
import { typedNumber } from '../parts/slider-scale';
import { themeSwitch } from '../shell/theme-switch';
import { addressOf, startOf, valuesOf } from './address';
import { createControl } from './control';
import { nearError } from './mixing/error';
import { mix, type Mixed } from './mixing/mix';
import type { Page } from './payload';

const quiet = 600;
const line = (words: string): HTMLElement => flowing(el('p', {}), words);

// Words of the engine with their formulas.
function flowing<E extends Element>(element: E, words: string): E {
  setFlowing(element, words);
  return element;
}

/** Shows the page: controls, the figure that follows them, and where its numbers come from. */
export function show(host: HTMLElement, page: Page): void {
  let values = valuesOf(page.axes, location.hash);
  let frame = 0;
  let timer = 0;
  const announcer = el('p', { id: 'announcer', class: 'visually-hidden', role: 'status' });
  const note = el('p', { class: 'note small muted' });
  const trouble = el('p', { class: 'notice open', role: 'status', hidden: true });
  const figure = el('div', { class: 'figure' });
  const numbers = el('div', { class: 'scroll' });
  const data = el('details', { class: 'data', ontoggle: () => table(shown) }, el('summary', {}, 'Data'), numbers);
  let shown: Figure | null = null;
  const controls = page.axes.map((axis, k) =>
    createControl(axis, (value) => {
      values = values.map((before, other) => (other === k ? value : before));
      changed();
    }),
  );
  const reset = el('button', { type: 'button', onclick: () => moveTo(page.axes.map(startOf)) }, 'Reset');
  host.replaceChildren(
    el('header', { class: 'head' }, el('div', {}, el('h1', {}, page.title), el('p', { class: 'question' }, page.question)), themeSwitch()),
    el('div', { class: 'body' }, el('section', { class: 'controls', 'aria-label': 'Parameters' }, ...controls.map((control) => control.element), reset), el('section', { class: 'stage', 'aria-label': 'Figure' }, trouble, figure, note, data)),
    about(page),
    announcer,
  );
  const chart = createChart(figure);

  function changed(): void {
    page.axes.forEach((_, k) => controls[k]!.show(values[k]!));
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  }
  function moveTo(next: readonly number[]): void {
    values = [...next];
    changed();
  }
  function table(of: Figure | null): void {
    numbers.replaceChildren(...(data.open && of ? [dataTable(of)] : []));
  }
  function draw(): void {
    const mixed = mix(page, values);
    shown = mixed.figure;
    table(shown);
    figure.hidden = mixed.figure === null;
    if (mixed.figure) chart.update(mixed.figure);
    setText(trouble, mixed.figure || mixed.trouble ? mixed.trouble : 'There is no solution here.');
    trouble.hidden = trouble.textContent === '';
    setText(note, noteOf(page, mixed, values));
    clearTimeout(timer);
    timer = window.setTimeout(() => settled(mixed), quiet);
  }
  function settled(mixed: Mixed): void {
    setText(announcer, mixed.figure ? plainText(mixed.figure.title) : mixed.trouble);
    try {
      history.replaceState(null, '', addressOf(page.axes, values));
    } catch {
      // Some browsers keep addresses of files as they are.
    }
  }
  addEventListener('hashchange', () => moveTo(valuesOf(page.axes, location.hash)));
  page.axes.forEach((_, k) => controls[k]!.show(values[k]!));
  draw();
}

function noteOf(page: Page, mixed: Mixed, values: readonly number[]): string {
  const { computed, usual, largest, panel, where, settings } = page.check;
  if (mixed.isComputed) return `Computed at these values; the curves are within ${computed} of the engine.`;
  const near = page.axes.map((axis, k) => `${axis.name} = ${typedNumber(mixed.nearest[k]!)}`).join(', ');
  if (page.isNearest) return `The curves are those of the nearest computed values, ${near}: between them they change too much to be interpolated (one point of ten would be off by more than ${usual ?? 'can be told'}).`;
  const around = nearError(page.axes, settings, values);
  const error = around
    ? ` Here nine points of ten are within ${around.usual}, the largest error that was found is ${around.largest}: at the ${around.count} nearest settings that were checked against the engine. Of all ${settings.length}, nine points of ten are within ${usual} at the random ones; the largest error that was found is ${largest}, in “${panel}” at ${where}, and elsewhere it may be larger.`
    : '';
  return `Interpolated between computed values.${error} Title and caption are those of the nearest computed values: ${near}.`;
}

function about(page: Page): HTMLElement {
  const fixed = page.given.flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]);
  const methods = page.methods.flatMap((method) => [el('dt', {}, method.name), flowing(el('dd', {}), method.summary)]);
  return el(
    'footer',
    { class: 'about' },
    line(page.summary),
    el('dl', {}, ...methods, ...fixed),
    el('h2', {}, 'References'),
    el('ul', {}, ...page.citations.map((citation) => el('li', {}, `${citation.title}. ${citation.identifier}.`))),
    el('p', { class: 'muted small' }, `Made by eigenflow ${page.version}. This page is one file; it loads nothing. The command that makes it:`),
    el('pre', { class: 'command', tabindex: '0', 'aria-label': 'The command that makes this page' }, el('code', {}, page.command)),
  );
}
