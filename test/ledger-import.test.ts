import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { recordTables } from '../db/types.ts';
import { Refusal } from '../server/errors.ts';
import { dataVersion } from '../server/queries/centre.ts';
import { checkImport, type ImportRequest } from '../server/queries/import-check.ts';
import { commitImport, getImport, listImports, undoImport } from '../server/queries/imports.ts';
import { importUnits } from '../server/queries/units.ts';
import { importReply, importSummary } from '../shared/imports.ts';
import { engines, freshDatabase } from './engines.ts';

const units =
  'code,name,parent,level,opened_on,closed_on,merged_into\nJH,江海引航中心,,centre,,,\nDG,东港引航站党支部,JH,branch,,,\nXG,西港引航站党支部,JH,branch,,,\n';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (name: string, text: string) => ({ name, bytes: bytes(text) });

const meetings = file(
  '东港站2022年三会一课.csv',
  '时间,类型,主题,应到,实到\n2022-3-5,支委会,学习,5,5\n2022-3-6,党员大会、党课,讲课,30,25\n2022-3-7,支委会,学习,5,6\n2022-3-5,支委会,学习,5,5\n',
);
const services = file('东港站2022年志愿服务.csv', '时间,服务项目,参与人数,时长\n2022-4-5,清漂,12,3\n');
const visits = file(
  '东港站2022年走访.csv',
  '时间,走访类型,走访对象,反映问题,办结\n2022-4-5,企业走访,甲,2,1\n',
);
const problems = file(
  '东港站2022年整改台账.csv',
  '问题,发现时间,整改时限,销号\n甲,2022-4-5,2022-5-1,2022-4-30\n',
);
const members = file('东港站党员人数.csv', '年月,党员数\n2022-01,30\n');

