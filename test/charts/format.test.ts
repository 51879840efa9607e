import { describe, expect, test } from 'vitest';
import { change, type Change } from '../../shared/change.ts';
import { noContext } from '../../shared/no-context.ts';
import {
  cellParts,
  formatCell,
  formatCellLong,
  formatChange,
  formatDate,
  formatMonths,
  formatNumber,
  formatPeriod,
  formatPeriodList,
  formatState,
  formatToDate,
  formatVerdict,
  formatYear,
  formatYears,
} from '../../shared/format.ts';
import { countsPerMember, perMember, type Kpi } from '../../shared/kpi.ts';
import { kpiById } from '../../shared/kpis.ts';
import type { Cell } from '../../shared/query.ts';
import { UnitTree } from '../../shared/unit.ts';

const kpi = (id: string): Kpi => kpiById.get(id)!;
const sessions = kpi('study_sessions');
const rate = kpi('attendance_rate');
const tree = new UnitTree([]);
const changeOf = (k: Kpi, now: Cell, then: Cell | null): Change => change(k, now, then, noContext, { tree });
const cell = (of: Partial<Cell>): Cell => ({
  kpi: 'study_sessions',
  unit: 'A',
  period: '2025',
  value: 0,
  numerator: null,
  denominator: null,
  records: 0,
  unknown: 0,
  coverage: { covered: 9, due: 9 },
  status: 'ok',
  ...of,
});
const ratioCell = (numerator: number, denominator: number): Cell =>
  cell({ value: denominator === 0 ? null : numerator / denominator, numerator, denominator });

describe('numbers', () => {
  test.each([
    [0, 0, '0'],
    [1234.5, 1, '1,234.5'],
    [-4, 0, '−4'],
    [-0.04, 1, '0.0'],
    [999999.96, 1, '1,000,000.0'],
  ])('%d at %d digits is %s', (value, digits, text) => expect(formatNumber(value, digits)).toBe(text));
});

