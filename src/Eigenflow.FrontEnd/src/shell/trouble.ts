// Errors in words, where they happened, with what can be done about them.

const lasting = new Set<Element>();

function notice(title: string, words: string, actions: readonly HTMLElement[]): HTMLElement {
  const box = document.createElement('section');
  box.className = 'notice bad';
  box.setAttribute('role', 'alert');
  const heading = document.createElement('h1');
  heading.className = 'notice-title';
  heading.textContent = title;
  const text = document.createElement('p');
  text.textContent = words;
  const row = document.createElement('p');
  row.className = 'row';
  row.append(...actions);
  box.append(heading, text, row);
  return box;
}

const link = (address: string, words: string): HTMLAnchorElement => {
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.textContent = words;
  return anchor;
};

const reload = (): HTMLButtonElement => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Load the page again';
  button.addEventListener('click', () => location.reload());
  return button;
};

/** Fills a host with what went wrong in place of a view. */
export function showTrouble(host: HTMLElement, title: string, words: string): void {
  host.replaceChildren(notice(title, words, [link('#/', 'All systems'), reload()]));
}

/** Says beside the page what nobody caught: a defect, in words, and the page goes on. */
export function reportTrouble(words: string): void {
  const box = document.createElement('div');
  box.className = 'notice bad floating';
  box.setAttribute('role', 'alert');
  const text = document.createElement('p');
  text.textContent = `Something went wrong in this page: ${words}`;
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'quiet';
  close.textContent = 'Dismiss';
  close.addEventListener('click', () => {
    box.remove();
    lasting.delete(box);
  });
  box.append(text, close);
  for (const older of lasting) older.remove();
  lasting.clear();
  lasting.add(box);
  document.body.append(box);
}

export function clearTroubles(): void {
  for (const box of lasting) box.remove();
  lasting.clear();
}

/** Catches what no view caught. */
export function watchErrors(): void {
  addEventListener('error', (event) => {
    // A frame in which sizes settle late; browsers tell of it, and nothing is lost.
    if (event.message && !event.message.startsWith('ResizeObserver loop')) reportTrouble(event.message);
  });
  addEventListener('unhandledrejection', (event) => {
    const reason: unknown = event.reason;
    if (reason instanceof DOMException && reason.name === 'AbortError') event.preventDefault();
    else reportTrouble(reason instanceof Error ? reason.message : String(reason));
  });
}
