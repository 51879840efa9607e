import { read as calendarOf, type Day, type Reading } from '../../../shared/charts/calendar.ts';
import { kpiOf, periodsIn, standOf, startOf, thisYear } from '../../../shared/charts/parts.ts';
import { OVERDUE, read as readQuarters } from '../../../shared/charts/rectification-reading.ts';
import type { ViewInput } from '../../../shared/charts/view.ts';
import { formatPeriodInYear, yearName } from '../../../shared/format.ts';
import { addsUp } from '../../../shared/kpi.ts';
import type { Lang, Text } from '../../../shared/text.ts';
import type { NativeChart, NativeSeries } from './chart.ts';
import { axisOf, formatOf, palette } from './look.ts';
import { remarksOf, spotAt, type Spot } from './remarks.ts';

/** Charts of days and of problems over the quarters. */

const words = {
  records: { zh: '记录条数', en: 'records' },
  raised: { zh: '发现', en: 'raised' },
  closed: { zh: '已销号', en: 'closed' },
  overdue: { zh: '期末逾期', en: 'overdue at end' },
} satisfies Record<string, Text>;

/** The days of a year by months: what the days of each add up to. A month that no ledger covers has no column. */
export function calendarCharts(input: ViewInput, lang: Lang): NativeChart[] {
  const r = calendarOf(input);
  const months = periodsIn(r.state, thisYear(r.state), 'month');
  const isCount = r.kpi.type === 'count';
  const series: NativeSeries[] = [
    {
      name: isCount ? yearName(thisYear(r.state), startOf(r.state)) : words.records[lang],
      values: months.map((month) => monthValue(r, month)),
      as: 'bar',
      colour: palette.red,
      isLabelled: true,
    },
  ];
  const kpi = isCount ? r.kpi : { ...kpiOf({ kpi: OVERDUE }), digits: 0 };
  return [
    {
      name: null,
      page: null,
      lies: 'standing',
      categories: months.map((month) => formatPeriodInYear(month, lang)),
      series,
      format: formatOf(kpi),
      ...axisOf(kpi, series),
      remarks: remarksOf(monthSpots(r, months, lang), { kpi: r.kpi, state: r.state, lang, few: false }),
    },
  ];
}

const daysIn = (r: Reading, month: string): Day[] => r.days.filter((d) => d.date.startsWith(month));

const isTold = (r: Reading, { cell, date }: Day): boolean =>
  cell !== null && standOf(date, r.state) !== 'later' && cell.status !== 'none' && cell.coverage.due > 0;

/** What flows adds up over the days; what stands open is what it was on the last of them. */
function monthValue(r: Reading, month: string): number | null {
  const days = daysIn(r, month).filter((d) => isTold(r, d));
  const last = days.at(-1);
  if (last === undefined) return null;
  if (r.kpi.type === 'count' && !addsUp(r.kpi)) return last.cell?.value ?? null;
  return Number(days.reduce((sum, d) => sum + d.amount, 0).toPrecision(14));
}

/** A month is named once, by the first of its days that has something to say. */
function monthSpots(r: Reading, months: readonly string[], lang: Lang): Spot[] {
  return months.flatMap((month) => {
    const due = daysIn(r, month).filter((d) => standOf(d.date, r.state) !== 'later');
    const day = due.find((d) => d.cell?.status === 'none') ?? due.find((d) => d.cell?.status === 'partial');
    if (day?.cell == null) return [];
    return [{ ...spotAt(r.state, lang, { ...day.cell, period: month }), cell: day.cell }];
  });
}

/** Problems raised and, within them, closed, by the quarter in which they were raised; over them what was overdue at its end. */
export function rectificationCharts(input: ViewInput, lang: Lang): NativeChart[] {
  const { state } = input;
  const quarters = readQuarters(input);
  const isDue = (q: (typeof quarters)[number]): boolean =>
    q.closure !== null &&
    q.closure.status !== 'none' &&
    q.closure.coverage.due > 0 &&
    standOf(q.period, state) !== 'later';
  const series: NativeSeries[] = [
    {
      name: words.raised[lang],
      values: quarters.map((q) => (isDue(q) ? q.raised : null)),
      as: 'bar',
      colour: palette.warn,
      hollow: true,
    },
    {
      name: words.closed[lang],
      values: quarters.map((q) => (isDue(q) ? q.closed : null)),
      as: 'bar',
      colour: palette.past[2],
    },
    {
      name: words.overdue[lang],
      values: quarters.map((q) => (standOf(q.period, state) === 'later' ? null : (q.overdue?.value ?? null))),
      as: 'line',
      colour: palette.red,
      width: 2,
      marker: 'circle',
    },
  ];
  const kpi = kpiOf({ kpi: OVERDUE });
  return [
    {
      name: null,
      page: null,
      lies: 'standing',
      categories: quarters.map(({ period }) => quarterName(period, startOf(state))),
      series,
      format: formatOf(kpi),
      ...axisOf(kpi, series),
      nested: true,
      remarks: remarksOf(
        quarters.filter((q) => !isDue(q)).map((q) => spotAt(state, lang, q.closure)),
        { kpi, state, lang, few: false },
      ),
    },
  ];
}

/** `2024 Q3`, by the year in which the centre counts it. */
const quarterName = (period: string, start: number): string =>
  `${yearName(Number(period.slice(0, 4)), start)} ${period.slice(5)}`;
