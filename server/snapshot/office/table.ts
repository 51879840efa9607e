import { inkOf } from '../../../shared/charts/heatmap-cells.ts';
import { read as readHeatmap, type Reading, type Row } from '../../../shared/charts/heatmap-reading.ts';
import { isKnown, kpiOf } from '../../../shared/charts/parts.ts';
import type { Table } from '../../../shared/charts/view.ts';
import { unitAfter } from '../../../shared/format.ts';
import { isPercent } from '../../../shared/kpi.ts';
import type { Sealed } from '../sealed.ts';
import { formatOf, palette } from './look.ts';
import { inputOf } from './native.ts';

/** The view's table as every office file has it: its words, its bare figures, and how each state looks. */

export type CellLook = {
  readonly fill?: string;
  readonly ink?: string;
  readonly bold?: true;
  /** Not reported. */
  readonly hatch?: true;
};
export type OfficeCell = {
  readonly text: string;
  /** Without its unit, its fraction and what is unknown in it: for where there is no room for them. */
  readonly brief: string;
  /** The figure, where the text says nothing beyond it. */
  readonly value: number | null;
  readonly format: string;
  /** Over too few: written as its fraction wherever it stands. */
  readonly isFraction: boolean;
  readonly look: CellLook;
};
export type OfficeTable = {
  readonly columns: readonly string[];
  /** Of which columns is there a figure, on the right, and of which words? The first is that of the labels. */
  readonly isFigure: readonly boolean[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly OfficeCell[] }[];
};

type TableCell = Table['rows'][number]['cells'][number];

const notReported: CellLook = { hatch: true, fill: palette.band, ink: palette.soft };
const noValue: CellLook = { ink: palette.faint };

/** The sealed table, cell for cell. */
export function officeTable(sealed: Sealed): OfficeTable {
  const { table, state, view } = sealed;
  const heat = view === 'heatmap' ? readHeatmap(inputOf(sealed)) : null;
  const points = { zh: '变化（百分点）', en: 'Change (percentage points)' }[sealed.lang];
  const isShare = isPercent(kpiOf(state));
  const isChange = (name: string): boolean => name === '变化' || name === 'Change';
  return {
    columns: table.columns.map((name) => (isShare && isChange(name) ? points : name)),
    isFigure: table.columns.map((_, i) =>
      table.rows.some(({ cells }) => cells[i - 1]?.value !== undefined || cells[i - 1]?.status !== undefined),
    ),
    rows: table.rows.map(({ label, cells }, y) => ({
      label,
      cells: cells.map((cell, x) => ({
        text: cell.text,
        brief: briefOf(sealed, cell),
        value: cell.value ?? null,
        format: formatIn(sealed, cell),
        isFraction: cell.value !== undefined && /^[\d,.]+\/[\d,.]+$/.test(cell.text),
        look: heat?.rows[y] === undefined ? lookOf(cell) : heatLook(heat, heat.rows[y], { cell, x }),
      })),
    })),
  };
}

/** A difference has no mark, and a sign. */
function formatIn({ state }: Sealed, { mark }: TableCell): string {
  const format = formatOf(kpiOf({ kpi: mark?.kpi ?? state.kpi, per: state.per }));
  return mark === undefined ? `+${format};-${format};${format}` : format;
}

/** `88.2%（276/313）` → `88.2%`; `≥ 77 次（3 条不明）` → `≥ 77`; `— 未报` and `31/36` as they are. */
function briefOf({ state, lang }: Sealed, { text, mark, status }: TableCell): string {
  if (status === undefined) return text;
  const unit = unitAfter(kpiOf({ kpi: mark?.kpi ?? state.kpi, per: state.per }), lang);
  const bare = text.replace(/（[^）]*）$| \([^)]*\)$|, [\d,]+ unknown$/, '');
  return unit !== '' && bare.endsWith(` ${unit}`) ? bare.slice(0, -unit.length - 1) : bare;
}

const lookOf = ({ status }: TableCell): CellLook =>
  status === 'none' ? notReported : status === 'na' ? noValue : {};

/** As the page shades the cell. */
function heatLook(r: Reading, row: Row, { cell, x }: { cell: TableCell; x: number }): CellLook {
  const period = row.cells[x];
  if (period === undefined || !isKnown(period)) return lookOf(cell);
  const { fill, text, bold } = inkOf(r, period, row.norms[x] ?? null, palette);
  return { fill, ink: text, ...(bold ? { bold } : {}) };
}
