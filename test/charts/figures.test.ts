import { expect, test } from 'vitest';
import type { Change } from '../../shared/change.ts';
import { calendar } from '../../shared/charts/calendar.ts';
import { changeCell } from '../../shared/charts/parts.ts';
import { runningDays } from '../../shared/charts/yoy-reading.ts';
import { kpiById } from '../../shared/kpis.ts';
import { madeInput, type Figure } from './made.ts';

test('a running quarter is of its own days, whenever the centre’s year begins', () => {
  expect(runningDays('2026-Q3', '2026-09-15', { lang: 'en', start: 1 })).toBe('1 Jul–15 Sep');
  expect(runningDays('2026-Q2', '2026-09-15', { lang: 'en', start: 4 })).toBe('1 Jul–15 Sep');
  expect(runningDays('2026-Q1', '2026-09-15', { lang: 'zh', start: 9 })).toBe('9月1–15日');
});

test('a difference that may not be told is in no file, one without a base is', () => {
  const change = (code: 'merged' | 'no_base'): Change => ({
    delta: 2,
    relative: null,
    verdict: 'not_comparable',
    reasons: [{ code, verdict: 'not_comparable', text: { zh: '', en: '' } }],
    because: null,
  });
  const kpi = kpiById.get('visits')!;
  expect(changeCell(kpi, change('merged'), 'en')).toEqual({ text: '' });
  expect(changeCell(kpi, change('no_base'), 'en')).toMatchObject({ value: 2 });
});

test('a day whose figure is 0 or unknown has records; one without any has none', () => {
  const days: Record<string, Figure> = {
    '2026-03-01': { numerator: 0, unknown: 1, records: 1 },
    '2026-03-02': { numerator: 5, records: 1 },
    '2026-03-03': { numerator: 0, records: 1 },
  };
  const input = madeInput(
    calendar,
    { kpi: 'volunteers', years: [2026], asOf: '2026-12-31' },
    ({ period }) => days[period] ?? { numerator: 0, records: 0 },
  );
  expect(calendar.table(input, 'en').rows.map((r) => [r.label, r.cells[0]?.text])).toEqual([
    ['1 Mar 2026', '≥ 0, 1 unknown'],
    ['2 Mar 2026', '5'],
    ['3 Mar 2026', '0'],
  ]);
  expect(calendar.says(input, 'en')).toContain('3 of 365 days reported have records');
});
