import type { Kysely } from 'kysely';
import type { Database, RecordTable } from '../../db/types.ts';
import { recordTables } from '../../db/types.ts';
import { keepPast } from '../queries/journal.ts';

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
  const removed = await versionMadeBy(trx, importId);
  const back = removed === null ? 0 : await putBack(trx, { removed, version });
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

/** The version that the import's commit made; null where it changed nothing, and only names the version that it met. */
async function versionMadeBy(trx: Kysely<Database>, importId: number): Promise<number | null> {
  const made = await trx
    .selectFrom('change')
    .select('version')
    .where('what', '=', 'import')
    .where('detail', '=', String(importId))
    .executeTakeFirst();
  return made?.version ?? null;
}

/** Puts back the records that an import took out when it was committed as a version of the data. @returns how many */
async function putBack(
  trx: Kysely<Database>,
  { removed, version }: { removed: number; version: number },
): Promise<number> {
  const images = await trx
    .selectFrom('past')
    .select(['table_name', 'row'])
    .where('removed', '=', removed)
    .where('table_name', 'in', [...recordTables])
    .orderBy('id')
    .execute();
  const standing = new Set(
    (await trx.selectFrom('import').select('id').where('status', '=', 'committed').execute()).map(
      (r) => r.id,
    ),
  );
  let back = 0;
  for (const { table_name, row } of images) {
    const { kinds, ...image } = JSON.parse(row) as {
      kinds?: string[];
      import_id: number;
      unit: string;
      id: string;
    };
    if (!standing.has(image.import_id)) continue;
    const table = table_name as 'activity';
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto(table)
      .values({ ...image, version } as never)
      // The same row may have come in again by another file.
      .onConflict((c) => c.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) continue;
    back++;
    for (const kind of kinds ?? [])
      await trx
        .insertInto('activity_kind')
        .values({ unit: image.unit, activity_id: image.id, kind })
        .execute();
  }
  return back;
}
