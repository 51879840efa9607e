import type { RecordRow } from '../../../shared/api.ts';

/** All kinds of a record; a slot has the one that its norm asks for. */
export function kindsOf(row: RecordRow): readonly string[] {
  const kinds = row['kinds'];
  if (Array.isArray(kinds)) return kinds.map(String);
  return row.kind === null ? [] : [row.kind];
}
