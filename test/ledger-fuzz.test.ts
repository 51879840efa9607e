import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Random } from '../db/demo/random.ts';
import { recordTables, type Database } from '../db/types.ts';
import { Broken, Judging } from '../server/ledger/parse.ts';
import { ledgerFiles, type LedgerFile } from '../server/ledger/read.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport, undoImport } from '../server/queries/imports.ts';
import { importUnits } from '../server/queries/units.ts';
import type { ImportProblem, ImportSheet } from '../shared/api.ts';
import { families } from '../shared/kinds.ts';
import type { Unit } from '../shared/unit.ts';
import { freshDatabase } from './engines.ts';
import { mutant, samples, type Sample } from './mutants.ts';

// Ten thousand damaged ledgers: whatever was done to a file, each of its rows is accounted for, soon.
// To see one mutant again: HANGBIAO_MUTANT=1234 npx vitest run test/ledger-fuzz.test.ts

const seed = 'ledgers';
const MUTANTS = 10_000;
const BLOCK = 1000;
const SOON = 5000; // ms

const station = (code: string, name: string): Unit => ({
  code,
  name: `${name}引航站党支部`,
  parent: 'JH',
  level: 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
});
const units: Unit[] = [
  { ...station('JH', ''), name: '江海引航中心', parent: null, level: 'centre' },
  station('DG', '东港'),
  station('XG', '西港'),
  station('NA', '南岸'),
  station('SY', '沙屿'),
];

const of = (is: Sample['is']): [Sample, ...Sample[]] => {
  const [first, ...others] = samples.filter((sample) => sample.is === is);
  if (!first) throw new Error(`no sample is ${is}`);
  return [first, ...others];
};
const [texts, workbooks, old] = [of('text'), of('xlsx'), of('xls')];

/** A mutant by its number. Of xls there are few: their parser may go on until it is stopped, after seconds. */
function mutantOf(n: number, subject = 'mutant'): { readonly name: string; readonly bytes: Uint8Array } {
  const random = new Random(`${seed} ${subject} ${n}`);
  const kind = random.int(0, 99);
  const sample = random.pick(kind < 2 ? old : kind < 20 ? workbooks : texts);
  return { name: sample.name, bytes: mutant(sample, random) };
}

type Tally = { sheet: ImportSheet | null; key: string; accepted: number; rejected: number; twins: number };
type Judged = {
  readonly tables: ReadonlyMap<number, Tally>;
  /** Lines and rows of each sheet, by its number. */
  readonly lines: ReadonlyMap<string, number>;
  readonly rows: ReadonlyMap<string, number>;
  readonly problems: readonly ImportProblem[];
};

/** Judges a file as a check does: one that breaks among its rows is judged again as refused. */
function judged({ name, bytes }: { name: string; bytes: Uint8Array }): Judged {
  const refused = new Map<number, ImportProblem>();
  for (;;)
    try {
      return judgedOnce(name, bytes, refused);
    } catch (error) {
      if (!(error instanceof Broken) || refused.has(error.fileNo)) throw error;
      refused.set(error.fileNo, error.problem);
    }
}

function judgedOnce(name: string, bytes: Uint8Array, refused: ReadonlyMap<number, ImportProblem>): Judged {
  const judging = new Judging({ units, options: {}, today: '2024-11-20' });
  const tables = new Map<number, Tally>();
  const [lines, rows] = [new Map<string, number>(), new Map<string, number>()];
  const problems: ImportProblem[] = [];
  const tally = (table: number): Tally => {
    const found = tables.get(table) ?? { sheet: null, key: '', accepted: 0, rejected: 0, twins: 0 };
    tables.set(table, found);
    return found;
  };
  let fileNo = 0;
  for (const file of ledgerFiles(name, bytes)) {
    fileNo++;
    for (const found of judging.file(counting(file, fileNo, rows), refused.get(fileNo))) {
      if (found.is === 'problem') problems.push(found.problem);
      if (found.is === 'table') tally(found.table).key = found.start.key.replace(/-\d+$/, '');
      if (found.is === 'end') tally(found.table).sheet = found.sheet;
      if (found.is !== 'line') continue;
      const { key } = tally(found.table);
      lines.set(key, (lines.get(key) ?? 0) + 1);
      problems.push(...found.line.problems);
      if (found.record) tally(found.table).accepted++;
      if (found.twin !== null) tally(found.table).twins++;
      if (found.line.is === 'left_out') tally(found.table).rejected++;
    }
  }
  return { tables, lines, rows, problems };
}

/** The file, its rows counted by sheet as they are read. */
function counting(file: LedgerFile, fileNo: number, counts: Map<string, number>): LedgerFile {
  const counted = function* <R>(rows: Iterable<R>, key: string): Generator<R> {
    for (const row of rows) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      yield row;
    }
  };
  return {
    name: file.name,
    *sheets() {
      let sheetNo = 0;
      for (const sheet of file.sheets())
        yield { ...sheet, rows: counted(sheet.rows, `${fileNo}-${++sheetNo}`) };
    },
  };
}

