import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { slotNorms, type SlotNorm } from '../../shared/norms.ts';
import { monthOf, monthsFrom, periodOf, rangeOf } from '../../shared/period.ts';
import type { Unit } from '../../shared/unit.ts';
import type { Frame, Window } from './frame.ts';

/** What a norm asks of one branch in one period. `due` counts only what can be judged. */
export type Slot = {
  readonly unit: string;
  readonly kind: string;
  readonly period: string;
  readonly from: string;
  readonly to: string;
  readonly due: number;
  readonly met: number;
  /** Slots of a period that the ledger does not wholly cover, and that no known event fills. */
  readonly unknown: number;
};

/** Events by branch (with its groups), kind and month. */
export type EventCounts = ReadonlyMap<string, number>;
const key = (unit: string, kind: string, month: string): string => `${unit} ${kind} ${month}`;

/** One query for all slots of a question. Events after `to` cannot fill a slot that is due by then. */
export async function countEvents(
  db: Kysely<Database>,
  frame: Frame,
  branches: readonly Unit[],
  range: { from: string; to: string },
): Promise<EventCounts> {
  const branchOf = new Map(
    branches.flatMap((b) => frame.tree.subtree(b.code).map((u) => [u.code, b.code] as const)),
  );
  const counts = new Map<string, number>();
  if (branchOf.size === 0) return counts;
  const rows = await db
    .selectFrom('activity_kind as k')
    .innerJoin('activity as r', (j) => j.onRef('r.unit', '=', 'k.unit').onRef('r.id', '=', 'k.activity_id'))
    .select([
      'k.unit',
      'k.kind',
      sql<string>`substr(r.date, 1, 7)`.as('month'),
      sql<number>`count(*)`.as('events'),
    ])
    .where('k.unit', 'in', [...branchOf.keys()])
    .where(
      'k.kind',
      'in',
      slotNorms.map((n) => n.kind),
    )
    .where('r.date', '>=', range.from)
    .where('r.date', '<=', range.to)
    .groupBy(['k.unit', 'k.kind', sql`substr(r.date, 1, 7)`])
    .execute();
  for (const r of rows) {
    const at = key(branchOf.get(r.unit) ?? r.unit, r.kind, r.month);
    counts.set(at, (counts.get(at) ?? 0) + r.events);
  }
  return counts;
}

/** The branches of a scope that norms apply to. */
export const normedBranches = (frame: Frame, scope: string): readonly Unit[] =>
  frame.reporting(scope, 'activity').filter((u) => u.level === 'branch');

/**
 * The slots of a branch that fall due in the window: those whose period ends in it and by its cut.
 * A slot whose months are not all covered counts only so far as it is met.
 */
export function slotsOf(
  frame: Frame,
  branch: Unit,
  window: Window,
  events: EventCounts,
  kinds: readonly string[] | null,
): Slot[] {
  return slotNorms
    .filter((n) => kinds === null || kinds.includes(n.kind))
    .flatMap((norm) =>
      periodsEndingIn(window, norm.every).flatMap((period) => {
        const { from, to } = rangeOf(period);
        const wanted = asked(frame, branch, norm, from, to);
        if (wanted === 0) return [];
        const months = monthsFrom(monthOf(from), monthOf(to));
        const found = months.reduce((sum, m) => sum + (events.get(key(branch.code, norm.kind, m)) ?? 0), 0);
        const met = Math.min(wanted, found);
        const reported = months.every((m) => frame.isCovered(branch, 'activity', m));
        const due = reported ? wanted : met;
        return [{ unit: branch.code, kind: norm.kind, period, from, to, due, met, unknown: wanted - due }];
      }),
    );
}

function periodsEndingIn(window: Window, every: SlotNorm['every']): string[] {
  const periods = window.months.map((m) => periodOf(`${m}-01`, every));
  return [...new Set(periods)].filter((p) => {
    const { to } = rangeOf(p);
    return to >= window.from && to <= window.to;
  });
}

/** How many events the norm asks for: 0 where it does not apply. */
function asked(frame: Frame, branch: Unit, norm: SlotNorm, from: string, to: string): number {
  const throughout = (u: Unit): boolean =>
    (u.openedOn === null || u.openedOn <= from) && (u.closedOn === null || u.closedOn >= to);
  if (!throughout(branch)) return 0;
  if (norm.per === 'group')
    return frame.tree.children(branch.code).filter((u) => u.level === 'group' && throughout(u)).length;
  const members = frame.headcountOn(branch.code, from);
  return norm.minMembers !== undefined && members !== null && members < norm.minMembers ? 0 : 1;
}
