import { createChart, plainText, setFlowing } from '../../chart';
import { el, replace, setText } from '../../parts/dom';
import type { PanelView } from '../../state/system-state';
import type { Figure } from '../../chart/figure';
import type { DrawAnswer } from '../../api/contracts';
import { fitSentence, withFits, type PanelFits } from '../../runs/fits';
import { afterPaint, latencyWords, recordPaint, type Stopwatch } from '../latency';
import { createFigureData } from './data';
import { createMessages } from './messages';

/** How long nothing changes before a figure is told to readers of the screen. */
const calm = 700;

export interface FigureEvents {
  view(panel: number, view: PanelView): void;
  announce(sentence: string): void;
  /** Solving is to be given up. */
  cancel(): void;
}

export interface FigureArea {
  readonly element: HTMLElement;
  /** Where buttons of the figure stand. */
  readonly tools: HTMLElement;
  /** Shows or hides the numbers as a table. */
  toggleData(): void;
  draw(answer: DrawAnswer, troubles: readonly string[], watch: Stopwatch | null): void;
  /** Shows the slopes on the windows of the panels beside the curves, and says them. */
  fits(fits: PanelFits): void;
  stale(isStale: boolean): void;
  views(views: Readonly<Record<number, PanelView>>): void;
  /** Says in place of a sentence why there is no curve, with what can be done about it. */
  refuse(words: readonly string[], action?: HTMLElement): void;
  /** Says that curves are being solved, or no more. */
  wait(isWaiting: boolean): void;
  destroy(): void;
}

const line = (words: string): HTMLElement => {
  const element = el('p', {});
  setFlowing(element, words);
  return element;
};

/** The figure with what is said of it. */
export function createFigureArea(events: FigureEvents): FigureArea {
  const chartHost = el('div', { class: 'figure-chart' });
  const chart = createChart(chartHost, { onView: events.view });
  const solving = el('span', { role: 'status' });
  const wait = el('div', { class: 'figure-wait', hidden: true }, el('span', { class: 'spinner', 'aria-hidden': 'true' }), solving, el('button', { type: 'button', class: 'quiet', onclick: events.cancel, 'aria-label': 'Cancel solving' }, 'Cancel'));
  const place = el('div', { class: 'figure-place is-empty' }, chartHost, wait);
  const sentence = el('p', { class: 'figure-sentence' });
  const messages = createMessages();
  const refusal = el('div', { class: 'figure-refusal', hidden: true });
  const time = el('button', { type: 'button', class: 'quiet figure-time', 'aria-expanded': 'false', title: 'How long the last curve took' });
  const times = el('p', { class: 'figure-times', hidden: true });
  const data = createFigureData();
  const tools = el('div', { class: 'figure-tools', role: 'toolbar', 'aria-label': 'Figure' });
  let figure: Figure | null = null;
  let said = '';
  let fitted: PanelFits = new Map();
  let waiting: ReturnType<typeof setTimeout> | undefined;

  time.addEventListener('click', () => {
    times.hidden = !times.hidden;
    time.setAttribute('aria-expanded', String(!times.hidden));
    times.textContent = latencyWords();
  });
  tools.append(data.button);

  const tell = (words: string): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => events.announce(words), calm);
  };

  const say = (words: string): void => {
    // The title stands above the figure already.
    sentence.hidden = words === figure?.title;
    if (!sentence.hidden) setFlowing(sentence, words);
    tell(plainText(words));
  };

  const element = el('section', { class: 'figure', 'aria-label': 'Figure' }, place, refusal, el('div', { class: 'figure-words' }, sentence, messages.element, el('div', { class: 'figure-foot' }, tools, time), times), data.element);

  return {
    element,
    tools,
    toggleData: data.toggle,
    draw(answer, troubles, watch) {
      figure = answer.figure;
      refusal.hidden = true;
      place.classList.remove('is-empty');
      // Slopes of the curves before stay until those of the new ones land.
      chart.update(withFits(figure, fitted));
      said = answer.sentence || figure.title;
      say(said);
      messages.show([...answer.runs, ...(answer.kept ?? [])], troubles);
      data.show(figure);
      if (!watch) return;
      afterPaint((painted) => {
        const { total } = recordPaint(watch, '/draw', painted);
        setText(time, `${total.toFixed(0)} ms`);
        if (!times.hidden) times.textContent = latencyWords();
      });
    },
    fits(fits) {
      if (!figure || (fits.size === 0 && fitted.size === 0)) return;
      fitted = fits;
      chart.update(withFits(figure, fits));
      say(fitSentence(fits) ?? said);
    },
    stale: (isStale) => chart.setStale(isStale),
    views: (views) => chart.setViews(views),
    refuse(words, action) {
      refusal.hidden = words.length === 0;
      replace(refusal, ...words.map(line), action);
      if (words.length > 0) tell(plainText(words.join(' ')));
    },
    wait(isWaiting) {
      wait.hidden = !isWaiting;
      // A region that is seen already is read out when it is filled.
      setText(solving, isWaiting ? 'Solving …' : '');
    },
    destroy() {
      clearTimeout(waiting);
      chart.destroy();
    },
  };
}
