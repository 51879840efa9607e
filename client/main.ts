import { hydrateQueryCache, useQueryCache } from '@pinia/colada';
import { createWebHistory } from 'vue-router';
import { reportTo } from './api.ts';
import { createHangbiao } from './app.ts';
import { allTaken, nextTask } from './inTurn.ts';
import { keepPlaces } from './place.ts';
import { prepareFor } from './reader.ts';
import { STATE_ID, type ServedState } from './served.ts';
import { useLook } from './stores/look.ts';
import { useSession } from './stores/session.ts';
import './style.css';

const text = document.getElementById(STATE_ID)?.textContent ?? '';
const served = text === '' ? null : (JSON.parse(text) as ServedState);
const { app, router, pinia } = createHangbiao(createWebHistory(), served !== null);
keepPlaces(router);
const session = useSession(pinia);
reportTo({ signedOut: session.signOut, lost: session.lose, answered: session.find });
if (served) {
  hydrateQueryCache(useQueryCache(pinia), served.queries);
  const look = useLook(pinia);
  look.drawFor(served.look);
  // What is drawn stands until the page's own part is here.
  await router.isReady();
  await nextTask();
  app.mount('#app');
  // For start.ts, which keeps what was pressed before.
  document.dispatchEvent(new Event('hangbiao:mounted'));
  await allTaken();
  look.drawFor(null);
  document.dispatchEvent(new Event('hangbiao:taken'));
  prepareFor(() => import('./components/echarts.ts'));
} else {
  app.mount('#app');
  document.dispatchEvent(new Event('hangbiao:mounted'));
}
