import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** The built server, as the benchmarks begin it, and what is asked of it meanwhile. */

export type Begun = {
  readonly child: ChildProcess;
  /** With the office's token. @throws where the answer is a refusal */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  /**
   * Asks for the health every few milliseconds while `work` is done.
   * @returns how long each answer took, ms, and what came of the work
   */
  readonly watched: <T>(work: () => Promise<T>) => Promise<{ readonly took: number[]; readonly done: T }>;
  readonly end: () => Promise<void>;
};

const PATIENCE_MS = 120_000;

/**
 * Over a database in a folder of its own.
 * @param demo with the demonstration centre, or empty
 */
export async function begin(
  folder: string,
  { port, demo }: { readonly port: number; readonly demo: boolean },
): Promise<Begun> {
  const base = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: folder,
    DEMO: demo ? '1' : '0',
    DATABASE_URL: '',
    NODE_ENV: 'production',
  };
  const hangbiao = (...args: string[]): ChildProcess =>
    spawn(process.execPath, ['dist/server/cli.js', ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const child = hangbiao('serve');
  // What it prints is not read, and must not fill the pipe.
  child.stdout?.resume();
  const health = (): Promise<Response> => fetch(`${base}/api/health`);
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const answers = await health().then(
      (r) => r.ok,
      () => false,
    );
    if (answers) break;
    if (performance.now() > until) throw new Error('the server does not answer');
    await sleep(50);
  }
  const made = hangbiao('token', 'create', '--role', 'admin', '--json');
  let said = '';
  made.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(made, 'exit');
  const { token } = JSON.parse(said) as { token: string };
  return {
    child,
    ask: async (path, init = {}) => {
      const headers = { authorization: `Bearer ${token}`, ...init.headers };
      const reply = await fetch(base + path, { ...init, headers });
      if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
      return reply;
    },
    watched: async (work) => {
      const took: number[] = [];
      let going = true;
      const watching = (async () => {
        while (going) {
          const begun = performance.now();
          await (await health()).text();
          took.push(performance.now() - begun);
          await sleep(10);
        }
      })();
      try {
        return { took, done: await work() };
      } finally {
        going = false;
        await watching;
      }
    },
    end: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
