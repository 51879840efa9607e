import type { ImportProblem } from '../../../shared/api.ts';
import type { GridLine, GridReply, ImportTable } from '../../../shared/imports.ts';

/** Lines of a page of the grid. */
export const PAGE = 100;

/** The index of a column by its letters: `A` → 0, `AA` → 26. */
export const columnIndex = (letters: string): number =>
  [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Where a problem stands in its sheet; null where it is of the sheet as a whole. `at` null: the whole row. */
export function placeOf({
  cell,
  row,
}: Pick<ImportProblem, 'cell' | 'row'>): { row: number; at: number | null } | null {
  const named = /^([A-Z]+)(\d+)$/.exec(cell ?? '');
  if (named) return { row: Number(named[2]), at: columnIndex(named[1]!) };
  return row === null ? null : { row, at: null };
}

/**
 * The number (from 1) of the table in which a problem stands: of the tables of its sheet, the last
 * that begins at or above its row. Null where the report has none.
 */
export function tableOf(
  problem: Pick<ImportProblem, 'file' | 'sheet' | 'cell' | 'row'>,
  tables: readonly Pick<ImportTable, 'file' | 'sheet' | 'header'>[],
): number | null {
  const row = placeOf(problem)?.row ?? 0;
  const ofSheet = tables.flatMap((t, i) =>
    t.file === problem.file && t.sheet === problem.sheet
      ? [{ number: i + 1, from: t.header?.from ?? 0 }]
      : [],
  );
  return (ofSheet.findLast((t) => t.from <= row) ?? ofSheet[0])?.number ?? null;
}

/**
 * The page (lines to pass over) that holds a row of the sheet, or the first line below it. Blank rows
 * are no lines, so a line's place is never past its distance from the first: the search begins there
 * and halves.
 */
export async function findLine(
  row: number,
  ask: (from: number) => Promise<Pick<GridReply, 'total' | 'lines'>>,
): Promise<number> {
  const first = await ask(0);
  const firstRow = first.lines[0]?.row;
  const last = Math.max(0, Math.ceil(first.total / PAGE) - 1);
  if (firstRow === undefined || holds(first.lines, row)) return 0;
  let [low, high] = [1, Math.min(last, Math.floor(Math.max(0, row - firstRow) / PAGE))];
  let page = high;
  while (low <= high) {
    const { lines } = await ask(page * PAGE);
    if (holds(lines, row)) high = page;
    else low = page + 1;
    if (low >= high || (holds(lines, row) && (lines[0]?.row ?? 0) <= row)) break;
    page = Math.floor((low + high) / 2);
  }
  return Math.max(0, high) * PAGE;
}
/** Is the row at or above the page's last line? */
const holds = (lines: readonly GridLine[], row: number): boolean => (lines.at(-1)?.row ?? 0) >= row;

/** As many columns as the table's headings and the lines shown have. */
export function columnCount(table: Pick<ImportTable, 'columns'>, lines: readonly GridLine[]): number {
  const at = [...table.columns.map((c) => c.at), ...lines.flatMap((l) => l.cells.map((c) => c.at))];
  return at.length === 0 ? 0 : Math.max(...at) + 1;
}
