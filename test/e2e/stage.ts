import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { readEnv } from '../../server/env.ts';
import { serve, type Running } from '../../server/main.ts';
import { watchRequests } from './stands.ts';

const clientDir = fileURLToPath(new URL('../../dist/client', import.meta.url));

export type Given = { readonly name: string; readonly bytes: Uint8Array };

/** A whole product on a port of its own with a folder of its own, and a browser to look at it. */
export type Stage = {
  readonly folder: string;
  readonly running: Running;
  /** A signed-in page. What the console complained of is in `complaints`. */
  open(options?: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }>;
  /** Sends and stores the list of units, and then ledgers, as the office. */
  bring(files: { readonly units?: Given | undefined; readonly ledgers: readonly Given[] }): Promise<void>;
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
  /** Posts to the API with the session's cookies. @throws where it is refused */
  async function post<T>(path: string, body?: FormData): Promise<T> {
    const reply = await fetch(`${running.address}/api${path}`, {
      method: 'POST',
      ...(body ? { body } : {}),
      headers: {
        cookie: (cookies ?? []).map((c) => `${c.name}=${c.value}`).join('; '),
        'sec-fetch-site': 'same-origin',
      },
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T;
  }
  function formOf(files: readonly Given[]): FormData {
    const form = new FormData();
    for (const { name, bytes } of files)
      form.append('file', new Blob([new Uint8Array(bytes)]), name.split('/').at(-1));
    return form;
  }
  let cookies: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['cookies']>> | null = null;
  const stage: Stage = {
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
      watchRequests(page);
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
    async bring({ units, ledgers }) {
      // The first page signs in.
      if (!cookies) await (await stage.open()).page.context().close();
      if (units) await post('/units', formOf([units]));
      const { id } = await post<{ id: number }>('/imports', formOf(ledgers));
      await post(`/imports/${id}/commit`);
    },
    async close() {
      await browser.close();
      await running.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return stage;
}
