import { hydrateQueryCache, useQueryCache } from '@pinia/colada';
import { createWebHistory } from 'vue-router';
import { reportTo } from './api.ts';
import { createHangbiao } from './app.ts';
import { allTaken, nextTask } from './inTurn.ts';
import { keepPlaces } from './place.ts';
import { prepareFor, whenPrepared } from './reader.ts';
import { createPages } from './router.ts';
import type { ServedState } from './served.ts';
import { useCentre } from './stores/centre.ts';
import { useLive } from './stores/live.ts';
import { useLook } from './stores/look.ts';
import { useSession } from './stores/session.ts';
import { turnPages } from './turn.ts';
import './style.css';

/** What the page was drawn from; null where the server drew none, or holds it no longer: then all is asked for anew. */
async function drawnFrom(): Promise<ServedState | null> {
  const address = document.querySelector<HTMLMetaElement>('meta[name=drawn-from]')?.content;
  if (address === undefined) return null;
  const reply = await fetch(address).catch(() => null);
  return reply?.ok ? ((await reply.json()) as ServedState) : null;
}

const served = await drawnFrom();
/** A page that stands already is scrolled and read between the steps that take it over, each in a task of its own. */
const step = (): Promise<void> => (served ? nextTask() : Promise.resolve());
await step();
const router = createPages(createWebHistory());
await step();
const { app, pinia } = createHangbiao(served !== null);
await step();
app.use(router);
await step();
keepPlaces(router);
turnPages(router, pinia);
await step();
const session = useSession(pinia);
reportTo({ signedOut: session.signOut, lost: session.lose, answered: session.find });
if (served) {
  hydrateQueryCache(useQueryCache(pinia), served.queries);
  await nextTask();
  const look = useLook(pinia);
  look.drawFor(served.look);
  await nextTask();
  // Before the first part, as by the server: what a part asks for itself gives the ids below it another beginning.
  useCentre(pinia);
  await nextTask();
  useLive(pinia);
  // What is drawn stands until the page's own part is here.
  await router.isReady();
  await nextTask();
  app.mount('#app');
  await allTaken();
  look.drawFor(null);
  // For start.ts, which keeps what was pressed before.
  document.dispatchEvent(new Event('hangbiao:taken'));
  prepareFor(() => import('./components/echarts.ts'));
  // Should the server be lost, menus open all the same.
  whenPrepared(() => void import('./components/opened/PickPanel.vue').catch(() => undefined));
} else {
  app.mount('#app');
  document.dispatchEvent(new Event('hangbiao:taken'));
}
