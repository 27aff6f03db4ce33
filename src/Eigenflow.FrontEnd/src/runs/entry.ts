import { iconButton } from '../parts/button';
import { el, setAttribute, setText } from '../parts/dom';
import type { SystemTables } from '../api/contracts';
import { settingWords } from '../system/setting';
import { isRunning, type Simulation } from './simulations';
import { leftWords, percentWords } from './words';

export interface EntryEvents {
  cancel(id: number): void;
  remove(id: number): void;
}

export interface Entry {
  readonly element: HTMLLIElement;
  update(simulation: Simulation, difference: string): void;
}

const endings: Readonly<Record<Simulation['status'], { readonly words: string; readonly kind: string }>> = {
  waiting: { words: 'waiting', kind: '' },
  running: { words: 'running', kind: 'reduced' },
  completed: { words: 'done', kind: 'good' },
  diverged: { words: 'diverged', kind: 'open' },
  failed: { words: 'failed', kind: 'bad' },
  refused: { words: 'not possible', kind: 'bad' },
  cancelled: { words: 'cancelled', kind: 'open' },
};

/** A simulation in the list: what it is, how far it is, how it ended, and what differs from the controls by now. */
export function createEntry(simulation: Simulation, tables: SystemTables, events: EntryEvents): Entry {
  const name = `${simulation.method}, ${settingWords(simulation.setting, tables)}`;
  const bar = el('progress', { max: 1, 'aria-label': `Progress of ${name}` });
  const badge = el('span', { class: 'badge' });
  const time = el('span', { class: 'run-time small muted' });
  const message = el('p', { class: 'run-message small', hidden: true });
  const away = el('p', { class: 'run-away small muted', hidden: true });
  const cancel = el('button', { type: 'button', class: 'quiet', onclick: () => events.cancel(simulation.id), 'aria-label': `Cancel ${name}` }, 'Cancel');
  const remove = iconButton('close', `Remove ${name}`, () => events.remove(simulation.id));
  const element = el(
    'li',
    { class: 'run', 'data-run': simulation.id },
    el('div', { class: 'run-head' }, el('strong', {}, simulation.method), badge, el('span', { class: 'run-fill' }), cancel, remove),
    el('p', { class: 'small run-setting' }, settingWords(simulation.setting, tables)),
    el('div', { class: 'run-progress' }, bar, time),
    message,
    away,
  );
  return {
    element,
    update(next, difference) {
      const runs = isRunning(next);
      const { words, kind } = endings[next.status];
      setText(badge, next.status === 'cancelled' && next.rows > 0 ? `${words} at ${percentWords(next.fraction)}` : words);
      setAttribute(badge, 'class', `badge ${kind}`.trim());
      setAttribute(element, 'data-status', next.status);
      setAttribute(element, 'data-rows', next.rows);
      const leaves = !runs && document.activeElement === cancel;
      cancel.hidden = !runs;
      // What has the focus does not go without handing it on.
      if (leaves) remove.focus();
      bar.parentElement!.hidden = !runs;
      if (next.status === 'waiting') bar.removeAttribute('value');
      else bar.value = next.fraction;
      setText(time, next.status === 'waiting' ? 'waits for its turn' : [percentWords(next.fraction), leftWords(next.secondsLeft)].filter((part) => part !== '').join(', '));
      message.hidden = runs || next.message === '';
      setText(message, next.message);
      away.hidden = difference === '' || next.rows === 0;
      setText(away, difference === '' ? '' : `Out of date: ${difference}.`);
      element.classList.toggle('is-away', !away.hidden);
    },
  };
}
