import type { RecordRow } from '../../shared/api.ts';
import type { Kpi, RecordKpi } from '../../shared/kpi.ts';
import { isRecordKpi } from '../oracle/kpi.ts';
import type { Cell, RecordsQuestion } from '../../shared/query.ts';
import { atTheLeast, exactly, holds } from '../oracle/judge.ts';
import { near, type Asker } from '../oracle/compare.ts';
import type { OracleRecord } from '../oracle/tables.ts';

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

/** A row of the list as a record of the ledger. */
function recordOf(row: RecordRow): OracleRecord {
  const fields = Object.entries(row).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || value === null ? [[snake(name), value]] : [],
  );
  const { kinds } = row as { kinds?: readonly string[] };
  return {
    unit: row.unit,
    date: row.date,
    kinds: kinds ?? [],
    fields: Object.fromEntries(fields) as OracleRecord['fields'],
  };
}

/** Every row of the list, page by page. */
export async function allRows(asker: Asker, question: RecordsQuestion): Promise<RecordRow[]> {
  const rows: RecordRow[] = [];
  let cursor: string | null = null;
  do {
    const page = await asker.records({ ...question, ...(cursor === null ? {} : { cursor }) });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}

/**
 * Adds up the listed rows by hand, and says where they do not come to the cell.
 * @param at the day from which the figure is looked at
 */
export function rowsDisagree(kpi: Kpi, cell: Cell, rows: readonly RecordRow[], at: string): string[] {
  const added = isRecordKpi(kpi) ? addedUp(kpi, rows.map(recordOf), at) : dueAdded(kpi, rows);
  const said: string[] = [];
  if (!near(added.numerator, cell.numerator ?? 0))
    said.push(`rows come to ${added.numerator}, the cell to ${cell.numerator}`);
  if (added.denominator !== null && !near(added.denominator, cell.denominator ?? 0))
    said.push(`rows come to ../${added.denominator}, the cell to ../${cell.denominator}`);
  return said;
}

type Halves = { numerator: number; denominator: number | null };

function dueAdded(kpi: Kpi, rows: readonly RecordRow[]): Halves {
  const total = (of: (row: RecordRow) => number): number => rows.reduce((n, r) => n + of(r), 0);
  if (kpi.from === 'coverage')
    return { numerator: total((r) => (r['covered'] === true ? 1 : 0)), denominator: rows.length };
  return { numerator: total((r) => Number(r['met'])), denominator: total((r) => Number(r['due'])) };
}

/** A count takes lower bounds; of a rate, a record with an unknown half is in neither. */
function addedUp(kpi: RecordKpi, records: readonly OracleRecord[], at: string): Halves {
  const { measure, where } = kpi.numerator;
  let [numerator, denominator] = [0, 0];
  if (kpi.type === 'count' || kpi.type === 'per_member') {
    for (const record of records) if (holds(where, record, at)) numerator += atTheLeast(measure, record);
    return { numerator, denominator: null };
  }
  for (const record of records) {
    const [above, below] = [exactly(measure, record), exactly(kpi.denominator.measure, record)];
    if (above === null || below === null) continue;
    if (holds(where, record, at)) numerator += above;
    if (holds(kpi.denominator.where, record, at)) denominator += below;
  }
  return { numerator, denominator };
}
