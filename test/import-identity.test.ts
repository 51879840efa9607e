import { strToU8 } from 'fflate';
import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../db/dialect.ts';
import type { Database } from '../db/types.ts';
import { checkImport, readIn, stateTables } from '../server/queries/import-check.ts';
import { commitImport, undoImport } from '../server/queries/imports.ts';
import { correctRecord, enterRecord } from '../server/queries/record-edits.ts';
import { importUnits } from '../server/queries/units.ts';
import { learn } from '../server/queries/vocabulary.ts';
import type { CommitChoices, ImportReply } from '../shared/imports.ts';
import { engines, freshDatabase } from './engines.ts';

// An import that is taken back leaves the database as it was, to the last row of the last table.

/** What an import and its undo do leave behind, each for its reason. All else in every table that there is must be as before. */
const exceptions: Readonly<Record<string, string>> = {
  import: 'the import stays on the list, as undone or dropped',
  change: 'the journal says who changed what, and that it was taken back',
  past: 'what was known in between can still be asked about',
  sqlite_sequence: 'a number once given is not given again',
};
// Of the settings only this one: a version of the data is never counted back.
const versionOfData = 'dataVersion';

const unitsCsv =
  'code,name,parent,level,opened_on,closed_on,merged_into\nJH,江海引航中心,,centre,,,\nDG,东港引航站党支部,JH,branch,,,\nXG,西港引航站党支部,JH,branch,,,\n';
const doer = { now: () => new Date('2024-11-20T08:00:00Z'), actor: 'office' };
const file = (name: string, ...lines: string[]) => ({ name, bytes: strToU8(lines.join('\n')) });
const heads = '时间,类型,主题,应到,实到,缺席人员及原因';

const meetings = file(
  '东港站2022年三会一课.csv',
  heads,
  '2022-3-5,支委会,研究发展党员工作,5,4,张三（在船）',
  '2022-3-6,党员大会、党课,书记讲党课,30,25,',
  '2022-3-7,支委会,研究评优,5,6,',
  '2022-3-5,支委会,研究发展党员工作,5,4,张三（在船）',
  '2022-2-30,支委会,没有这一天,5,5,',
  '2022-4-12,主题党日,清明祭英烈,30,,若干',
);
/** The same months once more, put right: one row is other, one is gone, one is new. */
const corrected = file(
  '东港站2022年三会一课（更正）.csv',
  heads,
  '2022-3-5,支委会,研究发展党员工作,5,5,',
  '2022-3-6,党员大会、党课,书记讲党课,30,25,',
  '2022-5-12,主题党日,参观纪念馆,30,28,',
);
const others = [
  file(
    '东港站2022年志愿服务.csv',
    '时间,服务项目,参与人数,时长',
    '2022-4-5,清漂,50余人,3',
    '2022-4-6,清漂,12,半天',
  ),
  file(
    '东港站2022年走访.csv',
    '时间,走访类型,走访对象,反映问题,办结',
    '2022-4-5,企业走访,甲,2,1',
    '2022-4-6,慰问,乙,0,0',
  ),
  file(
    '东港站2022年整改台账.csv',
    '问题,发现时间,整改时限,销号',
    '甲,2022-4-5,2022-5-1,2022-4-30',
    '乙,2022-4-5,长期,',
  ),
  file('西港站党员人数.csv', '年月,党员数', '2022-01,30', '2022-07,31'),
];
const bad = [
  { name: '坏.xlsx', bytes: strToU8('PK\u0003\u0004 cut') },
  file('说明.txt', '此处没有台账'),
  { name: '台账.csv', bytes: Uint8Array.from([0x4d, 0x5a, 0, 0, 0]) },
];

type Base = Awaited<ReturnType<typeof freshDatabase>>;

