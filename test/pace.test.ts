import { describe, expect, test } from 'vitest';
import { slotPace, valuePace, yearGone, type Tally } from '../shared/pace.ts';
import type { Cell } from '../shared/query.ts';

const none: Tally = { asked: 0, met: 0, due: 0, unknown: 0 };
const tally = (asked: number, due: number, met: number, unknown = 0): Tally => ({ asked, met, due, unknown });

describe('how much of the year is gone', () => {
  test('whole months at their end, days within the running one', () => {
    expect(yearGone('2026-09-30')).toEqual({ finished: 9, share: 9 / 12 });
    expect(yearGone('2026-09-15')).toEqual({ finished: 8, share: 8.5 / 12 });
    expect(yearGone('2026-01-01')).toEqual({ finished: 0, share: 1 / 31 / 12 });
    expect(yearGone('2026-12-31')).toEqual({ finished: 12, share: 1 });
    expect(yearGone('2024-02-29').finished).toBe(2);
    expect(yearGone('2024-02-28').finished).toBe(1);
  });

  test('of a year that begins in September', () => {
    expect(yearGone('2026-09-30', 9)).toEqual({ finished: 1, share: 1 / 12 });
    expect(yearGone('2026-08-31', 9)).toEqual({ finished: 12, share: 1 });
  });
});

describe('the pace of slots', () => {
  test('now, due by now, last year and the course, each by its own halves', () => {
    // 40 slots in the year; 30 have fallen due, 27 of them are met. Last year 38, of which 23 by this date.
    const pace = slotPace({ now: tally(40, 30, 27), before: tally(38, 28, 23) });
    expect(pace).toEqual({
      norm: 1,
      now: { value: 0.675, numerator: 27, denominator: 40 },
      due: { value: 0.75, numerator: 30, denominator: 40 },
      before: { value: 23 / 38, numerator: 23, denominator: 38, unknown: 0, because: null },
      course: { value: 0.9, numerator: 27, denominator: 30, least: 0.9, most: 0.9, because: null },
      unknown: 0,
      status: 'ok',
      because: null,
    });
  });

  test('what is not reported is in neither half, and spreads the course', () => {
    const { now, due, course, unknown, status } = slotPace({ now: tally(40, 24, 21, 6), before: none });
    expect([now.numerator, due.numerator, unknown, status]).toEqual([21, 24, 6, 'partial']);
    expect(course).toMatchObject({ value: 21 / 24, least: 21 / 30, most: 27 / 30 });
  });

  test('under ten due there is no course; at ten there is', () => {
    const early = slotPace({ now: tally(40, 9, 8), before: none });
    expect(early.now).toEqual({ value: 0.2, numerator: 8, denominator: 40 });
    expect(early.course).toEqual({
      value: null,
      numerator: null,
      denominator: null,
      least: null,
      most: null,
      because: 'too_early',
    });
    expect(slotPace({ now: tally(40, 10, 8), before: none }).course).toMatchObject({
      value: 0.8,
      because: null,
    });
  });

  test('nothing due yet is no zero; nothing reported is no zero; nothing asked is not applicable', () => {
    const january = slotPace({ now: tally(40, 0, 0), before: none });
    expect(january).toMatchObject({
      status: 'na',
      because: 'not_due',
      now: { value: null },
      due: { value: 0 },
    });
    expect(january.course.because).toBe('too_early');
    const silent = slotPace({ now: tally(40, 0, 0, 30), before: tally(38, 0, 0, 28) });
    expect(silent).toMatchObject({
      status: 'none',
      because: 'not_reported',
      now: { value: null },
      due: { value: null },
      before: { value: null, because: 'not_reported' },
      course: { value: null, least: null, most: null, because: 'not_reported' },
    });
    expect(slotPace({ now: none, before: none })).toMatchObject({
      status: 'na',
      because: 'nothing_asked',
      before: { because: 'nothing_asked' },
    });
  });

  test('nothing met of what is due is a zero', () => {
    expect(slotPace({ now: tally(40, 12, 0), before: none })).toMatchObject({
      status: 'ok',
      now: { value: 0 },
      course: { value: 0 },
    });
  });

  test('a year that is over has come to what it came to', () => {
    const { due, course, now } = slotPace({ now: tally(40, 40, 38), before: none });
    expect([due.value, course.value, now.value]).toEqual([1, 0.95, 0.95]);
  });
});

describe('the pace of hours per member', () => {
  type Figure = Pick<Cell, 'value' | 'numerator' | 'denominator' | 'unknown' | 'coverage' | 'status'>;
  const hours = (numerator: number, members: number, more: Partial<Figure> = {}): Figure => ({
    value: members === 0 ? null : numerator / members,
    numerator,
    denominator: members,
    unknown: 0,
    coverage: { covered: 9, due: 9 },
    status: 'ok',
    ...more,
  });
  const gone = yearGone('2026-09-30');

  test('against the norm for the months that are over', () => {
    const pace = valuePace({ norm: 32, gone, now: hours(540, 20), before: hours(400, 20) });
    expect(pace).toMatchObject({
      norm: 32,
      now: { value: 27, numerator: 540, denominator: 20 },
      due: { value: 24, numerator: 288, denominator: 12 },
      before: { value: 20, because: null },
      course: { value: 36, least: 36, most: 36, because: null },
      unknown: 0,
      status: 'ok',
    });
  });

  test('exactly on the norm so far is on course for exactly the norm', () => {
    const pace = valuePace({ norm: 32, gone, now: hours(480, 20), before: hours(1, 1) });
    expect(pace.now.value).toBe(pace.due.value);
    expect(pace.course.value).toBe(32);
  });

  test('within a month the norm waits for its end, the course does not', () => {
    const mid = yearGone('2026-09-15');
    const pace = valuePace({ norm: 36, gone: mid, now: hours(510, 20), before: hours(1, 1) });
    expect(pace.due.value).toBe(24);
    expect(pace.course.value).toBeCloseTo(36, 10);
  });

  test('months that are not reported make the course a lower bound', () => {
    const pace = valuePace({
      norm: 32,
      gone,
      now: hours(360, 20, { unknown: 2, coverage: { covered: 7, due: 9 }, status: 'partial' }),
      before: hours(400, 20),
    });
    expect(pace).toMatchObject({ unknown: 4, status: 'partial', course: { least: 24, most: null } });
  });

  test('before three months are over nothing is said of the year', () => {
    const at = (day: string) =>
      valuePace({ norm: 32, gone: yearGone(day), now: hours(100, 20), before: hours(100, 20) }).course;
    expect(at('2026-03-30')).toMatchObject({ value: null, because: 'too_early' });
    expect(at('2026-03-31')).toMatchObject({ value: 20, because: null });
  });

  test('why there is none', () => {
    const nothing = { value: null, numerator: null, denominator: null } as const;
    const silent = { ...nothing, status: 'none', unknown: 0, coverage: { covered: 0, due: 9 } } as const;
    const pace = valuePace({
      norm: null,
      gone,
      now: silent,
      before: hours(400, 0, { status: 'na' }),
    });
    expect(pace).toMatchObject({
      norm: null,
      status: 'none',
      because: 'not_reported',
      due: { value: null },
      before: { value: null, because: 'no_members' },
      course: { value: null, because: 'not_reported' },
    });
    const gone0 = { ...silent, status: 'na', coverage: { covered: 0, due: 0 } } as const;
    expect(valuePace({ norm: 32, gone, now: gone0, before: gone0 }).because).toBe('nothing_asked');
  });
});
