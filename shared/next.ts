import { addDays, daysBetween, periodOf, rangeOf, yearOf, type Grain } from './period.ts';
import { slotNorms, type SlotNorm } from './norms.ts';
import type { Answer, Question } from './query.ts';
import { existsIn, type UnitTree } from './unit.ts';

/**
 * What falls due next, seen from the day after the as-of day: the running month, quarter and (in
 * its last months) year of each norm, and the branches that have not yet held the meeting.
 */

export type NextSlot = {
  /** The last day of the running period. */
  readonly by: string;
  /** Meetings that the same branches still owe by that day. */
  readonly kinds: readonly string[];
  /** Branches that have not held them yet. */
  readonly units: readonly string[];
  /** Branches of which it is asked. */
  readonly of: number;
};

/** A yearly meeting is spoken of from this many days before the year's end. */
const YEAR_NOTICE_DAYS = 100;

/** Norms to look at. A group's meetings are the branch's own affair: their groups are not asked one by one. */
const watched = (asOf: string): readonly SlotNorm[] =>
  slotNorms.filter((norm) => {
    if (norm.per !== 'branch') return false;
    return (
      norm.every !== 'year' || daysBetween(addDays(asOf, 1), endOf(norm.every, asOf)) <= YEAR_NOTICE_DAYS
    );
  });

const runningPeriod = (every: Grain, asOf: string): string => periodOf(addDays(asOf, 1), every);
const endOf = (every: Grain, asOf: string): string => rangeOf(runningPeriod(every, asOf)).to;

/** One question a norm: any figure made of that kind's events will do, only their number is read. */
export const nextQuestions = (of: { unit: string; asOf: string }): Question[] =>
  watched(of.asOf).map((norm) => ({
    kpi: ['attendance_rate'],
    kind: [norm.kind],
    unit: of.unit,
    by: 'unit',
    years: [yearOf(addDays(of.asOf, 1))],
    grain: norm.every,
    asOf: of.asOf,
  }));

/**
 * @param answers to `nextQuestions`, in their order
 * @param members mean headcount by unit, for the norm that small branches are free of
 */
export function nextSlots(
  of: { asOf: string; answers: readonly Answer[]; members: ReadonlyMap<string, number> },
  tree: UnitTree,
): NextSlot[] {
  const tomorrow = addDays(of.asOf, 1);
  const slots = watched(of.asOf).flatMap((norm, i): NextSlot[] => {
    const period = runningPeriod(norm.every, of.asOf);
    const bound = (of.answers[i]?.cells ?? []).filter((c) => {
      const unit = tree.byCode.get(c.unit);
      if (c.period !== period || !unit || !existsIn(unit, { from: tomorrow, to: tomorrow })) return false;
      return (of.members.get(c.unit) ?? Infinity) >= (norm.minMembers ?? 0);
    });
    // Months begun and not reported may hold the meeting: of those branches nothing is said.
    const open = bound.filter((c) => c.records === 0 && c.coverage.covered >= c.coverage.due);
    if (open.length === 0) return [];
    const by = endOf(norm.every, of.asOf);
    return [{ by, kinds: [norm.kind], units: open.map((c) => c.unit), of: bound.length }];
  });
  return together(slots).toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0));
}

/** Meetings that the same branches owe by the same day are one line. */
function together(slots: readonly NextSlot[]): NextSlot[] {
  const lines = new Map<string, NextSlot>();
  for (const slot of slots) {
    const key = `${slot.by} ${slot.units.join()}`;
    const line = lines.get(key);
    lines.set(key, line ? { ...line, kinds: [...line.kinds, ...slot.kinds] } : slot);
  }
  return [...lines.values()];
}
