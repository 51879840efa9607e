import type { Insertable } from 'kysely';
import type { Db } from '../db/connect.ts';
import type { Database, RecordTable } from '../db/types.ts';

let made = 0;

/** A row of a record table with the columns that a test does not care about filled in. */
function row(
  unit: string,
  date: string,
): {
  unit: string;
  id: string;
  date: string;
  title: null;
  import_id: number;
  file: string;
  sheet: string;
  row: number;
  raw: string;
  fingerprint: string;
} {
  const id = `t-${++made}`;
  return {
    unit,
    id,
    date,
    title: null,
    import_id: 1,
    file: 'f',
    sheet: 's',
    row: made,
    raw: '[]',
    fingerprint: id,
  };
}

export type Unit = {
  code: string;
  parent: string | null;
  level?: 'centre' | 'branch' | 'group';
  closed_on?: string;
  opened_on?: string;
};

/** Units, an import to hang records on, and coverage: a centre as small as a test needs. */
export async function smallCentre(
  db: Db,
  units: readonly Unit[],
  coverage: readonly [unit: string, family: string, from: string, to: string][],
): Promise<void> {
  await db
    .insertInto('unit')
    .values(
      units.map((u, position) => ({
        code: u.code,
        name: u.code,
        parent: u.parent,
        level: u.level ?? (u.parent === null ? 'centre' : 'branch'),
        opened_on: u.opened_on ?? null,
        closed_on: u.closed_on ?? null,
        merged_into: null,
        position,
      })),
    )
    .execute();
  await db
    .insertInto('import')
    .values({
      status: 'committed',
      created_at: '2022-01-01T00:00:00Z',
      actor: 'test',
      files: '[]',
      report: '{}',
      records: null,
      data_version: null,
    })
    .execute();
  for (const [unit, family, from_month, to_month] of coverage)
    await db.insertInto('coverage').values({ unit, family, from_month, to_month, import_id: 1 }).execute();
}

type Extra<T extends RecordTable> = Partial<Insertable<Database[T]>>;

export async function record<T extends RecordTable>(
  db: Db,
  table: T,
  unit: string,
  date: string,
  columns: Extra<T>,
): Promise<string> {
  const values = { ...row(unit, date), ...columns };
  await db
    .insertInto(table as 'headcount')
    .values(values as never)
    .execute();
  return values.id;
}

export async function activity(
  db: Db,
  unit: string,
  date: string,
  kinds: readonly string[],
  columns: Extra<'activity'> = {},
): Promise<void> {
  const id = await record(db, 'activity', unit, date, columns);
  await db
    .insertInto('activity_kind')
    .values(kinds.map((kind) => ({ unit, activity_id: id, kind })))
    .execute();
}

/** What was written beside the product's own ways is a change too: answers are remembered by the version of the data. */
export async function newVersion(db: Db): Promise<void> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', 'dataVersion')
    .executeTakeFirst();
  const value = String(Number(row?.value ?? 0) + 1);
  await db
    .insertInto('setting')
    .values({ key: 'dataVersion', value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute();
}
