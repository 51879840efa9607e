import { sql, type Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { deciding, inForce, type Every, type Exemption, type SlotNorm } from '../../shared/norms.ts';
import { monthOf, monthsFrom, periodOf, rangeOf, type DateRange } from '../../shared/period.ts';
import type { Unit } from '../../shared/unit.ts';
import type { Frame, Place, Window } from './frame.ts';

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
  readonly norm: SlotNorm;
};

/** Events by unit, kind and month: how many, or which. */
export type EventCounts = ReadonlyMap<string, number>;
export type EventIds = ReadonlyMap<string, readonly string[]>;
const key = (unit: string, kind: string, month: string): string => `${unit} ${kind} ${month}`;

/** One query for all slots of a question. */
export async function countEvents(
  db: Kysely<Database>,
  frame: Frame,
  units: readonly string[],
  range: { from: string; to: string },
): Promise<EventCounts> {
  const counts = new Map<string, number>();
  const kinds = normedKinds(frame);
  if (units.length === 0 || kinds.length === 0) return counts;
  const rows = await db
    .selectFrom('activity_kind as k')
    .innerJoin('activity as r', (j) => j.onRef('r.unit', '=', 'k.unit').onRef('r.id', '=', 'k.activity_id'))
    .select([
      'k.unit',
      'k.kind',
      sql<string>`substr(r.date, 1, 7)`.as('month'),
      sql<number>`count(*)`.as('events'),
    ])
    .where('k.unit', 'in', [...units])
    .where('k.kind', 'in', kinds)
    .where('r.date', '>=', range.from)
    .where('r.date', '<=', range.to)
    .groupBy(['k.unit', 'k.kind', sql`substr(r.date, 1, 7)`])
    .execute();
  for (const r of rows) counts.set(key(r.unit, r.kind, r.month), r.events);
  return counts;
}

/** The events themselves, by their ids, the earlier first. */
export async function eventIds(
  db: Kysely<Database>,
  frame: Frame,
  units: readonly string[],
  range: { from: string; to: string },
): Promise<EventIds> {
  const ids = new Map<string, string[]>();
  const kinds = normedKinds(frame);
  if (units.length === 0 || kinds.length === 0) return ids;
  const rows = await db
    .selectFrom('activity_kind as k')
    .innerJoin('activity as r', (j) => j.onRef('r.unit', '=', 'k.unit').onRef('r.id', '=', 'k.activity_id'))
    .select(['k.unit', 'k.kind', 'r.date', 'r.id'])
    .where('k.unit', 'in', [...units])
    .where('k.kind', 'in', kinds)
    .where('r.date', '>=', range.from)
    .where('r.date', '<=', range.to)
    .orderBy('r.date')
    .orderBy('r.id')
    .execute();
  for (const r of rows) {
    const place = key(r.unit, r.kind, monthOf(r.date));
    const here = ids.get(place);
    if (here) here.push(r.id);
    else ids.set(place, [r.id]);
  }
  return ids;
}

/** Kinds of which some norm speaks, in the order of the norms. */
export const normedKinds = (frame: Frame): string[] => [...new Set(frame.rules.slotNorms.map((n) => n.kind))];

/** The branch and its party groups in the month: who can fill its slots. */
export const fillersOf = (frame: Frame, branch: string, month: string): string[] => [
  branch,
  ...frame.tree
    .childrenIn(branch, month)
    .filter((c) => c.level === 'group')
    .map((c) => c.code),
];

/** Where the events that may fill a slot of the branch are found. */
const placesOf = (frame: Frame, branch: string, kind: string, months: readonly string[]): string[] =>
  months.flatMap((m) => fillersOf(frame, branch, m).map((u) => key(u, kind, m)));

/** The ids of the events that fill a slot of the branch. */
export const fillingOf = (
  frame: Frame,
  slot: Pick<Slot, 'unit' | 'kind' | 'from' | 'to'>,
  ids: EventIds,
): string[] =>
  placesOf(frame, slot.unit, slot.kind, monthsFrom(monthOf(slot.from), monthOf(slot.to))).flatMap(
    (place) => ids.get(place) ?? [],
  );

/**
 * The slots of a place that fall due in the window: those whose period ends in it and by its cut.
 * A slot whose months are not all covered counts only so far as it is met.
 */
