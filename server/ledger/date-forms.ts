import { addDays, addMonths, daysInMonth, isoDate, lastDay } from '../../shared/period.ts';
import type { DateContext, Parsed } from './date-reading.ts';

type Day = { readonly y: number | null; readonly m: number; readonly d: number };

// Serial 60 is a 29 February 1900 that never was; ledgers begin long after it.
const epoch1900 = '1899-12-30';
export const days1904 = 1462;
export const serialFrom = 20_000; // 1954-10-03
export const serialTo = 80_000; // 2119-01-10

/** The ISO day of an Excel serial, by arithmetic alone; the time of day is dropped. Null out of reach. */
export function serialDate(serial: number, date1904: boolean): string | null {
  const day = Math.floor(serial) + (date1904 ? days1904 : 0);
  return day > 60 && day < 2_958_466 ? addDays(epoch1900, day) : null;
}

export const exact = (date: string): Parsed => ({
  first: date,
  last: date,
  approximate: false,
  month: false,
});

/** The day, of the context's year where it states none. */
export function ofDay({ y, m, d }: Day, context: DateContext): Parsed {
  if (m < 1 || m > 12) return { is: 'impossible', month: null };
  const year = y ?? context.yearFor(m);
  if (year === null) {
    // 30 February is no day in any year, with or without one.
    return d < 1 || d > daysInMonth(2000, m) ? { is: 'impossible', month: null } : { is: 'year_missing' };
  }
  const date = isoDate(year, m, d);
  return date ? exact(date) : { is: 'impossible', month: isoDate(year, m, 1) ? monthText(year, m) : null };
}

