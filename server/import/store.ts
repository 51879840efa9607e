import type { Insertable, Kysely } from 'kysely';
import { dialects } from '../../db/dialect.ts';
import type { Database, NewCoverage } from '../../db/types.ts';
import type { StagedContradiction } from '../ledger/staged.ts';

/** Below what every engine takes in one statement. */
const mostParameters = Math.min(...Object.values(dialects).map((d) => d.maxParameters));

/** The import that brings rows in, the version of the data that they make, and where a table's rows stand. */
export type Storing = {
  readonly importId: number;
  readonly version: number;
};
/** Writes contradictions, with their place in the import. */
export async function storeContradictions(
  trx: Kysely<Database>,
  { importId, version }: Storing,
  list: readonly StagedContradiction[],
): Promise<void> {
  await insertAll(
    trx,
    'contradiction',
    list.map(({ fileNo, sheetNo, ...c }) => ({
      ...c,
      id: `${importId}-${fileNo}-${sheetNo}-${c.row}`,
      import_id: importId,
      version,
    })),
  );
}

/** Months that are covered already are not said twice, unless records of this import stand in them. */
export async function storeCoverage(
  trx: Kysely<Database>,
  { importId, version }: Storing,
  coverage: readonly NewCoverage[],
  stored: ReadonlySet<string>,
): Promise<number> {
  const covered = await trx.selectFrom('coverage').selectAll().execute();
  const isCovered = (c: NewCoverage): boolean =>
    covered.some(
      (o) =>
        o.unit === c.unit &&
        o.family === c.family &&
        o.from_month <= c.from_month &&
        o.to_month >= c.to_month,
    );
  const added = coverage.filter((c) => stored.has(`${c.unit} ${c.family}`) || !isCovered(c));
  await insertAll(
    trx,
    'coverage',
    added.map(({ unit, family, from_month, to_month }) => ({
      unit,
      family,
      from_month,
      to_month,
      import_id: importId,
      version,
    })),
  );
  return added.length;
}

async function insertAll<T extends 'contradiction' | 'coverage'>(
  trx: Kysely<Database>,
  table: T,
  rows: readonly Insertable<Database[T]>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).length;
  const size = Math.floor(mostParameters / Math.max(1, columns));
  for (let i = 0; i < rows.length; i += size)
    await trx
      .insertInto(table)
      .values(rows.slice(i, i + size) as never)
      .execute();
}
