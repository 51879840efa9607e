import { sql, type Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** What readers keep for themselves and each other: named addresses, and words on a chart's point. No figure comes of either. */
export async function up(db: Kysely<never>, { types, strict }: Dialect): Promise<void> {
  const { schema } = db;

  await strict(
    schema
      .createTable('saved_view')
      .addColumn('id', types.id as never)
      .addColumn('owner', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      // Path and query, as in the address bar.
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('shared', 'integer', (c) => c.notNull().check(sql`shared in (0, 1)`))
      .addColumn('created_at', 'text', (c) => c.notNull())
      // Kept for a day, so that a removal can be taken back.
      .addColumn('removed_at', 'text'),
  ).execute();
  await schema.createIndex('saved_view_by_owner').on('saved_view').columns(['owner']).execute();

  await strict(
    schema
      .createTable('note')
      .addColumn('id', types.id as never)
      .addColumn('kpi', 'text', (c) => c.notNull())
      .addColumn('unit', 'text', (c) => c.notNull().references('unit.code'))
      .addColumn('period', 'text', (c) => c.notNull())
      // Codes in order, with commas between; empty: all kinds.
      .addColumn('kinds', 'text', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('author', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('edited_at', 'text')
      .addColumn('removed_at', 'text'),
  ).execute();
  await schema.createIndex('note_by_point').on('note').columns(['kpi', 'unit', 'period']).execute();
}
