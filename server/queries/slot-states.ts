import type { SlotState } from '../../shared/due.ts';
import type { Exemption, SlotNorm } from '../../shared/norms.ts';
import { monthOf, monthsFrom, rangeOf, type DateRange } from '../../shared/period.ts';
import type { Tally } from '../../shared/pace.ts';
import type { Unit } from '../../shared/unit.ts';
import type { Frame, Place, Window } from './frame.ts';
import { askedOf, heldOf, normedKinds, periodsEndingIn, type EventCounts, type NormPeriod } from './slots.ts';

/** One branch, kind and period of a norm, in whatever state: also what is not due, and what is not asked. */
export type StatedSlot = NormPeriod &
  DateRange & {
    readonly unit: string;
    readonly kind: string;
    readonly state: SlotState;
    readonly wanted: number;
    readonly met: number;
    readonly due: number;
    readonly unknown: number;
    readonly norm: SlotNorm;
    readonly exemption: Exemption | null;
  };

/** A year, and the day in or after it from which it is seen. */
export type YearSeen = Pick<Window, 'from' | 'end' | 'cut'>;

/**
 * Every slot of a place whose period ends in the year. Those that end by the cut are judged, as
 * `slotsOf` does; of those to come is said what is known of them.
 * @param events none later than the cut
 */
export function statedSlots(frame: Frame, place: Place, year: YearSeen, events: EventCounts): StatedSlot[] {
  const kinds = normedKinds(frame);
  return periodsEndingIn({ from: year.from, to: year.end }).flatMap((period) =>
    frame
      .reportingIn(place, 'activity', monthOf(rangeOf(period.period).to))
      .filter((u) => u.level === 'branch')
      .flatMap((branch) =>
        kinds.flatMap((kind) => stated(frame, branch, { ...period, kind }, year.cut, events) ?? []),
      ),
  );
}

function stated(
  frame: Frame,
  branch: Unit,
  of: NormPeriod & { kind: string },
  cut: string,
  events: EventCounts,
): StatedSlot | null {
  const asked = askedOf(frame, branch, of);
  if (asked === null) return null;
  const { wanted, norm, because, exemption } = asked;
  const { from, to } = rangeOf(of.period);
  const slot = { unit: branch.code, ...of, from, to, wanted, norm, exemption };
  if (because !== null) return { ...slot, state: because, met: 0, due: 0, unknown: 0 };
  const held = heldOf(frame, branch, { kind: of.kind, from, to, wanted }, events);
  if (to > cut) return { ...slot, state: 'not_due', met: held.met, due: 0, unknown: 0 };
  return { ...slot, ...held, state: held.met < held.due ? 'missed' : held.unknown > 0 ? 'unknown' : 'met' };
}

/** The year's slots of a place in four numbers. */
export function tallyOf(slots: readonly StatedSlot[]): Tally {
  const tally = { asked: 0, met: 0, due: 0, unknown: 0 };
  for (const slot of slots) {
    tally.asked += slot.wanted;
    if (slot.state === 'not_due') continue;
    tally.met += slot.met;
    tally.due += slot.due;
    tally.unknown += slot.unknown;
  }
  return tally;
}

/** Every unit that stands in the scope in some month of the days. */
export function unitsWithin(frame: Frame, scope: string, days: DateRange): string[] {
  const layouts = new Map(
    monthsFrom(monthOf(days.from), monthOf(days.to)).map((m) => [frame.tree.layoutName(m), m]),
  );
  return [
    ...new Set([...layouts.values()].flatMap((m) => frame.tree.subtreeIn(scope, m).map((u) => u.code))),
  ];
}
