import type { Kysely, Selectable } from 'kysely';
import type { Database, EditTable } from '../../db/types.ts';
import type { Family } from '../../shared/kinds.ts';
import type { ImportEditsReply } from '../../shared/imports.ts';
import { netChanges } from '../../shared/record-fields.ts';
import { Refusal } from '../errors.ts';
import type { Doer } from './centre.ts';
import { handImport } from './record-edits.ts';
import { changesIn } from './record-page.ts';
import { coverMonth, findRecord, replaceRecord, type Found } from './record-store.ts';

type Edited = Found & { readonly last: Selectable<EditTable> };

/**
 * The records of an import that were corrected by hand since, each with its latest correction. One that
 * was corrected back is as it was imported, and one that is no more has nothing left to lose.
 */
async function editedIn(db: Kysely<Database>, importId: number): Promise<Edited[]> {
  const edits = await db
    .selectFrom('edit')
    .selectAll()
    .where('import_id', '=', importId)
    .where('action', '=', 'correct')
    .orderBy('id')
    .execute();
  const byRecord = new Map<string, Selectable<EditTable>[]>();
  for (const edit of edits) {
    const key = `${edit.unit} ${edit.record_id}`;
    byRecord.set(key, [...(byRecord.get(key) ?? []), edit]);
  }
  const edited: Edited[] = [];
  for (const ofRecord of byRecord.values()) {
    const last = ofRecord.at(-1);
    if (!last || netChanges(ofRecord.flatMap((e) => changesIn(e.fields))).length === 0) continue;
    const found = await findRecord(db, { unit: last.unit, id: last.record_id });
    if (found?.row.import_id === importId) edited.push({ ...found, last });
  }
  return edited;
}

/**
 * What an undo of the import would take away with it: the latest correction of each of its records.
 * @throws Refusal 404 for an unknown import
 */
export async function editsOfImport(db: Kysely<Database>, importId: number): Promise<ImportEditsReply> {
  const known = await db.selectFrom('import').select('id').where('id', '=', importId).executeTakeFirst();
  if (!known)
    throw new Refusal(404, `there is no import ${importId}`, [
      { path: 'id', message: `there is no import ${importId}` },
    ]);
  const edits = (await editedIn(db, importId)).map(({ family, row, last }) => ({
    unit: row.unit,
    record: row.id,
    ledger: family as Family,
    date: row.date,
    title: row.title,
    at: last.at,
    actor: last.actor,
    why: last.why,
  }));
  return { edits };
}

/**
 * Moves the records of an import that were corrected by hand into an import of their own, each with its
 * own month covered, so that an undo of the first leaves them. They keep their numbers, and the content
 * by which the same ledger is known when it comes again. Call inside the undo's own change.
 * @returns the new import; null where there was nothing to move
 */
export async function rehomeEdited(
  trx: Kysely<Database>,
  importId: number,
  doer: Doer,
  version: number,
): Promise<{ importId: number; records: number } | null> {
  const edited = await editedIn(trx, importId);
  if (edited.length === 0) return null;
  const home = await handImport(trx, doer);
  for (const found of edited) {
    const { family, row } = found;
    await replaceRecord(trx, found, { import_id: home, version });
    for (const table of ['edit', 'record_names'] as const)
      await trx
        .updateTable(table)
        .set({ import_id: home })
        .where('unit', '=', row.unit)
        .where('record_id', '=', row.id)
        .execute();
    await coverMonth(trx, { unit: row.unit, family, importId: home, date: row.date }, version);
  }
  await trx
    .updateTable('import')
    .set({ records: edited.length, data_version: version })
    .where('id', '=', home)
    .execute();
  return { importId: home, records: edited.length };
}
