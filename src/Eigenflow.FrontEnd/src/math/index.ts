import './math.css';
import { appendRich } from './rich';
import { splitSentence } from './sentence';
import { toTex } from './tex';

let typesetter: Promise<(host: HTMLElement, tex: string) => void> | undefined;
let ready: ((host: HTMLElement, tex: string) => void) | undefined;

// What can be played with comes first: formulas are typeset when the page has nothing else to do.
const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 1500 });
    else setTimeout(resolve, 300);
  });

function load(): Promise<(host: HTMLElement, tex: string) => void> {
  typesetter ??= whenIdle()
    .then(() => import('./typeset'))
    .then(({ typeset }) => (ready = typeset));
  return typesetter;
}

// Until the typesetter is there the formula stands as text, and where it fails it stays so.
function place(host: HTMLElement, formula: string, tex: string): void {
  const typesetNow = (typeset: (host: HTMLElement, tex: string) => void): void => {
    const made = document.createElement('span');
    try {
      typeset(made, tex);
    } catch {
      return;
    }
    host.replaceChildren(...made.childNodes);
  };
  host.classList.add('math');
  appendRich(host, formula);
  if (ready) typesetNow(ready);
  else void load().then(typesetNow, () => undefined);
}

/** Shows a formula of the engine, such as `s*⁽²⁾` or `η_max(B)`, in place of what the host holds. What is not surely understood stands as text. */
export function renderMath(host: HTMLElement, text: string): void {
  host.replaceChildren();
  const tex = toTex(text);
  if (tex === null) appendRich(host, text);
  else place(host, text, tex);
}

/** Shows a sentence of the engine, its formulas typeset, in place of what the host holds. */
export function renderSentence(host: HTMLElement, text: string): void {
  host.replaceChildren();
  for (const part of splitSentence(text)) {
    if ('text' in part) {
      appendRich(host, part.text);
      continue;
    }
    const span = document.createElement('span');
    host.append(span);
    place(span, part.formula, part.tex);
  }
}
