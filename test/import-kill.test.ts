import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Connection, type Db } from '../db/connect.ts';
import { Random } from '../db/demo/random.ts';
import { recordTables } from '../db/types.ts';
import { checkDatabase } from '../server/commands/check.ts';
import { dataVersion } from '../server/queries/centre.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport, dropBrokenOff, listImports } from '../server/queries/imports.ts';
import { importUnits } from '../server/queries/units.ts';
import { bytes, name } from './kill/ledger.ts';
import { doer } from './kill/saying.ts';
import { unitsCsv } from './served.ts';
import { isLong } from './long.ts';

// A process that is killed in the midst of its work leaves a whole database: HANGBIAO_LONG=1 kills five times as often.
const COMMITS = isLong ? 50 : 10;
const CHECKS = isLong ? 15 : 3;
const AGAIN = isLong ? COMMITS : 3;
const ROWS = 3000;
const ROWS_CHECKED = 1000;
const root = fileURLToPath(new URL('..', import.meta.url));
const tables = [...recordTables, 'activity_kind', 'coverage', 'past', 'change'] as const;

let folder: string;
/** Bundled once, and without what it has no use for, a process is there in a fraction of the time. */
const bundle = (deed: string): Promise<unknown> =>
  build({
    configFile: false,
    root,
    logLevel: 'silent',
    ssr: { noExternal: true, external: ['better-sqlite3', 'pg', '@e965/xlsx'] },
    build: {
      ssr: join(root, `test/kill/${deed}.ts`),
      outDir: join(folder, deed),
      target: 'node20',
      copyPublicDir: false,
      rollupOptions: { treeshake: { moduleSideEffects: false } },
    },
  });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hangbiao-kill-'));
  // What a bundle does not carry it finds beside it.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const deed of ['commit', 'check']) await bundle(deed);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type End = { readonly said: readonly string[]; readonly killed: boolean; readonly lasted: number };

/** Runs the process on a database, and kills it so many milliseconds after it was ready; `null` lets it end. */
function run(deed: 'commit' | 'check', path: string, word: number, killAfter: number | null): Promise<End> {
  const words = [join(folder, deed, `${deed}.js`), `sqlite:${path}`, String(word)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let heard = '';
  let complaint = '';
  let ready = 0;
  let done = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
    if (ready === 0 && heard.includes('READY')) {
      ready = performance.now();
      if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), killAfter);
    }
    if (heard.includes('DONE')) done = performance.now();
  });
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL' && code !== 0) reject(new Error(complaint));
      else resolve({ said: heard.split('\n'), killed: signal === 'SIGKILL', lasted: done - ready });
    });
  });
}

/** Moments spread over the usual duration, each at a random place of its own part. */
const moments = (seed: string, times: number, usual: number): number[] => {
  const random = new Random(seed);
  return Array.from({ length: times }, (_, i) => ((i + random.next()) / times) * usual);
};

/** A copy of a database that nobody has open. */
const copyOf = (path: string, no: string): string => {
  mkdirSync(join(folder, no));
  const copy = join(folder, no, 'hangbiao.db');
  copyFileSync(path, copy);
  return copy;
};

/** Of each table that figures are made of, and of the journal: how many rows, and what they come to. */
async function everything(db: Db): Promise<Record<string, string>> {
  const all: Record<string, string> = { version: String(await dataVersion(db)) };
  for (const table of tables) {
    const rows = (await db.selectFrom(table).selectAll().execute()).map((r) => JSON.stringify(r)).toSorted();
    all[table] = `${rows.length} ${createHash('sha256').update(rows.join('\n')).digest('hex')}`;
  }
  return all;
}
const countOf = (all: Record<string, string>, table: string): number => Number.parseInt(all[table] ?? '', 10);

const waitingRows = async (db: Db): Promise<[files: number, parts: number]> => [
  (await db.selectFrom('import_file').select('piece').execute()).length,
  (await db.selectFrom('import_part').select('part').execute()).length,
];

async function expectClean(connection: Connection): Promise<void> {
  for (const finding of await checkDatabase(connection))
    expect(finding, finding.detail).toMatchObject({ ok: true });
}

