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
import { shortName, type UnitTree } from '../../shared/unit.ts';
import { maskNames } from '../ledger/names.ts';
import { records } from '../queries/records.ts';
import { recordsAddress } from './address.ts';

type Scope = { readonly unit: string; readonly year: number; readonly asOf: string };

const PAGE = 1000;

/** The first of the events behind a figure, in the order of their days, and how many there are. */
export async function eventsBehind(
  db: Kysely<Database>,
  behind: Behind,
  scope: Scope,
  tree: UnitTree,
): Promise<ReviewList<ReviewEvent>> {
  const period = String(scope.year);
  const { total, rows } = await records(db, { ...question(behind, scope), limit: EVENTS_LISTED });
  return { total, listed: rows.map(eventIn(scope.unit, tree)), address: recordsAddress(behind, { ...scope, period }) };
}

const question = ({ kpi, kind }: Behind, { unit, year, asOf }: Scope) => ({
  kpi,
  unit,
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
  scope: Scope & { readonly tree: UnitTree },
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
    listed.push(...unknown.map(eventIn(scope.unit, scope.tree)));
    if (next === null) break;
    cursor = next;
  }
  return { total, listed: listed.slice(0, DAYS_LISTED) };
}

const eventIn =
  (scope: string, tree: UnitTree) =>
  (row: RecordRow): ReviewEvent => {
    const listed: unknown = row['kinds'];
    const kinds = Array.isArray(listed) ? listed.filter((k) => typeof k === 'string') : [];
    const unit = row.unit === scope ? null : shortName(tree.byCode.get(row.unit)?.name ?? row.unit);
    return { date: row.date, kinds, unit, title: titleOf(row, kinds) };
  };

/** Of a visit of condolence, a talk or a birthday the title is often a person: then names are masked. */
function titleOf({ family, title }: RecordRow, kinds: readonly string[]): string | null {
  if (title === null) return null;
  const isPersonal = kinds.some((k) => personalKinds.has(k)) || (family === 'visit' && kinds.includes('other'));
  return isPersonal ? maskNames(title) : title;
}
