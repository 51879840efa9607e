import SqliteDatabase from 'better-sqlite3';
import { createReadStream, mkdtempSync, openAsBlob, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportReply } from '../shared/imports.ts';
import { unitsCsv, writeCsv, writeXlsx } from './ledgers.ts';
import { begin } from './server.ts';
import { quantile, type Table } from './table.ts';

const PORT = 4870;
/** Megabytes that the process has held at most. */
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024;

type Measured = { check: number; commit: number; records: number; peak: number; p99: number; bytes: number };

async function measure(file: string): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'hangbiao-bench-'));
  const begun = await begin(folder, { port: PORT, demo: false });
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    begun.ask(path, { ...init, headers: { prefer: 'respond-async' } });
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
    let from = performance.now();
    const sent = (await (await ask('/api/imports', { method: 'POST', body })).json()) as ImportReply;
    const { took, done: checked } = await begun.watched(() => until(sent.id, 'checked'));
    const check = performance.now() - from;
    from = performance.now();
    await ask(`/api/imports/${sent.id}/commit`, { method: 'POST' });
    const done = await until(sent.id, 'committed');
    const commit = performance.now() - from;
    const accepted = checked.sheets.reduce((sum, s) => sum + s.accepted, 0);
    if (done.records !== accepted) throw new Error(`${done.records} stored of ${accepted}`);
    return {
      check,
      commit,
      records: accepted,
      peak: peakOf(begun.child.pid ?? 0),
      p99: quantile(took, 0.99),
      bytes: statSync(file).size,
    };
  } finally {
    await begun.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The least that any importer does: each line split at its commas, and its fields kept as texts in a table, with nothing
 * read, checked or looked up. It tells how fast the machine is at the time.
 * @returns milliseconds
 */
async function leastOf(file: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'hangbiao-bench-'));
  const database = new SqliteDatabase(join(folder, 'least.db'));
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    const from = performance.now();
    const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
    let insert: SqliteDatabase.Statement | null = null;
    for await (const line of lines) {
      const fields = line.split(',');
      if (!insert) {
        const columns = fields.map((_, i) => `c${i} text`).join(', ');
        database.exec(`create table least (${columns}) strict; begin`);
        insert = database.prepare(`insert into least values (${fields.map(() => '?').join(', ')})`);
      } else insert.run(fields);
    }
    database.exec('commit');
    return performance.now() - from;
  } finally {
    database.close();
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
    const least = ((await leastOf(csv)) / 1000).toFixed(1);
    rows.push(['the same CSV, split and kept as it is', '1,000,000', '', '', least, '', '']);
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
      notes: [
        'The last row is the least that any importer does with the CSV (each line split at its commas, its fields put in a table of SQLite, nothing read or looked up), in the same minute on the same machine: what the others take is to be seen beside it, since the speed of a shared host changes within the hour.',
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
