import type { z } from 'zod';
import type { Db } from '../../db/connect.ts';
import type { ImportProblem } from '../../shared/api.ts';
import type { gridQuestion, GridLine, GridReply, ImportTable } from '../../shared/imports.ts';
import { Refusal } from '../errors.ts';
import { stateOf, type StagedLine, type StagedProblem } from '../import/part.ts';
import { readingsOf } from '../import/readings.ts';
import type { Report } from '../import/report.ts';
import { importRow } from './imports.ts';
import { listUnits } from './units.ts';

type Asked = z.output<typeof gridQuestion>;

/**
 * A page of a table's lines: each cell as it stands, and what it was read as.
 * @throws Refusal 404 for an unknown import or table
 */
export async function importLines(db: Db, id: number, asked: Asked): Promise<GridReply> {
  const report = JSON.parse((await importRow(db, id)).report) as Report;
  const table = report.sheets[asked.table - 1];
  if (!table)
    throw new Refusal(404, `import ${id} has no table ${asked.table}`, [
      { path: 'table', message: `there are ${report.sheets.length}` },
    ]);
  const names = new Map((await listUnits(db)).map((u) => [u.code, u.name]));
  const { total, lines } = await stagedLines(db, id, asked);
  return { total, lines: lines.map((line) => gridLine(line, table, names)) };
}

/** @returns the asked-for lines, and how many there are of their sort */
async function stagedLines(
  db: Db,
  id: number,
  asked: Asked,
): Promise<{ total: number; lines: StagedLine[] }> {
  const counted = asked.only === 'left_out' ? 'left_out' : 'lines';
  const parts = await db
    .selectFrom('import_part')
    .select(['part', 'lines', 'left_out'])
    .where('import_id', '=', id)
    .where('table_no', '=', asked.table)
    .orderBy('part')
    .execute();
  const lines: StagedLine[] = [];
  let before = 0;
  for (const part of parts) {
    const count = part[counted];
    const [from, to] = [asked.from - before, asked.from + asked.limit - before];
    before += count;
    if (to <= 0 || from >= count) continue;
    const { body } = await db
      .selectFrom('import_part')
      .select('body')
      .where('import_id', '=', id)
      .where('part', '=', part.part)
      .executeTakeFirstOrThrow();
    const all = JSON.parse(body) as StagedLine[];
    const of = asked.only === 'all' ? all : all.filter((line) => stateOf(line) === 'left_out');
    lines.push(...of.slice(Math.max(0, from), to));
  }
  return { total: before, lines };
}

type Said = GridLine['problems'][number];
const said = ([, code, isError, zh, en]: StagedProblem): Said => ({
  code,
  severity: (isError === 1 ? 'error' : 'warning') satisfies ImportProblem['severity'],
  message: { zh, en },
});

function gridLine(line: StagedLine, table: ImportTable, names: ReadonlyMap<string, string>): GridLine {
  const [row, , cells, problems] = line;
  const readings = readingsOf(line, table, names);
  const width = Math.max(cells.length, ...table.columns.map((c) => c.at + 1));
  const placed = (at: number): StagedProblem[] => problems.filter(([column]) => column === at);
  return {
    row,
    is: stateOf(line),
    cells: Array.from({ length: width }, (_, at) => ({
      at,
      text: cells[at] ?? '',
      reads: readings.get(at) ?? null,
      problems: placed(at).map(said),
    })).filter((c) => c.text !== '' || c.problems.length > 0 || c.reads !== null),
    problems: problems.filter(([column]) => column < 0 || column >= width).map(said),
  };
}
