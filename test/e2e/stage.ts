import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { readEnv } from '../../server/env.ts';
import { serve, type Running } from '../../server/main.ts';

const clientDir = fileURLToPath(new URL('../../dist/client', import.meta.url));

/** A whole product on a port of its own with a folder of its own, and a browser to look at it. */
export type Stage = {
  readonly folder: string;
  readonly running: Running;
  /** A signed-in page. What the console complained of is in `complaints`. */
  open(options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }>;
  close(): Promise<void>;
};

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function raise(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'hangbiao-e2e-'));
  const env = readEnv({ DATA_DIR: folder, PORT: '0', DEMO: '0', LOG_LEVEL: 'silent' });
  const running = await serve({ env, version: 'test', clientDir, now: () => new Date(), say: () => {} });
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
  });
  let cookies: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['cookies']>> | null = null;
  return {
    folder,
    running,
    async open(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: 'zh-CN',
        reducedMotion: 'reduce',
        ...options,
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          complaints.push(`${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => {
        // No request leaves the host.
        if (!request.url().startsWith(running.address) && !/^(data|blob):/.test(request.url()))
          complaints.push(`request to ${request.url()}`);
      });
      // The link works once; later pages of the stage share its session.
      if (cookies) await context.addCookies(cookies);
      else {
        await page.goto(running.link);
        cookies = await context.cookies();
      }
      return { page, complaints };
    },
    async close() {
      await browser.close();
      await running.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
