import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import compression from 'compression';
import express from 'express';
import { builtPeers, peers } from './ready.ts';

export type Served = { readonly address: string; readonly link: string; close(): Promise<void> };

/** The built product with the demo centre, in a process and a folder of its own. */
export async function serveOurs(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'hangbiao-bench-'));
  const child = spawn(process.execPath, ['dist/server/cli.js', 'serve'], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: folder,
      DATABASE_URL: '',
      DEMO: '1',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const close = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    const [link, address] = /(http:\/\/[^/\s]+)\/sign-in\/\S+(?=\s)/.exec(said) ?? [];
    if (link !== undefined && address !== undefined) {
      child.stdout.resume();
      return { address, link, close };
    }
  }
  await close();
  throw new Error(`the server did not start: ${said}`);
}

/** Both peers' files, compressed by the same means as ours; what they ask under /api goes to our server. */
export async function servePeers(api: string): Promise<Served> {
  const app = express();
  app.use(compression());
  for (const peer of peers)
    app.use(
      `/${peer}`,
      express.static(join(builtPeers, peer), { index: 'index.html', immutable: true, maxAge: '365d' }),
    );
  // A kept connection may be closed by the server just as it is taken up again.
  const agent = new Agent({ keepAlive: false });
  const to = new URL(api);
  app.use('/api', (req, res, next) => {
    const asked = request(
      {
        agent,
        host: to.hostname,
        port: to.port,
        method: req.method,
        path: req.originalUrl,
        headers: { ...req.headers, host: to.host },
      },
      (reply) => {
        res.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(res);
      },
    );
    asked.on('error', next);
    req.pipe(asked);
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    link: address,
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
