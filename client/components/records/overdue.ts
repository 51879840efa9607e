import type { RecordRow } from '../../../shared/api.ts';
import { overdueDays } from './columns.ts';

/** Overdue items with their age in whole days by `asOf`, the oldest first. */
export function byAge(rows: readonly RecordRow[], asOf: string): { row: RecordRow; days: number }[] {
  return rows
    .flatMap((row) => {
      const days = overdueDays(row, asOf);
      return days === null ? [] : [{ row, days }];
    })
    .toSorted((a, b) => b.days - a.days);
}
