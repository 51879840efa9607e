import type { ImportProblem } from '../../shared/api.ts';
import type { Family } from '../../shared/kinds.ts';
import type { BlockRow } from './block.ts';
import type { Headed } from './header.ts';
import type { Judged } from './judge-row.ts';
import { problem } from './problem.ts';
import { cellName, cellTexts } from './sheet.ts';
import type { StagedContradiction } from './staged.ts';
import type { TableContext } from './table-context.ts';
import { differingTotals, type DifferingTotal, type SummedRow } from './totals.ts';

type Found = {
  readonly problems: readonly ImportProblem[];
  readonly contradictions: readonly Omit<StagedContradiction, 'fingerprint'>[];
};

/** Holds a table's own totals against its rows. What differs is warned of and kept; no row is left out for it. */
export function judgeTotals(table: {
  readonly file: string;
  readonly sheet: string;
  readonly family: Family;
  readonly lines: readonly BlockRow[];
  readonly columns: readonly Headed[];
  /** The rows read as records, with what was made of each. */
  readonly judged: readonly { readonly line: BlockRow; readonly judged: Judged }[];
  /** The unit of the whole sheet, if it says one. */
  readonly unit: string | null;
  /** Where no row is dated. */
  readonly day: string;
  readonly context: TableContext;
}): Found {
  const { file, sheet, columns, context } = table;
  const records = new Map<number, SummedRow>(
    table.judged.map(({ line, judged }) => [
      line.row,
      {
        ...line,
        unit: judged.unit?.code ?? null,
        date: judged.date.is === 'date' ? judged.date.date : null,
      },
    ]),
  );
  const totals = differingTotals(table.lines, records, columns);
  return {
    problems: totals.flatMap(({ row, cells }) =>
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
      ),
    ),
    contradictions: totals.flatMap((total) => {
      const unit = unitOf(total.rows, table.unit, context);
      if (unit === null) return [];
      const { fileNo, sheetNo } = context;
      const origin = { fileNo, sheetNo, file, sheet, row: total.row.row + 1 };
      return [
        {
          ...origin,
          ...contradictionOf(total, table.day),
          family: table.family,
          unit,
          code: 'total.differs',
        },
      ];
    }),
  };
}

/** Whose total it is: of the one unit in the rows, else of the sheet's, else of the least that is above them all. */
function unitOf(rows: readonly SummedRow[], sheets: string | null, { finder }: TableContext): string | null {
  const units = [...new Set(rows.flatMap((r) => r.unit ?? []))];
  return units.length === 1 ? (units[0] ?? null) : (sheets ?? finder.above(units)?.code ?? null);
}

/** One a row, whatever number of its cells differ: the row is what is listed. */
function contradictionOf(
  { row, label, rows, cells }: DifferingTotal,
  day: string,
): Pick<StagedContradiction, 'raw' | 'date' | 'title' | 'cell' | 'value'> {
  return {
    raw: JSON.stringify(cellTexts(row.cells)),
    date:
      rows.reduce<string | null>(
        (last, r) => (r.date !== null && r.date > (last ?? '') ? r.date : last),
        null,
      ) ?? day,
    title: label,
    cell: cells.map((c) => cellName(c.at, row.row)).join(', '),
    value: cells.map((c) => `${c.written} ≠ ${c.summed}`).join(', '),
  };
}
