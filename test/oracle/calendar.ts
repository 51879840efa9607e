/** The oracle's own calendar: JavaScript's dates in UTC, and nothing of the product's arithmetic. */

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** First and last day of the `count` months that begin with the month `first` (from 1) of `year`. */
const monthsFrom = (year: number, first: number, count: number): { from: string; to: string } => ({
  from: iso(Date.UTC(year, first - 1, 1)),
  to: iso(Date.UTC(year, first - 1 + count, 0)),
});

/** Asked for again and again: what a key once came to is kept. */
function kept<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/**
 * First and last day of `2022`, `2022-Q1`, `2022-03` or `2022-03-05`.
 * @param yearStart the month with which years and their quarters begin
 */
export const daysOf = (period: string, yearStart = 1): { from: string; to: string } =>
  keptDays(`${period} ${yearStart}`);

const keptDays = kept((key) => {
  const [period = '', start] = key.split(' ');
  const yearStart = Number(start);
  const year = Number(period.slice(0, 4));
  const quarter = /Q(\d)$/.exec(period);
  if (quarter) return monthsFrom(year, yearStart + Number(quarter[1]) * 3 - 3, 3);
  const [, month, day] = period.split('-').map(Number);
  if (day !== undefined) return { from: period, to: period };
  return month === undefined ? monthsFrom(year, yearStart, 12) : monthsFrom(year, month, 1);
});

/** The year to which a period belongs, named by the calendar year in which it begins. */
export function yearOf(period: string, yearStart: number): number {
  const year = Number(period.slice(0, 4));
  if (period.length === 4 || period.includes('Q')) return year;
  return Number(period.slice(5, 7)) >= yearStart ? year : year - 1;
}

/** A year's periods in the order of time; its months are those of the calendar. */
export function periodsOf(
  year: number,
  grain: 'year' | 'quarter' | 'month' | 'day',
  yearStart = 1,
): string[] {
  if (grain === 'year') return [String(year)];
  if (grain === 'quarter') return [1, 2, 3, 4].map((q) => `${year}-Q${q}`);
  const months = Array.from({ length: 12 }, (_, i) => iso(Date.UTC(year, yearStart - 1 + i, 1)).slice(0, 7));
  if (grain === 'month') return months;
  const days: string[] = [];
  const at = new Date(Date.UTC(year, yearStart - 1, 1));
  for (; at.getTime() < Date.UTC(year + 1, yearStart - 1, 1); at.setUTCDate(at.getUTCDate() + 1))
    days.push(iso(at.getTime()));
  return days;
}

/** The months that the days from `from` to `to` touch. */
export const monthsTouched = (from: string, to: string): readonly string[] =>
  keptMonths(`${from.slice(0, 7)} ${to.slice(0, 7)}`);

const keptMonths = kept((key): readonly string[] => {
  const [from, to = ''] = key.split(' ');
  const months: string[] = [];
  const at = new Date(`${from}-01T00:00:00Z`);
  for (; iso(at.getTime()).slice(0, 7) <= to; at.setUTCMonth(at.getUTCMonth() + 1))
    months.push(iso(at.getTime()).slice(0, 7));
  return months;
});

/** The day of the year that has the month and day of `asOf`; 28 February where there is no 29th. */
export function sameDayIn(year: number, asOf: string, yearStart: number): string {
  const month = Number(asOf.slice(5, 7));
  const within = month >= yearStart ? year : year + 1;
  const wanted = `${within}-${asOf.slice(5)}`;
  return iso(Date.UTC(within, month - 1, Number(asOf.slice(8)))) === wanted ? wanted : `${within}-02-28`;
}

/** A period as it is seen from a day: cut there, or on the same day of its own year. */
export type Window = {
  readonly from: string;
  /** The period's own last day. */
  readonly end: string;
  readonly cut: string;
  /** The earlier of `end` and `cut`; before `from` where the period has not begun. */
  readonly to: string;
  /** Months of the period that have begun by the cut. */
  readonly months: readonly string[];
};

export function windowOf(
  period: string,
  { asOf, toDate, yearStart }: { asOf: string; toDate: boolean; yearStart: number },
): Window {
  const { from, to: end } = daysOf(period, yearStart);
  const day = toDate ? sameDayIn(yearOf(period, yearStart), asOf, yearStart) : asOf;
  const cut = day < asOf ? day : asOf;
  const to = end < cut ? end : cut;
  return { from, end, cut, to, months: from <= cut ? monthsTouched(from, to) : [] };
}

export const wholeDays = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
