import { expect, test } from 'vitest';
import type { Change } from '../../shared/change.ts';
import { calendar } from '../../shared/charts/calendar.ts';
import { compare } from '../../shared/charts/compare.ts';
import { tipOf as compareTip } from '../../shared/charts/compare-drawing.ts';
import { composition } from '../../shared/charts/composition.ts';
import { heatmap } from '../../shared/charts/heatmap.ts';
import { changeCell } from '../../shared/charts/parts.ts';
import { peersOf } from '../../shared/charts/peers.ts';
import { trend } from '../../shared/charts/trend.ts';
import { read, tipOf } from '../../shared/charts/trend-reading.ts';
import type { Look, ViewInput } from '../../shared/charts/view.ts';
import { yoy } from '../../shared/charts/yoy.ts';
import { runningWords } from '../../shared/charts/yoy-names.ts';
import { runningDays } from '../../shared/charts/span.ts';
import { read as readYoy } from '../../shared/charts/yoy-reading.ts';
import { kpiById } from '../../shared/kpis.ts';
import { english, madeInput, wide, type Figure } from './made.ts';

test('a running quarter is of its own days, whenever the centre’s year begins', () => {
  expect(runningDays('2026-Q3', '2026-09-15', { lang: 'en', start: 1 })).toBe('1 Jul–15 Sep');
  expect(runningDays('2026-Q2', '2026-09-15', { lang: 'en', start: 4 })).toBe('1 Jul–15 Sep');
  expect(runningDays('2026-Q1', '2026-09-15', { lang: 'zh', start: 9 })).toBe('9月1–15日');
  expect(runningDays('2025-Q4', '2026-02-15', { lang: 'zh', start: 3 })).toBe('12月1日–次年2月15日');
  expect(runningDays('2025-Q4', '2026-02-15', { lang: 'en', start: 3 })).toBe('1 Dec–15 Feb');
});

