/** How long an answer may take, in milliseconds, before the page says that it is being worked on. */
export const patience = 300;

export interface Waiting {
  /** Something is awaited from now on, if nothing was. */
  wait(): void;
  /** It is there, or nobody waits any more. */
  rest(): void;
}

/** Says that something is awaited once that takes longer than a moment. */
export function createWaiting(show: (isShown: boolean) => void, after = patience): Waiting {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isShown = false;
  return {
    wait() {
      timer ??= setTimeout(() => {
        isShown = true;
        show(true);
      }, after);
    },
    rest() {
      clearTimeout(timer);
      timer = undefined;
      if (!isShown) return;
      isShown = false;
      show(false);
    },
  };
}

/** Does the work of a button that was pressed, and says on the button that it goes on once it takes longer than a moment. A press in the meantime does nothing. */
export async function whileWorking(button: HTMLButtonElement, work: () => Promise<void>): Promise<void> {
  if (button.getAttribute('aria-busy') === 'true') return;
  const label = button.querySelector('span') ?? button;
  const words = label.textContent;
  const waiting = createWaiting((isShown) => (label.textContent = isShown ? 'working …' : words));
  // It keeps the focus, which a disabled button loses.
  button.setAttribute('aria-busy', 'true');
  waiting.wait();
  try {
    await work();
  } finally {
    waiting.rest();
    button.removeAttribute('aria-busy');
  }
}
