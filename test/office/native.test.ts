import { describe, expect, test } from 'vitest';
import { nativeCharts } from '../../server/snapshot/office/native.ts';
import type { NativeChart } from '../../server/snapshot/office/chart.ts';
import type { Sealed } from '../../server/snapshot/sealed.ts';
import { views } from '../../shared/charts/views.ts';
import type { ViewState } from '../../shared/charts/view.ts';
import type { ViewId } from '../../shared/views.ts';
import { madeInput, madeTree, spread01, type Asking, type Figure } from '../charts/made.ts';
import { sealOf } from '../sealed.ts';

/** What the charts must show, told from the sealed cells one by one. */

const asOf = '2025-09-30';
const rate = ({ unit, period, kind }: Asking): Figure => {
  if (unit === 'S6' || period === '2025-04') return null;
  const denominator = unit === 'S8' ? 8 : 200;
  return {
    numerator: Math.round(denominator * (0.7 + 0.3 * spread01(unit, period, kind ?? ''))),
    denominator,
  };
};
const count = ({ unit, period, kind }: Asking): Figure =>
  period === '2025-04' || period.startsWith('2025-04')
    ? null
    : { numerator: Math.floor(spread01(unit, period, kind ?? '') * 9) };

function seal(
  view: ViewId,
  of: Partial<ViewState> & { kpi: string },
  figures = rate,
  tree = madeTree(),
): Sealed {
  return sealOf(view, madeInput(views[view], { asOf, ...of }, figures, tree));
}
const cellsOf = (sealed: Sealed) => sealed.answers.flatMap((a) => a.cells);
const valueAt = (
  sealed: Sealed,
  of: { period: string; unit?: string; kind?: string },
  answer = 0,
): number | null => {
  const { unit = 'JH', period, kind } = of;
  const cell = sealed.answers[answer]?.cells.find(
    (c) => c.unit === unit && c.period === period && c.kind === kind,
  );
  // Over too few it is no point.
  return cell === undefined || (cell.denominator !== null && cell.denominator < 10) ? null : cell.value;
};
const valuesOf = (chart: NativeChart | undefined, name: RegExp): readonly (number | null)[] | undefined =>
  chart?.series.find((s) => name.test(s.name))?.values;
const months = (year: number): string[] =>
  Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);

