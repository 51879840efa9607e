import type { Kysely } from 'kysely';
import { recordTables, type Database, type RecordTable } from '../../db/types.ts';
import type { Replaced } from '../../shared/imports.ts';

/** An import whose commit made a version of the data, and the spans in which it took the place of what was stored. */
type Commit = {
  readonly id: number;
  readonly version: number;
  readonly stands: boolean;
  readonly spans: readonly Replaced[];
};
type Row = {
  readonly unit: string;
  readonly id: string;
  readonly date: string;
  readonly import_id: number;
  /** Of a contradiction the ledger that it is of. */
  readonly family?: string;
  readonly kinds?: readonly string[];
};
type Image = { readonly table: RecordTable; readonly removed: number; readonly row: Row };

/**
 * Puts back the records that an import took out, where the import that brought them still stands, and no later one has
 * taken the place of their months. With it come those that an import before it would have put back, had this one not
 * stood in their place. Call after the import is marked as undone.
 * @returns how many
 */
export async function putBack(
  trx: Kysely<Database>,
  { importId, version }: { importId: number; version: number },
): Promise<number> {
  const commits = await commitsOf(trx);
  const mine = commits.find((c) => c.id === importId);
  // A commit that changed nothing took nothing out.
  if (!mine) return 0;
  const standing = new Set(
    (await trx.selectFrom('import').select('id').where('status', '=', 'committed').execute()).map(
      (r) => r.id,
    ),
  );
  const undone = commits.filter((c) => !c.stands && c.version < mine.version).map((c) => c.version);
  const images = await imagesOf(trx, [mine.version, ...(mine.spans.length > 0 ? undone : [])]);
  let back = 0;
  for (const image of images) {
    if (!standing.has(image.row.import_id)) continue;
    if (commits.some((c) => c.stands && c.version > image.removed && isIn(c.spans, image))) continue;
    const isMine = image.removed === mine.version;
    if (!isMine && (!isIn(mine.spans, image) || (await wasTouchedSince(trx, image)))) continue;
    if (await insert(trx, image, version)) back++;
  }
  return back;
}

async function commitsOf(trx: Kysely<Database>): Promise<Commit[]> {
  const changes = await trx
    .selectFrom('change')
    .select(['version', 'detail'])
    .where('what', '=', 'import')
    .execute();
  const versions = new Map(changes.map((c) => [Number(c.detail), c.version]));
  const imports = await trx
    .selectFrom('import')
    .select(['id', 'status', 'options'])
    .where('status', 'in', ['committed', 'undone'])
    .execute();
  return imports.flatMap(({ id, status, options }) => {
    const made = versions.get(id);
    const spans = (JSON.parse(options) as { replace?: readonly Replaced[] }).replace ?? [];
    return made === undefined ? [] : [{ id, version: made, stands: status === 'committed', spans }];
  });
}

/** What was taken out with the versions: the latest first, so that of a row removed twice its last state comes first. */
async function imagesOf(trx: Kysely<Database>, versions: readonly number[]): Promise<Image[]> {
  const rows: { id: number; table_name: string; removed: number; row: string }[] = [];
  for (let i = 0; i < versions.length; i += 500)
    rows.push(
      ...(await trx
        .selectFrom('past')
        .select(['id', 'table_name', 'removed', 'row'])
        .where('removed', 'in', versions.slice(i, i + 500))
        .where('table_name', 'in', [...recordTables])
        .execute()),
    );
  return rows
    .toSorted((a, b) => b.removed - a.removed || a.id - b.id)
    .map(({ table_name, removed, row }) => ({
      table: table_name as RecordTable,
      removed,
      row: JSON.parse(row) as Row,
    }));
}

const isIn = (spans: readonly Replaced[], { table, row: { unit, date, family = table } }: Image): boolean =>
  spans.some(
    (s) => s.unit === unit && s.ledger === family && s.from <= date.slice(0, 7) && s.to >= date.slice(0, 7),
  );

/** Was it put back before, and then removed by something else? Then that holds. */
async function wasTouchedSince(trx: Kysely<Database>, { table, removed, row }: Image): Promise<boolean> {
  const later = await trx
    .selectFrom('past')
    .select('row')
    .where('table_name', '=', table)
    .where('removed', '>', removed)
    .where('row', 'like', `%"id":"${row.id}"%`)
    .execute();
  return later.some((l) => {
    const { unit, id } = JSON.parse(l.row) as Row;
    return unit === row.unit && id === row.id;
  });
}

async function insert(
  trx: Kysely<Database>,
  { table, row: { kinds = [], ...columns } }: Image,
  version: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto(table as 'activity')
    .values({ ...columns, version } as never)
    // The same row may have come in again by another file.
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) return false;
  for (const kind of kinds)
    await trx
      .insertInto('activity_kind')
      .values({ unit: columns.unit, activity_id: columns.id, kind })
      .execute();
  return true;
}
