import { sql, type Kysely } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import type { Centre } from '../../shared/api.ts';
import { firstDay, lastDay, yearOfDay } from '../../shared/period.ts';
import { settings } from './settings.ts';

/** The version of the data: 0 when empty, one more with each committed change. */
export async function dataVersion(db: Kysely<Database>): Promise<number> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', 'dataVersion')
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** In whose name a change is made, and at what time. */
export type Doer = { readonly now: () => Date; readonly actor: string };
/** Nobody in particular, now: commands and the first run. */
export const system: Doer = { now: () => new Date(), actor: 'system' };

/** Who changed the data, when, and by what: a line of the journal. */
export type ChangeNote = {
  readonly at: string;
  readonly actor: string;
  readonly what: 'import' | 'undo' | 'units' | 'norm' | 'exemption' | 'definition' | 'setting' | 'record';
  readonly detail?: string | null;
};

/**
 * Makes one committed change of data and counts it. Call inside the change's own transaction.
 * @param make does the work; rows that it writes carry the version. Returns whether any figure can have changed
 * @returns what `make` returns, and the version then in force: the old one where nothing changed
 */
export async function changing<T extends { readonly changed: boolean }>(
  trx: Kysely<Database>,
  note: ChangeNote,
  make: (version: number) => Promise<T>,
): Promise<T & { dataVersion: number }> {
  // Counted first: the row's lock makes a second change wait until this one is whole.
  const version = await count(trx, 1);
  const made = await make(version);
  if (!made.changed) return { ...made, dataVersion: await count(trx, -1) };
  await trx
    .insertInto('change')
    .values({ version, at: note.at, actor: note.actor, what: note.what, detail: note.detail ?? null })
    .execute();
  return { ...made, dataVersion: version };
}

async function count(trx: Kysely<Database>, by: 1 | -1): Promise<number> {
  const row = await trx
    .insertInto('setting')
    .values({ key: 'dataVersion', value: '1' })
    .onConflict((c) =>
      c
        .column('key')
        .doUpdateSet({ value: sql`cast(cast(setting.value as integer) + ${sql.lit(by)} as text)` }),
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
  const spans = await db
    .selectFrom('coverage')
    .select(['unit', 'from_month', 'to_month'])
    .distinct()
    .execute();
  const { yearStart } = await settings(db);
  const years = new Set<number>();
  const last = new Map<string, string>();
  for (const { unit, from_month, to_month } of spans) {
    const [first, until] = [
      yearOfDay(firstDay(from_month), yearStart),
      yearOfDay(firstDay(to_month), yearStart),
    ];
    for (let y = first; y <= until; y++) years.add(y);
    if (to_month > (last.get(unit) ?? '')) last.set(unit, to_month);
  }
  return {
    yearStart,
    lastDays: Object.fromEntries([...last].map(([unit, month]) => [unit, lastDay(month)])),
    demo: await isDemo(db),
    role,
    asOf: await lastCoveredDay(db),
    years: [...years].sort((a, b) => a - b),
    dataVersion: await dataVersion(db),
  };
}
