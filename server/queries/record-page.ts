import type { Kysely, Selectable } from 'kysely';
import type { Database, EditTable } from '../../db/types.ts';
import { families, type Family } from '../../shared/kinds.ts';
import type { RecordPage } from '../../shared/record-edit.ts';
import type { FieldChange } from '../../shared/record-fields.ts';
import { Refusal } from '../errors.ts';
import { namesOf } from './record-names.ts';
import { fieldsIn, findRecord, type Found, type Place, type Stored } from './record-store.ts';

type Gone = Found & { readonly removed: number };

/**
 * One record with all that was done to it. One that is no more is shown as it was last.
 * @param seesNames may whoever asks see the names that are kept with it?
 * @throws Refusal 404 where there never was one
 */
export async function getRecord(
  db: Kysely<Database>,
  { unit, id }: Place,
  { seesNames = false }: { readonly seesNames?: boolean } = {},
): Promise<RecordPage> {
  const found = await findRecord(db, { unit, id });
  const gone = found ? null : await lastImage(db, { unit, id });
  const shown = found ?? gone;
  if (!shown)
    throw new Refusal(404, `there is no record ${id} of ${unit}`, [
      { path: 'id', message: 'names no record' },
    ]);
  const { family, row } = shown;
  return {
    unit,
    id,
    family,
    there: found !== null,
    version: row.version,
    fields: fieldsIn(family, row) as RecordPage['fields'],
    source: { importId: row.import_id, file: row.file, sheet: row.sheet, row: row.row },
    raw: JSON.parse(row.raw) as unknown[],
    names: seesNames ? await namesOf(db, { unit, id }) : null,
    broughtBy: await broughtBy(db, row.import_id),
    goneBy: gone ? await changeOf(db, gone.removed) : null,
    history: (await editsOf(db, { unit, id })).map(lineOf),
  };
}

/** What was done to a record by hand, the earliest first. */
const editsOf = (db: Kysely<Database>, { unit, id }: Place): Promise<Selectable<EditTable>[]> =>
  db
    .selectFrom('edit')
    .selectAll()
    .where('unit', '=', unit)
    .where('record_id', '=', id)
    .orderBy('id')
    .execute();

const lineOf = ({ action, at, actor, why, version, fields }: Selectable<EditTable>) => ({
  action,
  at,
  actor,
  why,
  version,
  fields: changesIn(fields) as RecordPage['history'][number]['fields'],
});

/** The changes of an edit, as they are kept. */
export const changesIn = (fields: string): FieldChange[] => JSON.parse(fields) as FieldChange[];

async function broughtBy(db: Kysely<Database>, importId: number): Promise<RecordPage['broughtBy']> {
  const { source, created_at, actor } = await db
    .selectFrom('import')
    .select(['source', 'created_at', 'actor'])
    .where('id', '=', importId)
    .executeTakeFirstOrThrow();
  return { importId, source, at: created_at, actor };
}

async function changeOf(db: Kysely<Database>, version: number): Promise<RecordPage['goneBy']> {
  const change = await db
    .selectFrom('change')
    .select(['version', 'at', 'actor', 'what'])
    .where('version', '=', version)
    .executeTakeFirst();
  return change ?? null;
}

/** A record that is no more, as it was last; null where there never was one. */
export async function lastImage(db: Kysely<Database>, { unit, id }: Place): Promise<Gone | null> {
  const removal = await db
    .selectFrom('edit')
    .select('version')
    .where('unit', '=', unit)
    .where('record_id', '=', id)
    .where('action', '=', 'remove')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const images = await db
    .selectFrom('past')
    .select(['table_name', 'removed', 'row'])
    .where('table_name', 'in', [...families])
    // The image of what was removed by hand is found by its version; else all are looked through.
    .$if(removal !== undefined, (q) => q.where('removed', '>=', removal?.version ?? 0))
    .where('row', 'like', `%"id":${JSON.stringify(id)}%`)
    .orderBy('removed', 'desc')
    .execute();
  for (const { table_name, removed, row } of images) {
    const image = JSON.parse(row) as Stored;
    if (image.unit === unit && image.id === id) return { family: table_name as Family, row: image, removed };
  }
  return null;
}