export function slotsOf(
  frame: Frame,
  place: Place,
  window: Window,
  events: EventCounts,
  kinds: readonly string[] | null,
): Slot[] {
  const wanted = normedKinds(frame).filter((k) => kinds === null || kinds.includes(k));
  return periodsEndingIn(window).flatMap(({ period, every }) =>
    frame
      .reportingIn(place, 'activity', monthOf(rangeOf(period).to))
      .filter((u) => u.level === 'branch')
      .flatMap((branch) =>
        wanted.flatMap((kind) => slotOf(frame, branch, { kind, period, every }, events) ?? []),
      ),
  );
}

/** A calendar period of one of the norms' three lengths. Norms keep to the calendar, whatever the centre's year. */
export type NormPeriod = { readonly period: string; readonly every: Every };

/** The norms' periods whose last day lies in the range; none where it ends before it begins. */
export function periodsEndingIn(range: DateRange): NormPeriod[] {
  const months = monthsFrom(monthOf(range.from), monthOf(range.to));
  return (['month', 'quarter', 'year'] as const).flatMap((every) =>
    [...new Set(months.map((m) => periodOf(`${m}-01`, every)))]
      .filter((p) => {
        const { to } = rangeOf(p);
        return to >= range.from && to <= range.to;
      })
      .map((period) => ({ period, every })),
  );
}

function slotOf(
  frame: Frame,
  branch: Unit,
  { kind, period, every }: NormPeriod & { kind: string },
  events: EventCounts,
): Slot | null {
  const asked = askedOf(frame, branch, { kind, period, every });
  if (asked === null || asked.wanted === 0) return null;
  const { from, to } = rangeOf(period);
  const held = heldOf(frame, branch, { kind, from, to, wanted: asked.wanted }, events);
  return { unit: branch.code, kind, period, from, to, ...held, norm: asked.norm };
}

/** What a branch held of what is asked of it in a period, as far as its ledger tells. */
export function heldOf(
  frame: Frame,
  branch: Unit,
  { kind, from, to, wanted }: DateRange & { readonly kind: string; readonly wanted: number },
  events: EventCounts,
): { met: number; due: number; unknown: number } {
  const months = monthsFrom(monthOf(from), monthOf(to));
  const found = placesOf(frame, branch.code, kind, months).reduce(
    (n, place) => n + (events.get(place) ?? 0),
    0,
  );
  const met = Math.min(wanted, found);
  const due = months.every((m) => frame.isCovered(branch, 'activity', m)) ? wanted : met;
  return { met, due, unknown: wanted - due };
}

/** What the deciding norm asks of a branch in a period: how many, and why none where it is none. */
export type AskedOf = {
  readonly norm: SlotNorm;
  readonly wanted: number;
  readonly because: 'not_there' | 'few_members' | 'no_groups' | 'exempt' | null;
  readonly exemption: Exemption | null;
};

/** @returns null where no norm asks for the kind in periods of this length */
export function askedOf(
  frame: Frame,
  branch: Unit,
  { kind, period, every }: NormPeriod & { kind: string },
): AskedOf | null {
  const { from, to } = rangeOf(period);
  const path = frame.tree.pathIn(branch.code, monthOf(to)).map((u) => u.code);
  const norm = deciding(
    frame.rules.slotNorms.filter((n) => n.kind === kind),
    path,
    to,
  );
  if (norm === null || norm.every !== every) return null;
  const none = (because: AskedOf['because'], exemption: Exemption | null = null): AskedOf => ({
    norm,
    wanted: 0,
    because,
    exemption,
  });
  const throughout = (u: Unit): boolean =>
    (u.openedOn === null || u.openedOn <= from) && (u.closedOn === null || u.closedOn >= to);
  if (!throughout(branch)) return none('not_there');
  const exemption = frame.rules.exemptions.find(
    (e) => e.kind === kind && path.includes(e.unit) && inForce(e, to),
  );
  if (exemption) return none('exempt', exemption);
  const members = frame.headcountOn(branch.code, from);
  if (norm.minMembers !== null && members !== null && members < norm.minMembers) return none('few_members');
  if (norm.per === 'branch') return { norm, wanted: 1, because: null, exemption: null };
  const groups = frame.tree
    .childrenIn(branch.code, monthOf(to))
    .filter((u) => u.level === 'group' && throughout(u)).length;
  return groups === 0 ? none('no_groups') : { norm, wanted: groups, because: null, exemption: null };
}