const monthText = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}`;

function spanOf(year: number | null, from: number, days: readonly [number, number], month: boolean): Parsed {
  if (year === null) return { is: 'year_missing' };
  const first = isoDate(year, from, days[0]);
  if (!first) return { is: 'impossible', month: null };
  const last = `${monthText(year, from)}-${String(Math.min(days[1], daysInMonth(year, from))).padStart(2, '0')}`;
  return { first, last, approximate: true, month };
}

function ofMonths(year: number | null, from: number, count: number): Parsed {
  if (year === null) return { is: 'year_missing' };
  const first = monthText(year, from);
  return {
    first: `${first}-01`,
    last: lastDay(addMonths(first, count - 1)),
    approximate: true,
    month: count === 1,
  };
}

/** A quarter or a half; due after a day in March, `上半年` still ends in that year's June. */
function ofPart(year: number | null, from: number, count: number, { yearFor }: DateContext): Parsed {
  return ofMonths(year ?? yearFor(from + count - 1) ?? yearFor(from), from, count);
}

const fullYear = (text: string | undefined): number | null =>
  text === undefined || text === '' ? null : text.length <= 2 ? 2000 + Number(text) : Number(text);

const thirds: Readonly<Record<string, readonly [number, number]>> = {
  上旬: [1, 10],
  初: [1, 10],
  中旬: [11, 20],
  中: [11, 20],
  下旬: [21, 31],
  底: [21, 31],
  末: [21, 31],
};

type Form = readonly [RegExp, (m: RegExpExecArray, context: DateContext) => Parsed];
const num = (text: string | undefined): number => Number(text);

/** Every way of writing one day, month or part of a month, in the order in which they are tried. */
const forms: readonly Form[] = [
  [
    /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/,
    (m, c) => ofDay({ y: num(m[1]), m: num(m[2]), d: num(m[3]) }, c),
  ],
  [/^((?:19|20)\d{2})(\d{2})(\d{2})$/, (m, c) => ofDay({ y: num(m[1]), m: num(m[2]), d: num(m[3]) }, c)],
  [
    /^(\d{2})年(\d{1,2})月(\d{1,2})日?$/,
    (m, c) => ofDay({ y: fullYear(m[1]), m: num(m[2]), d: num(m[3]) }, c),
  ],
  [
    /^'?(1[3-9]|[2-9]\d)[./-](\d{1,2})[./-](\d{1,2})$/,
    (m, c) => ofDay({ y: fullYear(m[1]), m: num(m[2]), d: num(m[3]) }, c),
  ],
  [/^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/, (m, c) => dayOrMonthFirst(num(m[1]), num(m[2]), num(m[3]), c)],
  [/^(\d{5})(?:\.\d+)?$/, (m, c) => ofSerialText(m[0], c)],
  [/^(\d{1,2})月(\d{1,2})日?$/, (m, c) => ofDay({ y: null, m: num(m[1]), d: num(m[2]) }, c)],
  [/^(\d{1,2})[./-](\d{1,2})$/, (m, c) => ofDay({ y: null, m: num(m[1]), d: num(m[2]) }, c)],
  [
    /^(?:(\d{4}|\d{2})[年./-]?)?(\d{1,2})月份?(上旬|中旬|下旬|初|中|底|末)$/,
    (m, c) => {
      const month = num(m[2]);
      return (
        inMonths(month) ??
        spanOf(fullYear(m[1]) ?? c.yearFor(month), month, thirds[m[3] ?? ''] ?? [1, 31], false)
      );
    },
  ],
  [
    /^(?:(\d{4})年?)?(\d{1,2})月份?第(\d)周$/,
    (m, c) => {
      const start = num(m[3]) * 7 - 6;
      return (
        inMonths(num(m[2])) ??
        spanOf(fullYear(m[1]) ?? c.yearFor(num(m[2])), num(m[2]), [start, start + 6], false)
      );
    },
  ],
  [/^(\d{4})[年./-](\d{1,2})(?:月份?)?$/, (m) => inMonths(num(m[2])) ?? ofMonths(num(m[1]), num(m[2]), 1)],
  [/^(\d{2})年(\d{1,2})月份?$/, (m) => inMonths(num(m[2])) ?? ofMonths(fullYear(m[1]), num(m[2]), 1)],
  [/^((?:19|20)\d{2})(\d{2})$/, (m) => inMonths(num(m[2])) ?? ofMonths(num(m[1]), num(m[2]), 1)],
  [/^(\d{1,2})月份?$/, (m, c) => inMonths(num(m[1])) ?? ofMonths(c.yearFor(num(m[1])), num(m[1]), 1)],
  [/^(?:(\d{4})年?)?第?([1-4])季度$/, (m, c) => ofPart(fullYear(m[1]), num(m[2]) * 3 - 2, 3, c)],
  [
    /^(?:(\d{4})年?)?第?([1-4])季度[末底]$/,
    (m, c) => spanOf(fullYear(m[1]) ?? c.yearFor(num(m[2]) * 3), num(m[2]) * 3, [21, 31], false),
  ],
  [/^(?:(\d{4})年?)?Q([1-4])$/i, (m, c) => ofPart(fullYear(m[1]), num(m[2]) * 3 - 2, 3, c)],
  // `年内` and `2022年` mean any day of the year.
  [/^(?:(\d{4})年?度?)?(?:年内|全年)$|^(\d{4})年度?$/, (m, c) => ofPart(fullYear(m[1] ?? m[2]), 1, 12, c)],
  [/^(?:(\d{4})年?)?上半年$/, (m, c) => ofPart(fullYear(m[1]), 1, 6, c)],
  [/^(?:(\d{4})年?)?下半年$/, (m, c) => ofPart(fullYear(m[1]), 7, 6, c)],
  [/^(?:(\d{4})年?)?年?(?:底|末)$/, (m, c) => spanOf(fullYear(m[1]) ?? c.yearFor(12), 12, [1, 31], false)],
];

const inMonths = (month: number): Parsed | null =>
  month < 1 || month > 12 ? { is: 'impossible', month: null } : null;

/** One day, month or part of a month; what is none of these is unreadable. */
export function single(t: string, context: DateContext): Parsed {
  for (const [pattern, read] of forms) {
    const m = pattern.exec(t);
    if (m) return read(m, context);
  }
  return { is: 'unreadable' };
}

/** `31.02.2022` can only be day first, `02/31/2022` only month first; `03/05/2022` is not guessed at. */
function dayOrMonthFirst(a: number, b: number, y: number, context: DateContext): Parsed {
  if (a > 12 || a === b) return ofDay({ y, m: b, d: a }, context);
  if (b > 12) return ofDay({ y, m: a, d: b }, context);
  return { is: 'unreadable' };
}

function ofSerialText(text: string, context: DateContext): Parsed {
  const n = Number(text);
  const date = n >= serialFrom && n <= serialTo ? serialDate(n, context.date1904) : null;
  return date ? exact(date) : { is: 'unreadable' };
}
