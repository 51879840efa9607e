import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Database, RecordColumns } from '../../db/types.ts';
import { families, type Family } from '../../shared/kinds.ts';
import { monthOf } from '../../shared/period.ts';
import { recordFields, type FieldValue, type RecordFields } from '../../shared/record-fields.ts';
import { contentPrint } from '../ledger/content.ts';
import { keepPast } from './journal.ts';

/** A record as it is stored, or was; an activity's kinds stand in it as `kinds`. */
export type Stored = Selectable<RecordColumns> & Readonly<Record<string, unknown>>;
export type Place = { readonly unit: string; readonly id: string };
export type Found = { readonly family: Family; readonly row: Stored };

const columnOf = (key: string): string => key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** A stored row → the fields of a record, as they are written by hand. */
export function fieldsIn(family: Family, row: Readonly<Record<string, unknown>>): RecordFields {
  return Object.fromEntries(
    recordFields[family].map(({ key, type }) => {
      const value = row[columnOf(key)] ?? null;
      return [key, (type === 'flag' ? value === 1 : value) as FieldValue];
    }),
  );
}

/** The family's own columns; what every record has stands apart. */
export function figuresOf(family: Family, fields: RecordFields): Record<string, string | number | null> {
  const own = recordFields[family].filter(
    ({ key, type }) => !['unit', 'date', 'title'].includes(key) && type !== 'kinds',
  );
  return Object.fromEntries(
    own.map(({ key, type }) => {
      const value = fields[key] ?? null;
      return [columnOf(key), (type === 'flag' ? Number(value === true) : value) as string | number | null];
    }),
  );
}

export const kindsOf = (fields: RecordFields): string[] => {
  const kinds = fields['kinds'] ?? fields['kind'] ?? [];
  return [...new Set([kinds].flat().map(String))];
};
export const titleOf = ({ title }: RecordFields): string | null => (typeof title === 'string' ? title : null);

/** As a ledger's row of that content has it, so that the same event in a ledger is known when it comes. */
export const printOf = (family: Family, fields: RecordFields): string =>
  contentPrint({
    unit: String(fields['unit']),
    date: String(fields['date']),
    draft: { family, title: titleOf(fields), kinds: kindsOf(fields), figures: figuresOf(family, fields) },
  });

/** The record of that address; null where there is none. */
export async function findRecord(db: Kysely<Database>, { unit, id }: Place): Promise<Found | null> {
  for (const family of families) {
    const row = await db
      .selectFrom(family as 'headcount')
      .selectAll()
      .where('unit', '=', unit)
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) continue;
    if (family !== 'activity') return { family, row };
    const kinds = await db
      .selectFrom('activity_kind')
      .select('kind')
      .where('unit', '=', unit)
      .where('activity_id', '=', id)
      .orderBy('kind')
      .execute();
    return { family, row: { ...row, kinds: kinds.map((k) => k.kind) } };
  }
  return null;
}

/** Another record of the unit with that content, by its id. */
export async function twinOf(
  db: Kysely<Database>,
  family: Family,
  { unit, id, print }: { unit: string; id: string | null; print: string },
): Promise<string | null> {
  const twin = await db
    .selectFrom(family as 'headcount')
    .select('id')
    .where('unit', '=', unit)
    .where('fingerprint', '=', print)
    .executeTakeFirst();
  return twin && twin.id !== id ? twin.id : null;
}

/** Stores a record with its kinds. */
export async function insertRecord(trx: Kysely<Database>, { family, row }: Found): Promise<void> {
  const { kinds, ...columns } = row;
  await trx
    .insertInto(family as 'headcount')
    .values(columns as unknown as Insertable<Database['headcount']>)
    .execute();
  await insertKinds(trx, row, kinds);
}

async function insertKinds(trx: Kysely<Database>, { unit, id }: Place, kinds: unknown): Promise<void> {
  if (!Array.isArray(kinds) || kinds.length === 0) return;
  await trx
    .insertInto('activity_kind')
    .values(kinds.map((kind) => ({ unit, activity_id: id, kind: String(kind) })))
    .execute();
}

