import { sql, type Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** What is put together for a meeting: a draft, or sealed as a whole; its files as first made; and what makes it again. */
export async function up(db: Kysely<never>, { types, strict }: Dialect): Promise<void> {
  const { schema } = db;
  await strict(
    schema
      .createTable('briefing')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('occasion', 'text')
      .addColumn('lang', 'text', (c) => c.notNull())
      .addColumn('maker', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('changed_at', 'text', (c) => c.notNull())
      // Its items as they were put together, as a JSON array.
      .addColumn('outline', 'text', (c) => c.notNull())
      .addColumn('sealed_at', 'text')
      // The sealed JSON, byte for byte what the hash is over; like the two after it null of a draft.
      .addColumn('sealed', 'text')
      .addColumn('sha256', 'text')
      .addColumn('data_version', 'integer')
      .addColumn('former', 'text', (c) => c.references('briefing.id'))
      .addColumn('schedule', 'text')
      .addCheckConstraint('briefing_whole', sql`(sealed_at is null) = (sealed is null)`),
  ).execute();

  await strict(
    schema
      .createTable('briefing_file')
      .addColumn('briefing_id', 'text', (c) => c.notNull().references('briefing.id'))
      .addColumn('format', 'text', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('bytes', types.bytes, (c) => c.notNull())
      .addColumn('made_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('briefing_file_key', ['briefing_id', 'format']),
  ).execute();

  await strict(
    schema
      .createTable('briefing_schedule')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('briefing_id', 'text', (c) => c.notNull().references('briefing.id'))
      .addColumn('cron', 'text', (c) => c.notNull())
      .addColumn('format', 'text', (c) => c.notNull())
      // Where it is posted, as JSON.
      .addColumn('goes_to', 'text')
      .addColumn('is_on', 'integer', (c) => c.notNull().check(sql`is_on in (0, 1)`))
      .addColumn('maker', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      // The next time is the first after this instant.
      .addColumn('since_at', 'text', (c) => c.notNull())
      .addColumn('last_at', 'text')
      .addColumn('last_briefing', 'text', (c) => c.references('briefing.id'))
      .addColumn('last_problem', 'text'),
  ).execute();
}
