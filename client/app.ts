import { PiniaColada, PiniaColadaSSRNoGc } from '@pinia/colada';
import { createPinia, type Pinia } from 'pinia';
import { createApp, createSSRApp, type App as VueApp } from 'vue';
import App from './App.vue';

/**
 * The program, not yet mounted, and without a router.
 * @param drawn the pages are drawn by the server, or take over what it has drawn
 */
export function createHangbiao(drawn: boolean): { readonly app: VueApp; readonly pinia: Pinia } {
  const app = drawn ? createSSRApp(App) : createApp(App);
  const pinia = createPinia();
  app.use(pinia);
  app.use(PiniaColada, {
    // On the server a page's answers go with the page: timers would keep an ended server alive for five minutes.
    plugins: import.meta.env.SSR ? [PiniaColadaSSRNoGc()] : [],
    // A server that refuses is told on the page itself, by the part that asked.
    queryOptions: { staleTime: 60_000, refetchOnWindowFocus: true, ssrCatchError: true },
  });
  return { app, pinia };
}
