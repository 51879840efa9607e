/** What a reader does first, before any figure is chosen anew. */
const signs = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'focusin'] as const;

const PREPARED = 'hangbiao:prepared';

/**
 * Does something when the browser has nothing else to do.
 * @param timeout milliseconds, after which it is done at the next turn; absent: however long it takes
 */
export function whenIdle(then: () => void, timeout?: number): void {
  // Safari has no such call.
  if ('requestIdleCallback' in window) requestIdleCallback(then, { ...(timeout && { timeout }) });
  else setTimeout(then, timeout ?? 200);
}

/** Does something once what a reader will need is here and the browser has nothing else to do. @returns how to leave it */
export function whenPrepared(then: () => void): () => void {
  const later = (): void => whenIdle(then);
  document.addEventListener(PREPARED, later, { once: true });
  return () => document.removeEventListener(PREPARED, later);
}

/**
 * Once a reader moves, fetches what the next question will be drawn with: pictures that the server has drawn need no
 * ECharts, but another one does, and a choice must not wait for it.
 */
export function prepareFor(fetchIt: () => Promise<unknown>): void {
  const come = (): void => {
    for (const sign of signs) removeEventListener(sign, come);
    // A fetch that fails is made anew where the part is needed, and told there.
    fetchIt().then(
      () => document.dispatchEvent(new Event(PREPARED)),
      () => undefined,
    );
  };
  for (const sign of signs) addEventListener(sign, come, { passive: true });
}
