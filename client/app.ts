import { PiniaColada, PiniaColadaSSRNoGc } from '@pinia/colada';
import { createPinia, type Pinia } from 'pinia';
import { createApp, createSSRApp, type App as VueApp } from 'vue';
import type { Router, RouterHistory } from 'vue-router';
import App from './App.vue';
import { createPages } from './router.ts';

export type Pages = { readonly app: VueApp; readonly router: Router; readonly pinia: Pinia };

/**
 * The pages, not yet mounted.
 * @param drawn they are drawn by the server, or take over what it has drawn
 */
export function createHangbiao(history: RouterHistory, drawn: boolean): Pages {
  const app = drawn ? createSSRApp(App) : createApp(App);
  const pinia = createPinia();
  const router = createPages(history);
  app.use(pinia);
  app.use(PiniaColada, {
    // On the server a page's answers go with the page: timers would keep an ended server alive for five minutes.
    plugins: import.meta.env.SSR ? [PiniaColadaSSRNoGc()] : [],
    // A server that refuses is told on the page itself, by the part that asked.
    queryOptions: { staleTime: 60_000, refetchOnWindowFocus: true, ssrCatchError: true },
  });
  app.use(router);
  return { app, router, pinia };
}
