import { afterAll, describe, expect, test } from 'vitest';
import { migrate } from '../db/migrate.ts';
import { engines, freshDatabase } from './engines.ts';

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
