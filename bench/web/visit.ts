import type { Browser, Cookie } from 'playwright-core';
import { watcher, type Seen, type Subject, type Watching } from './pages.ts';

/** What one visit came to. Bytes as they went over the wire, milliseconds, bytes of heap. */
export type Visit = {
  readonly bytes: number;
  readonly scriptBytes: number;
  readonly scriptBytesBeforePaint: number;
  readonly requests: number;
  readonly fcp: number;
  readonly painted: number;
  readonly finished: number;
  readonly blocking: number;
  readonly blockingInAll: number;
  readonly heap: number;
  readonly shift: number;
  readonly firstChange: number;
  readonly nextChange: number;
  /** Fetched between the settling and the end of the second change, scripts only. */
  readonly scriptBytesLater: number;
};

type Request = { readonly url: string; readonly isScript: boolean; bytes: number; isDone: boolean };

type Watched = { readonly watching: Watching };

const QUIET_MS = 1_000;
export const LONGEST_MS = 60_000;
/** A reader looks before pressing: the pointer stands on the card for so long. */
const HOVER_MS = 500;
/** What the browser does for a context that was closed or opened just now is no part of the visit. */
export const REST_MS = 1_000;
const LONG_TASK_MS = 50;

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export type How = {
  readonly browser: Browser;
  readonly cookies: readonly Cookie[];
  readonly slowdown: number;
};

/** Opens the page in a fresh context with an empty cache, lets it settle, and chooses two other KPIs. */
export async function visit(subject: Subject, { browser, cookies, slowdown }: How): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
  });
  try {
    await context.addCookies([...cookies]);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Performance.enable');
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const requests = new Map<string, Request>();
    let last = Date.now();
    cdp.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
      last = Date.now();
      if (!request.url.startsWith('data:'))
        requests.set(requestId, { url: request.url, isScript: type === 'Script', bytes: 0, isDone: false });
    });
    const end = (requestId: string, bytes: number): void => {
      last = Date.now();
      const request = requests.get(requestId);
      if (request) Object.assign(request, { bytes, isDone: true });
    };
    cdp.on('Network.loadingFinished', (e) => end(e.requestId, e.encodedDataLength));
    cdp.on('Network.loadingFailed', (e) => end(e.requestId, 0));

    await page.addInitScript(watcher(subject));
    await sleep(REST_MS);
    await page.goto(subject.url, { waitUntil: 'commit' });
    /** By the bare protocol: Playwright's own calls bring a script that the page's thread parses, and would be measured too. */
    const ask = async <T>(expression: string): Promise<T> => {
      const { result } = await cdp.send('Runtime.evaluate', { expression, returnByValue: true });
      return result.value as T;
    };
    const seen = (): Promise<Seen> => ask('watching.seen');

    /** The charts stand, nothing is being fetched, and no task has been long, for a while. */
    const settle = async (): Promise<void> => {
      for (const begun = Date.now(); Date.now() - begun < LONGEST_MS;) {
        await sleep(100);
        const { now, busy, isFinished } = await ask<{ now: number; busy: number; isFinished: boolean }>(
          `({
            now: performance.now(),
            busy: watching.seen.tasks.at(-1)?.end ?? 0,
            isFinished: !Number.isNaN(watching.seen.finished),
          })`,
        );
        const isFetching = [...requests.values()].some((r) => !r.isDone);
        if (isFinished && !isFetching && Date.now() - last > QUIET_MS && now - busy > QUIET_MS) return;
      }
      throw new Error(`${subject.name} does not settle`);
    };
    await settle();
    const { fcp, painted, finished, shift, tasks } = await seen();
    const responses = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map((e) => [e.name, (e as PerformanceResourceTiming).responseEnd] as const),
    );
    const endOf = new Map(responses);
    const first = [...requests.values()];
    const sum = (of: readonly Request[]): number => of.reduce((all, r) => all + r.bytes, 0);
    await cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await cdp.send('Performance.getMetrics');

    const change = async (kpi: string): Promise<number> => {
      const box = await page.locator(subject.card(kpi)).first().boundingBox();
      if (!box) throw new Error(`${subject.name} has no card of ${kpi}`);
      const at = [box.x + box.width / 2, box.y + 20] as const;
      await page.mouse.move(...at);
      await sleep(HOVER_MS);
      await page.evaluate((id) => (window as unknown as Watched).watching.expectChange(id), kpi);
      await page.mouse.click(...at);
      await page.waitForFunction(
        () => !Number.isNaN((window as unknown as Watched).watching.seen.change),
        undefined,
        { timeout: LONGEST_MS },
      );
      return (await seen()).change;
    };
    const firstChange = await change('visits');
    await settle();
    const nextChange = await change('volunteers');
    const scripts = [...requests.values()].filter((r) => r.isScript);

    const blocking = (from: number): number =>
      tasks.reduce((all, t) => all + Math.max(0, t.end - Math.max(t.start + LONG_TASK_MS, from)), 0);
    return {
      bytes: sum(first),
      scriptBytes: sum(first.filter((r) => r.isScript)),
      scriptBytesBeforePaint: sum(first.filter((r) => r.isScript && (endOf.get(r.url) ?? Infinity) <= fcp)),
      requests: first.length,
      fcp,
      painted: Math.max(fcp, painted),
      finished: Math.max(fcp, finished),
      blocking: blocking(fcp),
      blockingInAll: blocking(0),
      heap: metrics.find((m) => m.name === 'JSHeapUsedSize')?.value ?? NaN,
      shift,
      firstChange,
      nextChange,
      scriptBytesLater: sum(scripts) - sum(first.filter((r) => r.isScript)),
    };
  } finally {
    await context.close();
  }
}