/** Takes a record away, with its kinds; the journal keeps what it was. */
export async function deleteRecord(
  trx: Kysely<Database>,
  { family, row }: Found,
  version: number,
): Promise<void> {
  await keepPast(trx, family, [row], version);
  await deleteKinds(trx, row);
  await trx
    .deleteFrom(family as 'headcount')
    .where('unit', '=', row.unit)
    .where('id', '=', row.id)
    .execute();
}

const deleteKinds = (trx: Kysely<Database>, { unit, id }: Place): Promise<unknown> =>
  trx.deleteFrom('activity_kind').where('unit', '=', unit).where('activity_id', '=', id).execute();

/** Puts a new version in a record's place; the journal keeps the former. */
export async function replaceRecord(
  trx: Kysely<Database>,
  { family, row }: Found,
  { kinds, ...columns }: Readonly<Record<string, unknown>> & { readonly version: number },
): Promise<void> {
  await keepPast(trx, family, [row], columns.version);
  await trx
    .updateTable(family as 'headcount')
    .set(columns as Partial<Insertable<Database['headcount']>>)
    .where('unit', '=', row.unit)
    .where('id', '=', row.id)
    .execute();
  if (kinds === undefined) return;
  await deleteKinds(trx, row);
  await insertKinds(trx, row, kinds);
}

type Covered = {
  readonly unit: string;
  readonly family: Family;
  readonly importId: number;
  /** The record's day. */
  readonly date: string;
};

/** Covers the record's own month, as an outlying row of a ledger does, unless its import does already. */
export async function coverMonth(
  trx: Kysely<Database>,
  { unit, family, importId, date }: Covered,
  version: number,
): Promise<void> {
  const month = monthOf(date);
  const covered = await trx
    .selectFrom('coverage')
    .select('unit')
    .where('import_id', '=', importId)
    .where('unit', '=', unit)
    .where('family', '=', family)
    .where('from_month', '<=', month)
    .where('to_month', '>=', month)
    .executeTakeFirst();
  if (covered) return;
  await trx
    .insertInto('coverage')
    .values({ unit, family, from_month: month, to_month: month, import_id: importId, version })
    .execute();
}

/**
 * Takes back the coverage of a month that was covered for the sake of a record entered or moved there
 * by hand, once none of its import is left in it. What a ledger covers stays covered.
 */
export async function uncoverMonth(
  trx: Kysely<Database>,
  { unit, family, importId, date }: Covered,
  version: number,
): Promise<void> {
  const month = monthOf(date);
  const left = await trx
    .selectFrom(family as 'headcount')
    .select('id')
    .where('unit', '=', unit)
    .where('import_id', '=', importId)
    .where('date', '>=', `${month}-01`)
    .where('date', '<=', `${month}-31`)
    .executeTakeFirst();
  if (left) return;
  const ofMonth = await trx
    .selectFrom('coverage')
    .selectAll()
    .where('import_id', '=', importId)
    .where('unit', '=', unit)
    .where('family', '=', family)
    .where('from_month', '=', month)
    .where('to_month', '=', month)
    .executeTakeFirst();
  if (!ofMonth) return;
  if (!(await isCoveredByHand(trx, importId, ofMonth.version))) return;
  await keepPast(trx, 'coverage', [ofMonth], version);
  await trx
    .deleteFrom('coverage')
    .where('import_id', '=', importId)
    .where('unit', '=', unit)
    .where('family', '=', family)
    .where('from_month', '=', month)
    .where('to_month', '=', month)
    .execute();
}

async function isCoveredByHand(trx: Kysely<Database>, importId: number, version: number): Promise<boolean> {
  const from = await trx.selectFrom('import').select('source').where('id', '=', importId).executeTakeFirst();
  if (from?.source === 'hand') return true;
  const edit = await trx
    .selectFrom('edit')
    .select('id')
    .where('import_id', '=', importId)
    .where('version', '=', version)
    .executeTakeFirst();
  return edit !== undefined;
}
