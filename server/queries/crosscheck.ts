import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { fewestFullMeetings, smallestFullMeeting } from '../../shared/contradictions.ts';
import { kinds } from '../../shared/kinds.ts';
import type { DateRange } from '../../shared/period.ts';
import { parentOn, type Unit, type UnitTree } from '../../shared/unit.ts';

/**
 * Contradictions between records that are each possible by themselves. Nothing is stored: they go when
 * one of the ledgers is put right.
 */

/** Whose records, of which days, both included. */
export type Within = DateRange & { readonly units: readonly string[] };

export type Key = { readonly unit: string; readonly id: string; readonly date: string };

/** Events to which guests come, and those of which nothing is known: more people than members is no wonder. */
const openKinds = kinds.filter((k) => k.family === 'outreach' || k.family === 'other').map((k) => k.code);

/** An event with more members present than the branch had on that day. */
export type Overfull = Key & { readonly present: number; readonly headcount: Headcount };
/** A headcount in force; `unit` is the branch where a group has none of its own. */
export type Headcount = { readonly unit: string; readonly id: string; readonly members: number };

/** Events with more present than the branch's headcount in force on the day; a group's are held against its branch. */
export async function overfullEvents(
  db: Kysely<Database>,
  tree: UnitTree,
  { units, from, to }: Within,
): Promise<Overfull[]> {
  if (units.length === 0) return [];
  // Against the least that the unit, or a branch that it was ever a group of, has had: few rows are left to look at.
  const { rows } = await sql<Key & { present: number }>`
    select a.unit as unit, a.id as id, a.date as date, a.present as present from activity as a
    join (select f.unit as unit, min(f.members) as members from (
        select h.unit as unit, h.members as members from headcount as h
        union all select p.unit as unit, h.members as members from
          (select code as unit, parent from unit where level = 'group'
            union select unit, parent from unit_past) as p
          join headcount as h on h.unit = p.parent) as f
      group by f.unit) as least on least.unit = a.unit
    where a.unit in (${sql.join(units.map((u) => sql.val(u)))}) and a.date between ${from} and ${to}
      and a.present > least.members
      and exists (select 1 from activity_kind as k where k.unit = a.unit and k.activity_id = a.id
        and k.kind not in (${sql.join(openKinds.map((k) => sql.val(k)))}))
    order by a.date, a.unit, a.id`.execute(db);
  if (rows.length === 0) return [];
  const members = await membersOn(db, tree, [...new Set(rows.map((r) => r.unit))]);
  return rows.flatMap((r) => {
    const then = members(r.unit, r.date);
    return then !== null && r.present > then.members ? [{ ...r, headcount: then }] : [];
  });
}

/** The headcount in force for a unit on a day: its own; of a group without any, its branch's. */
async function membersOn(
  db: Kysely<Database>,
  tree: UnitTree,
  units: readonly string[],
): Promise<(unit: string, day: string) => Headcount | null> {
  const around = new Set(
    units.flatMap((code) => {
      const unit = tree.byCode.get(code);
      return [code, unit?.parent ?? code, ...(unit?.past ?? []).flatMap((p) => p.parent ?? [])];
    }),
  );
  const rows = await db
    .selectFrom('headcount')
    .select(['unit', 'id', 'date', 'members'])
    .where('unit', 'in', [...around])
    .orderBy('date')
    .orderBy('id')
    .execute();
  const own = (unit: string, day: string): Headcount | null =>
    rows.findLast((h) => h.unit === unit && h.date <= day) ?? null;
  return (code, day) => own(code, day) ?? own(branchOf(tree, code, day), day);
}

/** The branch that a group was of on the day; any other unit is its own. */
export function branchOf(tree: UnitTree, code: string, day: string): string {
  const unit: Unit | undefined = tree.byCode.get(code);
  return unit?.level === 'group' ? (parentOn(unit, day) ?? code) : code;
}

/** A month of a unit in a calendar year at whose meetings everybody was always present. */
export type FullMonth = {
  readonly unit: string;
  readonly month: string;
  readonly meetings: number;
  /** The day of the month's last meeting. */
  readonly last: string;
};

/**
 * Units of which every known meeting of a calendar year had everybody present, month by month: the
 * years that the days touch, looked at up to the last of the days.
 */
export async function fullMonths(db: Kysely<Database>, { units, from, to }: Within): Promise<FullMonth[]> {
  if (units.length === 0 || from > to) return [];
  const known = sql`a.unit in (${sql.join(units.map((u) => sql.val(u)))})
    and a.date between ${`${from.slice(0, 4)}-01-01`} and ${to}
    and a.present is not null and a.expected >= ${smallestFullMeeting}`;
  const { rows } = await sql<FullMonth>`
    select a.unit as unit, substr(a.date, 1, 7) as month, count(*) as meetings, max(a.date) as last from activity as a
    join (select a.unit as unit, substr(a.date, 1, 4) as year from activity as a where ${known}
      group by a.unit, substr(a.date, 1, 4)
      having count(*) >= ${fewestFullMeetings} and sum(case when a.present = a.expected then 0 else 1 end) = 0
    ) as f on f.unit = a.unit and f.year = substr(a.date, 1, 4)
    where ${known} group by a.unit, substr(a.date, 1, 7) order by a.unit, substr(a.date, 1, 7)`.execute(db);
  return rows;
}
