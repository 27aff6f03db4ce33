let waiting: ReturnType<typeof setTimeout> | undefined;

/** Says a sentence to readers of the screen, politely. Of several within a moment the last one wins, so that a dragged slider does not chatter. */
export function announce(sentence: string): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const region = document.querySelector('#announcer');
    if (!region) return;
    // The same sentence again is a change too: a no-break space tells them apart.
    region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
  }, 150);
}
