import type { SystemTables } from '../../api/contracts';
import { iconButton } from '../../parts/button';
import { el, replace } from '../../parts/dom';
import { mostPins } from '../../state/codec';
import type { RunState, SystemState } from '../../state/system-state';
import { runsOf, settingWords } from '../setting';

const sameRun = (first: RunState, second: RunState): boolean => first.method === second.method && JSON.stringify(Object.entries(first.setting).sort()) === JSON.stringify(Object.entries(second.setting).sort());

/** The state with its curves pinned as well, or null where they are already or there are too many. */
export function withPins(state: SystemState, tables: SystemTables): SystemState | null {
  const fresh = runsOf(state, tables).filter((run) => !state.pins.some((pin) => sameRun(pin, run)));
  return fresh.length === 0 || state.pins.length + fresh.length > mostPins ? null : { ...state, pins: [...state.pins, ...fresh] };
}

/** The state without a pin. */
export const withoutPin = (state: SystemState, index: number): SystemState => ({ ...state, pins: state.pins.filter((_, other) => other !== index) });

/** The state with what a pin holds as the values of its controls. */
export function takenUp(state: SystemState, pin: RunState, tables: SystemTables): SystemState {
  const isTheory = tables.methods.some((method) => method.name === pin.method && (method.role === 'theory' || method.role === 'approximation'));
  return { ...state, setting: pin.setting, methods: isTheory && !state.methods.includes(pin.method) ? tables.methods.filter((method) => method.name === pin.method || state.methods.includes(method.name)).map((method) => method.name) : state.methods };
}

export interface PinsPart {
  readonly element: HTMLElement;
  update(state: SystemState): void;
}

/** The pinned settings: what differs from the defaults in each, to take up again or to take away. */
export function createPins(tables: SystemTables, change: (state: (before: SystemState) => SystemState, event: Event) => void): PinsPart {
  const list = el('ul', { class: 'pins-list' });
  const element = el('section', { class: 'pins', 'aria-label': 'Pinned settings', hidden: true }, el('h2', { class: 'pins-title' }, 'Pinned'), list);
  let key = '';
  return {
    element,
    update(state) {
      element.hidden = state.pins.length === 0;
      const next = JSON.stringify(state.pins);
      if (next === key) return;
      key = next;
      const many = tables.methods.length > 1;
      replace(
        list,
        ...state.pins.map((pin, index) => {
          const words = `${many ? `${pin.method}: ` : ''}${settingWords(pin.setting, tables)}`;
          return el(
            'li',
            { class: 'pin' },
            el('button', { type: 'button', class: 'pin-words', title: `Take up: ${words}`, onclick: (event: MouseEvent) => change((before) => takenUp(before, pin, tables), event) }, words),
            iconButton('close', `Remove the pinned setting ${words}`, (event) => change((before) => withoutPin(before, index), event)),
          );
        }),
      );
    },
  };
}
