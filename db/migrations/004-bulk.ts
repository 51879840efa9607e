import { sql, type Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';
import { recordTables } from '../types.ts';

/**
 * A large import is written in half the time: a record's content is unique by an index, which can be made after its
 * rows, and a kind is a row of its table's key alone. Both say what they said before.
 */
export async function up(db: Kysely<never>, { engine }: Dialect): Promise<void> {
  const imports = db as Kysely<never> as Kysely<{ import: { status: string; checking: number } }>;
  // What waits was staged in a form that is no more: the next start drops it, and its files can be given again.
  await imports.updateTable('import').set({ checking: 1 }).where('status', '=', 'checked').execute();
  // PostgreSQL locks out readers while it makes an index, so that there a commit leaves them as they are.
  if (engine === 'sqlite') await rebuild(db);
}

/** SQLite can change neither a constraint nor a table's kind but by a new table with the old one's rows. */
async function rebuild(db: Kysely<never>): Promise<void> {
  await sql`pragma foreign_keys = off`.execute(db);
  try {
    const { rows } = await sql<{ foreign_keys: number }>`pragma foreign_keys`.execute(db);
    // Within a transaction it stays on, and the old table would take all that refers to it along.
    if (rows[0]?.foreign_keys !== 0) throw new Error('foreign keys cannot be switched off in a transaction');
    await db.transaction().execute(async (trx) => {
      for (const table of recordTables)
        await rebuildTable(trx, table, (was) =>
          was.replace(`, constraint "${table}_content" unique ("unit", "fingerprint")`, ''),
        );
      for (const table of recordTables)
        await sql`create unique index if not exists ${sql.ref(`${table}_content`)} on ${sql.table(table)} ("unit", "fingerprint")`.execute(
          trx,
        );
      await rebuildTable(trx, 'activity_kind', (was) => was.replace(/\bstrict$/, 'strict, without rowid'));
      const broken = await sql`pragma foreign_key_check`.execute(trx);
      if (broken.rows.length > 0) throw new Error('rows would refer to what is not there');
    });
  } finally {
    await sql`pragma foreign_keys = on`.execute(db);
  }
}

type Made = { readonly type: 'table' | 'index'; readonly sql: string };

/** Makes the table anew as `change` says, with its rows and indexes; not where a broken-off start has done so before. */
async function rebuildTable(
  trx: Kysely<never>,
  table: string,
  change: (was: string) => string,
): Promise<void> {
  const { rows } = await sql<Made>`select type, sql from sqlite_schema
    where tbl_name = ${table} and sql is not null`.execute(trx);
  const was = rows.find((r) => r.type === 'table')?.sql ?? '';
  const changed = change(was);
  if (changed === was) return;
  const made = `${table}_new`;
  await sql.raw(changed.replace(`"${table}"`, `"${made}"`)).execute(trx);
  await sql`insert into ${sql.table(made)} select * from ${sql.table(table)}`.execute(trx);
  await sql`drop table ${sql.table(table)}`.execute(trx);
  await sql`alter table ${sql.table(made)} rename to ${sql.table(table)}`.execute(trx);
  for (const { type, sql: index } of rows) if (type === 'index') await sql.raw(index).execute(trx);
}
