/**
 * Calendar arithmetic on plain ISO dates (`2022-03-05`) and months (`2022-03`).
 * No time zone and no clock: a ledger's date is a day on a wall calendar.
 */

export const grains = ['year', 'quarter', 'month', 'day'] as const;
export type Grain = (typeof grains)[number];

/** Both ends are included. */
export type DateRange = { readonly from: string; readonly to: string };

const DAY_MS = 86_400_000;
const pad = (n: number): string => String(n).padStart(2, '0');
const utc = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Years and as-of days that can be asked for: the calendar reaches two years further, where figures are set beside others. */
export const [FIRST_YEAR, LAST_YEAR] = [1902, 2997];

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** `month` counts from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** An ISO date, or null when there is no such day (31 June, month 13). */
export function isoDate(year: number, month: number, day: number): string | null {
  if (!Number.isInteger(year) || year < 1900 || year > 2999) return null;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return `${year}-${pad(month)}-${pad(day)}`;
}

export function isDate(text: string): boolean {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return m !== null && isoDate(Number(m[1]), Number(m[2]), Number(m[3])) !== null;
}

export const isMonth = (text: string): boolean => isDate(`${text}-01`);

export const yearOf = (date: string): number => Number(date.slice(0, 4));
export const monthOf = (date: string): string => date.slice(0, 7);

export function addDays(date: string, days: number): string {
  return new Date(utc(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => (utc(to) - utc(from)) / DAY_MS;

export function addMonths(month: string, n: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + n;
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}`;
}

export const firstDay = (month: string): string => `${month}-01`;
export const lastDay = (month: string): string =>
  `${month}-${pad(daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7))))}`;

/** Every month from `from` to `to`, both included; empty when `to` is earlier. */
export function monthsFrom(from: string, to: string): string[] {
  const months: string[] = [];
  for (let m = from; m <= to; m = addMonths(m, 1)) months.push(m);
  return months;
}

/**
 * The year that a day belongs to. A year is named by the calendar year in which it begins.
 * @param start the month with which the centre's year begins, 1…12
 */
export const yearOfDay = (date: string, start = 1): number =>
  yearOf(date) - (Number(date.slice(5, 7)) < start ? 1 : 0);

/** `2022` | `2022-Q1` | `2022-03` | `2022-03-05`; years and quarters are those that begin with `start`. */
export function periodOf(date: string, grain: Grain, start = 1): string {
  if (grain === 'month') return date.slice(0, 7);
  if (grain === 'day') return date;
  const year = yearOfDay(date, start);
  if (grain === 'year') return String(year);
  const nth = (Number(date.slice(5, 7)) - start + 12) % 12;
  return `${year}-Q${Math.floor(nth / 3) + 1}`;
}

/** All periods of a year, in order. */
export function periodsOf(year: number, grain: Grain, start = 1): string[] {
  const months = Array.from({ length: 12 }, (_, i) => addMonths(`${year}-${pad(start)}`, i));
  if (grain === 'year') return [String(year)];
  if (grain === 'quarter') return [1, 2, 3, 4].map((q) => `${year}-Q${q}`);
  if (grain === 'month') return months;
  return months.flatMap((m) =>
    Array.from({ length: Number(lastDay(m).slice(8)) }, (_, i) => `${m}-${pad(i + 1)}`),
  );
}

/** The grain that a period is written in, or null when it is no period. */
export function grainOf(period: string): Grain | null {
  if (/^\d{4}$/.test(period)) return isDate(`${period}-01-01`) ? 'year' : null;
  if (/^\d{4}-Q[1-4]$/.test(period)) return 'quarter';
  if (isMonth(period)) return 'month';
  return isDate(period) ? 'day' : null;
}

/** First and last day of a period. Throws on what is no period. */
export function rangeOf(period: string, start = 1): DateRange {
  const begin = `${period.slice(0, 4)}-${pad(start)}`;
  switch (grainOf(period)) {
    case 'year':
      return { from: firstDay(begin), to: lastDay(addMonths(begin, 11)) };
    case 'quarter': {
      const first = addMonths(begin, Number(period.slice(6)) * 3 - 3);
      return { from: firstDay(first), to: lastDay(addMonths(first, 2)) };
    }
    case 'month':
      return { from: firstDay(period), to: lastDay(period) };
    case 'day':
      return { from: period, to: period };
    case null:
      throw new RangeError(`"${period}" is not a period`);
  }
}

/**
 * The day of `year` that stands for `asOf`: the same month and day. 29 February stands against
 * 28 February in common years; 28 February stays the 28th in leap years, so that a cut never
 * gives one year a day more than another because of the calendar alone.
 */
export function sameDay(year: number, asOf: string, start = 1): string {
  const monthDay = asOf.slice(5);
  const calendarYear = Number(monthDay.slice(0, 2)) < start ? year + 1 : year;
  return monthDay === '02-29' && !isLeap(calendarYear)
    ? `${calendarYear}-02-28`
    : `${calendarYear}-${monthDay}`;
}

export const earlier = (a: string, b: string): string => (a < b ? a : b);
export const later = (a: string, b: string): string => (a > b ? a : b);