describe.each(engines)('imports on %s', (engine) => {
  let db: Db;
  let close = async (): Promise<void> => {};
  beforeAll(async () => {
    const fresh = await freshDatabase(engine);
    ({ db, close } = fresh);
    await importUnits(db, bytes(units), 'units.csv');
  });
  afterAll(() => close());
  beforeEach(async () => {
    for (const { id, status } of await listImports(db))
      if (status === 'checked' || status === 'committed') await undoImport(db, id);
  });

  const world = { now: () => new Date('2024-11-20T08:00:00Z'), actor: 'office' };
  const check = (request: ImportRequest) => checkImport(db, request, world);
  const refusal = async (of: Promise<unknown>): Promise<[number, string | undefined]> => {
    const error = await of.then(
      () => null,
      (e: unknown) => e,
    );
    if (!(error instanceof Refusal)) throw new Error('was not refused', { cause: error });
    return [error.status, error.errors[0]?.path];
  };

  /** Every row of every table that a figure is made of. */
  const everything = async (): Promise<unknown> => {
    const tables: unknown[] = [];
    for (const table of [...recordTables, 'activity_kind', 'coverage'] as const) {
      const rows = await db.selectFrom(table).selectAll().execute();
      tables.push(rows.map((r) => JSON.stringify(r)).sort());
    }
    return tables;
  };

  test('a check stores nothing but itself; a commit stores all; an undo leaves the tables as they were', async () => {
    const before = await everything();
    const version = await dataVersion(db);
    const checked = await check({ files: [meetings, services, visits, problems, members] });
    expect(importReply.parse(checked)).toEqual(checked);
    expect(await everything()).toEqual(before);
    expect(await dataVersion(db)).toBe(version);

    const done = await commitImport(db, checked.id);
    expect(done).toEqual({ id: checked.id, status: 'committed', records: 6, dataVersion: version + 1 });
    expect(await getImport(db, checked.id)).toMatchObject({
      status: 'committed',
      records: 6,
      dataVersion: version + 1,
    });
    expect(await db.selectFrom('activity_kind').select('kind').orderBy('kind').execute()).toEqual([
      { kind: 'committee_meeting' },
      { kind: 'general_meeting' },
      { kind: 'party_lecture' },
    ]);
    expect(
      await db.selectFrom('contradiction').select(['code', 'date', 'cell']).orderBy('code').execute(),
    ).toEqual([
      { code: 'duplicate', date: '2022-03-05', cell: 'A5' },
      { code: 'present_gt_expected', date: '2022-03-07', cell: 'E4' },
    ]);

    expect(await undoImport(db, checked.id)).toMatchObject({
      status: 'undone',
      records: 6,
      dataVersion: version + 2,
    });
    expect(await everything()).toEqual(before);
  });

  test('the same file again adds nothing', async () => {
    const first = await check({ files: [meetings] });
    await commitImport(db, first.id);
    const before = await everything();
    const version = await dataVersion(db);

    const again = await check({ files: [meetings] });
    expect(again.sheets).toMatchObject([{ accepted: 0, duplicates: 3, rejected: 1 }]);
    expect(await commitImport(db, again.id)).toMatchObject({ records: 0, dataVersion: version });
    expect(await everything()).toEqual(before);
  });

  test('what came in between check and commit is not stored twice', async () => {
    const [one, two] = [await check({ files: [meetings] }), await check({ files: [meetings] })];
    expect((await commitImport(db, one.id)).records).toBe(2);
    const before = await everything();
    expect((await commitImport(db, two.id)).records).toBe(0);
    expect(await everything()).toEqual(before);
  });

  test('a commit that fails midway leaves nothing behind, and can be tried again', async () => {
    const checked = await check({ files: [meetings, services] });
    const before = await everything();
    const version = await dataVersion(db);
    // Meetings are stored first; the service then names a unit that is none.
    const stagedServices = db
      .selectFrom('import_part')
      .select(['part', 'body'])
      .where('import_id', '=', checked.id)
      .where('table_no', '=', 2);
    const { part, body } = await stagedServices.executeTakeFirstOrThrow();
    const put = (text: string): Promise<unknown> =>
      db
        .updateTable('import_part')
        .set({ body: text })
        .where('import_id', '=', checked.id)
        .where('part', '=', part)
        .execute();
    await put(body.replaceAll('"DG"', '"GONE"'));

    await expect(commitImport(db, checked.id)).rejects.toThrow(/foreign key/i);
    expect(await everything()).toEqual(before);
    expect(await dataVersion(db)).toBe(version);
    expect(await getImport(db, checked.id)).toMatchObject({ status: 'checked', records: null });

    await put(body);
    expect((await commitImport(db, checked.id)).records).toBe(3);
  });

  test('imports go from checked to committed to undone, and no other way', async () => {
    const checked = await check({ files: [services] });
    await commitImport(db, checked.id);
    expect(await refusal(commitImport(db, checked.id))).toEqual([409, undefined]);
    await undoImport(db, checked.id);
    expect(await refusal(undoImport(db, checked.id))).toEqual([409, undefined]);
    expect(await refusal(commitImport(db, checked.id))).toEqual([409, undefined]);

    const dropped = await check({ files: [services] });
    expect(await undoImport(db, dropped.id)).toMatchObject({ status: 'dropped', records: 0 });
    expect(await refusal(commitImport(db, dropped.id))).toEqual([409, undefined]);
    expect(await refusal(getImport(db, 999_999))).toEqual([404, 'id']);
    expect(await refusal(undoImport(db, 999_999))).toEqual([404, 'id']);
    expect(await refusal(commitImport(db, 999_999))).toEqual([404, 'id']);
  });

  test('of two commits at once one is refused', async () => {
    const checked = await check({ files: [services] });
    const done = await Promise.allSettled([commitImport(db, checked.id), commitImport(db, checked.id)]);
    expect(done.map((d) => d.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(
      await db
        .selectFrom('volunteering')
        .select(sql<number>`count(*)`.as('n'))
        .executeTakeFirst(),
    ).toEqual({ n: 1 });
  });

  test('a wrong option is refused at its name', async () => {
    expect(await refusal(check({ files: [services], unit: 'NOPE' }))).toEqual([422, 'unit']);
    expect(await refusal(check({ files: [services], year: 22 }))).toEqual([400, 'year']);
    expect(await refusal(check({ files: [services], from: '2022-13' }))).toEqual([400, 'from']);
    expect(await refusal(check({ files: [services], from: '2022-05', to: '2022-01' }))).toEqual([422, 'to']);
  });

  test('a file that cannot be read is a problem of its own, beside the good ones', async () => {
    const checked = await check({ files: [file('坏.xlsx', 'PK\u0003\u0004 cut'), services] });
    expect(checked.problems).toMatchObject([
      { file: '坏.xlsx', sheet: null, cell: null, code: 'file.unreadable', severity: 'error' },
    ]);
    expect((await commitImport(db, checked.id)).records).toBe(1);
    expect((await check({ files: [file('空.csv', '')] })).status).toBe('checked');
  });

  test('the list tells how long the reports are', async () => {
    const checked = await check({ files: [meetings] });
    const [newest] = await listImports(db);
    expect(importSummary.parse(newest)).toEqual(newest);
    expect(newest).toMatchObject({
      id: checked.id,
      actor: 'office',
      counts: { sheets: 1, rows: 4, accepted: 2, errors: 1, warnings: 1 },
    });
  });

  test('thousands of rows go in under the limits of a statement', async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, i) => `2022-${(i % 12) + 1}-${(i % 28) + 1},服务${i},${i % 40},2`,
    );
    const checked = await check({
      files: [file('东港站2022年志愿服务.csv', `时间,服务项目,参与人数,时长\n${lines.join('\n')}`)],
    });
    expect((await commitImport(db, checked.id)).records).toBe(5000);
  });
});
