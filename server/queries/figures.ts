import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../../db/types.ts';
import { ratio, type RecordKpi } from '../../shared/kpi.ts';
import { daysBetween } from '../../shared/period.ts';
import { contribution, rowsOf, type Stretch } from '../kpi-sql.ts';
import type { Window } from './frame.ts';

/** Sums over the records of one unit and one bucket (a month, a day, or a whole window). */
export type Sums = {
  readonly unit: string;
  readonly bucket: string;
  readonly records: number;
  readonly unknown: number;
  readonly numerator: number | null;
  readonly denominator: number | null;
};

type Scan = Stretch & { readonly bucket: 'month' | 'day' | { readonly period: string } };

/**
 * The stretches of days to read. A flow is read by month (or day) and folded afterwards: months add
 * up to every greater period and to every unit above, which is the seam where a rollup table can
 * stand in for the records. A flow that is judged at the cut, and a stock, are read as they are asked.
 */
function scansFor(kpi: RecordKpi, windows: readonly Window[], byDay: boolean): Scan[] {
  const begun = windows.filter((w) => w.months.length > 0);
  if (kpi.over === 'stock')
    return begun.map((w) => ({ from: '0001-01-01', to: w.to, at: w.to, bucket: { period: w.period } }));
  return [...new Set(begun.map((w) => w.year))].flatMap((year) => {
    const first = begun.find((w) => w.year === year);
    const last = begun.findLast((w) => w.year === year);
    if (!first || !last) return [];
    return [
      { from: first.from, to: last.to, at: last.cut, bucket: byDay ? ('day' as const) : ('month' as const) },
    ];
  });
}

const bucketOf = (scan: Scan): RawBuilder<string> => {
  if (scan.bucket === 'month') return sql`substr(r.date, 1, 7)`;
  if (scan.bucket === 'day') return sql`r.date`;
  return sql`${sql.lit(scan.bucket.period)}`;
};

type Where = { readonly units: readonly string[]; readonly kinds: readonly string[] | null };

/** Numerator, denominator, records and unknowns of every unit and bucket, in one statement. */
export async function sumsOf(
  db: Kysely<Database>,
  kpi: RecordKpi,
  windows: readonly Window[],
  where: Where & { readonly byDay: boolean },
): Promise<readonly Sums[]> {
  const scans = scansFor(kpi, windows, where.byDay);
  if (scans.length === 0) return [];
  const parts = scans.map((scan) => {
    const { numerator, denominator, unknown } = contribution(kpi, scan.at);
    const group = typeof scan.bucket === 'string' ? sql`, ${bucketOf(scan)}` : sql``;
    return sql`select r.unit as unit, ${bucketOf(scan)} as bucket, count(*) as records,
      sum(${unknown}) as unknown, sum(${numerator}) as numerator, sum(${denominator}) as denominator
      from ${sql.table(kpi.from)} as r
      where ${rowsOf(kpi, scan, where.units, where.kinds)}
      group by r.unit${group}`;
  });
  const { rows } = await sql<Sums>`${sql.join(parts, sql` union all `)}`.execute(db);
  return rows;
}

/** A case's length: closed after `days`, or still open (censored) after them. */
export type Duration = {
  readonly unit: string;
  readonly bucket: string;
  readonly days: number;
  readonly closed: boolean;
  readonly cases: number;
};

/** Durations for the median, counted where they are alike. Days are counted outside SQL. */
export async function durationsOf(
  db: Kysely<Database>,
  kpi: Extract<RecordKpi, { type: 'median' }>,
  windows: readonly Window[],
  where: Where & { readonly byDay: boolean },
): Promise<readonly Duration[]> {
  const { start, end } = kpi.duration;
  const all: Duration[] = [];
  for (const scan of scansFor(kpi, windows, where.byDay)) {
    const { rows } = await sql<{
      unit: string;
      bucket: string;
      start: string;
      end: string | null;
      cases: number;
    }>`
      select r.unit as unit, ${bucketOf(scan)} as bucket, ${sql.ref(`r.${start}`)} as start, ${sql.ref(`r.${end}`)} as "end", count(*) as cases
      from ${sql.table(kpi.from)} as r where ${rowsOf(kpi, scan, where.units, where.kinds)}
      group by r.unit, ${bucketOf(scan)}, ${sql.ref(`r.${start}`)}, ${sql.ref(`r.${end}`)}`.execute(db);
    for (const r of rows) {
      const closed = r.end !== null && r.end <= scan.at;
      all.push({
        unit: r.unit,
        bucket: r.bucket,
        cases: r.cases,
        closed,
        days: daysBetween(r.start, closed && r.end ? r.end : scan.at),
      });
    }
  }
  return all;
}

/** The halves of a figure folded from sums; a sum of nothing is 0 where the period is reported. */
export function fold(sums: readonly Sums[]): {
  records: number;
  unknown: number;
  numerator: number;
  denominator: number;
} {
  const total = { records: 0, unknown: 0, numerator: 0, denominator: 0 };
  for (const s of sums) {
    total.records += s.records;
    total.unknown += s.unknown;
    total.numerator += s.numerator ?? 0;
    total.denominator += s.denominator ?? 0;
  }
  return total;
}

/** The shown value of folded halves. A count is its numerator. */
export const valueOf = (type: 'count' | 'ratio', numerator: number, denominator: number): number | null =>
  type === 'count' ? numerator : ratio(numerator, denominator);
