import type { BlockRow } from './sheet.ts';
import { originalRow, whyReturned } from '../../shared/fields.ts';
import type { Headed } from './header.ts';

const keys: readonly (string | undefined)[] = [originalRow.key, whyReturned.key];

/** The columns that we have written beside the rows when we sent them back. */
export const returnedColumns = (columns: readonly Headed[]): ReadonlySet<number> =>
  new Set(columns.filter(({ column }) => keys.includes(column?.key)).map(({ at }) => at));

/** The row without what stands in our own columns: it is no part of the ledger. */
export function withoutReturned(row: BlockRow, ours: ReadonlySet<number>): BlockRow {
  if (ours.size === 0) return row;
  return {
    row: row.row,
    cells: new Map([...row.cells].filter(([at]) => !ours.has(at))),
    own: new Set([...row.own.keys()].filter((at) => !ours.has(at))),
  };
}
