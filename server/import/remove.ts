import type { Kysely } from 'kysely';
import type { Database, RecordTable } from '../../db/types.ts';
import { recordTables } from '../../db/types.ts';
import { keepPast } from '../queries/journal.ts';
import { putBack } from './put-back.ts';

/** Takes records out, each kept as it was in the journal of the past. @returns how many there were */
export async function removeRecords(
  trx: Kysely<Database>,
  places: readonly { readonly unit: string; readonly family: RecordTable; readonly id: string }[],
  version: number,
): Promise<number> {
  let removed = 0;
  for (const [key, ids] of grouped(places)) {
    const [unit = '', family = ''] = key.split('\n');
    for (let i = 0; i < ids.length; i += 500) {
      const part = ids.slice(i, i + 500);
      const table = family as RecordTable;
      const rows = await trx
        .selectFrom(table as 'activity')
        .selectAll()
        .where('unit', '=', unit)
        .where('id', 'in', part)
        .execute();
      await keepPast(trx, table, table === 'activity' ? await withKinds(trx, rows) : rows, version);
      await trx.deleteFrom(table).where('unit', '=', unit).where('id', 'in', part).execute();
      removed += rows.length;
    }
  }
  return removed;
}

function grouped(
  places: readonly { readonly unit: string; readonly family: RecordTable; readonly id: string }[],
): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { unit, family, id } of places) {
    const key = `${unit}\n${family}`;
    const ids = groups.get(key);
    if (ids) ids.push(id);
    else groups.set(key, [id]);
  }
  return groups;
}

/** Activities with the kinds that belong to them, as their images keep them. */
async function withKinds<R extends { unit: string; id: string }>(
  trx: Kysely<Database>,
  rows: readonly R[],
): Promise<(R & { kinds: string[] })[]> {
  const of = new Map<string, string[]>();
  const units = new Map<string, string[]>();
  for (const { unit, id } of rows) units.set(unit, [...(units.get(unit) ?? []), id]);
  for (const [unit, ids] of units)
    for (let i = 0; i < ids.length; i += 500) {
      const kinds = await trx
        .selectFrom('activity_kind')
        .selectAll()
        .where('unit', '=', unit)
        .where('activity_id', 'in', ids.slice(i, i + 500))
        .orderBy('kind')
        .execute();
      for (const k of kinds) {
        const key = `${unit} ${k.activity_id}`;
        of.set(key, [...(of.get(key) ?? []), k.kind]);
      }
    }
  return rows.map((r) => ({ ...r, kinds: of.get(`${r.unit} ${r.id}`) ?? [] }));
}

// Rows of a table that are taken out at a time.
const PAGE = 2000;

/**
 * Takes out all that an import has stored, and puts back what it had taken the place of, where the import that brought
 * that in still stands.
 * @returns the number of records that are gone
 */
export async function removeImport(
  trx: Kysely<Database>,
  { importId, version }: { importId: number; version: number },
): Promise<{ records: number; changed: boolean }> {
  let records = 0;
  let others = 0;
  for (const table of recordTables) {
    const gone = await removeRowsOf(trx, table, importId, version);
    if (table === 'contradiction') others += gone;
    else records += gone;
  }
  await trx.deleteFrom('record_names').where('import_id', '=', importId).execute();
  const coverage = await trx.selectFrom('coverage').selectAll().where('import_id', '=', importId).execute();
  await keepPast(trx, 'coverage', coverage, version);
  await trx.deleteFrom('coverage').where('import_id', '=', importId).execute();
  const back = await putBack(trx, { importId, version });
  return { records, changed: records + others + coverage.length + back > 0 };
}

async function removeRowsOf(
  trx: Kysely<Database>,
  table: RecordTable,
  importId: number,
  version: number,
): Promise<number> {
  let gone = 0;
  for (;;) {
    const rows = await trx
      .selectFrom(table as 'activity')
      .selectAll()
      .where('import_id', '=', importId)
      .orderBy('unit')
      .orderBy('id')
      .limit(PAGE)
      .execute();
    if (rows.length === 0) return gone;
    gone += rows.length;
    await keepPast(trx, table, table === 'activity' ? await withKinds(trx, rows) : rows, version);
    const last = rows.at(-1);
    if (!last) return gone;
    await trx
      .deleteFrom(table)
      .where('import_id', '=', importId)
      .where((e) =>
        e.or([e('unit', '<', last.unit), e.and([e('unit', '=', last.unit), e('id', '<=', last.id)])]),
      )
      .execute();
  }
}
