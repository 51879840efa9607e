import type { RecordRow } from '../../shared/api.ts';
import type { RecordFamily } from '../../shared/kpi.ts';

/** What one row adds to each half of the cell that it is behind. */
export type Behind = {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly unknown: number;
};

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());

// Said elsewhere in the row, or of no use outside the database.
const hidden = new Set(['import_id', 'file', 'sheet', 'row', 'raw', 'fingerprint', 'family', 'kind']);

/** A database row → the wire: columns in camel case, the source apart, the raw row as it was. */
export function toRow(
  family: RecordFamily,
  columns: Record<string, unknown>,
  kinds?: readonly string[],
): RecordRow {
  const shown = Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => !hidden.has(name))
      .map(([name, value]) => [camel(name), value]),
  );
  const text = (name: string): string => String(columns[name]);
  const list = kinds ?? (typeof columns['kind'] === 'string' ? [columns['kind']] : []);
  return {
    ...shown,
    id: text('id'),
    family: family === 'contradiction' ? text('family') : family,
    unit: text('unit'),
    date: text('date'),
    kind: list[0] ?? null,
    kinds: list,
    title: typeof columns['title'] === 'string' ? columns['title'] : null,
    source: {
      importId: Number(columns['import_id']),
      file: text('file'),
      sheet: text('sheet'),
      row: Number(columns['row']),
    },
    raw: JSON.parse(text('raw')) as unknown,
  };
}
