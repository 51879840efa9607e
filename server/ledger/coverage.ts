import type { NewCoverage } from '../../db/types.ts';
import type { Family } from '../../shared/kinds.ts';
import { earlier, later, monthOf } from '../../shared/period.ts';
import type { Span } from './span.ts';

export type Months = { readonly from: string; readonly to: string };

export type Stated = {
  /** Months given by hand; they hold over everything. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly year?: number | undefined;
};

/**
 * The months that a table covers: those given by hand, or its title's months, or its year, or from its first dated row
 * to its last. A year that is not over on the day of the check reaches to its last dated row's month.
 * @param dates of every row that has one
 * @returns null where nothing is covered: no rows, or none dated in a year that is not over
 */
export function monthsCovered(
  span: Span | null,
  stated: Stated,
  dates: readonly string[],
  today: string,
): Months | null {
  const months = dates.map(monthOf).sort();
  const first = months[0];
  const last = months.at(-1);
  const found = first !== undefined && last !== undefined ? { from: first, to: last } : null;
  const said = saidMonths(span, stated.year, months, today);
  if (stated.from === undefined && stated.to === undefined) return said === undefined ? found : said;
  const from = stated.from ?? said?.from ?? found?.from ?? stated.to ?? '';
  const to = stated.to ?? said?.to ?? found?.to ?? from;
  return { from: earlier(from, to), to: later(from, to) };
}

/** Undefined where nothing is said; null where a year is said of which nothing can be covered yet. */
function saidMonths(
  span: Span | null,
  year: number | undefined,
  months: readonly string[],
  today: string,
): Months | null | undefined {
  if (span?.is === 'months') {
    // `2026年1-12月` in November: what has not been yet is not covered.
    const reached = later(monthOf(today), months.at(-1) ?? span.from);
    return span.from > reached ? null : { from: span.from, to: earlier(span.to, reached) };
  }
  const whole = span?.year ?? year;
  if (whole === undefined) return undefined;
  if (`${whole}-12-31` < today) return { from: `${whole}-01`, to: `${whole}-12` };
  const last = months.filter((m) => m.startsWith(`${whole}-`)).at(-1);
  return last === undefined ? null : { from: `${whole}-01`, to: last };
}

/** What the titles and the asker state, before any row is read: a row outside it is warned of. */
export function statedMonths(span: Span | null, stated: Stated): Months | null {
  const year = span?.is === 'year' ? span.year : span ? undefined : stated.year;
  const said =
    span?.is === 'months' ? span : year === undefined ? null : { from: `${year}-01`, to: `${year}-12` };
  if (stated.from === undefined && stated.to === undefined) return said;
  return { from: stated.from ?? said?.from ?? '0000-00', to: stated.to ?? said?.to ?? '9999-99' };
}

/** Coverage rows of a table: its months for every unit that it concerns, and each outlying row's own month. */
export function coverageOf(
  family: Family,
  months: Months | null,
  rows: readonly { readonly unit: string; readonly date: string | null }[],
): NewCoverage[] {
  const spans = new Map<string, NewCoverage>();
  const cover = (unit: string, from_month: string, to_month: string): void => {
    spans.set(`${unit} ${from_month} ${to_month}`, { unit, family, from_month, to_month });
  };
  for (const { unit, date } of rows) {
    if (months) cover(unit, months.from, months.to);
    const month = date === null ? null : monthOf(date);
    if (month !== null && (!months || month < months.from || month > months.to)) cover(unit, month, month);
  }
  return [...spans.values()];
}
