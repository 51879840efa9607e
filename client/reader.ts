/** What a reader does first, before any figure is chosen anew. */
const signs = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'focusin'] as const;

/**
 * Once a reader moves, fetches what the next question will be drawn with: pictures that the server has drawn need no
 * ECharts, but another one does, and a choice must not wait for it.
 */
export function prepareFor(fetchIt: () => Promise<unknown>): void {
  const come = (): void => {
    for (const sign of signs) removeEventListener(sign, come);
    // A fetch that fails is made anew where the part is needed, and told there.
    void fetchIt().catch(() => undefined);
  };
  for (const sign of signs) addEventListener(sign, come, { passive: true });
}
