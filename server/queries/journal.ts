import type { Kysely } from 'kysely';
import type { Database, RecordTable } from '../../db/types.ts';

/** Tables whose former rows are kept, so that what was known on a past day can be told. */
export type Journaled =
  RecordTable | 'coverage' | 'unit' | 'unit_past' | 'norm' | 'exemption' | 'definition_change' | 'setting';

/**
 * Keeps the images of rows that are about to be changed or removed. An activity's kinds stand in
 * its image as `kinds`.
 * @param version the version with which they are no more
 */
export async function keepPast(
  trx: Kysely<Database>,
  table: Journaled,
  rows: readonly Readonly<Record<string, unknown>>[],
  version: number,
): Promise<void> {
  for (let i = 0; i < rows.length; i += 500)
    await trx
      .insertInto('past')
      .values(
        rows.slice(i, i + 500).map((row) => ({
          table_name: table,
          added: Number(row['version'] ?? 0),
          removed: version,
          row: JSON.stringify(row),
        })),
      )
      .execute();
}
