import type { ImportProblem } from '../../shared/api.ts';
import type { Family } from '../../shared/kinds.ts';
import { problem } from './problem.ts';
import { cellName, cellTexts } from './sheet.ts';
import type { StagedContradiction } from './staged.ts';
import type { TableContext } from './table-context.ts';
import type { DifferingTotal, SummedRow } from './totals.ts';

type Place = { readonly file: string; readonly sheet: string };

/** What is said of a total that differs: warned of and kept; no row is left out for it. */
export const totalProblems = ({ file, sheet }: Place, { row, cells }: DifferingTotal): ImportProblem[] =>
  cells.map(({ at, what, written, summed }) =>
    problem(
      { file, sheet, row: row.row, column: at },
      'total.differs',
      {
        zh: `${what.zh}的合计写 ${written}，以上各行相加是 ${summed}`,
        en: `${what.en}: the total says ${written}, the rows above add up to ${summed}`,
      },
      { value: row.cells.get(at)?.text ?? null },
    ),
  );

/**
 * The contradiction that a differing total is: one a row, whatever number of its cells differ.
 * @param sheets the unit of the whole sheet, if it says one
 * @param day for a total of rows of which none is dated
 * @returns null where it cannot be said whose total it is
 */
export function totalContradiction(
  total: DifferingTotal,
  {
    family,
    sheets,
    day,
    context,
    ...place
  }: Place & {
    readonly family: Family;
    readonly sheets: string | null;
    readonly day: string;
    readonly context: TableContext;
  },
): Omit<StagedContradiction, 'fingerprint'> | null {
  const unit = unitOf(total.rows, sheets, context);
  if (unit === null) return null;
  const { row, label, rows, cells } = total;
  return {
    ...place,
    fileNo: context.fileNo,
    sheetNo: context.sheetNo,
    row: row.row + 1,
    family,
    unit,
    code: 'total.differs',
    raw: JSON.stringify(cellTexts(row.cells)),
    date: latest(rows) ?? day,
    title: label,
    cell: cells.map((c) => cellName(c.at, row.row)).join(', '),
    value: cells.map((c) => `${c.written} ≠ ${c.summed}`).join(', '),
  };
}

const latest = (rows: readonly SummedRow[]): string | null =>
  rows.reduce<string | null>((last, r) => (r.date !== null && r.date > (last ?? '') ? r.date : last), null);

/** Whose total it is: of the one unit in the rows, else of the sheet's, else of the least that is above them all. */
function unitOf(rows: readonly SummedRow[], sheets: string | null, { finder }: TableContext): string | null {
  const units = [...new Set(rows.flatMap((r) => r.unit ?? []))];
  return units.length === 1 ? (units[0] ?? null) : (sheets ?? finder.above(units)?.code ?? null);
}