describe('cells', () => {
  test('zero is a figure', () => expect(formatCell(sessions, cell({ value: 0 }), 'zh')).toBe('0'));
  test('a sum over what is not known is a lower bound, and says over how many', () => {
    const sum = cell({ value: 77, unknown: 3 });
    expect(formatCellLong(kpi('volunteers'), sum, 'zh')).toBe('≥ 77 人次（3 条不明）');
    expect(formatCellLong(kpi('volunteers'), sum, 'en')).toBe('≥ 77, 3 unknown');
    expect(formatCell(kpi('volunteers'), sum, 'zh')).toBe('≥ 77');
    expect(formatCellLong(kpi('volunteers'), cell({ value: 0, unknown: 3 }), 'en')).toBe('≥ 0, 3 unknown');
  });
  test('per member a count has both halves, and no lower bound', () => {
    const each = { ...ratioCell(46, 59), unknown: 2 };
    expect(formatCellLong(perMember(sessions), each, 'zh')).toBe('0.78 次/人（46/59）');
    expect(formatCellLong(perMember(sessions), each, 'en')).toBe('0.78 per member (46/59)');
    expect(perMember(rate)).toBe(rate);
    expect([kpi('rectification_overdue'), kpi('contradictions')].map(countsPerMember)).toEqual([
      false,
      false,
    ]);
  });
  test.each([
    [{ value: 5 }, '有数值', 'value'],
    [{ value: 0 }, '零', 'zero'],
    [
      { value: 5, status: 'partial', coverage: { covered: 8, due: 11 }, unknown: 2 },
      '有数值，台账只报 8/11，2 条不明',
      'value, reported 8/11, 2 unknown',
    ],
    [{ value: null, status: 'none' }, '未报', 'not reported'],
    // Begun, and nothing in it to be counted: with more days it may have something, but it is not awaited.
    [{ value: null, status: 'na', period: '2025' }, '不适用', 'n/a'],
    [{ value: null, status: 'na', period: '2026' }, '未到期', 'not due'],
    [{ value: null, status: 'na', kpi: 'norm_compliance' }, '未到期', 'not due'],
    [
      { value: null, status: 'na', kpi: 'norm_compliance', coverage: { covered: 0, due: 0 } },
      '不适用',
      'n/a',
    ],
    [{ value: null, status: 'na', period: '2024' }, '不适用', 'n/a'],
  ] as const)('the state of %j in words', (of, zh, en) => {
    expect(formatState(cell(of), 'zh', { asOf: '2025-09-15' })).toBe(zh);
    expect(formatState(cell(of), 'en', { asOf: '2025-09-15' })).toBe(en);
  });
  test('a year from April to March is not due until April', () => {
    const absent = cell({ value: null, status: 'na', period: '2025' });
    expect(formatCell(rate, absent, 'en', { asOf: '2025-03-31', yearStart: 4 })).toBe('— not due');
    expect(formatCell(rate, absent, 'en', { asOf: '2025-04-01', yearStart: 4 })).toBe('— n/a');
  });
  test('a rate leaves what is not known out, and is none', () =>
    expect(formatCell(rate, { ...ratioCell(87, 100), unknown: 3 }, 'zh')).toBe('87.0%'));
  test('a denominator of 10 is shown as a percentage, of 9 as its fraction', () => {
    expect(formatCell(rate, ratioCell(9, 10), 'zh')).toBe('90.0%');
    expect(formatCell(rate, ratioCell(9, 9), 'zh')).toBe('9/9');
    expect(formatCellLong(rate, ratioCell(31, 36), 'en')).toBe('86.1% (31/36)');
  });
  test('the days of a median stay beside their fraction', () =>
    expect(
      cellParts(kpi('rectification_median_days'), cell({ value: 43, numerator: 5, denominator: 7 }), 'zh'),
    ).toEqual({ value: '43', unit: '天（5/7）' }));
  test.each([
    ['none', '2025', '— 未报', '— not reported'],
    ['na', '2025-08', '— 不适用', '— n/a'],
    ['na', '2025-12', '— 未到期', '— not due'],
  ] as const)('%s in %s is %s', (status, period, zh, en) => {
    const absent = cell({ value: null, status, period });
    expect(formatCell(rate, absent, 'zh', { asOf: '2025-09-15' })).toBe(zh);
    expect(formatCell(rate, absent, 'en', { asOf: '2025-09-15' })).toBe(en);
  });
});

describe('changes', () => {
  const said = (k: Kpi, now: Cell, then: Cell | null, lang: 'zh' | 'en' = 'zh'): string =>
    formatChange(k, changeOf(k, now, then), lang);
  test('of counts, with the share', () => {
    expect(said(sessions, cell({ value: 412 }), cell({ value: 381 }))).toBe('+31 次（+8.1%）');
    expect(said(sessions, cell({ value: 96 }), cell({ value: 100 }), 'en')).toBe('−4 (−4.0%)');
    expect(said(sessions, cell({ value: 5 }), cell({ value: 0 }))).toBe('+5 次');
    expect(said(sessions, cell({ value: 5 }), cell({ value: 5 }))).toBe('持平');
  });
  test('of counts from under 10, without: a percentage of so few is noise', () => {
    expect(said(sessions, cell({ value: 12 }), cell({ value: 1 }))).toBe('+11 次');
    expect(said(sessions, cell({ value: 3 }), cell({ value: 9 }), 'en')).toBe('−6');
    expect(said(sessions, cell({ value: 13 }), cell({ value: 10 }))).toBe('+3 次（+30.0%）');
    const hours = kpi('volunteer_hours');
    expect(said(hours, cell({ value: 10.5 }), cell({ value: 9.9 }))).not.toContain('%');
  });
  test('of rates, in percentage points', () => {
    expect(said(rate, ratioCell(877, 1000), ratioCell(874, 1000))).toBe('+0.3 个百分点');
    expect(said(rate, ratioCell(87704, 100000), ratioCell(87700, 100000))).toBe('持平');
  });
  test('say whether they may be compared', () => {
    const verdict = (now: Cell, then: Cell | null, k = sessions): string =>
      formatVerdict(changeOf(k, now, then), 'zh');
    expect(verdict(cell({ value: 5 }), cell({ value: 4 }))).toBe('可比');
    expect(verdict(cell({ value: 5 }), cell({ value: null, status: 'none' }))).toBe(
      '不可比：没有基数：去年同期台账未报',
    );
    expect(verdict(cell({ value: 5 }), null)).toBe('不可比：没有基数：没有去年的数');
    expect(
      verdict(cell({ value: 5, status: 'partial', coverage: { covered: 5, due: 9 } }), cell({ value: 4 })),
    ).toBe('部分可比：本期台账只报 5/9 个支部月');
    expect(verdict(cell({ value: 5, unknown: 2 }), cell({ value: 4 }))).toBe('部分可比：2 条数不明');
    expect(verdict(ratioCell(5, 8), ratioCell(50, 80), rate)).toBe('不可比：分母少于 10');
  });
});