async function made(path: string, fill: (db: Db) => Promise<void>): Promise<void> {
  const { db } = await connect(`sqlite:${path}`);
  await importUnits(db, new TextEncoder().encode(unitsCsv), 'units.csv', doer);
  await fill(db);
  await db.destroy();
}

/** Opens the database anew as a start of the server does. */
async function started<T>(path: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await connect(`sqlite:${path}`);
  try {
    await dropBrokenOff(connection.db);
    return await use(connection);
  } finally {
    await connection.db.destroy();
  }
}

describe('killed at a random moment', () => {
  test(`in a commit, ${COMMITS} times: the import is whole or absent`, { timeout: 600_000 }, async () => {
    const first = join(folder, 'waiting.db');
    let id = 0;
    await made(first, async (db) => {
      ({ id } = await checkImport(db, { files: [{ name, bytes: bytes(ROWS) }] }, doer));
    });
    // What stands where no row was stored, and where all were; and how long that takes.
    const before = await started(copyOf(first, 'before'), ({ db }) => everything(db));
    const usual: number[] = [];
    let after = before;
    for (const no of ['one', 'two']) {
      const path = copyOf(first, no);
      usual.push((await run('commit', path, id, null)).lasted);
      after = await started(path, ({ db }) => everything(db));
    }
    expect(countOf(after, 'activity')).toBe(ROWS - ROWS / 50);
    expect(countOf(after, 'activity_kind')).toBeGreaterThan(ROWS);
    expect(countOf(after, 'contradiction')).toBe(ROWS / 50);

    let [midway, again] = [0, 0];
    for (const [i, moment] of moments('kills in a commit', COMMITS, Math.min(...usual)).entries()) {
      const path = copyOf(first, `commit-${i}`);
      const { said, killed } = await run('commit', path, id, moment);
      const isDone = said.includes('DONE');
      if (killed && said.includes('BEGUN') && !isDone) midway++;
      await started(path, async (connection) => {
        const { db } = connection;
        const [row] = await listImports(db);
        const isWhole = row?.status === 'committed';
        expect(row?.status).toBe(isWhole ? 'committed' : 'checked');
        // What was said to be done stays done.
        if (isDone) expect(isWhole).toBe(true);
        expect(await everything(db)).toEqual(isWhole ? after : before);
        expect(row?.records).toBe(isWhole ? ROWS - ROWS / 50 : null);
        await expectClean(connection);
        // Each that is absent can be committed; in the short form the first of them show it.
        if (isWhole || again >= AGAIN) return;
        again++;
        await commitImport(db, id, doer);
        expect(await everything(db)).toEqual(after);
      });
      rmSync(join(folder, `commit-${i}`), { recursive: true });
    }
    expect(again).toBeGreaterThan(0);
    expect(midway).toBeGreaterThanOrEqual(COMMITS / 3);
  });

  test(`in a check, ${CHECKS} times: nothing of it is left`, { timeout: 600_000 }, async () => {
    const first = join(folder, 'units.db');
    await made(first, async () => {});
    const path = copyOf(first, 'whole-check');
    const { lasted } = await run('check', path, ROWS_CHECKED, null);
    const before = await started(first, ({ db }) => everything(db));
    let midway = 0;
    for (const [i, moment] of moments('kills in a check', CHECKS, lasted).entries()) {
      const killedIn = copyOf(first, `check-${i}`);
      const { said } = await run('check', killedIn, ROWS_CHECKED, moment);
      if (said.includes('BEGUN') && !said.includes('DONE')) midway++;
      await started(killedIn, async (connection) => {
        const { db } = connection;
        const statuses = (await listImports(db)).map((r) => r.status);
        // Killed before its first word it is not there; after its last it waits, whole.
        expect(['', 'dropped', 'checked']).toContain(statuses.join());
        if (statuses[0] !== 'checked') expect(await waitingRows(db)).toEqual([0, 0]);
        expect(await everything(db)).toEqual(before);
        await expectClean(connection);
      });
    }
    expect(midway).toBeGreaterThanOrEqual(CHECKS / 3);
  });
});
