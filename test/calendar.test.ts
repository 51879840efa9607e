import { describe, expect, test } from 'vitest';
import { windowOf } from '../server/queries/frame.ts';
import { dayIn, isTimeZone } from '../shared/clock.ts';
import {
  daysInMonth,
  grainOf,
  grains,
  isLeap,
  isoDate,
  periodOf,
  periodsOf,
  rangeOf,
  sameDay,
  yearOfDay,
} from '../shared/period.ts';

// The reference is JavaScript's own calendar in UTC; nothing of the product's arithmetic is in it.
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const utc = (year: number, month: number, day: number): string => iso(Date.UTC(year, month - 1, day));
/** Is there such a day? JavaScript carries what there is not over into the next month. */
const exists = (year: number, month: number, day: number): boolean =>
  new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
const DAY = 86_400_000;
const daysFrom = (from: string, to: string): string[] => {
  const days: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += DAY)
    days.push(iso(at));
  return days;
};

const starts = Array.from({ length: 12 }, (_, i) => i + 1);
/** One whole turn of the Gregorian calendar: with 2100, 2200, 2300 (common) and 2400 (leap). */
const turn = Array.from({ length: 400 }, (_, i) => 2001 + i);

describe('400 years of February', () => {
  test('are leap or common as JavaScript has them', () => {
    const faults = turn.filter(
      (y) =>
        isLeap(y) !== exists(y, 2, 29) ||
        daysInMonth(y, 2) !== (exists(y, 2, 29) ? 29 : 28) ||
        isoDate(y, 2, 29) !== (exists(y, 2, 29) ? utc(y, 2, 29) : null) ||
        isoDate(y, 2, 30) !== null,
    );
    expect(faults).toEqual([]);
    expect(turn.filter(isLeap)).toHaveLength(97);
  });

  test.each(starts)('stand day against day, the year beginning in month %i', (start) => {
    const faults: string[] = [];
    for (const year of turn) {
      // February is in the calendar year after, where the year begins with March or later.
      const its = start > 2 ? year + 1 : year;
      const last = exists(its, 2, 29) ? 29 : 28;
      const wanted = [
        ['2024-02-29', utc(its, 2, last)],
        ['2024-02-28', utc(its, 2, 28)],
        ['2023-02-28', utc(its, 2, 28)],
        ['2024-03-01', utc(start > 3 ? year + 1 : year, 3, 1)],
        ['2023-12-31', utc(year, 12, 31)],
        ['2023-01-01', utc(start > 1 ? year + 1 : year, 1, 1)],
      ] as const;
      for (const [asOf, day] of wanted)
        if (sameDay(year, asOf, start) !== day) faults.push(`${year} ${asOf}: ${sameDay(year, asOf, start)}`);
    }
    expect(faults).toEqual([]);
  });

  test.each(starts)('are cut alike in every year, the year beginning in month %i', (start) => {
    const faults: string[] = [];
    for (const year of turn)
      for (const [month, day] of [
        [2, 28],
        [2, 29],
        [3, 1],
      ] as const) {
        // Seen from the year after, by its own 28 or 29 February.
        const seen = month < start ? year + 2 : year + 1;
        if (!exists(seen, month, day)) continue;
        const its = seen - 1;
        const cut = exists(its, month, day) ? utc(its, month, day) : utc(its, 2, 28);
        const from = utc(year, start, 1);
        const window = windowOf(String(year), utc(seen, month, day), true, start);
        const months = starts.filter((n) => utc(year, start + n - 1, 1) <= cut).length;
        const found = [window.from, window.cut, window.to, window.end, window.year, window.months.length];
        const wanted = [from, cut, cut, utc(year, start + 12, 0), year, months];
        if (found.join() !== wanted.join()) faults.push(`${year}-${month}-${day}: ${found} is not ${wanted}`);
      }
    expect(faults).toEqual([]);
  });
});

