import type { BlockRow, Cell, Cells, Merge, SheetRow } from './sheet.ts';

// Merged cells of an honest sheet do not overlap: what goes past this is made to keep a machine busy.
const mostMerged = 5_000_000;

const none: readonly Merge[] = [];
type Open = { readonly column: number; readonly bottom: number; readonly cell: Cell };

/** A cell merged over several rows speaks for each of them. Rows must come in their order. */
export class MergedCells {
  private readonly byTop = new Map<number, Merge[]>();
  private open: Open[] = [];
  private room = mostMerged;

  constructor(merges: readonly Merge[]) {
    for (const merge of merges) {
      if (merge.bottom <= merge.top) continue;
      const list = this.byTop.get(merge.top);
      if (list) list.push(merge);
      else this.byTop.set(merge.top, [merge]);
    }
  }

  /** The row with the cells that speak for it from above. */
  filledDown(row: SheetRow): BlockRow {
    // Where nothing is merged, what the row says is its own.
    const own = row.cells;
    const cells = this.open.length === 0 ? row.cells : this.withOpen(row);
    for (const { left, bottom } of this.byTop.get(row.row) ?? none) {
      const cell = row.cells.get(left);
      if (cell && this.room > 0) this.open.push({ column: left, bottom, cell });
    }
    return { row: row.row, cells, own };
  }

  private withOpen(row: SheetRow): Cells {
    this.open = this.open.filter((o) => o.bottom >= row.row);
    this.room -= this.open.length;
    if (this.room <= 0) this.open = [];
    const over = this.open.filter((o) => !row.cells.has(o.column));
    if (over.length === 0) return row.cells;
    const cells = new Map([...row.cells, ...over.map(({ column, cell }) => [column, cell] as const)]);
    return new Map([...cells].sort(([a], [b]) => a - b));
  }
}
