import { sql, type Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/**
 * What an import needs before it is stored: its files as they came, its rows as they were read; what
 * the centre has taught the reader; corrections by hand; names, where the office keeps them.
 */
export async function up(db: Kysely<never>, { types, strict }: Dialect): Promise<void> {
  const schema = db.schema;

  // 1 while the check is under way; a start finds those that a stop has broken off.
  await schema
    .alterTable('import')
    .addColumn('checking', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema
    .alterTable('import')
    .addColumn('source', 'text', (c) =>
      c
        .notNull()
        .defaultTo('files')
        .check(sql`source in ('files', 'hand')`),
    )
    .execute();
  // What was stated by hand and chosen in the preview, as JSON.
  await schema
    .alterTable('import')
    .addColumn('options', 'text', (c) => c.notNull().defaultTo('{}'))
    .execute();
  // What was waiting was staged in a form that is no more: nothing of it was stored, and its files can be given again.
  await (db as Kysely<never> as Kysely<{ import: { status: string } }>)
    .updateTable('import')
    .set({ status: 'dropped' })
    .where('status', '=', 'checked')
    .execute();
  await schema.alterTable('import').dropColumn('staged').execute();

  await strict(
    schema
      .createTable('import_file')
      .addColumn('import_id', 'integer', (c) => c.notNull().references('import.id'))
      .addColumn('file_no', 'integer', (c) => c.notNull())
      .addColumn('piece', 'integer', (c) => c.notNull())
      .addColumn('bytes', types.bytes, (c) => c.notNull())
      .addPrimaryKeyConstraint('import_file_pk', ['import_id', 'file_no', 'piece']),
  ).execute();

  // Rows of a table as they were read, some hundreds together, as JSON; `part` counts through the import.
  await strict(
    schema
      .createTable('import_part')
      .addColumn('import_id', 'integer', (c) => c.notNull().references('import.id'))
      .addColumn('part', 'integer', (c) => c.notNull())
      .addColumn('table_no', 'integer', (c) => c.notNull())
      .addColumn('first_line', 'integer', (c) => c.notNull())
      .addColumn('lines', 'integer', (c) => c.notNull())
      .addColumn('left_out', 'integer', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('import_part_pk', ['import_id', 'part']),
  ).execute();
  await schema
    .createIndex('import_part_by_line')
    .on('import_part')
    .columns(['import_id', 'table_no', 'first_line'])
    .execute();

  await strict(
    schema
      .createTable('vocabulary')
      .addColumn('id', types.id as never)
      .addColumn('what', 'text', (c) => c.notNull().check(sql`what in ('heading', 'kind', 'unit')`))
      // Of a heading its ledger, of a kind `activity` or `visit`, of a unit nothing.
      .addColumn('scope', 'text', (c) => c.notNull())
      .addColumn('word', 'text', (c) => c.notNull())
      .addColumn('means', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addUniqueConstraint('vocabulary_word', ['what', 'scope', 'word']),
  ).execute();

  await strict(
    schema
      .createTable('edit')
      .addColumn('id', types.id as never)
      .addColumn('unit', 'text', (c) => c.notNull())
      .addColumn('family', 'text', (c) => c.notNull())
      .addColumn('record_id', 'text', (c) => c.notNull())
      .addColumn('import_id', 'integer', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull().check(sql`action in ('enter', 'correct', 'remove')`))
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('why', 'text', (c) => c.notNull())
      // [{field, from, to}], as JSON.
      .addColumn('fields', 'text', (c) => c.notNull())
      .addColumn('version', 'integer', (c) => c.notNull()),
  ).execute();
  await schema.createIndex('edit_by_record').on('edit').columns(['unit', 'record_id']).execute();
  await schema.createIndex('edit_by_import').on('edit').columns(['import_id']).execute();

  // The cells of a row that hold persons' names, {column: text} as JSON; only where the office keeps them.
  await strict(
    schema
      .createTable('record_names')
      .addColumn('unit', 'text', (c) => c.notNull())
      .addColumn('record_id', 'text', (c) => c.notNull())
      .addColumn('import_id', 'integer', (c) => c.notNull())
      .addColumn('names', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('record_names_pk', ['unit', 'record_id']),
  ).execute();
  await schema.createIndex('record_names_by_import').on('record_names').columns(['import_id']).execute();
}
