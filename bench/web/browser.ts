import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** The browser that the tests take too. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args: flags });

/** A browser with one context, which others may drive by its port. */
export async function launchAlone(): Promise<{ context: BrowserContext; port: number }> {
  const port = await freePort();
  const args = [...flags, `--remote-debugging-port=${port}`];
  // An empty name: a folder that is made for it and goes with it.
  const context = await chromium.launchPersistentContext('', { executablePath, args, viewport: null });
  return { context, port };
}
