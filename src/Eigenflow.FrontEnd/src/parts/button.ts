import { el } from './dom';
import { icon, type IconName } from './icon';

/** A button with words, and a picture before them. */
export const button = (words: string, press: (event: MouseEvent) => void, picture?: IconName, kind = 'quiet'): HTMLButtonElement =>
  el('button', { type: 'button', class: `${kind} with-icon`, onclick: press }, picture ? icon(picture) : null, el('span', {}, words));

/** A button that is a picture: its name is read out and shown on hovering. */
export const iconButton = (picture: IconName, name: string, press: (event: MouseEvent) => void): HTMLButtonElement =>
  el('button', { type: 'button', class: 'icon-button', 'aria-label': name, title: name, onclick: press }, icon(picture));