/** What does not add up of a mutant: one line each, none where all is well. */
function faultsOf({ tables, lines, rows, problems }: Judged, took: number): string[] {
  const faults: string[] = [];
  if (took > SOON) faults.push(`took ${Math.round(took)} ms`);
  for (const [table, { sheet, ...counted }] of tables) {
    const { accepted, rejected, twins } = counted;
    const [here, there] = [
      { rows: accepted + rejected + twins, accepted, rejected, duplicates: twins },
      {
        rows: sheet?.rows,
        accepted: sheet?.accepted,
        rejected: sheet?.rejected,
        duplicates: sheet?.duplicates,
      },
    ].map((counts) => JSON.stringify(counts));
    if (here !== there) faults.push(`table ${table}: ${there} is said, ${here} was met`);
  }
  for (const [key, met] of lines)
    if (met !== rows.get(key)) faults.push(`sheet ${key}: ${met} lines of ${rows.get(key)} rows`);
  // Nothing is left out, or read over, without a word.
  const isSilent = problems.length === 0;
  if (isSilent && tables.size === 0) faults.push('no table, and no word of it');
  if (isSilent && [...tables.values()].some((t) => t.rejected > 0))
    faults.push('rows left out without a word');
  return faults;
}

type Tried = { readonly faults: string[]; readonly taken: boolean; readonly refused: boolean };

function tried(n: number): Tried {
  const sent = mutantOf(n);
  const said = (fault: string): string => `mutant ${n} of "${seed}", ${sent.name}: ${fault}`;
  const begun = performance.now();
  try {
    const found = judged(sent);
    return {
      faults: faultsOf(found, performance.now() - begun).map(said),
      taken: [...found.tables.values()].some((t) => t.accepted > 0),
      refused: found.problems.some((p) => p.code === 'file.unreadable'),
    };
  } catch (error) {
    return {
      faults: [said(error instanceof Error ? (error.stack ?? '') : String(error))],
      taken: false,
      refused: false,
    };
  }
}

const only = process.env['HANGBIAO_MUTANT'];
const blocks = only === undefined ? Array.from({ length: MUTANTS / BLOCK }, (_, i) => i * BLOCK) : [];

describe('damaged ledgers are judged to the end, and every line is accounted for', () => {
  // The parser of old workbooks speaks of every record that it does not know.
  beforeAll(() => void vi.spyOn(console, 'error').mockImplementation(() => {}));
  afterAll(() => void vi.restoreAllMocks());

  test.each(blocks)('from number %i', (from) => {
    const all = Array.from({ length: BLOCK }, (_, i) => tried(from + i));
    expect(all.flatMap((t) => t.faults)).toEqual([]);
    // Of mutants that are all refused, or hardly changed, nothing would be learnt.
    expect(all.filter((t) => t.taken).length).toBeGreaterThan(BLOCK / 4);
    expect(all.filter((t) => t.refused).length).toBeGreaterThan(BLOCK / 10);
  });
  if (only !== undefined) test('the one asked for', () => expect(tried(Number(only)).faults).toEqual([]));
});

describe('damaged ledgers that are committed', () => {
  let connection: Awaited<ReturnType<typeof freshDatabase>>;
  const doer = { now: () => new Date('2024-11-20T08:00:00Z'), actor: 'test' };

  beforeAll(async () => {
    connection = await freshDatabase('sqlite');
    const lines = units.map((u) => `${u.code},${u.name},${u.parent ?? ''},${u.level},,,`);
    const csv = ['code,name,parent,level,opened_on,closed_on,merged_into', ...lines].join('\n');
    await importUnits(connection.db, Buffer.from(csv), 'units.csv');
  });
  afterAll(() => connection.close());

  const count = async (table: keyof Database): Promise<number> => {
    const { n } = await connection.db
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return Number(n);
  };
  const records = async (): Promise<number> => {
    let sum = 0;
    for (const family of families) sum += await count(family);
    return sum;
  };

  test('are stored as far as they were accepted, and taken back without a trace', async () => {
    const { db } = connection;
    const ids: number[] = [];
    let stored = 0;
    for (let n = 0; n < 60; n++) {
      const said = `mutant ${n} of "${seed} committed"`;
      const checked = await checkImport(db, { files: [mutantOf(n, 'committed')] }, doer);
      expect(await records(), said).toBe(stored);
      const accepted = checked.sheets.reduce((sum, s) => sum + s.accepted, 0);
      const committed = await commitImport(db, checked.id, doer);
      stored += accepted;
      expect([committed.records, await records()], said).toEqual([accepted, stored]);
      ids.push(checked.id);
    }
    expect(stored).toBeGreaterThan(30);
    for (const id of new Random(`${seed} undone`).shuffled(ids)) await undoImport(db, id, doer);
    for (const table of [...recordTables, 'activity_kind', 'coverage', 'import_file', 'import_part'] as const)
      expect(await count(table), table).toBe(0);
  });
});