describe.each(starts)('a year that begins in month %i', (start) => {
  // Common, leap, leap by 400, common by 100.
  test.each([2023, 2024, 2000, 2100])('%i is tiled by its periods of every grain', (year) => {
    const [first, last] = [utc(year, start, 1), utc(year, start + 12, 0)];
    const days = daysFrom(first, last);
    expect(rangeOf(String(year), start)).toEqual({ from: first, to: last });
    for (const grain of grains) {
      const periods = periodsOf(year, grain, start);
      expect(periods).toHaveLength({ year: 1, quarter: 4, month: 12, day: days.length }[grain]);
      expect(periods.map(grainOf)).toEqual(periods.map(() => grain));
      const within = periods.map((p) => {
        const { from, to } = rangeOf(p, start);
        return daysFrom(from, to);
      });
      // One after the other they are the year: no day is missing, none stands in two.
      expect(within.flat()).toEqual(days);
      // And each day says itself to which it belongs.
      expect(within.map((of) => [...new Set(of.map((d) => periodOf(d, grain, start)))])).toEqual(
        periods.map((p) => [p]),
      );
    }
    expect(new Set(days.map((d) => yearOfDay(d, start)))).toEqual(new Set([year]));
    expect([utc(year, start, 0), utc(year, start + 12, 1)].map((d) => yearOfDay(d, start))).toEqual([
      year - 1,
      year + 1,
    ]);
  });

  test('has quarters of three months and months that are calendar months', () => {
    for (const [q, quarter] of periodsOf(2023, 'quarter', start).entries())
      expect(rangeOf(quarter, start)).toEqual({
        from: utc(2023, start + q * 3, 1),
        to: utc(2023, start + q * 3 + 3, 0),
      });
    for (const [m, month] of periodsOf(2023, 'month', start).entries()) {
      expect(month).toBe(utc(2023, start + m, 1).slice(0, 7));
      expect(rangeOf(month, start)).toEqual(rangeOf(month));
    }
  });
});

describe('the day of an instant', () => {
  test.each([
    // The last minute of the year in Shanghai, and the first.
    ['2022-12-31T15:59:59.999Z', 'Asia/Shanghai', '2022-12-31'],
    ['2022-12-31T16:00:00.000Z', 'Asia/Shanghai', '2023-01-01'],
    ['2022-12-31T16:00:00.000Z', 'UTC', '2022-12-31'],
    ['2022-12-31T16:00:00.000Z', 'America/New_York', '2022-12-31'],
    ['2023-01-01T04:59:59.999Z', 'America/New_York', '2022-12-31'],
    ['2023-01-01T05:00:00.000Z', 'America/New_York', '2023-01-01'],
    // The leap day, and the day on which clocks go forward.
    ['2024-02-28T16:00:00.000Z', 'Asia/Shanghai', '2024-02-29'],
    ['2024-02-29T16:00:00.000Z', 'Asia/Shanghai', '2024-03-01'],
    ['2024-03-10T04:30:00.000Z', 'America/New_York', '2024-03-09'],
    ['2024-03-11T03:30:00.000Z', 'America/New_York', '2024-03-10'],
  ])('%s in %s is %s', (instant, zone, day) => expect(dayIn(zone, new Date(instant))).toBe(day));

  test('of every hour of 800 days in Shanghai is that of UTC eight hours later', () => {
    const first = Date.UTC(2023, 10, 1);
    const hours = Array.from({ length: 800 * 24 }, (_, h) => first + h * 3_600_000);
    expect(hours.filter((at) => dayIn('Asia/Shanghai', new Date(at)) !== iso(at + 8 * 3_600_000))).toEqual(
      [],
    );
  });

  test('needs a zone and an instant that there are', () => {
    expect(() => dayIn('Asia/Atlantis', new Date(0))).toThrow(RangeError);
    expect(() => dayIn('Asia/Shanghai', new Date(Number.NaN))).toThrow(RangeError);
    expect(['Asia/Shanghai', 'UTC', 'Asia/Atlantis', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});
