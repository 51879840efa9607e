import { CompiledQuery, type Insertable, type Kysely } from 'kysely';
import { dialects } from '../../db/dialect.ts';
import type { Database, NewCoverage } from '../../db/types.ts';
import { families, type Family } from '../../shared/kinds.ts';
import { maskedCells, type Masks } from './masked.ts';
import { figureColumns, type StagedContradiction } from '../ledger/staged.ts';
import type { Scalar } from './stored.ts';
import type { StagedContent, StagedLine } from './part.ts';

/** Below what every engine takes in one statement. */
const mostParameters = Math.min(...Object.values(dialects).map((d) => d.maxParameters));
// Rows of one statement: binding many values at once is slower than running the statement again.
const ROWS = 20;

const sourceColumns = [
  'unit',
  'id',
  'date',
  'title',
  'import_id',
  'file',
  'sheet',
  'row',
  'raw',
  'fingerprint',
  'version',
];

/** The import that brings rows in, the version of the data that they make, and where a table's rows stand. */
export type Storing = {
  readonly importId: number;
  readonly version: number;
};
/** A table of the import: its place in the files, and what may be kept of its cells. */
export type StoredTable = {
  readonly fileNo: number;
  readonly sheetNo: number;
  readonly file: string;
  readonly sheet: string;
} & Masks;

export const recordId = ({ importId }: Storing, { fileNo, sheetNo }: StoredTable, row: number): string =>
  `${importId}-${fileNo}-${sheetNo}-${row}`;

/** Writes records by the hundred, each family's through one statement that is compiled once. */
export class Store {
  private readonly values = new Map<string, { rows: number; flat: Scalar[] }>();
  private readonly compiled = new Map<string, CompiledQuery>();
  records = 0;

  constructor(
    private readonly trx: Kysely<Database>,
    private readonly storing: Storing,
  ) {}

  async record(table: StoredTable, line: StagedLine, content: StagedContent): Promise<void> {
    const [familyNo, unit, date, title, kinds, figures, print] = content;
    const family = families[familyNo] as Family;
    const [row, , cells] = line;
    const { importId, version } = this.storing;
    const id = recordId(this.storing, table, row);
    const raw = JSON.stringify(maskedCells(cells, table));
    const source = [unit, id, date, title, importId, table.file, table.sheet, row, raw, print, version];
    this.records++;
    await this.add(family, [...source, ...(figures ?? [])]);
    for (const kind of family === 'activity' ? kinds : []) await this.add('activity_kind', [unit, id, kind]);
  }

  private async add(table: string, values: readonly Scalar[]): Promise<void> {
    const waiting = this.values.get(table) ?? { rows: 0, flat: [] };
    this.values.set(table, waiting);
    for (const value of values) waiting.flat.push(value);
    if (++waiting.rows >= ROWS) await this.flush(table);
  }

  /** Writes what waits. */
  async end(): Promise<void> {
    // Kinds belong to records that must be there before them.
    for (const table of [...families, 'activity_kind']) await this.flush(table);
  }

  private async flush(table: string): Promise<void> {
    if (table === 'activity_kind') await this.flush('activity');
    const { rows, flat } = this.values.get(table) ?? { rows: 0, flat: [] };
    if (rows === 0) return;
    this.values.delete(table);
    const key = `${table} ${rows}`;
    const statement = this.compiled.get(key) ?? this.statement(table, rows);
    this.compiled.set(key, statement);
    await this.trx.executeQuery(CompiledQuery.raw(statement.sql, flat));
  }

  private statement(table: string, rows: number): CompiledQuery {
    const columns =
      table === 'activity_kind'
        ? ['unit', 'activity_id', 'kind']
        : [...sourceColumns, ...figureColumns[table as Family]];
    const row = Object.fromEntries(columns.map((column) => [column, 0]));
    return this.trx
      .insertInto(table as 'activity')
      .values(Array.from({ length: rows }, () => row) as never)
      .compile();
  }
}

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
