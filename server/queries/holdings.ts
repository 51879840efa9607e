import { CompiledQuery, sql, type Kysely } from 'kysely';
import { connect, type Db } from '../../db/connect.ts';
import { recordTables, type Database, type RecordTable } from '../../db/types.ts';
import { Refusal } from '../errors.ts';
import type { Journaled } from './journal.ts';

/** A row of the database as it is or was. An activity's kinds stand in it as `kinds`. */
export type Row = Readonly<Record<string, unknown>>;

/** Everything that a figure is made of, by table. */
export type Holdings = Readonly<Record<Journaled, readonly Row[]>>;

export const ruleTables = ['unit', 'unit_past', 'norm', 'exemption', 'definition_change', 'setting'] as const;
const tables: readonly Journaled[] = [...ruleTables, 'coverage', ...recordTables];

/** What can be held twice in memory beside a running server. */
const RECORDS_MAX = 150_000;

/** Settings that a figure depends on; the others are not of the data. */
const settingsOfData = ['yearStart', 'timeZone'];

export const isRecordTable = (table: string): table is RecordTable =>
  (recordTables as readonly string[]).includes(table);

/**
 * All rows as they were at a version, or as they are (`now`). A row that is no more carries as
 * `removed_by` the version with which it went. Call in a transaction: a row that is being removed
 * must not be missed in both places.
 * @throws Refusal 422 where there are too many to be held
 */
export async function holdingsAt(db: Kysely<Database>, version: number | 'now'): Promise<Holdings> {
  await refuseTooMany(db, version);
  const made = {} as Record<Journaled, Row[]>;
  const past = version === 'now' ? [] : await pastRows(db, version);
  for (const table of tables) {
    const live = await liveRows(db, table, version);
    const gone = past.filter((p) => p.table === table).map((p) => p.row);
    made[table] = table === 'setting' ? settingsAt(live, gone) : [...live, ...gone];
  }
  return made;
}

async function refuseTooMany(db: Kysely<Database>, version: number | 'now'): Promise<void> {
  let records = 0;
  for (const table of recordTables) {
    const row = await db
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirst();
    records += row?.n ?? 0;
  }
  if (version !== 'now') {
    const row = await db
      .selectFrom('past')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('added', '<=', version)
      .where('removed', '>', version)
      .where('table_name', 'in', [...recordTables])
      .executeTakeFirst();
    records += row?.n ?? 0;
  }
  if (records <= RECORDS_MAX) return;
  const message = `${records} records would have to be laid out anew; at most ${RECORDS_MAX} are`;
  throw new Refusal(422, 'There are too many records to rebuild a past day', [{ path: 'knownOn', message }]);
}

async function pastRows(db: Kysely<Database>, version: number): Promise<{ table: string; row: Row }[]> {
  const rows = await db
    .selectFrom('past')
    .select(['table_name', 'removed', 'row'])
    .where('added', '<=', version)
    .where('removed', '>', version)
    .orderBy('removed')
    .orderBy('id')
    .execute();
  return rows.map((p) => ({
    table: p.table_name,
    row: { ...(JSON.parse(p.row) as Row), removed_by: p.removed },
  }));
}

async function liveRows(db: Kysely<Database>, table: Journaled, version: number | 'now'): Promise<Row[]> {
  let query = db.selectFrom(table as 'coverage').selectAll();
  if (table === 'setting')
    return db.selectFrom('setting').selectAll().where('key', 'in', settingsOfData).execute();
  if (version !== 'now') query = query.where('version', '<=', version);
  const rows: Row[] = await query.execute();
  if (!isRecordTable(table)) return rows;
  const kinds = table === 'activity' ? await kindsOf(db) : null;
  // No figure is made from the cells as written, and they are the greater part of a row.
  return rows.map((r) => ({
    ...r,
    raw: '[]',
    ...(kinds && { kinds: kinds.get(`${r.unit} ${r.id}`) ?? [] }),
  }));
}

async function kindsOf(db: Kysely<Database>): Promise<Map<string, string[]>> {
  const of = new Map<string, string[]>();
  for (const k of await db.selectFrom('activity_kind').selectAll().orderBy('kind').execute()) {
    const key = `${k.unit} ${k.activity_id}`;
    const known = of.get(key);
    if (known) known.push(k.kind);
    else of.set(key, [k.kind]);
  }
  return of;
}

/**
 * A setting has no version of its own: at a version it was what its first later change took away.
 * An image without a value says that it was not set.
 */
function settingsAt(live: readonly Row[], past: readonly Row[]): Row[] {
  const gone = past.filter((r) => settingsOfData.includes(String(r['key'])));
  const byKey = new Map(live.map((r) => [r['key'], r]));
  for (const row of gone.toReversed()) byKey.set(row['key'], row);
  return [...byKey.values()].filter((r) => r['value'] !== null);
}

/** A database of its own, in memory, that holds just these rows. The caller ends it. */
export async function layOut(holdings: Holdings, version: number): Promise<Db> {
  const { db } = await connect('sqlite::memory:');
  try {
    // The rows come from one that holds together; their order need not be that of the keys.
    await sql`pragma foreign_keys = off`.execute(db);
    // A new database begins with the default norms; this one begins with what was in force.
    await db.deleteFrom('norm').execute();
    for (const table of ruleTables) await insert(db, table, holdings[table]);
    await insert(db, 'setting', [{ key: 'dataVersion', value: String(version) }]);
    for (const table of recordTables) await insert(db, table, holdings[table]);
    await insert(
      db,
      'activity_kind',
      holdings.activity.flatMap((r) =>
        ((r['kinds'] ?? []) as string[]).map((kind) => ({ unit: r['unit'], activity_id: r['id'], kind })),
      ),
    );
    await insert(db, 'coverage', holdings.coverage);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Values bound in one statement: few enough to be parsed quickly, enough to be few statements. */
const VALUES_AT_ONCE = 5000;

/** The text of the statement is made once for many rows: building each anew costs more than running it. */
async function insert(db: Db, table: keyof Database, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const { rows: columns } = await sql<{ name: string; notnull: number; dflt_value: string | null }>`
    select name, "notnull", dflt_value from pragma_table_info(${table})`.execute(db);
  // An image may be older than a column.
  const row = columns.map((c) => (c.notnull && c.dflt_value !== null ? `coalesce(?, ${c.dflt_value})` : '?'));
  const names = columns.map((c) => `"${c.name}"`).join(', ');
  const text = (n: number): string =>
    `insert into "${table}" (${names}) values ${Array<string>(n)
      .fill(`(${row.join(', ')})`)
      .join(', ')}`;
  const most = Math.floor(VALUES_AT_ONCE / columns.length);
  const whole = text(most);
  for (let i = 0; i < rows.length; i += most) {
    const part = rows.slice(i, i + most);
    const values = part.flatMap((r) => columns.map((c) => r[c.name] ?? null));
    await db.executeQuery(CompiledQuery.raw(part.length === most ? whole : text(part.length), values));
  }
}