describe('days and periods', () => {
  test('in both languages', () => {
    expect([formatDate('2025-09-15', 'zh'), formatDate('2025-09-15', 'en')]).toEqual([
      '2025年9月15日',
      '15 Sep 2025',
    ]);
    expect([formatPeriod('2025-Q3', 'zh'), formatPeriod('2025-Q3', 'en')]).toEqual([
      '2025年第三季度',
      'Q3 2025',
    ]);
    expect(formatPeriodList(['2025-03', '2025-07'], 'zh')).toBe('3、7月');
  });
  test('years: runs are joined, gaps are not', () =>
    expect(formatYears([2023, 2019, 2022], 'zh')).toBe('2019、2022–2023'));
  test('to date: whole months are said as months', () => {
    expect(formatToDate('2025-09-30', 'zh')).toBe('1–9月');
    expect(formatToDate('2025-09-15', 'zh')).toBe('1月1日–9月15日');
    expect(formatToDate('2024-02-28', 'en')).toBe('1 Jan–28 Feb');
    // Beside a leap year, of which it is not the whole month.
    expect(formatToDate('2025-02-28', 'en')).toBe('1 Jan–28 Feb');
    expect(formatToDate('2024-02-29', 'en')).toBe('Jan–Feb');
    expect(formatToDate('2025-01-01', 'zh')).toBe('1月1日');
  });
  test('a year that begins in April has two names, and days of its own', () => {
    expect([formatYear(2025, 'zh', 4), formatYear(2025, 'en', 4)]).toEqual(['2025/26年度', '2025/26']);
    expect([formatYear(2025, 'zh'), formatYear(2099, 'en', 4)]).toEqual(['2025年', '2099/00']);
    expect(formatPeriod('2025-Q1', 'zh', 4)).toBe('2025/26年度第一季度');
    expect(formatPeriod('2026-02', 'en', 4)).toBe('Feb 2026');
    expect(formatYears([2023, 2024, 2025], 'zh', 4)).toBe('2023/24–2025/26年度');
    expect(formatToDate('2025-09-15', 'en', 4)).toBe('1 Apr–15 Sep');
    expect(formatToDate('2025-09-30', 'zh', 4)).toBe('4–9月');
    expect(formatToDate('2026-02-15', 'zh', 4)).toBe('4月1日–次年2月15日');
    expect(formatToDate('2026-01-31', 'en', 4)).toBe('Apr–Jan');
    expect(formatToDate('2025-04-30', 'zh', 4)).toBe('4月');
  });
  test('months by their years', () => {
    const months = ['2025-01', '2024-04', '2024-05', '2024-07', '2024-08', '2024-09'];
    expect(formatMonths(months, 'zh')).toBe('2024年4、5、7–9月，2025年1月');
    expect(formatMonths(months, 'en')).toBe('Apr–May, Jul–Sep 2024, Jan 2025');
  });
});
