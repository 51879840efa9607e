import { sql, type Kysely, type RawBuilder } from 'kysely';
import { dialectOf, type JsonReading } from '../../db/dialect.ts';
import type { Database } from '../../db/types.ts';
import type { LineState } from '../../shared/imports.ts';
import type { Family } from '../../shared/kinds.ts';
import { figureColumns, figureType } from '../ledger/staged.ts';
import { inContent, inLine, stateNo } from './part.ts';
import type { Storing } from './store.ts';

/** A table of the import that is a ledger, and its place in the files. */
export type StoredTable = {
  /** Counts from 1 through the import. */
  readonly no: number;
  readonly family: Family;
  readonly fileNo: number;
  readonly sheetNo: number;
  readonly file: string;
  readonly sheet: string;
};

/** Lines of a table that are stored: those of some parts and states, less the rows that are not wanted. */
export type StoredLines = {
  readonly table: StoredTable;
  readonly parts: { readonly first: number; readonly last: number };
  readonly states: readonly LineState[];
  readonly without: readonly number[];
};

export const recordId = (
  { importId }: Storing,
  { fileNo, sheetNo }: Pick<StoredTable, 'fileNo' | 'sheetNo'>,
  row: number | '',
): string => `${importId}-${fileNo}-${sheetNo}-${row}`;

/**
 * Stores lines as records. They go from the parts to their tables within the database: through this process a million
 * rows would take twice as long. By unit, as the tables are ordered: a row that comes beside the last one is placed
 * sooner.
 * @returns how many there were
 */
export async function storeLines(
  trx: Kysely<Database>,
  storing: Storing,
  lines: StoredLines,
): Promise<number> {
  const { json } = dialectOf(trx);
  const { family } = lines.table;
  const line = selecting(json, storing, lines);
  const wanted = wantedOf(json, lines);
  const columns = columnsOf(json, storing, lines.table);
  const { numAffectedRows } = await sql`
    insert into ${sql.table(family)} (${sql.join(Object.keys(columns).map((c) => sql.ref(c)))})
    select ${sql.join(Object.values(columns))} from ${line} where ${wanted} order by 1, 2`.execute(trx);
  if (family === 'activity')
    await sql`
      insert into activity_kind (unit, activity_id, kind)
      select ${columns['unit']}, ${columns['id']}, k.value
      from ${line}, ${json.texts(content, inContent.kinds, 'k')} where ${wanted} order by 1, 2`.execute(trx);
  return Number(numAffectedRows ?? 0n);
}

const value = sql.ref('line.value');
const content = sql.ref('line.content');
const figures = sql.ref('line.figures');

/** What each column of a record is taken from. */
function columnsOf(
  json: JsonReading,
  storing: Storing,
  table: StoredTable,
): Record<string, RawBuilder<unknown>> {
  const said = (path: readonly number[]): RawBuilder<unknown> => json.at(content, path, 'text');
  return {
    unit: said(inContent.unit),
    id: sql`${recordId(storing, table, '')} || ${json.at(value, inLine.row, 'text')}`,
    date: said(inContent.date),
    title: said(inContent.title),
    import_id: sql.lit(storing.importId),
    file: sql`${table.file}`,
    sheet: sql`${table.sheet}`,
    row: json.at(value, inLine.row, 'integer'),
    raw: sql`coalesce(${json.written(value, inLine.masked)}, ${json.written(value, inLine.cells)})`,
    fingerprint: said(inContent.print),
    version: sql.lit(storing.version),
    ...Object.fromEntries(
      figureColumns[table.family].map((column, i) => [column, json.at(figures, [i], figureType(column))]),
    ),
  };
}

// More than there are: a bound keeps both engines from merging the inner query into the outer one, which would look the
// content up once for each of its columns.
const ALL = sql.lit(2 ** 40);

/** For FROM: the lines of the parts, each taken out of its part once, with its content and figures. */
function selecting(
  json: JsonReading,
  { importId }: Storing,
  { table, parts }: StoredLines,
): RawBuilder<unknown> {
  const item = sql.ref('item.value');
  return sql`(
    select ${item} as value, ${json.within(item, inLine.content)} as content,
      ${json.within(item, [...inLine.content, ...inContent.figures])} as figures
    from import_part as p, ${json.items(sql.ref('p.body'), 'item')}
    where p.import_id = ${importId} and p.table_no = ${table.no}
      and p.part between ${parts.first} and ${parts.last}
    limit ${ALL}) as line`;
}

/** Which of the lines are meant. */
function wantedOf(json: JsonReading, { states, without }: StoredLines): RawBuilder<unknown> {
  const is = json.at(value, inLine.is, 'integer');
  const row = json.at(value, inLine.row, 'integer');
  const taken = sql`${is} in (${sql.join(states.map((s) => sql.lit(stateNo(s))))})`;
  return without.length === 0 ? taken : sql`${taken} and ${row} not in (${sql.join(without)})`;
}
