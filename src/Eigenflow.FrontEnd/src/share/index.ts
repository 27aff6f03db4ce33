import './share.css';
import { isAborted } from '../api/client';
import { hasMarks } from '../claims/marks';
import { copy } from '../parts/clipboard';
import { el, setText } from '../parts/dom';
import { createWaiting, whileWorking } from '../parts/waiting';
import type { SystemContext, SystemPanel } from '../system/context';
import { exportText, saveExport, saveHanded, type ExportKind } from './export';
import { mapRequest } from '../system/map/axes';
import { viewOf } from '../system/map/view';
import { exportRequest, handedFiles, mapExport, type ExportRequest, type PictureLook } from './request';

const previewDelay = 250;

interface Item {
  readonly kind: ExportKind | 'link';
  readonly name: string;
  readonly explanation: string;
  /** Name and explanation where a map is shown; a map has no file of this kind where the name is null. */
  readonly ofMap?: readonly [string | null, string];
}

const copied: readonly Item[] = [
  { kind: 'link', name: 'Copy link', explanation: 'Everything that is set here: values, curves, pins, zoom, windows, hidden controls.' },
  { kind: 'command', name: 'Copy command', explanation: 'The line for a terminal that gives the same numbers.', ofMap: ['Copy commands', 'They write a study of all cells, compute it and put it in a table.'] },
  { kind: 'csharp', name: 'Copy C#', explanation: 'A program over the library that gives the same numbers.', ofMap: ['Copy C#', 'A program over the library that prints the same cells.'] },
];
const pictures: readonly Item[] = [
  { kind: 'png', name: 'PNG', explanation: 'Pixels, for slides and mail.' },
  { kind: 'svg', name: 'SVG', explanation: 'Lines, for papers and the web.' },
  { kind: 'pdf', name: 'PDF', explanation: 'Lines on a page of its size.' },
];
const numbers: readonly Item[] = [
  { kind: 'csv', name: 'Figure as CSV', explanation: 'The points that are drawn, with the slopes of open windows.', ofMap: ['Cells as CSV', 'One row per cell: both parameters, value, and why there is none.'] },
  { kind: 'runs.csv', name: 'Runs as CSV', explanation: 'Every observable of every run.', ofMap: [null, 'A map keeps one number of each run; the study file computes every run whole.'] },
  { kind: 'json', name: 'Runs as JSON', explanation: 'The same with settings, events and the work of the solver.', ofMap: ['Cells as JSON', 'The same with what all cells share.'] },
  { kind: 'study', name: 'Study file', explanation: 'For eigenflow sweep: add values to its lists.', ofMap: ['Study file', 'For eigenflow sweep: one run per cell.'] },
];

/** Links, files and words of what is shown. */
export const panel: SystemPanel = { id: 'share', title: 'Share', mount };

