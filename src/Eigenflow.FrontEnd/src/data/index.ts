import { announce } from '../shell/announcer';
import type { Route } from '../shell/route';
import type { MountedView } from '../shell/views';
import { el, replace } from '../parts/dom';
import * as api from './api';
import './data.css';
import { createDropZone, largestFile } from './files/drop';
import { createFileList } from './files/files';
import { mountFit } from './fit-view';
import { mountSchedule } from './schedule/view';
import { mountSpectrum } from './spectra/view';
import { type DataState, decode, emptyState, encode } from './state';
import { sizeOf } from './uses';
import { ways } from './files/ways';
import { type DataView, type ViewContext, wordsOf } from './view';

const takesSeveral = (use: api.Use): boolean => use === 'loss-curve' || use === 'table';

/** The view of data: files are dropped, what they are is told or asked, and what follows from them is shown. */
export function mount(host: HTMLElement, route: Route): MountedView {
  let state: DataState = emptyState;
  let files: readonly api.DataFile[] = [];
  let view: DataView | null = null;
  let turn = 0;
  let isOver = false;

  const troubles = el('div', { class: 'stack', role: 'alert' });
  const status = el('p', { class: 'muted', role: 'status' });
  const room = el('div', { class: 'stack data-room' });
  const drop = createDropZone((dropped) => void receive(dropped));
  const list = createFileList({
    remove: (id) => {
      void api.forget(id).catch(() => undefined);
      take({ ...state, files: state.files.filter((one) => one !== id), held: state.held.filter((one) => one !== id), ...(id === state.files[0] ? { use: null, typed: {} } : {}) });
    },
    hold: (id, isHeld) => take({ ...state, held: isHeld ? [...state.held, id] : state.held.filter((one) => one !== id) }),
    use: (use) => {
      troubles.replaceChildren();
      take(suited({ ...state, use, typed: {} }));
    },
  });
  const page = el(
    'div',
    { class: 'stack data-page' },
    el('div', { class: 'data-intro' }, el('h1', { 'data-title': 'Data' }, 'Your data, and what follows from it.'), drop.element),
    troubles,
    status,
    list.element,
    room,
    ways(),
  );
  host.append(page);

  const write = (): void => {
    const query = encode(state);
    history.replaceState(history.state, '', query ? `#/data?${query}` : '#/data');
  };

  const receive = async (dropped: readonly File[]): Promise<void> => {
    const mine = ++turn;
    troubles.replaceChildren();
    const landed: api.DataFile[] = [];
    for (const file of dropped) {
      status.textContent = `Reading ${file.name}`;
      try {
        if (file.size > largestFile) throw new Error(`${file.name} has ${sizeOf(file.size)}, and a page hands over at most 64 MB; use the command line, which reads files of any size: eigenflow fit, fit-schedule or spectrum FILE.`);
        landed.push(await api.upload(file));
      } catch (error) {
        troubles.append(el('p', { class: 'notice bad' }, wordsOf(error)));
      }
      if (isOver || mine !== turn) return;
    }
    status.textContent = '';
    if (landed.length === 0) return;
    // Curves join those that are there; anything else begins anew.
    const joins = state.use !== null && takesSeveral(state.use) && landed.every((file) => file.uses.includes(state.use!));
    const main = joins ? files[0]! : landed[0]!;
    files = joins ? [...files, ...landed] : landed;
    const base = joins ? state : emptyState;
    take(suited({ ...base, files: files.map((file) => file.id), use: base.use ?? main.use ?? null }));
  };

  // Files that cannot be used as the main one are named and left out.
  const suited = (next: DataState): DataState => {
    const { use } = next;
    const others = use === null ? [] : files.filter((file, index) => index > 0 && !(takesSeveral(use) && file.uses.includes(use)));
    for (const file of others) {
      void api.forget(file.id).catch(() => undefined);
      troubles.append(el('p', { class: 'notice open' }, `${file.name} is left out: ${takesSeveral(use!) ? 'it cannot be used as the first file is' : 'a spectrum is that of one file'}. Drop it alone.`));
    }
    const left = new Set(others.map((file) => file.id));
    return { ...next, files: next.files.filter((id) => !left.has(id)), held: next.held.filter((id) => !left.has(id)) };
  };

  // Shows a state whose files are known.
  const take = (next: DataState): void => {
    const isSameView = view !== null && next.use === state.use && next.files.join() === state.files.join() && next.held.join() === state.held.join();
    state = next;
    files = files.filter((file) => state.files.includes(file.id));
    write();
    list.show(files, state.held, state.use);
    page.classList.toggle('has-files', files.length > 0);
    if (!isSameView) open();
  };

  const open = (): void => {
    view?.destroy();
    view = null;
    room.replaceChildren();
    if (files.length === 0 || state.use === null) return;
    const context: ViewContext = {
      files,
      held: state.held,
      typed: state.typed,
      announce,
      keep(typed) {
        state = { ...state, typed };
        write();
      },
    };
    view = state.use === 'loss-curve' ? mountSchedule(room, context) : state.use === 'table' ? mountFit(room, context) : mountSpectrum(room, context, state.use);
  };

  // Files of an address are those that the server still keeps.
  const load = async (wanted: DataState): Promise<void> => {
    const mine = ++turn;
    troubles.replaceChildren();
    const found: api.DataFile[] = [];
    for (const id of wanted.files) {
      const known = files.find((file) => file.id === id);
      try {
        found.push(known ?? (await api.find(id)));
      } catch (error) {
        replace(troubles, el('p', { class: 'notice open' }, wordsOf(error)));
      }
      if (isOver || mine !== turn) return;
    }
    files = found;
    const ids = found.map((file) => file.id);
    const isWhole = found.length === wanted.files.length;
    view?.destroy();
    view = null;
    take({ ...(isWhole ? wanted : emptyState), files: ids, held: wanted.held.filter((id) => ids.includes(id)), use: wanted.use ?? found[0]?.use ?? null });
  };

  void load(decode(route.query));
  return {
    unmount() {
      isOver = true;
      view?.destroy();
      drop.destroy();
    },
    update: (next) => void load(decode(next.query)),
  };
}
