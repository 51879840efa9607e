import type { CDPSession } from 'playwright-core';
import { watcher, type Seen, type Subject } from './pages.ts';
import { LONGEST_MS, REST_MS, sleep, type How } from './visit.ts';

/** When what stood on the screen, milliseconds from the navigation's start. */
export type Painted = { readonly fcp: number; readonly painted: number };

const VIEWPORT = { width: 1440, height: 900 } as const;
const LANGUAGE = 'zh-CN';
const POLL_MS = 250;

/**
 * The same visit as `visit`, by a reader whom no tool looks over the shoulder. Whoever listens to the network through the
 * DevTools protocol, as Playwright does for every page of its own, has the page's thread keep and decode what it fetches,
 * and Playwright has it make a second world of scripts: work that a reader's browser does not do.
 */
export async function unwatched(subject: Subject, { browser, cookies, slowdown }: How): Promise<Painted> {
  const root = await browser.newBrowserCDPSession();
  const { browserContextId } = await root.send('Target.createBrowserContext');
  try {
    await root.send('Storage.setCookies', {
      browserContextId,
      cookies: cookies.map(({ name, value, domain, path, httpOnly }) => ({
        name,
        value,
        domain,
        path,
        httpOnly,
      })),
    });
    const { userAgent } = await root.send('Browser.getVersion');
    const send = await tabOf(root, browserContextId);
    await send('Page.enable');
    await send('Emulation.setDeviceMetricsOverride', { ...VIEWPORT, deviceScaleFactor: 1, mobile: false });
    await send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: LANGUAGE });
    await send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await send('Page.addScriptToEvaluateOnNewDocument', { source: watcher(subject) });
    await sleep(REST_MS);
    await send('Page.navigate', { url: subject.url });
    for (const begun = Date.now(); Date.now() - begun < LONGEST_MS;) {
      await sleep(POLL_MS);
      const { result } = await send('Runtime.evaluate', {
        expression: 'watching.seen',
        returnByValue: true,
      });
      // What is not a number yet comes as null.
      const { fcp, painted, finished } = result.value as { readonly [key in keyof Seen]: number | null };
      if (fcp !== null && painted !== null && finished !== null)
        return { fcp, painted: Math.max(fcp, painted) };
    }
    throw new Error(`${subject.name} is not painted`);
  } finally {
    await root.send('Target.disposeBrowserContext', { browserContextId });
    await root.detach();
  }
}

/** Opens a tab that Playwright knows nothing of. Its session of the browser carries no other's: what goes to the tab is wrapped. */
async function tabOf(root: CDPSession, browserContextId: string): Promise<CDPSession['send']> {
  const { targetId } = await root.send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false });
  type Answer = {
    readonly id?: number;
    readonly result?: unknown;
    readonly error?: { readonly message: string };
  };
  const waiting = new Map<number, (answer: Answer) => void>();
  root.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  let last = 0;
  return (async (method: string, params: unknown = {}) => {
    const id = ++last;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    await root.send('Target.sendMessageToTarget', {
      sessionId,
      message: JSON.stringify({ id, method, params }),
    });
    const { result, error } = await answered;
    waiting.delete(id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }) as CDPSession['send'];
}
