import type { RunAnswer } from '../../api/contracts';
import { el, replace } from '../../parts/dom';

/** What to tell of the curves below a figure: how they ended where they did not end well, and what was noticed. */
export function messagesOf(runs: readonly RunAnswer[]): readonly { readonly kind: 'bad' | 'open'; readonly words: string }[] {
  const seen = new Set<string>();
  const messages: { kind: 'bad' | 'open'; words: string }[] = [];
  const tell = (kind: 'bad' | 'open', words: string): void => {
    if (seen.has(words)) return;
    seen.add(words);
    messages.push({ kind, words });
  };
  for (const run of runs) if (run.status !== 'completed') tell(run.status === 'failed' ? 'bad' : 'open', `${run.method}: ${run.message === '' ? run.status : run.message.includes(run.status) ? run.message : `${run.status}: ${run.message}`}`);
  for (const run of runs) for (const warning of run.warnings) tell('open', `${run.method}: ${warning}`);
  return messages;
}

export interface MessagesPart {
  readonly element: HTMLElement;
  show(runs: readonly RunAnswer[], troubles: readonly string[]): void;
}

export function createMessages(): MessagesPart {
  const element = el('ul', { class: 'messages' });
  let key = '';
  return {
    element,
    show(runs, troubles) {
      const messages = [...troubles.map((words) => ({ kind: 'bad' as const, words })), ...messagesOf(runs)];
      const next = JSON.stringify(messages);
      if (next === key) return;
      key = next;
      replace(element, ...messages.map(({ kind, words }) => el('li', { class: `message ${kind}` }, words)));
    },
  };
}
