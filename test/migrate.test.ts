import type { Kysely } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { migrate } from '../db/migrate.ts';
import { snapshotFile } from '../server/queries/snapshot-files.ts';
import { listSnapshots } from '../server/queries/snapshots.ts';
import { rendererHere } from '../server/snapshot/render-thread.ts';
import { canonicalJson, sha256 } from '../server/snapshot/sealed.ts';
import { variantOf } from '../server/snapshot/variant.ts';
import { trend } from '../shared/charts/trend.ts';
import { madeInput } from './charts/made.ts';
import { engines, freshDatabase } from './engines.ts';
import { sealOf } from './sealed.ts';

describe.each(engines)('schema on %s', (engine) => {
  const opened = freshDatabase(engine);
  afterAll(async () => (await opened).close());

  test('is made once: migrating again changes nothing', async () => {
    const { db, dialect } = await opened;
    await migrate(db, dialect);
    expect(await db.selectFrom('unit').selectAll().execute()).toEqual([]);
  });

  test('keeps types strict: a word is no count', async () => {
    const { db } = await opened;
    await db
      .insertInto('unit')
      .values({
        code: 'A',
        name: '甲',
        parent: null,
        level: 'centre',
        opened_on: null,
        closed_on: null,
        merged_into: null,
        position: 0,
      })
      .execute();
    await expect(
      db
        .updateTable('unit')
        .set({ position: '若干' as never })
        .where('code', '=', 'A')
        .execute(),
    ).rejects.toThrow();
  });

  test('holds records to units that exist', async () => {
    const { db } = await opened;
    await expect(
      db
        .insertInto('coverage')
        .values({ unit: 'NONE', family: 'visit', from_month: '2022-01', to_month: '2022-02', import_id: 1 })
        .execute(),
    ).rejects.toThrow();
  });
});

describe.each(engines)('snapshots from before files were kept, on %s', (engine) => {
  const opened = freshDatabase(engine);
  afterAll(async () => (await opened).close());

  test('open, verify, and give the picture that they had', async () => {
    const { db, dialect } = await opened;
    // As the schema and a row of it stood before.
    for (const table of ['briefing_schedule', 'briefing_file', 'briefing', 'snapshot_file'])
      await db.schema.dropTable(table).execute();
    await db.schema.dropTable('snapshot').execute();
    const before = db as unknown as Kysely<Record<string, Record<string, unknown>>>;
    await before.deleteFrom('kysely_migration').where('name', '>=', '006').execute();
    let table = before.schema
      .createTable('snapshot')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull());
    for (const name of ['created_at', 'maker', 'view', 'title', 'sha256', 'sealed', 'svg'])
      table = table.addColumn(name, 'text', (c) => c.notNull());
    await table.addColumn('note', 'text').addColumn('data_version', 'integer').execute();
    const input = madeInput(trend, { kpi: 'visits' }, () => ({ numerator: 3 }));
    const { link: _link, facts: _facts, ...first } = sealOf('trend', input, { lang: 'en' });
    const sealed = canonicalJson({ ...first, format: 'hangbiao-snapshot/1' });
    const row = {
      id: first.id,
      created_at: first.createdAt,
      maker: first.maker,
      view: 'trend',
      data_version: 318,
    };
    await before
      .insertInto('snapshot')
      .values({
        ...row,
        title: first.title,
        note: null,
        sha256: sha256(sealed),
        sealed,
        svg: '<svg>as it was</svg>',
      })
      .execute();

    await migrate(db, dialect);
    const by = {
      who: { name: 'x', role: 'auditor' },
      renderer: rendererHere,
      now: () => new Date(),
    } as const;
    const file = async (format: string): Promise<string> =>
      Buffer.from((await snapshotFile(db, first.id, variantOf(format), by)).bytes).toString();
    expect(await file('svg')).toBe('<svg>as it was</svg>');
    expect(sha256(await file('json'))).toBe(sha256(sealed));
    expect((await file('pdf')).slice(0, 4)).toBe('%PDF');
    // Its facts are said from its figures.
    expect(await file('csv')).toContain('Scope: 江海引航中心');
    expect((await listSnapshots(db, by.who, 'visits'))[0]).toMatchObject({
      id: first.id,
      unit: 'JH',
      kpi: 'visits',
      lang: 'en',
      link: null,
      listing: null,
      withdrawn: null,
      sha256: sha256(sealed),
    });
  });
});
