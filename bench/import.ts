import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openAsBlob, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportReply } from '../shared/imports.ts';
import { unitsCsv, writeCsv, writeXlsx } from './ledgers.ts';
import { quantile, type Table } from './table.ts';

const PORT = 4870;
const base = `http://127.0.0.1:${PORT}`;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The built server over an empty database in a folder of its own. */
async function begin(folder: string): Promise<{ child: ChildProcess; token: string }> {
  const env = {
    ...process.env,
    PORT: String(PORT),
    DATA_DIR: folder,
    DEMO: '0',
    DATABASE_URL: '',
    NODE_ENV: 'production',
  };
  const hangbiao = (...args: string[]): ChildProcess =>
    spawn(process.execPath, ['dist/server/cli.js', ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const made = hangbiao('token', 'create', '--role', 'admin', '--json');
  let said = '';
  made.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(made, 'exit');
  const { token } = JSON.parse(said) as { token: string };
  const child = hangbiao('serve');
  for (let i = 0; i < 200; i++) {
    const answers = await fetch(`${base}/api/health`).then(
      (r) => r.ok,
      () => false,
    );
    if (answers) return { child, token };
    await sleep(50);
  }
  throw new Error('the server does not answer');
}

/** Megabytes that the process has held at most. */
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024;

/** Asks for the health every few milliseconds. @returns how long each answer took, ms */
function watch(): { stop(): Promise<number[]> } {
  const took: number[] = [];
  let going = true;
  const loop = (async () => {
    while (going) {
      const begun = performance.now();
      await (await fetch(`${base}/api/health`)).text();
      took.push(performance.now() - begun);
      await sleep(10);
    }
  })();
  return {
    stop: async () => {
      going = false;
      await loop;
      return took;
    },
  };
}

type Measured = { check: number; commit: number; records: number; peak: number; p99: number; bytes: number };

async function measure(file: string): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'hangbiao-bench-'));
  const { child, token } = await begin(folder);
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const reply = await fetch(base + path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, prefer: 'respond-async', ...init.headers },
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply;
  };
  const until = async (id: number, status: ImportReply['status']): Promise<ImportReply> => {
    for (;;) {
      const reply = (await (await ask(`/api/imports/${id}`)).json()) as ImportReply;
      if (reply.status === status && reply.progress === null) return reply;
      if (reply.progress === null) throw new Error(`import ${id} is ${reply.status}`);
      await sleep(100);
    }
  };
  try {
    const units = new FormData();
    units.append('file', new Blob([unitsCsv]), 'units.csv');
    await ask('/api/units', { method: 'POST', body: units });
    const body = new FormData();
    body.append('file', await openAsBlob(file), file.split('/').at(-1));
    let begun = performance.now();
    const sent = (await (await ask('/api/imports', { method: 'POST', body })).json()) as ImportReply;
    const watching = watch();
    const checked = await until(sent.id, 'checked');
    const took = await watching.stop();
    const check = performance.now() - begun;
    begun = performance.now();
    await ask(`/api/imports/${sent.id}/commit`, { method: 'POST' });
    const done = await until(sent.id, 'committed');
    const commit = performance.now() - begun;
    const accepted = checked.sheets.reduce((sum, s) => sum + s.accepted, 0);
    if (done.records !== accepted) throw new Error(`${done.records} stored of ${accepted}`);
    return {
      check,
      commit,
      records: accepted,
      peak: peakOf(child.pid ?? 0),
      p99: quantile(took, 0.99),
      bytes: statSync(file).size,
    };
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Large ledgers through the built server: how long a check and a commit take, and how it answers meanwhile. */
export async function importBench(): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'hangbiao-ledgers-'));
  try {
    const xlsx = join(folder, '三会一课.xlsx');
    writeXlsx(xlsx, 100_000);
    const csv = join(folder, '三会一课.csv');
    await writeCsv(csv, 1_000_000);
    const rows: string[][] = [];
    for (const [name, file] of [
      ['100,000 rows, .xlsx', xlsx],
      ['1,000,000 rows, .csv', csv],
    ] as const) {
      const m = await measure(file);
      rows.push([
        `${name} (${Math.round(m.bytes / 1e6)} MB)`,
        m.records.toLocaleString('en-US'),
        (m.check / 1000).toFixed(1),
        (m.commit / 1000).toFixed(1),
        ((m.check + m.commit) / 1000).toFixed(1),
        String(Math.round(m.peak)),
        m.p99.toFixed(0),
      ]);
    }
    return {
      title: 'import',
      head: [
        'ledger',
        'records',
        'upload and check, s',
        'commit, s',
        'together, s',
        'peak memory of the server, MB',
        'p99 of /api/health meanwhile, ms',
      ],
      rows,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
