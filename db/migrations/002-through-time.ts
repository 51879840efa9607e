import { sql, type Kysely } from 'kysely';
import { defaultNorms } from '../../shared/norms.ts';
import type { Dialect } from '../dialect.ts';

/** Tables whose rows say with which version of the data they came in; their former rows lie in `past`. */
const versioned = [
  'unit',
  'coverage',
  'activity',
  'visit',
  'volunteering',
  'rectification',
  'headcount',
  'contradiction',
] as const;

/** Units through time, norms as data, exemptions, changes of definition, and what was known when. */
export async function up(db: Kysely<never>, { types, strict }: Dialect): Promise<void> {
  const schema = db.schema;

  // 0: known since before versions were noted.
  for (const table of versioned)
    await schema
      .alterTable(table)
      .addColumn('version', 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  await schema.alterTable('unit').addColumn('split_from', 'text').execute();
  await schema.alterTable('rectification').addColumn('extended_to', 'text').execute();

  // What a unit was called and where it stood up to and including a day; today's is in `unit`.
  await strict(
    schema
      .createTable('unit_past')
      .addColumn('unit', 'text', (c) => c.notNull().references('unit.code'))
      .addColumn('until_on', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('parent', 'text')
      .addColumn('version', 'integer', (c) => c.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('unit_past_pk', ['unit', 'until_on']),
  ).execute();

  await strict(
    schema
      .createTable('norm')
      .addColumn('id', types.id as never)
      .addColumn('layer', 'text', (c) =>
        c.notNull().check(sql`layer in ('central', 'system', 'centre', 'unit')`),
      )
      .addColumn('unit', 'text', (c) => c.references('unit.code'))
      .addColumn('kind', 'text')
      .addColumn('kpi', 'text')
      .addColumn('every', 'text', (c) => c.check(sql`every in ('month', 'quarter', 'year', 'never')`))
      .addColumn('per', 'text', (c) => c.check(sql`per in ('branch', 'group')`))
      .addColumn('min_members', 'integer')
      .addColumn('value', types.real)
      .addColumn('from_on', 'text')
      .addColumn('to_on', 'text')
      .addColumn('source_zh', 'text', (c) => c.notNull())
      .addColumn('source_en', 'text', (c) => c.notNull())
      .addColumn('strength', 'text', (c) =>
        c.notNull().check(sql`strength in ('required', 'usual', 'local')`),
      )
      .addColumn('note', 'text')
      .addColumn('version', 'integer', (c) => c.notNull().defaultTo(0)),
  ).execute();

  await strict(
    schema
      .createTable('exemption')
      .addColumn('id', types.id as never)
      .addColumn('unit', 'text', (c) => c.notNull().references('unit.code'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('from_on', 'text', (c) => c.notNull())
      .addColumn('to_on', 'text')
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('decided_by', 'text', (c) => c.notNull())
      .addColumn('decided_on', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull().defaultTo(0)),
  ).execute();

  await strict(
    schema
      .createTable('definition_change')
      .addColumn('id', types.id as never)
      .addColumn('kpi', 'text', (c) => c.notNull())
      .addColumn('on_day', 'text', (c) => c.notNull())
      .addColumn('note', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull().defaultTo(0)),
  ).execute();

  await strict(
    schema
      .createTable('change')
      .addColumn('version', 'integer', (c) => c.primaryKey().notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('what', 'text', (c) => c.notNull())
      .addColumn('detail', 'text'),
  ).execute();

  await strict(
    schema
      .createTable('past')
      .addColumn('id', types.id as never)
      .addColumn('table_name', 'text', (c) => c.notNull())
      .addColumn('added', 'integer', (c) => c.notNull())
      .addColumn('removed', 'integer', (c) => c.notNull())
      .addColumn('row', 'text', (c) => c.notNull()),
  ).execute();
  await schema.createIndex('past_by_removal').on('past').columns(['removed']).execute();

  await (db as Kysely<never> as Kysely<Record<string, never>>)
    .insertInto('norm')
    .values(defaultNorms as never)
    .execute();
}
