import { copyButton } from '../parts/clipboard';
import { el } from '../parts/dom';
import { announce } from '../shell/announcer';

/** A command that can be copied. */
export const commandLine = (command: string): HTMLElement =>
  el('div', { class: 'study-command' }, el('code', {}, command), copyButton(command, 'Command line', `Copy the command ${command}`, 'quiet study-copy', (isDone) => announce(isDone ? 'Copied.' : 'The command is selected.')));
