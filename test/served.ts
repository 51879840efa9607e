import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from '../db/dialect.ts';
import { createApp, type AppOptions } from '../server/app.ts';
import type { Granted } from '../server/auth/roles.ts';
import { issue } from '../server/auth/tokens.ts';
import { here, Work } from '../server/import/work.ts';
import { limits } from '../server/ledger/unreadable.ts';
import { silentLog } from '../server/log.ts';
import { rendererHere } from '../server/snapshot/render-thread.ts';
import { freshDatabase } from './engines.ts';

export const today = new Date('2026-10-01T08:00:00Z');

/** The app on a port of its own over a fresh database, with a clock that the test can set. */
export async function served(engine: Engine = 'sqlite', options: Partial<AppOptions> = {}) {
  const connection = await freshDatabase(engine);
  const clock = { now: today };
  const app = createApp({
    db: connection.db,
    now: () => clock.now,
    version: 'test',
    log: silentLog,
    work: new Work(here(connection.db, { now: () => clock.now, limits })),
    limits,
    renderer: rendererHere,
    publicUrl: 'http://127.0.0.1:8080',
    host: '127.0.0.1',
    ...options,
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  const tokens = new Map<Granted, string>();
  const tokenOf = async (role: Granted): Promise<string> => {
    const token =
      tokens.get(role) ?? (await issue(connection.db, { purpose: 'api', role, name: role }, { now: today }));
    tokens.set(role, token);
    return token;
  };
  return {
    ...connection,
    base,
    port,
    clock,
    tokenOf,
    /** As nobody, unless the headers say otherwise. */
    ask: (path: string, init: RequestInit = {}) => fetch(base + path, { redirect: 'manual', ...init }),
    /** By API token. */
    as: async (role: Granted, path: string, init: RequestInit = {}) =>
      fetch(base + path, {
        ...init,
        headers: { authorization: `Bearer ${await tokenOf(role)}`, ...init.headers },
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connection.close();
    },
  };
}
export type Served = Awaited<ReturnType<typeof served>>;

export const jsonBody = (value: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof value === 'string' ? value : JSON.stringify(value),
});

export function form(
  files: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>,
  fields: Readonly<Record<string, string>> = {},
): RequestInit {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.set(key, value);
  for (const [name, content] of Object.entries(files)) body.append('file', new Blob([content]), name);
  return { method: 'POST', body };
}

export const unitsCsv = [
  'code,name,parent,level,opened_on,closed_on,merged_into',
  'C,引航中心,,centre,,,',
  'A,东港引航站党支部,C,branch,2010-01-01,,',
  'B,西港引航站党支部,C,branch,2010-01-01,,',
].join('\n');

export const visitsCsv = [
  '时间,类型,走访对象,参加人数,困难诉求,办结',
  '2025-03-05,企业走访,甲公司,4,2,1',
  '2025-04-09,走访慰问,乙,3,0,0',
].join('\n');
