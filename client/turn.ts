import { useQueryCache } from '@pinia/colada';
import type { Pinia } from 'pinia';
import type { Router } from 'vue-router';

/** The former page stands until the next one has its figures, but no longer than this: then its skeleton is shown. Milliseconds. */
const LONGEST = 300;
const BETWEEN_LOOKS = 8;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Turns a page when the next one can be read: nothing jumps into its place before the reader's eyes. By the browser's
 * view transitions, without any movement; one that has none shows the next page's skeleton at once.
 */
export function turnPages(router: Router, pinia: Pinia): void {
  const cache = useQueryCache(pinia);
  const isAsking = (): boolean =>
    cache
      .getEntries({ active: true, status: 'pending' })
      .some((entry) => entry.asyncStatus.value === 'loading');

  async function hasFigures(): Promise<void> {
    const until = performance.now() + LONGEST;
    // Only when the next page stands do its parts ask.
    do await pause(BETWEEN_LOOKS);
    while (isAsking() && performance.now() < until);
  }

  router.beforeResolve((to, from) => {
    // Within a page each part says of itself that it waits; before the first page there is none.
    if (to.name === from.name || from.name === undefined || !('startViewTransition' in document)) return;
    return new Promise<void>((go) => {
      const turning = document.startViewTransition(() => {
        go();
        return hasFigures();
      });
      // One that is overtaken by the next, or that nobody sees, is left out by the browser.
      for (const stage of [turning.ready, turning.finished, turning.updateCallbackDone])
        stage.catch(() => undefined);
    });
  });
}