function mount(host: HTMLElement, context: SystemContext): () => void {
  const theme = select('Colours of pictures', [['light', 'Light'], ['dark', 'Dark']]);
  const size = select('Size of pictures', [['screen', 'Screen'], ['column', 'Column, 85 mm'], ['double', 'Page, 180 mm'], ['slide', 'Slide, 16 : 9']]);
  const status = el('p', { class: 'share-status small', role: 'status' });
  const preview = el('code', {});
  const trouble = el('p', { class: 'field-error' });
  const working = el('p', { class: 'small muted', role: 'status' });
  const waiting = createWaiting((isShown) => {
    setText(working, isShown ? 'Working …' : '');
    preview.parentElement!.classList.toggle('is-stale', isShown);
  });
  const entries: { readonly item: Item; readonly button: HTMLButtonElement; readonly about: HTMLElement }[] = [];

  const request = (): ExportRequest | null => {
    const current = context.state.get();
    const shown = context.shown.get();
    const look: PictureLook = { theme: theme.control.value as PictureLook['theme'], size: size.control.value as PictureLook['size'] };
    if (current.map) {
      // What is exported is the map as far as it has come.
      const map = context.map.get() && mapRequest(current, context.system);
      return map ? mapExport(map, viewOf(current), look) : null;
    }
    return shown && shown.runs.length > 0 ? exportRequest(context.system, shown.runs, current.panels, look, hasMarks(current)) : null;
  };
  const say = (text: string, isBad = false): void => {
    setText(status, text);
    status.classList.toggle('field-error', isBad);
    if (!isBad) context.announce(text);
  };

  async function act(item: Item): Promise<void> {
    const asked = request();
    if (!asked && item.kind !== 'link') return;
    try {
      if (item.kind === 'link') {
        say((await copy(new URL(context.address(), location.href).href, 'Link to what is shown')) ? 'Link copied.' : 'The link is selected.');
      } else if (item.kind === 'command' || item.kind === 'csharp') {
        const text = await exportText(context.system.id, item.kind, asked!);
        say((await copy(text, item.kind === 'command' ? 'Command line' : 'C# program')) ? `${item.kind === 'command' ? 'Command' : 'Program'} copied.` : 'The text is selected.');
      } else {
        say(`Saved ${await saveExport(context.system.id, item.kind, asked!)}.`);
      }
    } catch (error) {
      say((error as Error).message, true);
    }
  }

  const entry = (item: Item): HTMLElement => {
    const about = el('span', { class: 'share-about', id: `share-${item.kind}-about` }, item.explanation);
    const button = el('button', { type: 'button', 'data-export': item.kind, 'aria-describedby': about.id, onclick: () => void whileWorking(button, () => act(item)) }, item.name);
    entries.push({ item, button, about });
    return el('li', {}, button, about);
  };
  const group = (title: string, items: readonly Item[], ...more: readonly Node[]): HTMLElement => {
    const id = `share-${title.toLowerCase()}`;
    return el('section', { class: 'share-group', 'aria-labelledby': id }, el('h3', { id }, title), ...more, el('ul', { class: 'share-items' }, ...items.map(entry)));
  };
  // What commands, programs and study files read of this session's files has to be saved beside them.
  const handed = el('div', { class: 'share-handed small', hidden: true });
  const offer = (asked: ExportRequest): void => {
    const files = handedFiles(asked);
    const key = files.map(({ id }) => id).join();
    if (handed.dataset.files === key) return;
    handed.dataset.files = key;
    handed.hidden = files.length === 0;
    handed.replaceChildren(...files.map(({ id, name }) => {
      const button = el('button', { type: 'button', 'data-file': id, onclick: () => void whileWorking(button, () => saveHanded(id, name).then(() => say(`Saved ${name}.`), (error: Error) => say(error.message, true))) }, `Save ${name}`);
      return el('p', {}, button, ` The command, the program and the study file read it: save it into the folder in which they are run.`);
    }));
  };
  const hint = el('p', { class: 'muted small' }, 'For a class: hide the controls that should stay as they are, then send the link; it opens the reduced page.');
  host.replaceChildren(
    el(
      'div',
      { class: 'share' },
      group('Copy', copied, hint, el('pre', { class: 'share-preview', tabindex: '0', 'aria-label': 'The equivalent command line' }, preview), handed, working, trouble),
      group('Pictures', pictures, el('div', { class: 'row' }, theme.element, size.element)),
      group('Numbers', numbers),
      status,
    ),
  );

  let timer = 0;
  let asking: AbortController | null = null;
  const follow = (): void => {
    const asked = request();
    const isMap = context.state.get().map !== undefined;
    for (const { item, button, about } of entries) {
      const [name, explanation] = isMap && item.ofMap ? item.ofMap : [item.name, item.explanation];
      if (button.getAttribute('aria-busy') !== 'true') setText(button, name ?? item.name);
      setText(about, explanation);
      button.disabled = item.kind !== 'link' && (asked === null || name === null);
    }
    clearTimeout(timer);
    if (!asked) return;
    offer(asked);
    timer = window.setTimeout(() => {
      asking?.abort();
      asking = new AbortController();
      waiting.wait();
      exportText(context.system.id, 'command', asked, asking.signal).then(
        (text) => {
          waiting.rest();
          setText(preview, text);
          setText(trouble, '');
        },
        (error: Error) => {
          if (isAborted(error)) return;
          // A sentence is no command.
          waiting.rest();
          setText(preview, '');
          setText(trouble, error.message);
        },
      );
    }, previewDelay);
  };
  const ends = [context.shown.subscribe(follow), context.map.subscribe(follow), context.state.subscribe((now, before) => (now.map !== before.map || now.panels !== before.panels || now.more !== before.more) && follow()), () => clearTimeout(timer), waiting.rest, () => asking?.abort(), () => host.replaceChildren()];
  theme.control.value = isDark() ? 'dark' : 'light';
  follow();
  return () => {
    for (const end of ends) end();
  };
}

const isDark = (): boolean => getComputedStyle(document.documentElement).colorScheme.trim() === 'dark';

function select(name: string, choices: readonly (readonly [string, string])[]): { element: HTMLElement; control: HTMLSelectElement } {
  const control = el('select', {}, ...choices.map(([value, text]) => el('option', { value }, text)));
  return { element: el('label', { class: 'share-choice' }, name, control), control };
}
