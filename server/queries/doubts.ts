import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { Doubt } from '../../shared/context.ts';
import type { Family } from '../../shared/kinds.ts';

/** Contradictions of the units' ledgers within the days, counted by unit, ledger, month and code. */
export async function doubtsOf(
  db: Kysely<Database>,
  of: { units: readonly string[]; families: readonly Family[]; from: string; to: string },
): Promise<Doubt[]> {
  if (of.units.length === 0 || of.families.length === 0) return [];
  const rows = await db
    .selectFrom('contradiction')
    .select([
      'unit',
      'family',
      'code',
      sql<string>`substr(date, 1, 7)`.as('month'),
      sql<number>`count(*)`.as('count'),
    ])
    .where('unit', 'in', [...of.units])
    .where('family', 'in', [...of.families])
    .where('date', '>=', of.from)
    .where('date', '<=', of.to)
    .groupBy(['unit', 'family', 'code', sql`substr(date, 1, 7)`])
    .execute();
  return rows.map((r) => ({ ...r, family: r.family as Family }));
}
