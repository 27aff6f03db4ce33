// The list of what a map can show, in groups, as the server offers it for the method and its setting.
import { isAborted, mapMenu } from '../../api/client';
import type { MapOffer, RunRequest } from '../../api/contracts';
import { el, replace, uniqueId } from '../../parts/dom';
import { isChosen } from './axes';

export interface Choice {
  readonly value: string;
  readonly words: string;
  readonly group?: string;
  readonly meaning?: string;
}

export interface Select {
  readonly element: HTMLElement;
  show(choices: readonly Choice[], value: string): void;
}

/** A labelled list of choices, those of one group together. */
export function createSelect(label: string, chosen: (value: string) => void): Select {
  const id = uniqueId('map');
  const control = el('select', { id, onchange: () => chosen(control.value) });
  let key = '';
  const option = (choice: Choice): HTMLElement => el('option', { value: choice.value, title: choice.meaning ?? null }, choice.words.replace(/[{}]/g, ''));
  return {
    element: el('span', { class: 'map-choice' }, el('label', { for: id }, label), control),
    show(choices, value) {
      const next = JSON.stringify(choices);
      if (next !== key) {
        const groups = new Map<string, Choice[]>();
        for (const choice of choices) groups.set(choice.group ?? '', [...(groups.get(choice.group ?? '') ?? []), choice]);
        replace(control, ...[...groups].flatMap(([group, members]) => (group === '' ? members.map(option) : [el('optgroup', { label: group }, ...members.map(option))])));
      }
      key = next;
      control.value = value;
    },
  };
}

/** What is offered, with what is shown where it is not among it. */
export function withShown(offers: readonly MapOffer[], quantity: string, label: string): readonly Choice[] {
  if (offers.some(({ value }) => value === quantity)) return offers;
  const words = isChosen(quantity) ? 'Being chosen …' : label !== '' ? label.charAt(0).toUpperCase() + label.slice(1) : quantity.replace(/^\w+:/, '').replaceAll('-', ' ');
  return [{ value: quantity, words }, ...offers];
}

export interface Offers {
  readonly list: readonly MapOffer[];
  /** Asks again where the run is another. */
  follow(run: RunRequest): void;
  stop(): void;
}

/** Asks what can be shown of a run; what was offered stays where the run is refused. */
export function createOffers(system: string, landed: () => void): Offers {
  let key = '';
  let list: readonly MapOffer[] = [];
  let asking: AbortController | null = null;
  return {
    get list() {
      return list;
    },
    follow(run) {
      const next = JSON.stringify(run);
      if (next === key) return;
      key = next;
      asking?.abort();
      const mine = (asking = new AbortController());
      mapMenu(system, run, undefined, mine.signal).then(
        ({ quantities }) => {
          list = quantities;
          landed();
        },
        (error: unknown) => {
          if (!isAborted(error) && asking === mine) landed();
        },
      );
    },
    stop: () => asking?.abort(),
  };
}
