import { describe, expect, test } from 'vitest';
import { columnName, columnsOf, overdueDays, shapeOf } from '../../client/components/records/columns.ts';
import { periodOptions } from '../../client/components/records/periods.ts';
import { cellInWords } from '../../client/components/records/sentence.ts';
import type { RecordRow } from '../../shared/api.ts';
import { kpiById, kpis } from '../../shared/kpis.ts';
import type { Cell } from '../../shared/query.ts';
import { langs } from '../../shared/text.ts';

const row = (of: Partial<RecordRow>): RecordRow => ({
  id: '1-1-1-4',
  family: 'activity',
  unit: 'NA',
  date: '2022-03-05',
  kind: null,
  title: null,
  source: null,
  ...of,
});
const figures = (r: RecordRow, shape: Parameters<typeof columnsOf>[0], asOf = '2022-12-31') =>
  Object.fromEntries(columnsOf(shape, 'zh', asOf).map((c) => [c.id, c.of(r).text]));

describe('a record in the list', () => {
  test('what is not known is said, never shown as 0', () => {
    expect(figures(row({ participants: null, participantsMin: 50, hours: 1.5 }), 'volunteering')).toEqual({
      participants: '≥ 50',
      serviceHours: '1.5',
      place: '—',
    });
    expect(figures(row({ expected: 0, present: null }), 'activity')).toMatchObject({
      expected: '0',
      present: '不明',
    });
  });

  test('every shape that a KPI can have has columns in both languages', () => {
    for (const kpi of kpis)
      for (const part of [undefined, 'numerator', 'denominator'] as const)
        for (const lang of langs)
          for (const column of columnsOf(shapeOf(kpi, part), lang, '2022-12-31')) {
            expect(column.label).not.toBe('');
            expect(column.of(row({})).text).not.toMatch(/NaN|undefined|null/);
          }
  });

  test('the denominator of a per-member figure is the roster', () => {
    expect(shapeOf(kpiById.get('study_hours_per_member')!, 'denominator')).toBe('headcount');
    expect(shapeOf(kpiById.get('study_hours_per_member')!, 'numerator')).toBe('activity');
  });

  test('columns of the raw row are named as a sheet names them', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});

describe('overdue', () => {
  const item = (dueOn: string | null, closedOn: string | null = null, nature = 'deadline'): RecordRow =>
    row({ family: 'rectification', dueOn, closedOn, nature });

  test('on its due day an item is not yet overdue; the day after it is by one', () => {
    expect(overdueDays(item('2022-12-31'), '2022-12-31')).toBeNull();
    expect(overdueDays(item('2022-12-30'), '2022-12-31')).toBe(1);
  });
  test('a closure after the as-of day does not count yet', () => {
    expect(overdueDays(item('2022-12-01', '2023-01-05'), '2022-12-31')).toBe(30);
    expect(overdueDays(item('2022-12-01', '2022-12-31'), '2022-12-31')).toBeNull();
  });
  test('long-term items and items without a date are never overdue', () => {
    expect(overdueDays(item('2022-12-01', null, 'long_term'), '2022-12-31')).toBeNull();
    expect(overdueDays(item(null), '2022-12-31')).toBeNull();
  });
});

describe('the sentence of a cell', () => {
  const cell = (of: Partial<Cell>): Cell => ({
    kpi: 'attendance_rate',
    unit: 'NA',
    period: '2022',
    value: 55 / 66,
    numerator: 55,
    denominator: 66,
    records: 4,
    unknown: 2,
    coverage: { covered: 12, due: 12 },
    status: 'ok',
    ...of,
  });
  const rate = kpiById.get('attendance_rate')!;

  test('a rate is an equation', () => {
    expect(cellInWords(rate, cell({}), 'zh', { asOf: '2022-12-31' })).toBe(
      '实到人次 55 ÷ 应到人次 66 = 83.3%',
    );
  });
  test('a zero denominator has no value', () => {
    const empty = cell({ value: null, numerator: 0, denominator: 0, status: 'na' });
    expect(cellInWords(rate, empty, 'en', { asOf: '2022-12-31' })).toBe('present 0 ÷ expected 0 = —');
  });
  test('what is not reported says so', () => {
    const none = cell({ value: null, numerator: null, denominator: null, status: 'none' });
    expect(cellInWords(rate, none, 'zh', { asOf: '2022-12-31' })).toBe('— 未报');
  });
});

test('periods to choose from: the covered years, then the parts of the chosen one', () => {
  const options = periodOptions({ years: [2021, 2022] }, '2022-Q1', 'zh').map((o) => o.value);
  expect(options.slice(0, 4)).toEqual(['2022', '2021', '2022-Q1', '2022-Q2']);
  expect(options).toHaveLength(2 + 4 + 12);
  const fiscal = periodOptions({ years: [2025], yearStart: 4 }, '2026-02', 'zh');
  expect(fiscal.map((o) => o.value).slice(-2)).toEqual(['2026-02', '2026-03']);
  expect([fiscal[0]?.label, fiscal[1]?.value]).toEqual(['2025/26年度', '2025-Q1']);
  expect(periodOptions({ years: [2021] }, 'never', 'zh').map((o) => o.value)).toEqual(['2021']);
});
