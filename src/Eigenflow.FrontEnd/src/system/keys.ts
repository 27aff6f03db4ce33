import { el } from '../parts/dom';
import { openDialog } from '../parts/dialog';

export interface KeyAction {
  readonly keys: string;
  readonly words: string;
  /** Whether an event is of it; without, it is explained only. */
  readonly matches?: (event: KeyboardEvent) => boolean;
  readonly act?: (event: KeyboardEvent) => void;
}

const withAlt = (code: string) => (event: KeyboardEvent): boolean => event.altKey && !event.ctrlKey && !event.metaKey && event.code === code;

export interface KeyActions {
  pin(event: Event): void;
  reset(event: Event): void;
  data(): void;
  firstControl(): void;
  edit(): void;
}

const sliders: readonly KeyAction[] = [
  { keys: '← → ↑ ↓', words: 'A slider by one step' },
  { keys: 'Shift with an arrow', words: 'A slider by a tenth of a step' },
  { keys: 'Page up, Page down', words: 'A slider by ten steps' },
  { keys: 'Home, End', words: 'A slider to an end' },
];

const charts: readonly KeyAction[] = [
  { keys: '←, →', words: 'Along the points of a curve, or the cells of a map' },
  { keys: '↑, ↓', words: 'To another curve' },
  { keys: 'Enter', words: 'In a map: takes the values of the cell up' },
  { keys: '+, −', words: 'Zoom in and out' },
  { keys: 'Shift with an arrow', words: 'Moves what is zoomed' },
  { keys: '0', words: 'Shows all' },
  { keys: 'L, Shift+L', words: 'The scale of the vertical and of the horizontal axis' },
  { keys: 'W', words: 'A window for a slope; its ends are sliders' },
];

function list(actions: readonly KeyAction[]): HTMLElement {
  return el('dl', { class: 'keys' }, ...actions.flatMap(({ keys, words }) => [el('dt', {}, ...keys.split(', ').flatMap((key, index) => [index > 0 ? ', ' : null, el('kbd', {}, key)])), el('dd', {}, words)]));
}

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches('input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]');

/** The keys of a system view, and a dialog that lists them; gives what ends them. */
export function listenForKeys(actions: KeyActions): { readonly open: () => void; readonly stop: () => void } {
  const own: readonly KeyAction[] = [
    { keys: 'Alt+P', words: 'Pin this setting', matches: withAlt('KeyP'), act: actions.pin },
    { keys: 'Alt+R', words: 'Reset all', matches: withAlt('KeyR'), act: actions.reset },
    { keys: 'Alt+T', words: 'The numbers of the figure as a table', matches: withAlt('KeyT'), act: actions.data },
    { keys: 'Alt+C', words: 'To the first control', matches: withAlt('KeyC'), act: actions.firstControl },
    { keys: 'Alt+H', words: 'Choose which controls readers see', matches: withAlt('KeyH'), act: actions.edit },
    { keys: '?', words: 'This list', matches: (event) => event.key === '?' && !isTyping(event.target), act: () => open() },
  ];
  const open = (): void => {
    if (document.querySelector('dialog[open]')) return;
    const groups = [['The page', [...own, { keys: 'Alt+←, Alt+→', words: 'Undo and redo, as the history of the browser' }]], ['A control', sliders], ['A panel that has the focus', charts]] as const;
    openDialog('Keys', ...groups.flatMap(([title, actions]) => [el('h3', {}, title), list(actions)]));
  };
  const press = (event: KeyboardEvent): void => {
    const action = own.find(({ matches }) => matches?.(event));
    if (!action) return;
    event.preventDefault();
    action.act?.(event);
  };
  addEventListener('keydown', press);
  return { open, stop: () => removeEventListener('keydown', press) };
}
