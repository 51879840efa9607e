import type { Kysely } from 'kysely';
import type { Database, RecordTable } from '../../db/types.ts';
import type { Contradiction, RecordRow } from '../../shared/api.ts';
import { smallestFullMeeting, type KeptCode } from '../../shared/contradictions.ts';
import type { Family } from '../../shared/kinds.ts';
import { monthOf } from '../../shared/period.ts';
import type { UnitTree } from '../../shared/unit.ts';
import { contradictionPrint } from '../ledger/fingerprint.ts';
import { fullYearText, keptText, overfullText, sharedText } from './contradiction-words.ts';
import { branchOf, type Overfull } from './crosscheck.ts';
import type { SharedEvent } from './shared-events.ts';
import { toRow } from './record-row.ts';

type Key = { readonly unit: string; readonly id: string };
const keyOf = ({ unit, id }: Key): string => `${unit} ${id}`;

/** Rows of a table as the database has them. */
type Columns = Key & Readonly<Record<string, unknown>>;

/** A contradiction before its records are fetched. `id` is that of the row, or what tells it from the unit's others. */
export type Found = Key & { readonly date: string } & (
    | { readonly code: KeptCode; readonly family: Family }
    | { readonly code: 'present_gt_members'; readonly event: Overfull }
    | { readonly code: 'always_all_present'; readonly year: string; readonly meetings: number }
    | { readonly code: 'same_event'; readonly event: SharedEvent }
  );

/** Puts to each contradiction its sentence, and the rows that contradict each other. */
export async function tell(
  db: Kysely<Database>,
  tree: UnitTree,
  list: readonly Found[],
): Promise<Contradiction[]> {
  const rows = await fetchRows(db, list);
  return list.flatMap((f) => {
    const { code, unit, date } = f;
    const common = {
      id: `${code} ${unit} ${f.id}`,
      code,
      family: 'family' in f ? f.family : ('activity' as const),
      unit,
      date,
      period: code === 'always_all_present' ? f.year : monthOf(date),
    };
    const said = sayOf(tree, f, rows);
    return said ? [{ ...common, ...said }] : [];
  });
}

type Rows = {
  readonly kept: ReadonlyMap<string, Columns>;
  readonly twins: ReadonlyMap<string, Columns>;
  readonly events: ReadonlyMap<string, Columns>;
  readonly headcounts: ReadonlyMap<string, Columns>;
  readonly meetings: ReadonlyMap<string, readonly Columns[]>;
};

async function fetchRows(db: Kysely<Database>, list: readonly Found[]): Promise<Rows> {
  const overfull = list.flatMap((f) => (f.code === 'present_gt_members' ? [f.event] : []));
  const shared = list.flatMap((f) => (f.code === 'same_event' ? f.event.records : []));
  const kept = await rowsOf(
    db,
    'contradiction',
    list.filter((f) => 'family' in f),
  );
  const meetings = new Map<string, readonly Columns[]>();
  for (const f of list)
    if (f.code === 'always_all_present')
      meetings.set(keyOf(f), await fullMeetings(db, f.unit, f.year, f.date));
  return {
    kept,
    meetings,
    twins: await twinsOf(db, [...kept.values()]),
    events: await rowsOf(db, 'activity', [...overfull, ...shared]),
    headcounts: await rowsOf(
      db,
      'headcount',
      overfull.map((e) => e.headcount),
    ),
  };
}

/** Null where the row has gone since it was found. */
function sayOf(tree: UnitTree, f: Found, rows: Rows): Pick<Contradiction, 'text' | 'records'> | null {
  const event = (key: Key): RecordRow[] => row('activity', rows.events.get(keyOf(key)));
  switch (f.code) {
    case 'same_event': {
      const branches = new Set(f.event.records.map((r) => branchOf(tree, r.unit, f.date)));
      return { text: sharedText(branches.size), records: f.event.records.flatMap(event) };
    }
    case 'present_gt_members': {
      const { present, headcount } = f.event;
      return {
        text: overfullText(present, headcount.members, headcount.unit !== f.unit),
        records: [...event(f.event), ...row('headcount', rows.headcounts.get(keyOf(headcount)))],
      };
    }
    case 'always_all_present':
      return {
        text: fullYearText(f.year, f.meetings),
        records: (rows.meetings.get(keyOf(f)) ?? []).flatMap((r) => row('activity', r)),
      };
    default: {
      const own = rows.kept.get(keyOf(f));
      if (!own) return null;
      const text = (name: string): string | null => (typeof own[name] === 'string' ? own[name] : null);
      return {
        text: keptText({ code: f.code, cell: text('cell'), value: text('value') }),
        records: [...row('contradiction', own), ...row(f.family, rows.twins.get(keyOf(f)))],
      };
    }
  }
}

const row = (table: RecordTable, columns: Columns | undefined): RecordRow[] =>
  columns ? [toRow(table, columns)] : [];

async function rowsOf(
  db: Kysely<Database>,
  table: RecordTable,
  keys: readonly Key[],
): Promise<Map<string, Columns>> {
  const found = new Map<string, Columns>();
  for (let i = 0; i < keys.length; i += 500) {
    const part = keys.slice(i, i + 500);
    const rows = await db
      .selectFrom(table)
      .selectAll()
      .where('unit', 'in', [...new Set(part.map((k) => k.unit))])
      .where('id', 'in', [...new Set(part.map((k) => k.id))])
      .execute();
    for (const r of rows) found.set(keyOf(r), r);
  }
  return found;
}

/** How often the same row may stand in one import and still be found beside its first. */
const MOST_TIMES = 50;

/** Of rows entered twice, the one that was taken: its content is what the contradiction's fingerprint is of. */
async function twinsOf(db: Kysely<Database>, stored: readonly Columns[]): Promise<Map<string, Columns>> {
  const twins = new Map<string, Columns>();
  const doubled = stored.filter((s) => s['code'] === 'duplicate');
  for (const family of new Set(doubled.map((d) => d['family'] as Family))) {
    const of = doubled.filter((d) => d['family'] === family);
    const prints = new Map(of.map((d) => [`${d.unit} ${String(d['fingerprint'])}`, d]));
    const rows = await db
      .selectFrom(family)
      .selectAll()
      .where('unit', 'in', [...new Set(of.map((d) => d.unit))])
      .where('date', 'in', [...new Set(of.map((d) => String(d['date'])))])
      .execute();
    for (const r of rows)
      for (let n = 1; n <= MOST_TIMES; n++) {
        const own = prints.get(`${r.unit} ${contradictionPrint('duplicate', r.fingerprint, n)}`);
        if (own) twins.set(keyOf(own), r);
      }
  }
  return twins;
}

/** The meetings of a year that are held to have been full, up to the last of them. */
async function fullMeetings(
  db: Kysely<Database>,
  unit: string,
  year: string,
  to: string,
): Promise<Columns[]> {
  return db
    .selectFrom('activity')
    .selectAll()
    .where('unit', '=', unit)
    .where('date', '>=', `${year}-01-01`)
    .where('date', '<=', to)
    .where('present', 'is not', null)
    .where('expected', '>=', smallestFullMeeting)
    .orderBy('date')
    .orderBy('id')
    .execute();
}
