import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { Family } from '../../shared/kinds.ts';
import type { Scalar } from '../ledger/scalar-json.ts';
import { figureColumns } from '../ledger/staged.ts';

/** A stored record, as it is compared with what comes in. */
export type StoredRecord = {
  readonly id: string;
  readonly unit: string;
  readonly family: Family;
  readonly date: string;
  readonly title: string | null;
  readonly kinds: readonly string[];
  readonly figures: Readonly<Record<string, Scalar>>;
  readonly fingerprint: string;
  readonly importId: number;
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
};

/** An incoming record, as it is compared. */
export type Incoming = Omit<StoredRecord, 'id' | 'importId'> & { readonly table: number; known: boolean };

/** The records of a unit's ledger between two days, both included, by day and row. */
export async function storedRecords(
  db: Kysely<Database>,
  {
    unit,
    family,
    from,
    to,
    limit,
  }: { unit: string; family: Family; from: string; to: string; limit: number },
): Promise<StoredRecord[]> {
  // The tables have these columns alike; a family's own come with its name.
  const rows = (await db
    .selectFrom(family as 'activity')
    .selectAll()
    .where('unit', '=', unit)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .orderBy('date')
    .orderBy('id')
    .limit(limit)
    .execute()) as unknown as readonly (Readonly<Record<string, Scalar>> & {
    id: string;
    date: string;
    title: string | null;
    fingerprint: string;
    import_id: number;
    file: string;
    sheet: string;
    row: number;
  })[];
  const kinds = family === 'activity' ? await kindsOf(db, unit, { from, to }) : new Map<string, string[]>();
  return rows.map((row) => ({
    id: row.id,
    unit,
    family,
    date: row.date,
    title: row.title,
    kinds: kinds.get(row.id) ?? [],
    figures: Object.fromEntries(figureColumns[family].map((column) => [column, row[column] ?? null])),
    fingerprint: row.fingerprint,
    importId: row.import_id,
    file: row.file,
    sheet: row.sheet,
    row: row.row,
  }));
}

/** The contradictions within a unit's ledger that were kept of its files, between two days, both included. */
export const storedContradictions = (
  db: Kysely<Database>,
  { unit, family, from, to }: { unit: string; family: Family; from: string; to: string },
): Promise<{ id: string; fingerprint: string }[]> =>
  db
    .selectFrom('contradiction')
    .select(['id', 'fingerprint'])
    .where('unit', '=', unit)
    .where('family', '=', family)
    .where('date', '>=', from)
    .where('date', '<=', to)
    .execute();

async function kindsOf(
  db: Kysely<Database>,
  unit: string,
  { from, to }: { from: string; to: string },
): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('activity_kind as k')
    .innerJoin('activity as r', (j) => j.onRef('r.unit', '=', 'k.unit').onRef('r.id', '=', 'k.activity_id'))
    .select(['k.activity_id', 'k.kind'])
    .where('r.unit', '=', unit)
    .where('r.date', '>=', from)
    .where('r.date', '<=', to)
    .orderBy('k.kind')
    .execute();
  const kinds = new Map<string, string[]>();
  for (const { activity_id, kind } of rows) kinds.set(activity_id, [...(kinds.get(activity_id) ?? []), kind]);
  return kinds;
}

/** Figures, kinds and titles that differ between two records, by column. */
export function differing(
  a: Pick<StoredRecord, 'date' | 'title' | 'kinds' | 'figures'>,
  b: Pick<StoredRecord, 'date' | 'title' | 'kinds' | 'figures'>,
): { field: string; from: Scalar; to: Scalar }[] {
  const flat = ({ date, title, kinds, figures }: typeof a): Record<string, Scalar> => ({
    date,
    title,
    kinds: kinds.toSorted().join(', '),
    ...figures,
  });
  const [from, to] = [flat(a), flat(b)];
  return Object.keys(from).flatMap((field) =>
    (from[field] ?? null) === (to[field] ?? null)
      ? []
      : [{ field, from: from[field] ?? null, to: to[field] ?? null }],
  );
}