async function tableNames(db: Kysely<Database>, engine: Engine): Promise<readonly string[]> {
  const { rows } =
    engine === 'sqlite'
      ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db)
      : await sql<{ name: string }>`select table_name as name from information_schema.tables
          where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db);
  return rows.map((r) => r.name).sort();
}

type Content = Readonly<Record<string, readonly string[]>>;

/** Every row of every table, as text and sorted. */
async function content({ db }: Base, engine: Engine, without: readonly string[] = []): Promise<Content> {
  const tables: Record<string, string[]> = {};
  for (const name of await tableNames(db, engine)) {
    if (name in exceptions) continue;
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    tables[name] = rows
      .filter((row) => name !== 'setting' || row['key'] !== versionOfData)
      .map((row) => JSON.stringify(Object.entries(row).filter(([column]) => !without.includes(column))))
      .sort();
  }
  return tables;
}

/** What is done to an import before it is taken back. */
type Step = (base: Base, checked: ImportReply) => Promise<unknown>;
const commit =
  (choose: (reply: ImportReply) => CommitChoices = () => ({ replace: [], twins: [] })): Step =>
  ({ db }, checked) =>
    commitImport(db, checked.id, doer, { choices: choose(checked) });

const replaceAll = ({ replaces }: ImportReply): CommitChoices => ({
  replace: replaces.map(({ unit, ledger, from, to }) => ({ unit, ledger, from, to })),
  twins: [],
});
const keep =
  (which: 'both' | 'first' | 'second') =>
  ({ twins }: ImportReply): CommitChoices => ({
    replace: [],
    twins: twins.map(({ id }) => ({ id, keep: which })),
  });

/** States another span of the first table, checks once more, and commits. */
const restated: Step = async ({ db }, { id, sheets: [first] }) => {
  await stateTables(db, id, [{ table: first?.key ?? '', unit: 'XG', from: '2022-02', to: '2022-11' }], doer);
  await readIn(db, id, [], doer);
  await commitImport(db, id, doer);
};

/** The rows of the second file are the first's in other words. */
const twoOfOne = [
  file('东港站2022年会议一.csv', heads, '2022-6-5,支委会,研究半年工作总结,5,4,'),
  file('东港站2022年会议二.csv', heads, '2022-6-5,支委会,研究半年工作总结和计划,5,5,'),
];

type Case = {
  readonly what: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly step: Step;
  /** Does it take out records, that an undo puts back? */
  readonly puts?: boolean;
  /** What there must be in the reply, so that the case is one. */
  readonly offers?: (reply: ImportReply) => number;
};
const accepted = ({ sheets }: ImportReply): number => sheets.reduce((sum, s) => sum + s.accepted, 0);
const twins = ({ twins: list }: ImportReply): number => list.length;
const known = ({ sheets }: ImportReply): number => sheets.reduce((sum, s) => sum + s.duplicates, 0);

const cases: readonly Case[] = [
  {
    what: 'of five ledgers, of which rows are bad',
    files: [...others, ...bad, ...twoOfOne],
    step: commit(),
    offers: accepted,
  },
  { what: 'that is only checked', files: [...others, ...bad], step: async () => {}, offers: accepted },
  { what: 'that is stated otherwise and checked again', files: others, step: restated, offers: accepted },
  { what: 'of bad files alone', files: bad, step: commit(), offers: ({ problems }) => problems.length },
  { what: 'of what is stored already', files: [meetings], step: commit(), offers: known },
  { what: 'that overlaps', files: [corrected], step: commit(), offers: known },
  {
    what: 'that replaces others',
    files: [corrected],
    step: commit(replaceAll),
    puts: true,
    offers: (r) => r.replaces.length,
  },
  { what: 'of a twin, both kept', files: [corrected], step: commit(keep('both')), offers: twins },
  { what: 'of a twin, the stored one kept', files: [corrected], step: commit(keep('first')), offers: twins },
  {
    what: 'of a twin, the new one kept',
    files: [corrected],
    step: commit(keep('second')),
    puts: true,
    offers: twins,
  },
  { what: 'of twins within it, the first kept', files: twoOfOne, step: commit(keep('first')), offers: twins },
  {
    what: 'of twins within it, the second kept',
    files: twoOfOne,
    step: commit(keep('second')),
    offers: twins,
  },
];

describe.each(engines)('import and undo on %s', (engine) => {
  let base: Base;
  let first = 0;
  const check = (files: Case['files']): Promise<ImportReply> => checkImport(base.db, { files }, doer);
  const now = (without: readonly string[] = []): Promise<Content> => content(base, engine, without);

  // A database in use: names are kept, a word is taught, a row is corrected by hand, another entered.
  beforeAll(async () => {
    base = await freshDatabase(engine);
    const { db } = base;
    await importUnits(db, strToU8(unitsCsv), 'units.csv');
    await db.insertInto('setting').values({ key: 'keepNames', value: 'true' }).execute();
    await learn(db, { what: 'heading', scope: 'activity', word: '参会数', means: 'present' }, doer);
    first = (await check([meetings])).id;
    await commitImport(db, first, doer);
    const { unit, id } = await db
      .selectFrom('activity')
      .select(['unit', 'id'])
      .where('date', '=', '2022-03-05')
      .executeTakeFirstOrThrow();
    const why = '看错一行';
    await correctRecord(db, { unit, id }, { family: 'activity', fields: { place: '会议室' }, why }, doer);
    const fields = { unit: 'XG', date: '2022-03-01', members: 30 };
    await enterRecord(db, { family: 'headcount', fields, why }, doer);
  });
  afterAll(() => base.close());

  test('all tables are compared but those of the journal', async () => {
    const names = await tableNames(base.db, engine);
    const compared = Object.keys(await now());
    expect(names).toEqual(
      expect.arrayContaining(['activity_kind', 'coverage', 'import_part', 'record_names', 'edit']),
    );
    expect(names.filter((name) => !compared.includes(name))).toEqual(
      names.filter((name) => name in exceptions),
    );
    const filled = Object.entries(await now()).filter(([, rows]) => rows.length > 0);
    expect(filled.map(([name]) => name)).toEqual(
      expect.arrayContaining(['activity', 'contradiction', 'coverage', 'edit', 'record_names', 'vocabulary']),
    );
  });

  test.each(cases)('an import $what, and its undo, change nothing', async ({ files, step, puts, offers }) => {
    // A record that is put back is of a new version: it was not there in between.
    const without = puts ? ['version'] : [];
    const before = await now(without);
    const checked = await check(files);
    expect(offers?.(checked)).toBeGreaterThan(0);
    await step(base, checked);
    await undoImport(base.db, checked.id, doer);
    const after = await now(without);
    expect(after).toEqual(before);
    expect(after['import_file']).toEqual([]);
  });

  test('an import of what another has just brought in place of others leaves both alone', async () => {
    const before = await now(['version']);
    const replacing = await check([corrected]);
    await commit(replaceAll)(base, replacing);
    const replaced = await now();
    const again = await check([corrected]);
    expect((await commitImport(base.db, again.id, doer)).records).toBe(0);
    await undoImport(base.db, again.id, doer);
    expect(await now()).toEqual(replaced);
    await undoImport(base.db, replacing.id, doer);
    expect(await now(['version'])).toEqual(before);
  });

  test('what an import has replaced does not come back once its own import is undone', async () => {
    const before = await now(['version']);
    const old = await check(twoOfOne);
    await commitImport(base.db, old.id, doer);
    const replacing = await check([
      file('东港站2022年6月会议.csv', heads, '2022-6-9,支委会,研究下半年安排,5,5,'),
    ]);
    expect(replacing.replaces).toMatchObject([{ stored: 2, gone: 2 }]);
    await commit(replaceAll)(base, replacing);
    await undoImport(base.db, old.id, doer);
    await undoImport(base.db, replacing.id, doer);
    expect(await now(['version'])).toEqual(before);
  });

  test('with the last of them nothing is left', async () => {
    const hands = await base.db.selectFrom('import').select('id').where('source', '=', 'hand').execute();
    for (const { id } of [...hands, { id: first }]) await undoImport(base.db, id, doer, 'drop');
    const left = await now();
    // What was done by hand stays on record, and what was taught stays known.
    const staying = ['edit', 'norm', 'setting', 'unit', 'vocabulary'];
    const filled = Object.keys(left).filter((name) => left[name]?.length && !name.startsWith('kysely_'));
    expect(filled.sort()).toEqual(staying);
  });
});
