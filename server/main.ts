import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect, type Connection } from '../db/connect.ts';
import { createApp } from './app.ts';
import { issue } from './auth/tokens.ts';
import { startRounds, type Rounds } from './briefing/rounds.ts';
import { deliveryOf, limitsOf, withoutPassword, type Env } from './env.ts';
import { Refusal } from './errors.ts';
import { loadDemo, wantsDemo } from './first-run.ts';
import { thread } from './import/thread.ts';
import { here, Work } from './import/work.ts';
import { createLog } from './log.ts';
import { problem } from './problem.ts';
import { dropBrokenOff } from './queries/imports.ts';
import { readThread } from './reader/reader.ts';
import { renderThread } from './snapshot/render-thread.ts';

export type ServeOptions = {
  readonly env: Env;
  readonly version: string;
  readonly clientDir: string;
  readonly now: () => Date;
  /** One line for the person who started the server. */
  readonly say: (line: string) => void;
  /** The address by which the pages are reached, where that is not the server's own (development). */
  readonly address?: string;
};

export type Running = {
  readonly address: string;
  readonly link: string;
  close(): Promise<void>;
};

/** Open requests get this long to end, milliseconds. */
const PATIENCE = 5_000;
/** A database server that does not answer at all, milliseconds. */
const CONNECT_PATIENCE = 15_000;

/** Opens the database of the settings, or says in one line why it cannot be, without its password. */
export async function openDatabase({ DATABASE_URL }: Env): Promise<Connection> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in 15 seconds')), CONNECT_PATIENCE);
  });
  try {
    return await Promise.race([connect(DATABASE_URL), late]);
  } catch (error) {
    throw new Refusal(
      409,
      `DATABASE_URL="${withoutPassword(DATABASE_URL)}": the database cannot be opened: ${reasonOf(error)}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  // A name with several addresses fails once for each; the first says enough.
  const first = error instanceof AggregateError ? (error.errors as unknown[])[0] : error;
  return (
    (first instanceof Error
      ? first.message || String((first as NodeJS.ErrnoException).code)
      : String(first)
    ).split('\n')[0] ?? ''
  );
}

function listen(server: Server, { HOST, PORT }: Env): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const place = `PORT="${PORT}"`;
      const lines: Record<string, string> = {
        EADDRINUSE: `${place}: port ${PORT} is in use on ${HOST}; stop the program that uses it, or choose another port: PORT=${PORT + 1} npm start`,
        EACCES: `${place}: this user may not listen on port ${PORT}; choose one above 1023`,
        EADDRNOTAVAIL: `HOST="${HOST}": this machine has no such address`,
        ENOTFOUND: `HOST="${HOST}": there is no such name`,
      };
      reject(new Refusal(409, lines[error.code ?? ''] ?? `HOST="${HOST}" ${place}: ${error.message}`));
    });
    server.listen(PORT, HOST.replace(/^\[|\]$/g, ''), () => resolve((server.address() as AddressInfo).port));
  });
}

/** The address that a browser on this machine can open. */
export function addressOf(host: string, port: number): string {
  const name =
    host === '0.0.0.0'
      ? '127.0.0.1'
      : host === '::'
        ? '[::1]'
        : host.includes(':') && !host.startsWith('[')
          ? `[${host}]`
          : host;
  return `http://${name}:${port}`;
}

const starting: RequestListener = (_req, res) => {
  res.writeHead(503, { 'Content-Type': 'application/problem+json', 'Retry-After': '1' });
  res.end(JSON.stringify(problem(503, 'the server is starting')));
};

/**
 * env > port > database > demo > pages. The port comes first, so that a second start beside a
 * running one is refused before it touches the data.
 * @throws Refusal with one line and its remedy
 */
export async function serve({ env, version, clientDir, now, say, address }: ServeOptions): Promise<Running> {
  const log = createLog(env.LOG_LEVEL);
  let answerWith: RequestListener = starting;
  const server = createServer((req, res) => answerWith(req, res));
  const port = await listen(server, env);
  let connection: Connection | undefined;
  let work: Work | undefined;
  let rounds: Rounds | undefined;
  const renderer = renderThread();
  // A database in memory can be opened by no other thread.
  const isApart = !env.DATABASE_URL.endsWith(':memory:');
  const reader = isApart ? readThread(env.DATABASE_URL) : undefined;
  const threads = [renderer, ...(reader ? [reader] : [])];
  try {
    connection = await openDatabase(env);
    const { db } = connection;
    if (env.DEMO && (await wantsDemo(db)))
      await loadDemo(db, { folder: join(env.DATA_DIR, 'demo'), now, say });
    await dropBrokenOff(db);
    const limits = limitsOf(env);
    work = new Work(
      isApart
        ? thread({
            url: env.DATABASE_URL,
            limits,
            seconds: env.IMPORT_MAX_SECONDS,
            memory: env.IMPORT_MAX_MEMORY,
          })
        : here(db, { now, limits }),
    );
    const own = address ?? addressOf(env.HOST, port);
    const files = {
      renderer,
      ...(reader ? { reader } : {}),
      publicUrl: env.PUBLIC_URL ?? own,
      delivery: deliveryOf(env),
    };
    answerWith = createApp({
      db,
      now,
      version,
      log,
      work,
      limits,
      ...files,
      host: env.HOST,
      clientDir,
    });
    const { free } = work;
    rounds = startRounds(db, { now, log, ...files, ready: free.bind(work) });
    const secret = await issue(db, { purpose: 'sign_in', role: 'admin', name: 'admin' }, { now: now() });
    return {
      address: own,
      link: `${own}/sign-in/${secret}`,
      close: () => close({ server, work, rounds, threads, connection }),
    };
  } catch (error) {
    await close({ server, work, rounds, threads, connection });
    throw error;
  }
}

async function close({
  server,
  work,
  rounds,
  threads,
  connection,
}: {
  server: Server;
  work: Work | undefined;
  rounds: Rounds | undefined;
  threads: readonly { close(): Promise<void> }[];
  connection: Connection | undefined;
}): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), PATIENCE);
  await work?.close();
  // A round that is under way loses its threads, says so in its schedule, and ends.
  for (const one of threads) await one.close();
  await rounds?.close();
  await closed;
  clearTimeout(timer);
  await connection?.db.destroy();
}
