import { sql, type Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** Units, the five ledgers, contradictions, coverage, imports, settings, tokens, snapshots. */
export async function up(db: Kysely<never>, { types, strict }: Dialect): Promise<void> {
  const schema = db.schema;

  await strict(
    schema
      .createTable('unit')
      .addColumn('code', 'text', (c) => c.primaryKey().notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('parent', 'text', (c) => c.references('unit.code'))
      .addColumn('level', 'text', (c) => c.notNull().check(sql`level in ('centre', 'branch', 'group')`))
      .addColumn('opened_on', 'text')
      .addColumn('closed_on', 'text')
      .addColumn('merged_into', 'text', (c) => c.references('unit.code'))
      .addColumn('position', 'integer', (c) => c.notNull()),
  ).execute();

  await strict(
    schema
      .createTable('import')
      .addColumn('id', types.id as never)
      .addColumn('status', 'text', (c) =>
        c.notNull().check(sql`status in ('checked', 'committed', 'undone', 'dropped')`),
      )
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('files', 'text', (c) => c.notNull())
      .addColumn('report', 'text', (c) => c.notNull())
      .addColumn('staged', 'text')
      .addColumn('records', 'integer')
      .addColumn('data_version', 'integer'),
  ).execute();

  // The unit leads every primary key, so that an engine that distributes by unit takes the tables as they are.
  const record = <T extends string>(name: T) =>
    schema
      .createTable(name)
      .addColumn('unit', 'text', (c) => c.notNull().references('unit.code'))
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('date', 'text', (c) => c.notNull())
      .addColumn('title', 'text')
      .addColumn('import_id', 'integer', (c) => c.notNull().references('import.id'))
      .addColumn('file', 'text', (c) => c.notNull())
      .addColumn('sheet', 'text', (c) => c.notNull())
      .addColumn('row', 'integer', (c) => c.notNull())
      .addColumn('raw', 'text', (c) => c.notNull())
      .addColumn('fingerprint', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint(`${name}_pk`, ['unit', 'id'] as never)
      .addUniqueConstraint(`${name}_content`, ['unit', 'fingerprint'] as never);

  await strict(
    record('activity')
      .addColumn('end_date', 'text')
      .addColumn('approximate', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('form', 'text')
      .addColumn('place', 'text')
      .addColumn('expected', 'integer')
      .addColumn('expected_min', 'integer')
      .addColumn('present', 'integer')
      .addColumn('present_min', 'integer')
      .addColumn('on_duty', 'integer')
      .addColumn('excused', 'integer')
      .addColumn('unexcused', 'integer')
      .addColumn('exempt', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('hours', types.real)
      .addColumn('note', 'text'),
  ).execute();

  await strict(
    schema
      .createTable('activity_kind')
      .addColumn('unit', 'text', (c) => c.notNull())
      .addColumn('activity_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('activity_kind_pk', ['unit', 'activity_id', 'kind'])
      .addForeignKeyConstraint('activity_kind_of', ['unit', 'activity_id'], 'activity', ['unit', 'id'], (c) =>
        c.onDelete('cascade'),
      ),
  ).execute();

  await strict(
    record('visit')
      .addColumn('end_date', 'text')
      .addColumn('approximate', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('participants', 'integer')
      .addColumn('participants_min', 'integer')
      .addColumn('raised', 'integer')
      .addColumn('raised_min', 'integer')
      .addColumn('resolved', 'integer')
      .addColumn('resolved_min', 'integer')
      .addColumn('note', 'text'),
  ).execute();

  await strict(
    record('volunteering')
      .addColumn('end_date', 'text')
      .addColumn('approximate', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('place', 'text')
      .addColumn('participants', 'integer')
      .addColumn('participants_min', 'integer')
      .addColumn('hours', types.real)
      .addColumn('beneficiaries', 'text')
      .addColumn('note', 'text'),
  ).execute();

  await strict(
    record('rectification')
      .addColumn('approximate', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('origin', 'text')
      .addColumn('nature', 'text', (c) => c.check(sql`nature in ('immediate', 'deadline', 'long_term')`))
      .addColumn('measure', 'text')
      .addColumn('responsible_department', 'text')
      .addColumn('due_on', 'text')
      .addColumn('reported_on', 'text')
      .addColumn('closed_on', 'text')
      .addColumn('progress', 'text')
      .addColumn('note', 'text'),
  ).execute();

  await strict(record('headcount').addColumn('members', 'integer', (c) => c.notNull())).execute();

  await strict(
    record('contradiction')
      .addColumn('family', 'text', (c) => c.notNull())
      .addColumn('code', 'text', (c) => c.notNull())
      .addColumn('cell', 'text')
      .addColumn('value', 'text'),
  ).execute();

  for (const table of ['activity', 'visit', 'volunteering', 'rectification', 'headcount', 'contradiction']) {
    await schema.createIndex(`${table}_by_day`).on(table).columns(['unit', 'date']).execute();
    await schema.createIndex(`${table}_by_import`).on(table).columns(['import_id']).execute();
  }

  await strict(
    schema
      .createTable('coverage')
      .addColumn('unit', 'text', (c) => c.notNull().references('unit.code'))
      .addColumn('family', 'text', (c) => c.notNull())
      .addColumn('from_month', 'text', (c) => c.notNull())
      .addColumn('to_month', 'text', (c) => c.notNull())
      .addColumn('import_id', 'integer', (c) => c.notNull().references('import.id'))
      .addPrimaryKeyConstraint('coverage_pk', ['unit', 'family', 'import_id', 'from_month', 'to_month']),
  ).execute();

  await strict(
    schema
      .createTable('setting')
      .addColumn('key', 'text', (c) => c.primaryKey().notNull())
      .addColumn('value', 'text', (c) => c.notNull()),
  ).execute();

  await strict(
    schema
      .createTable('token')
      .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
      .addColumn('purpose', 'text', (c) => c.notNull().check(sql`purpose in ('api', 'session', 'sign_in')`))
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('unit', 'text')
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text'),
  ).execute();

  await strict(
    schema
      .createTable('snapshot')
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('maker', 'text', (c) => c.notNull())
      .addColumn('view', 'text', (c) => c.notNull())
      .addColumn('title', 'text', (c) => c.notNull())
      .addColumn('note', 'text')
      .addColumn('data_version', 'integer', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('svg', 'text', (c) => c.notNull()),
  ).execute();
}
