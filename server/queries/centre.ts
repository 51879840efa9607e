import { sql, type Kysely } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import type { Centre } from '../../shared/api.ts';
import { lastDay } from '../../shared/period.ts';

/** The version of the data: 0 when empty, one more with each committed change. */
export async function dataVersion(db: Kysely<Database>): Promise<number> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', 'dataVersion')
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}

/**
 * Counts one committed change of data. Call inside the change's own transaction.
 * @returns the new version
 */
export async function bumpVersion(trx: Kysely<Database>): Promise<number> {
  const row = await trx
    .insertInto('setting')
    .values({ key: 'dataVersion', value: '1' })
    .onConflict((c) =>
      c.column('key').doUpdateSet({ value: sql`cast(cast(setting.value as integer) + 1 as text)` }),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  return Number(row.value);
}

/** The last day that any ledger covers; null while there is none. */
export async function lastCoveredDay(db: Kysely<Database>): Promise<string | null> {
  const row = await db
    .selectFrom('coverage')
    .select((e) => e.fn.max('to_month').as('month'))
    .executeTakeFirst();
  return row?.month ? lastDay(row.month) : null;
}

/** Is the centre's data the demonstration's? */
export async function isDemo(db: Kysely<Database>): Promise<boolean> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', 'demo').executeTakeFirst();
  return row?.value === '1';
}

export async function markDemo(db: Kysely<Database>): Promise<void> {
  await db
    .insertInto('setting')
    .values({ key: 'demo', value: '1' })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
}

/** What the pages need to know before they ask anything. */
export async function centre(db: Db, role: string): Promise<Centre> {
  const spans = await db.selectFrom('coverage').select(['from_month', 'to_month']).distinct().execute();
  const years = new Set<number>();
  for (const { from_month, to_month } of spans)
    for (let y = Number(from_month.slice(0, 4)); y <= Number(to_month.slice(0, 4)); y++) years.add(y);
  return {
    demo: await isDemo(db),
    role,
    asOf: await lastCoveredDay(db),
    years: [...years].sort((a, b) => a - b),
    dataVersion: await dataVersion(db),
  };
}