test('a running quarter over the turn of the calendar year is named by the year in which it begins', () => {
  const state = { years: [2024, 2025], asOf: '2026-02-15', grain: 'quarter', yearStart: 3 } as const;
  const r = readYoy(madeInput(yoy, { kpi: 'visits', ...state }, () => ({ numerator: 3 })));
  const said = (look: Look): string | undefined => runningWords(r, look, { left: 40, right: 44 })?.nowText;
  expect([said(wide), said(english)]).toEqual(['2025年12月1日–次年2月15日 3', '1 Dec–15 Feb 2026 3']);
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

const volunteersIn = (days: Record<string, Figure>): ViewInput =>
  madeInput(calendar, { kpi: 'volunteers', years: [2026], asOf: '2026-12-31' }, ({ period }) =>
    period.startsWith('2026-04') ? null : (days[period] ?? { numerator: 0, records: 0 }),
  );

test('the busiest day is a lower bound where its figure is one; none is where nothing is above 0', () => {
  const input = volunteersIn({ '2026-03-02': { numerator: 5, unknown: 1, records: 2 } });
  expect(calendar.says(input, 'zh')).toBe('已报的 335 天中 1 天有记录；最多的一天是3月2日，≥ 5 人次。');
  expect(calendar.says(input, 'en')).toContain('the busiest is 2 Mar, ≥ 5.');
  const zero = volunteersIn({ '2026-03-02': { numerator: 0, unknown: 1, records: 1 } });
  expect(calendar.says(zero, 'en')).toBe('1 of 335 days reported have records.');
});

test('a month that is not reported has its state in the calendar’s table', () => {
  const [april] = calendar.table(volunteersIn({}), 'zh').rows;
  expect([april?.label, april?.cells[0]]).toEqual([
    '2026年4月',
    { text: '— 未报', state: '未报', status: 'none' },
  ]);
});

test('most in a year is a lower bound where its month is one', () => {
  const input = madeInput(yoy, { kpi: 'volunteers', years: [2026], asOf: '2026-12-31' }, ({ period }) =>
    period === '2026-03' ? { numerator: 5, unknown: 1 } : { numerator: 1 },
  );
  expect(yoy.says(input, 'en')).toContain('Most in Mar, ≥ 5');
});

test('units that are not compared have no difference, in the table and under the pointer', () => {
  const input = madeInput(
    compare,
    { kpi: 'study_sessions', asOf: '2025-12-31' },
    ({ unit, period }): Figure => ({
      numerator: period === '2025' ? 30 : 20,
      coverage: unit === 'S4' && period === '2025' ? [7, 12] : [12, 12],
    }),
  );
  const rows = compare.table(input, 'en').rows.map((r) => [r.label, ...r.cells.slice(2)]);
  expect(rows.at(0)?.slice(1)).toEqual([{ text: '+10 (+50.0%)', value: 10 }, { text: 'comparable' }]);
  expect(rows.at(-1)).toEqual([
    '沙屿引航站党支部',
    { text: '' },
    { text: 'only 7 of 12 months reported, not compared' },
  ]);
  const [apart] = peersOf(input).apart;
  const tip = compareTip(peersOf(input), apart!, input.state, 'en').split('\n');
  expect(tip.at(-1)).toBe('only 7 of 12 months reported, not compared');
  expect(tip.join()).not.toContain('+10');
});

const visits = (of: Partial<ViewInput['state']>, now = 3, then = 3): ViewInput =>
  madeInput(trend, { kpi: 'visits', ...of }, ({ period }) => ({
    numerator: period === String(of.years?.at(-1)) ? now : then,
  }));
const texts = (input: ViewInput, lang: 'zh' | 'en'): string[][] =>
  trend.table(input, lang).rows.map((r) => [r.label, ...r.cells.map((c) => c.text)]);

test('28 February is no whole month beside a leap year', () => {
  const input = visits({ years: [2024, 2025, 2026], asOf: '2026-02-28' });
  expect(trend.table(input, 'en').columns).toEqual(['Year', '1 Jan–28 Feb', 'Whole year']);
  expect(trend.table(input, 'zh').columns[1]).toBe('1月1日–2月28日');
});

test('each year that is not over is no whole year, be it the last or not', () => {
  const input = visits({ years: [2025, 2026, 2027], asOf: '2026-09-15' });
  expect(texts(input, 'en')).toEqual([
    ['2025', '3', '3'],
    ['2026', '3', 'not due'],
    ['2027', '— not due', '— not due'],
  ]);
  const r = read(input);
  expect(r.years.map((y) => tipOf(r, y, 'en').includes('Whole year'))).toEqual([true, false, false]);
  expect(trend.says(input, 'zh')).toBe('2027年未到期。');
  const whole = visits({ years: [2025, 2026, 2027], asOf: '2026-09-15', whole: true });
  expect(texts(whole, 'zh').map(([label]) => label)).toEqual(['2025', '2026（1月1日–9月15日）', '2027']);
});

test('of a unit of which nothing is asked any more no whole year is awaited', () => {
  const input = madeInput(trend, { kpi: 'attendance_rate', years: [2025, 2026], asOf: '2026-09-15' }, () => ({
    numerator: 0,
    coverage: [0, 0],
  }));
  expect(texts(input, 'en').at(-1)).toEqual(['2026', '— n/a', '— n/a']);
});

const months = { yoy, heatmap, calendar, composition };
test.each(Object.entries(months))('%s: a year to come is not due, not unreported', (_, view) => {
  const input = madeInput(view, { kpi: 'study_sessions', years: [2027], asOf: '2026-09-15' }, () => null);
  expect([view.says(input, 'zh'), view.says(input, 'en')]).toEqual(['2027年未到期。', '2027: not due.']);
});

test('a year against the last: level, and from 0 without a base', () => {
  const years = { years: [2025, 2026], asOf: '2026-09-15' };
  expect(trend.says(visits(years), 'zh')).toBe('2026年 1月1日–9月15日 3 次，与去年同期持平。');
  expect(trend.says(visits(years, 3, 0), 'zh')).toBe(
    '2026年 1月1日–9月15日 3 次，比去年同期 +3 次（没有基数）。',
  );
  expect(trend.says(visits(years, 3, 0), 'en')).toBe(
    '1 Jan–15 Sep 2026: 3, +3 against the same days last year (no base).',
  );
});

test('the most of a figure’s kinds against the last year: level, and from 0 without a base', () => {
  const said = (then: number): string =>
    composition.says(
      madeInput(composition, { kpi: 'study_sessions', asOf: '2025-09-15' }, ({ kind, period }) => ({
        numerator: kind !== undefined && kind !== 'expert_lecture' ? 0 : period === '2025' ? 3 : then,
      })),
      'zh',
    );
  expect([said(3), said(0)]).toEqual([
    '专家辅导最多，3 次，与去年同期持平。',
    '专家辅导最多，3 次，比去年同期 +3 次（没有基数）。',
  ]);
});
