import { AsyncLocalStorage } from 'node:async_hooks';
import { serializeQueryCache, useQueryCache } from '@pinia/colada';
import { provideSSRWidth } from '@vueuse/core';
import { toValue } from 'vue';
import { createMemoryHistory } from 'vue-router';
import { renderToString } from 'vue/server-renderer';
import { readBy, type Asked, type Reply } from './api.ts';
import { createHangbiao } from './app.ts';
import { usualRoom } from './rooms.ts';
import { createPages } from './router.ts';
import {
  drawing,
  lookFrom,
  LOOK_COOKIE,
  roomsFrom,
  ROOMS_COOKIE,
  type Draw,
  type ServedLook,
} from './served.ts';
import { useCentre } from './stores/centre.ts';
import { useLook } from './stores/look.ts';

/** What a page is drawn from. */
export type PageRequest = {
  /** Path and query. */
  readonly address: string;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** The browser says that it is a phone's. */
  readonly isMobile: boolean;
  /** Reads the API as the one who asks. */
  readonly read: (asked: Asked) => Promise<Reply>;
  readonly draw: Draw;
};
export type DrawnPage = {
  readonly html: string;
  readonly title: string;
  readonly look: ServedLook;
  /** JSON for the browser: a `ServedState`. */
  readonly state: string;
  /** Source files of the page's own parts, for the links that fetch them early. */
  readonly modules: readonly string[];
};

const reading = new AsyncLocalStorage<PageRequest['read']>();
readBy((asked) => {
  const read = reading.getStore();
  if (!read) throw new Error('a page asks the API outside of its drawing');
  return read(asked);
});

/** Pages that are mostly figures and charts. The others are lists and forms, and are drawn in the browser. */
const drawnPages = new Set(['overview', 'yoy', 'compare', 'unit', 'rectification']);
const PHONE = 390;
const DESK = 1440;

/**
 * Draws a page with its figures and charts, as the browser would.
 * @returns null where the browser is to draw it: another kind of page, or a question that was refused
 */
export function drawPage(request: PageRequest): Promise<DrawnPage | null> {
  return reading.run(request.read, () => draw(request));
}

async function draw({
  address,
  cookies,
  isMobile,
  draw: drawOption,
}: PageRequest): Promise<DrawnPage | null> {
  const router = createPages(createMemoryHistory());
  const { app, pinia } = createHangbiao(true);
  app.use(router);
  await router.push(address);
  await router.isReady();
  if (!drawnPages.has(String(router.currentRoute.value.name))) return null;
  const look = lookFrom(cookies[LOOK_COOKIE]);
  const rooms = roomsFrom(cookies[ROOMS_COOKIE]) ?? { window: isMobile ? PHONE : DESK, sizes: new Map() };
  provideSSRWidth(rooms.window, app);
  app.provide(drawing, {
    draw: drawOption,
    roomOf: (key) => rooms.sizes.get(key) ?? usualRoom(key, rooms.window),
  });
  useLook(pinia).drawFor(look);
  const centre = useCentre(pinia);
  await centre.reload();
  if (!centre.ready) return null;
  const context: { title?: string; modules?: Set<string> } = {};
  const html = await renderToString(app, context);
  const cache = useQueryCache(pinia);
  // What a page asks only at times (`enabled`) waits without harm.
  const asked = cache.getEntries().filter((entry) => toValue(entry.options?.enabled) !== false);
  if (asked.some((entry) => entry.state.value.status !== 'success')) return null;
  const state = JSON.stringify({ look, queries: serializeQueryCache(cache) });
  return { html, title: context.title ?? '', look, state, modules: [...(context.modules ?? [])] };
}
