import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

type Before = {
  snapshot: {
    id: string;
    created_at: string;
    sealed: string;
    svg: string;
    units: string;
    kpi: string;
    lang: string;
  };
  snapshot_file: {
    snapshot_id: string;
    variant: string;
    type: string;
    sha256: string;
    bytes: Buffer;
    made_at: string;
  };
};

/**
 * Files of a snapshot are kept as they were first made. Beside a seal, not in it: what it is called in the list, what
 * is remarked on it, and that it was withdrawn.
 */
export async function up(db: Kysely<never>, { types, strict }: Dialect): Promise<void> {
  const { schema } = db;
  await strict(
    schema
      .createTable('snapshot_file')
      .addColumn('snapshot_id', 'text', (c) => c.notNull().references('snapshot.id'))
      // The format, with the choices that change the file.
      .addColumn('variant', 'text', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('bytes', types.bytes, (c) => c.notNull())
      .addColumn('made_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('snapshot_file_key', ['snapshot_id', 'variant']),
  ).execute();

  // The units that it is of, as a JSON array: who may see those may see it.
  await schema
    .alterTable('snapshot')
    .addColumn('units', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
  await schema
    .alterTable('snapshot')
    .addColumn('kpi', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await schema
    .alterTable('snapshot')
    .addColumn('lang', 'text', (c) => c.notNull().defaultTo('zh'))
    .execute();
  for (const column of [
    'link',
    'listed_title',
    'remarks',
    'listed_at',
    'listed_by',
    'withdrawn_at',
    'withdrawn_by',
    'withdrawn_why',
  ])
    await schema.alterTable('snapshot').addColumn(column, 'text').execute();

  await moveFiles(db as Kysely<never> as unknown as Kysely<Before>);
  await schema.alterTable('snapshot').dropColumn('svg').execute();
}

async function moveFiles(db: Kysely<Before>): Promise<void> {
  for (const { id } of await db.selectFrom('snapshot').select('id').execute()) {
    const row = await db.selectFrom('snapshot').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const { state, lang } = JSON.parse(row.sealed) as {
      state: { unit: string; kpi: string; beside?: string[] };
      lang: string;
    };
    await db
      .updateTable('snapshot')
      .set({ units: JSON.stringify([state.unit, ...(state.beside ?? [])]), kpi: state.kpi, lang })
      .where('id', '=', id)
      .execute();
    const bytes = Buffer.from(row.svg, 'utf8');
    await db
      .insertInto('snapshot_file')
      .values({
        snapshot_id: id,
        variant: 'svg theme=light',
        type: 'image/svg+xml; charset=utf-8',
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes,
        made_at: row.created_at,
      })
      .execute();
  }
}
