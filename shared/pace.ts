import type { Pace, PaceReason, Share } from './due.ts';
import { ratio } from './kpi.ts';
import { LEAST_DENOMINATOR } from './norms.ts';
import { addMonths, lastDay, monthOf, rangeOf, yearOfDay } from './period.ts';
import type { Cell } from './query.ts';
import type { Text } from './text.ts';

/**
 * How far the year has come, against what should have been reached by now.
 *
 * Slots. The year's slots are all that the norms ask for in the whole year, exemptions applied; of
 * periods to come that is what is known on the as-of day. `now` = slots met among those due by now ÷
 * the year's slots. `due` = slots due by now ÷ the year's slots. `before` = `now` of last year on the
 * same day, by its own year's slots. `course` = met ÷ due: what the year comes to if it goes on like
 * this. A slot whose ledger is not handed in is unknown: it is in neither met nor due, and the course
 * then lies between all of the unknown missed and all of them met.
 *
 * Figures per member. `now` = so far. `due` = the year's norm × months finished ÷ 12. `course` = `now` ÷
 * the share of the year that is gone; where something is unknown it is a lower bound.
 */

/** Before so many months are over, a figure per member says nothing of the year: study comes in waves. */
const LEAST_MONTHS = 3;

const MONTHS = 12;
const nothing: Share = { value: null, numerator: null, denominator: null };

/** What `slotPace` and `valuePace` make; where and when is added by who asks. */
export type Judged = Pick<Pace, 'norm' | 'now' | 'due' | 'course' | 'unknown' | 'status' | 'because'> & {
  readonly before: Omit<Pace['before'], 'asOf'>;
};

/** Slots of one year, seen from a day in it: asked for in all of it; met, due and unknown by the day. */
export type Tally = {
  readonly asked: number;
  readonly met: number;
  readonly due: number;
  readonly unknown: number;
};

/**
 * Months of the centre's year that are over at the end of the day, and the share of the year that is
 * gone: whole months and the running month's days, over twelve.
 * @param yearStart the month with which the centre's year begins, 1…12
 */
export function yearGone(asOf: string, yearStart = 1): { finished: number; share: number } {
  const month = monthOf(asOf);
  const first = monthOf(rangeOf(String(yearOfDay(asOf, yearStart)), yearStart).from);
  let begun = 0;
  while (addMonths(first, begun) < month) begun++;
  const days = Number(lastDay(month).slice(8));
  const share = (begun + Number(asOf.slice(8)) / days) / MONTHS;
  return { finished: asOf === lastDay(month) ? begun + 1 : begun, share };
}

/** Why there is no share of the year's slots; null where there is one. */
function absence({ asked, due, unknown }: Tally): PaceReason | null {
  if (asked === 0) return 'nothing_asked';
  if (due + unknown === 0) return 'not_due';
  return due === 0 ? 'not_reported' : null;
}

/**
 * The pace of slots.
 * @param before last year's, on the same day
 */
export function slotPace({ now, before }: { now: Tally; before: Tally }): Judged {
  const because = absence(now);
  const past = absence(before);
  const of = (n: number): Share => ({
    value: because === null ? ratio(n, now.asked) : null,
    numerator: n,
    denominator: now.asked,
  });
  return {
    norm: 1,
    now: of(now.met),
    // Before anything has fallen due, nothing of the year is due: that is known, and no absence.
    due: because === 'not_due' ? { ...of(now.due), value: 0 } : of(now.due),
    before: {
      value: past === null ? ratio(before.met, before.asked) : null,
      numerator: before.met,
      denominator: before.asked,
      unknown: before.unknown,
      because: past,
    },
    course: slotCourse(now, because),
    unknown: now.unknown,
    status:
      because === 'not_reported' ? 'none' : because !== null ? 'na' : now.unknown > 0 ? 'partial' : 'ok',
    because,
  };
}

function slotCourse({ met, due, unknown }: Tally, because: PaceReason | null): Judged['course'] {
  const none = { ...nothing, least: null, most: null };
  if (because !== null) return { ...none, because: because === 'not_due' ? 'too_early' : because };
  if (due < LEAST_DENOMINATOR) return { ...none, because: 'too_early' };
  return {
    value: ratio(met, due),
    numerator: met,
    denominator: due,
    least: ratio(met, due + unknown),
    most: ratio(met + unknown, due + unknown),
    because: null,
  };
}

type Figure = Pick<Cell, 'value' | 'numerator' | 'denominator' | 'unknown' | 'coverage' | 'status'>;

/** Records without a figure, and unit-months without a ledger. */
const unknownOf = ({ unknown, coverage }: Figure): number => unknown + coverage.due - coverage.covered;

function lack({ value, status, coverage }: Figure): PaceReason | null {
  if (value !== null) return null;
  if (status === 'none') return 'not_reported';
  return coverage.due === 0 ? 'nothing_asked' : 'no_members';
}

/**
 * The pace of a figure per member against its norm for the year.
 * @param norm of the whole year, in the figure's own unit; null where there is none
 * @param before last year's figure on the same day
 */
export function valuePace(of: {
  norm: number | null;
  gone: { finished: number; share: number };
  now: Figure;
  before: Figure;
}): Judged {
  const { norm, gone, now, before } = of;
  const because = lack(now);
  return {
    norm,
    now: { value: now.value, numerator: now.numerator, denominator: now.denominator },
    due:
      norm === null
        ? nothing
        : { value: (norm * gone.finished) / MONTHS, numerator: norm * gone.finished, denominator: MONTHS },
    before: {
      value: before.value,
      numerator: before.numerator,
      denominator: before.denominator,
      unknown: unknownOf(before),
      because: lack(before),
    },
    course: valueCourse(of, because),
    unknown: unknownOf(now),
    status: now.status,
    because,
  };
}

function valueCourse(
  { gone, now }: { gone: { finished: number; share: number }; now: Figure },
  because: PaceReason | null,
): Judged['course'] {
  const none = { ...nothing, least: null, most: null };
  if (because !== null || now.value === null) return { ...none, because };
  if (gone.finished < LEAST_MONTHS) return { ...none, because: 'too_early' };
  const value = now.value / gone.share;
  return {
    value,
    numerator: now.numerator === null ? null : now.numerator / gone.share,
    denominator: now.denominator,
    least: value,
    most: unknownOf(now) > 0 ? null : value,
    because: null,
  };
}

/** Why a figure of the pace is not there, in words. */
export const paceReasonWords: Record<PaceReason, Text> = {
  too_early: { zh: '为时尚早，不作推算', en: 'too early to say' },
  not_due: { zh: '还没有到期的事项', en: 'nothing has fallen due yet' },
  not_reported: { zh: '台账未报', en: 'not reported' },
  nothing_asked: { zh: '没有应办事项', en: 'nothing is asked' },
  no_members: { zh: '党员人数未报', en: 'members not reported' },
  no_norm: { zh: '没有规定', en: 'no norm' },
};