describe('the figures of the native charts', () => {
  test('yoy: a line a year, a gap where a month is not reported', () => {
    const sealed = seal('yoy', { kpi: 'attendance_rate' });
    const [chart] = nativeCharts(sealed);
    for (const year of [2022, 2023, 2024, 2025])
      expect(valuesOf(chart, new RegExp(`^${year}`))).toEqual(
        months(year).map((period) => valueAt(sealed, { period })),
      );
    expect(valuesOf(chart, /^2025/)?.slice(3, 5)).toEqual([null, valueAt(sealed, { period: '2025-05' })]);
    expect(valuesOf(chart, /^2025/)?.slice(9)).toEqual([null, null, null]);
    expect(chart?.remarks.join()).toContain('未报：2025年4月');
    expect(chart).toMatchObject({ format: '0.0%', axisFormat: '0%', lies: 'standing' });
    expect(chart?.axis.min).toBeGreaterThan(0);
  });

  test('yoy of counts begins at zero', () => {
    const [chart] = nativeCharts(seal('yoy', { kpi: 'study_sessions' }, count));
    expect(chart?.axis.min).toBe(0);
    expect(chart?.format).toBe('#,##0');
  });

  test('multiples and side by side: a chart a unit, all on one scale; one over too few has no line', () => {
    for (const view of ['multiples', 'beside'] as const) {
      const sealed = seal(view, {
        kpi: 'attendance_rate',
        ...(view === 'beside' ? { beside: ['S1', 'S8'] } : {}),
      });
      const charts = nativeCharts(sealed);
      expect(charts.map((c) => c.name)).toEqual(
        view === 'beside'
          ? ['东港站', '白沙站']
          : sealed.units.slice(1).map((u) => u.name.replace('引航站党支部', '站')),
      );
      expect(new Set(charts.map((c) => JSON.stringify(c.axis))).size).toBe(1);
      const answer = (unit: string): number =>
        sealed.answers.findIndex((a) => a.cells.some((c) => c.unit === unit));
      expect(valuesOf(charts[0], /^2025/)).toEqual(
        months(2025).map((period) => valueAt(sealed, { period, unit: 'S1' }, answer('S1'))),
      );
      const small = charts.find((c) => c.name === '白沙站');
      expect(valuesOf(small, /^2024/)?.every((v) => v === null)).toBe(true);
      expect(small?.remarks.join()).toMatch(/分母少于 10.*\/8/);
    }
  });

  test('trend: columns of the same days and of whole years', () => {
    const sealed = seal('trend', { kpi: 'study_sessions' }, count);
    const [chart] = nativeCharts(sealed);
    const years = ['2022', '2023', '2024', '2025'];
    expect(valuesOf(chart, /1–9月/)).toEqual(years.map((period) => valueAt(sealed, { period }, 1)));
    expect(valuesOf(chart, /全年/)).toEqual([
      ...years.slice(0, 3).map((period) => valueAt(sealed, { period })),
      null,
    ]);
    expect(chart?.series.every((s) => s.as === 'bar')).toBe(true);
    expect(chart?.axis.min).toBe(0);
  });

  test('compare: bars in the page’s order with last year’s and the norm; those set apart are named', () => {
    const sealed = seal('compare', { kpi: 'norm_compliance' });
    const [chart] = nativeCharts(sealed);
    const labels = sealed.table.rows.map((row) => row.label.replace('引航站党支部', '站'));
    expect(chart?.categories).toEqual(labels.slice(0, chart?.categories.length));
    const codes = chart?.categories.map(
      (name) => sealed.units.find((u) => u.name.startsWith(name.slice(0, 2)))?.code ?? '',
    );
    expect(valuesOf(chart, /^2025/)).toEqual(codes?.map((unit) => valueAt(sealed, { unit, period: '2025' })));
    expect(valuesOf(chart, /^2024/)).toEqual(codes?.map((unit) => valueAt(sealed, { unit, period: '2024' })));
    expect(valuesOf(chart, /规定 100%/)).toEqual(codes?.map(() => 1));
    expect(chart).toMatchObject({ lies: 'lying', axis: { min: 0 } });
    expect(chart?.remarks.join()).toContain('青山站');
  });

  test('slope: two points a unit, in lines of twelve', () => {
    const sealed = seal('slope', { kpi: 'attendance_rate' }, rate, madeTree(20));
    const charts = nativeCharts(sealed);
    const lines = charts.flatMap((c) => c.series.filter((s) => !s.name.startsWith('规定')));
    const both = sealed.units.filter((u) =>
      [2022, 2025].every((y) => valueAt(sealed, { unit: u.code, period: String(y) }) !== null),
    );
    expect(lines).toHaveLength(both.length);
    expect(charts.map((c) => c.page)).toEqual([
      { from: 1, to: 12, of: both.length },
      { from: 13, to: 24, of: both.length },
      { from: 25, to: both.length, of: both.length },
    ]);
    const first = lines.find((s) => s.name.startsWith('东港站'));
    expect(first?.values).toEqual(['2022', '2025'].map((period) => valueAt(sealed, { unit: 'S1', period })));
  });

  test('composition: a bar a kind, of both years', () => {
    const sealed = seal('composition', { kpi: 'study_sessions' }, count);
    const [chart] = nativeCharts(sealed);
    const sum = (period: string): number =>
      cellsOf(sealed)
        .filter((c) => c.kind !== undefined && c.period === period)
        .reduce((n, c) => n + (c.value ?? 0), 0);
    const total = (values: readonly (number | null)[] | undefined): number =>
      values?.reduce<number>((n, v) => n + (v ?? 0), 0) ?? -1;
    expect(total(valuesOf(chart, /^2025/))).toBe(sum('2025'));
    expect(total(valuesOf(chart, /^2024/))).toBe(sum('2024'));
    expect(chart?.categories).toEqual(sealed.table.rows.map((row) => row.label));
  });

  test('calendar: the days of each month together; a month not reported has no column', () => {
    const sealed = seal('calendar', { kpi: 'study_sessions' }, count);
    const [chart] = nativeCharts(sealed);
    const of = (month: string): number | null => {
      const days = cellsOf(sealed).filter(
        (c) => c.period.startsWith(month) && c.period <= asOf && c.status !== 'none',
      );
      return days.length === 0 ? null : days.reduce((n, c) => n + (c.value ?? 0), 0);
    };
    expect(chart?.series[0]?.values).toEqual(months(2025).map(of));
    expect(chart?.series[0]?.values[3]).toBeNull();
  });

  test('rectification: raised, closed and overdue, by quarter', () => {
    const figures = ({ kpi, period }: Asking): Figure =>
      period === '2024-Q2'
        ? null
        : kpi.endsWith('overdue')
          ? { numerator: 2 }
          : { numerator: 3, denominator: 5 };
    const sealed = seal('rectification', { kpi: 'rectification_closure_rate', years: [2024, 2025] }, figures);
    const [chart] = nativeCharts(sealed);
    expect(chart?.categories).toEqual([
      '2024 Q1',
      '2024 Q2',
      '2024 Q3',
      '2024 Q4',
      '2025 Q1',
      '2025 Q2',
      '2025 Q3',
      '2025 Q4',
    ]);
    expect(valuesOf(chart, /发现/)).toEqual([5, null, 5, 5, 5, 5, 5, null]);
    expect(valuesOf(chart, /已销号/)).toEqual([3, null, 3, 3, 3, 3, 3, null]);
    expect(valuesOf(chart, /逾期/)).toEqual([2, null, 2, 2, 2, 2, 2, null]);
  });
});

describe('what is much, and what is nothing', () => {
  test('200 branches stand on pages of 25, each once, all on one scale', () => {
    const sealed = seal(
      'compare',
      { kpi: 'study_hours_per_member' },
      ({ unit, period }) => ({
        numerator: 300 + Number(unit.slice(1)) * (period === '2024' ? 1 : 2),
        denominator: 20,
      }),
      madeTree(189),
    );
    const charts = nativeCharts(sealed);
    expect(charts.map((c) => c.page)).toEqual(
      Array.from({ length: 8 }, (_, i) => ({ from: i * 25 + 1, to: i * 25 + 25, of: 200 })),
    );
    expect(new Set(charts.flatMap((c) => c.categories)).size).toBe(200);
    expect(new Set(charts.map((c) => JSON.stringify(c.axis))).size).toBe(1);
  });
  test('ten years are ten lines', () => {
    const years = Array.from({ length: 10 }, (_, i) => 2016 + i);
    const [chart] = nativeCharts(seal('yoy', { kpi: 'study_sessions', years }, count));
    expect(chart?.series.filter((s) => /^20\d\d/.test(s.name))).toHaveLength(10);
  });
  test('without a figure there is no chart', () => {
    for (const view of [
      'yoy',
      'multiples',
      'trend',
      'compare',
      'slope',
      'beside',
      'composition',
      'calendar',
      'rectification',
    ] as const)
      expect(nativeCharts(seal(view, { kpi: 'study_sessions' }, () => null))).toEqual([]);
  });
});
