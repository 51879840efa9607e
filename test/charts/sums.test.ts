import { describe, expect, test } from 'vitest';
import { runningTotals, isTotalAtLeast, sumSpan } from '../../shared/charts/sums.ts';
import { addsUp } from '../../shared/kpi.ts';
import { kpiById, kpis } from '../../shared/kpis.ts';
import type { Cell } from '../../shared/query.ts';

// Running totals against figures that were added up by hand.
const kpi = (id: string) => {
  const found = kpiById.get(id);
  if (!found) throw new Error(id);
  return found;
};
const cell = (of: Partial<Cell> & { period: string }): Cell => ({
  kpi: 'x',
  unit: 'C',
  value: null,
  numerator: null,
  denominator: null,
  records: 0,
  unknown: 0,
  coverage: { covered: 1, due: 1 },
  status: 'ok',
  ...of,
});
const month = (m: number): string => `2025-${String(m).padStart(2, '0')}`;
const count = (m: number, n: number, rest: Partial<Cell> = {}): Cell =>
  cell({ period: month(m), value: n, numerator: n, records: n, ...rest });
const rate = (m: number, n: number, of: number): Cell =>
  cell({
    period: month(m),
    value: of === 0 ? null : n / of,
    numerator: n,
    denominator: of,
    status: of === 0 ? 'na' : 'ok',
  });
const all = { asOf: '2025-12-31' };
const values = (cells: readonly (Cell | null)[]): (number | null)[] => cells.map((c) => c?.value ?? null);

describe('running totals', () => {
  test('counts are added, and a month with none adds nothing', () => {
    const cells = [count(1, 3), count(2, 0), count(3, 4), count(4, 1)];
    const totals = runningTotals(kpi('study_sessions'), cells, all);
    expect(values(totals)).toEqual([3, 3, 7, 8]);
    expect(totals.map((c) => c?.records)).toEqual([3, 3, 7, 8]);
    expect(totals.map((c) => c?.status)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  test('a rate is the sum over the sum, never the mean of rates', () => {
    // 9 of 10 and 10 of 90: 19 of 100, where the mean of both would be 0.506.
    const totals = runningTotals(
      kpi('attendance_rate'),
      [rate(1, 9, 10), rate(2, 10, 90), rate(3, 0, 0)],
      all,
    );
    expect(values(totals)).toEqual([0.9, 0.19, 0.19]);
    expect(totals[1]).toMatchObject({ numerator: 19, denominator: 100 });
  });

  test('a month that is not reported has no total, and every later one is at least what it says', () => {
    const none = cell({ period: month(2), coverage: { covered: 0, due: 1 }, status: 'none' });
    const totals = runningTotals(kpi('study_sessions'), [count(1, 3), none, count(3, 4)], all);
    expect(values(totals)).toEqual([3, null, 7]);
    expect(totals.map((c) => c?.status)).toEqual(['ok', 'none', 'partial']);
    expect(totals[2]?.coverage).toEqual({ covered: 2, due: 3 });
    const [first, , last] = totals;
    expect([first, last].map((c) => c && isTotalAtLeast(kpi('study_sessions'), c))).toEqual([false, true]);
  });

  test('what lies after the as-of day is left as it is', () => {
    const later = cell({ period: month(4), coverage: { covered: 0, due: 0 }, status: 'na' });
    const totals = runningTotals(kpi('study_sessions'), [count(1, 3), count(2, 2), count(3, 1), later], {
      asOf: '2025-03-15',
    });
    expect(values(totals)).toEqual([3, 5, 6, null]);
    expect(totals[3]).toBe(later);
  });

  test('what is unknown in a month stays unknown in every total after it', () => {
    const totals = runningTotals(
      kpi('volunteers'),
      [count(1, 5, { unknown: 2 }), count(2, 4), count(3, 1, { unknown: 1 })],
      all,
    );
    expect(totals.map((c) => c?.unknown)).toEqual([2, 2, 3]);
  });

  test('a median has none', () => {
    expect(addsUp(kpi('rectification_median_days'))).toBe(false);
    expect(kpis.filter((k) => k.type === 'median').some(addsUp)).toBe(false);
    expect(addsUp(kpi('study_sessions')) && addsUp(kpi('attendance_rate'))).toBe(true);
  });

  test('a total opens the records from the year’s first day to the period’s last', () => {
    const state = { asOf: '2025-09-15' };
    expect(sumSpan({ period: '2025-03' }, state)).toEqual({ period: '2025', until: '2025-03-31' });
    expect(sumSpan({ period: '2025-Q2' }, state)).toEqual({ period: '2025', until: '2025-06-30' });
    // The running month ends with the as-of day, as the list does by itself.
    expect(sumSpan({ period: '2025-09' }, state)).toEqual({ period: '2025' });
    // A year that begins in April.
    expect(sumSpan({ period: '2025-05' }, { asOf: '2026-03-31', yearStart: 4 })).toEqual({
      period: '2025',
      until: '2025-05-31',
    });
  });
});
