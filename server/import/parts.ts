import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { StagedContradiction } from '../ledger/staged.ts';
import type { ImportReply } from '../../shared/imports.ts';
import { maskedCells, masksOf } from './masked.ts';
import { maskedSaying } from './masked-report.ts';
import { maskedTitle } from './masked-title.ts';
import { stateOf, type StagedLine, type StagedProblem } from './part.ts';

/**
 * Lines in a part: a statement's overhead is shared, and the JSON of most stays below the 128 kB from which on V8 gives a
 * text memory of its own, which made parts of 500 lines take twice as long to write.
 */
const LINES = 200;

// More than an import has, and as much as a column holds on every engine.
const MOST = 2 ** 31 - 1;

/** The part of contradictions: of no table. */
const NO_TABLE = 0;

/** Writes the lines of an import, part by part, as they are met. */
export class PartWriter {
  private part = 0;
  private readonly lines = new Map<number, number>();

  constructor(
    private readonly db: Kysely<Database>,
    private readonly importId: number,
  ) {}

  async write(table: number, lines: readonly StagedLine[]): Promise<void> {
    const before = this.lines.get(table) ?? 0;
    this.lines.set(table, before + lines.length);
    const parts: NewPart[] = [];
    for (let at = 0; at < lines.length; at += LINES) {
      const some = lines.slice(at, at + LINES);
      parts.push({
        first_line: before + at,
        lines: some.length,
        left_out: some.filter((l) => stateOf(l) === 'left_out').length,
        body: wellFormed(JSON.stringify(some)),
      });
    }
    await this.insert(table, parts);
  }

  async contradictions(list: readonly StagedContradiction[]): Promise<void> {
    if (list.length === 0) return;
    await this.insert(NO_TABLE, [{ first_line: 0, lines: 0, left_out: 0, body: JSON.stringify(list) }]);
  }

  /** All at once: each statement is a transaction of its own, and writes the pages that lead to its rows once more. */
  private async insert(table_no: number, parts: readonly NewPart[]): Promise<void> {
    if (parts.length === 0) return;
    await this.db
      .insertInto('import_part')
      .values(parts.map((part) => ({ import_id: this.importId, part: ++this.part, table_no, ...part })))
      .execute();
  }
}

type NewPart = Pick<Database['import_part'], 'first_line' | 'lines' | 'left_out' | 'body'>;

const loneOrBackslash = /\\(?:\\|ud[89a-f][0-9a-f]{2})/g;

/** Half a character is escaped in JSON, and no engine makes text of it: it counts as one that cannot be shown. */
const wellFormed = (json: string): string =>
  json.includes('\\ud')
    ? json.replace(loneOrBackslash, (found) => (found.length > 2 ? '\ufffd' : found))
    : json;

export type Part = { readonly part: number; readonly table: number; readonly lines: readonly StagedLine[] };

/** The first and last part of each run of so many parts of a table, in their order. */
export async function runsOf(
  db: Kysely<Database>,
  { importId, table, length }: { importId: number; table: number; length: number },
): Promise<{ first: number; last: number }[]> {
  const rows = await db
    .selectFrom('import_part')
    .select('part')
    .where('import_id', '=', importId)
    .where('table_no', '=', table)
    .orderBy('part')
    .execute();
  const runs: { first: number; last: number }[] = [];
  for (let i = 0; i < rows.length; i += length) {
    const [first, last] = [rows[i], rows[Math.min(i + length, rows.length) - 1]];
    if (first && last) runs.push({ first: first.part, last: last.part });
  }
  return runs;
}

/** The lines of an import, part by part, in their order. @param run only these parts */
export async function* partsOf(
  db: Kysely<Database>,
  importId: number,
  { first, last }: { first: number; last: number } = { first: 1, last: MOST },
): AsyncGenerator<Part> {
  for (let part = first - 1; part < last;) {
    const row = await db
      .selectFrom('import_part')
      .select(['part', 'table_no', 'body'])
      .where('import_id', '=', importId)
      .where('table_no', '<>', NO_TABLE)
      .where('part', '>', part)
      .where('part', '<=', last)
      .orderBy('part')
      .limit(1)
      .executeTakeFirst();
    if (!row) return;
    part = row.part;
    yield { part, table: row.table_no, lines: JSON.parse(row.body) as StagedLine[] };
  }
}

export async function* contradictionsOf(
  db: Kysely<Database>,
  importId: number,
): AsyncGenerator<readonly StagedContradiction[]> {
  const parts = await db
    .selectFrom('import_part')
    .select('part')
    .where('import_id', '=', importId)
    .where('table_no', '=', NO_TABLE)
    .orderBy('part')
    .execute();
  for (const { part } of parts) {
    const { body } = await db
      .selectFrom('import_part')
      .select('body')
      .where('import_id', '=', importId)
      .where('part', '=', part)
      .executeTakeFirstOrThrow();
    yield JSON.parse(body) as StagedContradiction[];
  }
}

/** Takes away all that was staged of an import. */
export const dropParts = async (db: Kysely<Database>, importId: number): Promise<void> =>
  void (await db.deleteFrom('import_part').where('import_id', '=', importId).execute());

function maskedFinding([column, code, isError, zh, en, value]: StagedProblem): StagedProblem {
  const { message, value: told } = maskedSaying({ message: { zh, en }, value });
  return [column, code, isError, message.zh, message.en, told];
}

/**
 * After a commit: of what was staged only the lines that are left out stay, with the title and header over them, for
 * the file that goes back to the branch; names are masked as in the records.
 */
export async function keepLeftOut(
  trx: Kysely<Database>,
  importId: number,
  { sheets }: Pick<ImportReply, 'sheets'>,
): Promise<void> {
  const whole = sheets.flatMap((s, i) => (s.rejected === 0 ? [i + 1] : []));
  await trx
    .deleteFrom('import_part')
    .where('import_id', '=', importId)
    .where((e) =>
      e.or([
        e.and([e('left_out', '=', 0), e('first_line', '>', 0)]),
        e('table_no', 'in', [NO_TABLE, ...whole]),
      ]),
    )
    .execute();
  for await (const { part, table, lines } of partsOf(trx, importId)) {
    const sheet = sheets[table - 1];
    if (!sheet) continue;
    const masks = masksOf(sheet.columns);
    const kept = lines.flatMap((line): StagedLine[] => {
      const [row, is, cells, problems, content] = line;
      const { from, to } = sheet.header ?? { from: 0, to: 0 };
      if (row < from) return [[row, is, maskedTitle(cells), problems, content]];
      if (row <= to) return [line];
      const said = problems.map((p): StagedProblem => (masks.names.has(p[0]) ? maskedFinding(p) : p));
      return stateOf(line) === 'left_out' ? [[row, is, maskedCells(cells, masks), said, content]] : [];
    });
    await trx
      .updateTable('import_part')
      .set({ body: JSON.stringify(kept), lines: kept.length })
      .where('import_id', '=', importId)
      .where('part', '=', part)
      .execute();
  }
}
