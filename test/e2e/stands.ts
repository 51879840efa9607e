import { setTimeout as wait } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';

/** A page that asks for more does so sooner than this after the last answer. Milliseconds. */
const QUIET = 120;
const PATIENCE = 30_000;

const underWay = new WeakMap<Page, Set<Request>>();

/** From now on it is known what the page is waiting for. A stream of events is never over. */
export function watchRequests(page: Page): void {
  const asked = new Set<Request>();
  underWay.set(page, asked);
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') asked.add(request);
  });
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
}

/** The page asks for nothing more. @throws where it still does after half a minute, or was not opened by a stage */
async function isQuiet(page: Page): Promise<void> {
  const asked = underWay.get(page);
  if (!asked) throw new Error('a page of another stage');
  const begun = Date.now();
  for (let since = begun; Date.now() - since < QUIET; await wait(10)) {
    if (asked.size > 0) since = Date.now();
    if (since - begun > PATIENCE) throw new Error(`still asks: ${[...asked].map((r) => r.url()).join(' ')}`);
  }
}

/** The page has come, has been taken over by its program, asks for nothing more, and all its charts and tables are there. */
export async function stands(page: Page): Promise<void> {
  await isQuiet(page);
  await page.waitForFunction(
    () =>
      '__vue_app__' in (document.getElementById('app') ?? {}) &&
      // What the server has drawn in another language stands until all is taken over.
      document.documentElement.lang.startsWith(localStorage.getItem('hangbiao.lang') ?? '') &&
      document.querySelector('main [aria-busy="true"], .stale, noscript') === null &&
      [...document.querySelectorAll('[data-view]')].every((e) => e.getAttribute('data-ready') === 'true'),
  );
}
