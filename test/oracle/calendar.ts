/** The oracle's own calendar: JavaScript's dates in UTC, and nothing of the product's arithmetic. */

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** First and last day of `2022`, `2022-Q1`, `2022-03` or `2022-03-05`. */
export function daysOf(period: string): { from: string; to: string } {
  const year = Number(period.slice(0, 4));
  const quarter = /Q(\d)$/.exec(period);
  if (quarter) {
    const last = Number(quarter[1]) * 3;
    return { from: iso(Date.UTC(year, last - 3, 1)), to: iso(Date.UTC(year, last, 0)) };
  }
  const [, month, day] = period.split('-').map(Number);
  if (day !== undefined) return { from: period, to: period };
  if (month !== undefined)
    return { from: iso(Date.UTC(year, month - 1, 1)), to: iso(Date.UTC(year, month, 0)) };
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}

/** The months that the days from `from` to `to` touch. */
export function monthsTouched(from: string, to: string): string[] {
  const months: string[] = [];
  const at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`);
  for (; iso(at.getTime()) <= to; at.setUTCMonth(at.getUTCMonth() + 1))
    months.push(iso(at.getTime()).slice(0, 7));
  return months;
}

/** The day in `year` that has the month and day of `asOf`; 28 February where there is no 29th. */
export function sameDayIn(year: number, asOf: string): string {
  const wanted = `${year}-${asOf.slice(5)}`;
  const made = iso(Date.UTC(year, Number(asOf.slice(5, 7)) - 1, Number(asOf.slice(8))));
  return made === wanted ? wanted : `${year}-02-28`;
}

export const wholeDays = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
