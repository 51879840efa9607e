import { originalRow, whyReturned } from '../../shared/fields.ts';
import type { BlockRow } from './block.ts';
import type { Headed } from './header.ts';

const keys: readonly (string | undefined)[] = [originalRow.key, whyReturned.key];

/** The rows without what we have written beside them when we sent them back: it is no part of the ledger. */
export function withoutReturned(rows: readonly BlockRow[], columns: readonly Headed[]): readonly BlockRow[] {
  const ours = new Set(columns.filter(({ column }) => keys.includes(column?.key)).map(({ at }) => at));
  if (ours.size === 0) return rows;
  return rows
    .map((row) => ({
      ...row,
      cells: new Map([...row.cells].filter(([at]) => !ours.has(at))),
      own: new Set([...row.own].filter((at) => !ours.has(at))),
    }))
    .filter((row) => row.cells.size > 0);
}
