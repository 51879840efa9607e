import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { RecordRow } from '../../shared/api.ts';
import type { Cell } from '../../shared/query.ts';
import {
  DAYS_LISTED,
  EVENTS_LISTED,
  personalKinds,
  type Behind,
  type ReviewEvent,
  type ReviewFigure,
  type ReviewList,
} from '../../shared/review.ts';
import { shortName } from '../../shared/unit.ts';
import { maskNames } from '../ledger/names.ts';
import { records } from '../queries/records.ts';
import { recordsAddress } from './address.ts';
import type { Asking } from './asking.ts';

type Scope = Pick<Asking, 'unit' | 'year' | 'asOf' | 'tree'>;

const PAGE = 1000;

/** The first of the events behind a figure, in the order of their days, and how many there are. */
export async function eventsBehind(
  db: Kysely<Database>,
  behind: Behind,
  scope: Scope,
): Promise<ReviewList<ReviewEvent>> {
  const { total, rows } = await records(db, { ...question(behind, scope), limit: EVENTS_LISTED });
  const cut = { unit: scope.unit.code, period: String(scope.year), asOf: scope.asOf };
  return { total, listed: rows.map(eventIn(scope)), address: recordsAddress(behind, cut) };
}

const question = ({ kpi, kind }: Behind, { unit, year, asOf }: Scope) => ({
  kpi,
  unit: unit.code,
  period: String(year),
  asOf,
  toDate: true,
  ...(kind === undefined ? {} : { kind: [...kind] }),
});

/** The first of the records whose figure is not known. The count is the figure's own. */
export async function unknownBehind(
  db: Kysely<Database>,
  behind: Behind,
  cell: Cell,
  scope: Scope,
): Promise<ReviewFigure['unknown']> {
  const listed: ReviewEvent[] = [];
  const total = cell.unknown;
  let cursor: string | undefined;
  // A figure made of slots has no records: its periods are told with the norms.
  while (total > 0 && cell.kpi !== 'norm_compliance' && listed.length < Math.min(total, DAYS_LISTED)) {
    const { rows, next } = await records(db, {
      ...question(behind, scope),
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const unknown = rows.filter((r) => Number(r['addsUnknown'] ?? 0) > 0);
    listed.push(...unknown.map(eventIn(scope)));
    if (next === null) break;
    cursor = next;
  }
  return { total, listed: listed.slice(0, DAYS_LISTED) };
}

/** The name of a unit under the one that the report is of; null for that one itself. */
export const nameBelow = (code: string, { unit, tree }: Pick<Asking, 'unit' | 'tree'>): string | null =>
  code === unit.code ? null : shortName(tree.byCode.get(code)?.name ?? code);

const eventIn =
  (scope: Scope) =>
  (row: RecordRow): ReviewEvent => {
    const listed: unknown = row['kinds'];
    const kinds = Array.isArray(listed) ? listed.filter((k) => typeof k === 'string') : [];
    return { date: row.date, kinds, unit: nameBelow(row.unit, scope), title: titleOf(row, kinds) };
  };

/** Of a visit of condolence, a talk or a birthday the title is often a person: then names are masked. */
function titleOf({ family, title }: RecordRow, kinds: readonly string[]): string | null {
  if (title === null) return null;
  const isPersonal =
    kinds.some((k) => personalKinds.has(k)) || (family === 'visit' && kinds.includes('other'));
  return isPersonal ? maskNames(title) : title;
}
