import type { Insertable, Kysely } from 'kysely';
import { dialects } from '../../db/dialect.ts';
import {
  recordTables,
  type Database,
  type NewCoverage,
  type RecordColumns,
  type RecordTable,
} from '../../db/types.ts';
import { families, type Family } from '../../shared/kinds.ts';
import { contentKey } from '../ledger/known.ts';
import type { Figures, Origin, Staged, StagedRecord } from '../ledger/staged.ts';
import { keepPast } from './journal.ts';

/** Below what every engine takes in one statement. */
const mostParameters = Math.min(...Object.values(dialects).map((d) => d.maxParameters));

function* chunks<T>(rows: readonly T[], size: number): Generator<T[]> {
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}

type Content = { readonly unit: string; readonly fingerprint: string };

/** Which of the staged contents the database has already, as keys. */
export async function knownContent(
  db: Kysely<Database>,
  { records, contradictions }: Staged,
): Promise<Set<string>> {
  const known = new Set<string>();
  const look = async (table: RecordTable, contents: readonly Content[]): Promise<void> => {
    const units = new Set(contents.map((c) => c.unit));
    for (const unit of units)
      for (const part of chunks(
        contents.filter((c) => c.unit === unit),
        1000,
      )) {
        const prints = part.map((c) => c.fingerprint);
        const rows = await db
          .selectFrom(table)
          .select('fingerprint')
          .where('unit', '=', unit)
          .where('fingerprint', 'in', prints)
          .execute();
        for (const { fingerprint } of rows) known.add(contentKey(table, unit, fingerprint));
      }
  };
  for (const family of families)
    await look(
      family,
      records.filter((r) => r.family === family),
    );
  await look('contradiction', contradictions);
  return known;
}

/**
 * Stores what was staged, less what has come in since.
 * @returns the number of records, and whether any figure can have changed
 */
export async function storeStaged(
  trx: Kysely<Database>,
  { importId, version }: Stored,
  staged: Staged,
): Promise<{ records: number; changed: boolean }> {
  const known = await knownContent(trx, staged);
  const records = staged.records.filter((r) => !known.has(contentKey(r.family, r.unit, r.fingerprint)));
  const contradictions = staged.contradictions.filter(
    (c) => !known.has(contentKey('contradiction', c.unit, c.fingerprint)),
  );
  const table = <F extends Family>(family: F) =>
    records.filter((r): r is StagedRecord & { family: F } => r.family === family);
  const rowsOf = <F extends Family>(family: F) =>
    table(family).map((r) => ({ ...sourceOf({ importId, version }, r), ...(r.figures as Figures[F]) }));
  await insertAll(trx, 'activity', rowsOf('activity'));
  await insertAll(
    trx,
    'activity_kind',
    table('activity').flatMap((r) =>
      r.kinds.map((kind) => ({ unit: r.unit, activity_id: idOf(importId, r), kind })),
    ),
  );
  await insertAll(trx, 'visit', rowsOf('visit'));
  await insertAll(trx, 'volunteering', rowsOf('volunteering'));
  await insertAll(trx, 'rectification', rowsOf('rectification'));
  await insertAll(trx, 'headcount', rowsOf('headcount'));
  await insertAll(
    trx,
    'contradiction',
    contradictions.map((c) => ({
      ...sourceOf({ importId, version }, c),
      family: c.family,
      code: c.code,
      cell: c.cell,
      value: c.value,
    })),
  );
  const stored = new Set([...records, ...contradictions].map((r) => `${r.unit} ${r.family}`));
  const coverage = await newCoverage(trx, staged.coverage, stored);
  await insertAll(
    trx,
    'coverage',
    coverage.map((c) => ({ ...c, import_id: importId, version })),
  );
  return { records: records.length, changed: records.length + contradictions.length + coverage.length > 0 };
}

const idOf = (importId: number, { fileNo, sheetNo, row }: Origin): string =>
  `${importId}-${fileNo}-${sheetNo}-${row}`;

type Sourced = Origin & Content & { readonly date: string; readonly title: string | null };

/** The import that brings rows in, and the version of the data that they make. */
type Stored = { readonly importId: number; readonly version: number };

const sourceOf = ({ importId, version }: Stored, r: Sourced): Insertable<RecordColumns> => ({
  unit: r.unit,
  id: idOf(importId, r),
  date: r.date,
  title: r.title,
  import_id: importId,
  file: r.file,
  sheet: r.sheet,
  row: r.row,
  raw: r.raw,
  fingerprint: r.fingerprint,
  version,
});

async function insertAll<T extends RecordTable | 'activity_kind' | 'coverage'>(
  trx: Kysely<Database>,
  table: T,
  rows: readonly Insertable<Database[T]>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).length;
  if (columns === 0) return;
  for (const part of chunks(rows, Math.floor(mostParameters / columns)))
    await trx.insertInto(table).values(part).execute();
}

/** Months that are covered already are not said twice, unless records of this import stand in them. */
async function newCoverage(
  trx: Kysely<Database>,
  coverage: readonly NewCoverage[],
  stored: ReadonlySet<string>,
): Promise<NewCoverage[]> {
  const covered = await trx.selectFrom('coverage').selectAll().execute();
  const within = (c: NewCoverage): boolean =>
    covered.some(
      (o) =>
        o.unit === c.unit &&
        o.family === c.family &&
        o.from_month <= c.from_month &&
        o.to_month >= c.to_month,
    );
  return coverage.filter((c) => stored.has(`${c.unit} ${c.family}`) || !within(c));
}

/** Deletes all that an import stored; the journal keeps what it was. */
export async function removeImport(
  trx: Kysely<Database>,
  { importId, version }: Stored,
): Promise<{ records: number; changed: boolean }> {
  let records = 0;
  let others = 0;
  for (const table of recordTables) {
    const rows = await trx.selectFrom(table).selectAll().where('import_id', '=', importId).execute();
    await keepPast(trx, table, table === 'activity' ? await withKinds(trx, importId, rows) : rows, version);
    await trx.deleteFrom(table).where('import_id', '=', importId).execute();
    if (table === 'contradiction') others += rows.length;
    else records += rows.length;
  }
  const coverage = await trx.selectFrom('coverage').selectAll().where('import_id', '=', importId).execute();
  await keepPast(trx, 'coverage', coverage, version);
  await trx.deleteFrom('coverage').where('import_id', '=', importId).execute();
  return { records, changed: records + others + coverage.length > 0 };
}

async function withKinds<R extends { unit: string; id: string }>(
  trx: Kysely<Database>,
  importId: number,
  rows: readonly R[],
): Promise<(R & { kinds: string[] })[]> {
  const kinds = await trx
    .selectFrom('activity_kind as k')
    .innerJoin('activity as r', (j) => j.onRef('r.unit', '=', 'k.unit').onRef('r.id', '=', 'k.activity_id'))
    .select(['k.unit', 'k.activity_id', 'k.kind'])
    .where('r.import_id', '=', importId)
    .orderBy('k.kind')
    .execute();
  const of = new Map<string, string[]>();
  for (const k of kinds) {
    const key = `${k.unit} ${k.activity_id}`;
    of.set(key, [...(of.get(key) ?? []), k.kind]);
  }
  return rows.map((r) => ({ ...r, kinds: of.get(`${r.unit} ${r.id}`) ?? [] }));
}
