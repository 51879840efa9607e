import { formatDay, formatPeriodInYear, formatPeriodList, formatWithUnit, isSmall } from '../format.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import { monthOf, periodsOf, rangeOf, type Grain } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import {
  finder,
  known,
  kpiOf,
  sentence,
  standOf,
  thisYear,
  tipLine,
  type Known,
  type Stand,
} from './parts.ts';
import type { ViewInput, ViewState } from './view.ts';

/** What the year-over-year answers say, before anything is drawn. */

export const grainIn = (state: ViewState): Grain => (state.grain === 'quarter' ? 'quarter' : 'month');

export type Year = { readonly year: number; readonly ago: number; readonly cells: readonly (Cell | null)[] };
export type Reading = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  /** Periods of this year, in order. */
  readonly periods: readonly string[];
  readonly stands: readonly Stand[];
  readonly years: readonly Year[];
  readonly now: Year;
  /** The period that the as-of day cuts, and the same days of it a year earlier. */
  readonly running: {
    readonly index: number;
    readonly period: string;
    readonly now: Cell | null;
    readonly before: Cell | null;
  } | null;
};

export const runningPeriod = (state: ViewState): number =>
  periodsOf(thisYear(state), grainIn(state)).findIndex((p) => standOf(p, state.asOf) === 'running');

export function read({ state, answers }: ViewInput): Reading {
  const find = finder(answers[0]);
  const same = finder(answers[1]);
  const grain = grainIn(state);
  const last = thisYear(state);
  const periods = periodsOf(last, grain);
  const years = state.years.map((year) => ({
    year,
    ago: last - year,
    cells: periodsOf(year, grain).map((period) => find({ period })),
  }));
  const now = years.at(-1) ?? { year: last, ago: 0, cells: [] };
  const index = runningPeriod(state);
  const yearEarlier = periodsOf(last - 1, grain)[index];
  const period = periods[index];
  const running =
    period === undefined
      ? null
      : {
          index,
          period,
          now: now.cells[index] ?? null,
          before: yearEarlier === undefined ? null : same({ period: yearEarlier }),
        };
  return {
    state,
    kpi: kpiOf(state),
    periods,
    stands: periods.map((p) => standOf(p, state.asOf)),
    years,
    now,
    running,
  };
}

/** A point of a line. Over too few a rate is no point: it would bend the line by chance. */
export const pointOf = (r: Reading, cell: Cell | null | undefined): number | null =>
  cell == null || isSmall(r.kpi, cell) ? null : cell.value;

/** The running period, where it has a figure to draw. */
export type RunningPoint = { readonly index: number; readonly now: Known; readonly before: Known | null };
export function runningPoint({ running }: Reading): RunningPoint | null {
  const now = known(running?.now);
  return running === null || now === null
    ? null
    : { index: running.index, now, before: known(running.before) };
}

/** This year's figures of periods that are over. */
const finished = (r: Reading): { period: string; index: number; cell: Known }[] =>
  r.periods.flatMap((period, index) => {
    const cell = known(r.now.cells[index]);
    return cell !== null && r.stands[index] === 'done' ? [{ period, index, cell }] : [];
  });

/** `1–9月`, `Jan–Sep`; null where the periods do not follow each other from the first. */
function span(periods: readonly string[], all: readonly string[], lang: Lang): string | null {
  const [from, to] = [periods[0], periods.at(-1)];
  if (from === undefined || to === undefined || from === to || periods.some((p, i) => p !== all[i]))
    return null;
  const first = formatPeriodInYear(from, lang);
  const last = formatPeriodInYear(to, lang);
  return lang === 'zh' ? `${first.replace(/[月度季]+$/, '')}–${last.replace(/^第/, '')}` : `${first}–${last}`;
}

function saysAgainst(r: Reading, lang: Lang): string | null {
  const lastYear = r.years.find((y) => y.ago === 1);
  const pairs = finished(r).flatMap((f) => {
    const before = lastYear?.cells[f.index] ?? null;
    return before === null || before.value === null || isSmall(r.kpi, f.cell) || isSmall(r.kpi, before)
      ? []
      : [{ ...f, before: before.value }];
  });
  if (pairs.length < 2) return null;
  const down = r.kpi.better === 'down';
  const held = pairs.filter((p) => (down ? p.cell.value <= p.before : p.cell.value >= p.before)).length;
  const spanned = span(
    pairs.map((p) => p.period),
    r.periods,
    lang,
  );
  const month = grainIn(r.state) === 'month';
  if (lang === 'en') {
    const where = spanned ?? 'the comparable periods';
    return `${held} of ${pairs.length} ${month ? 'months' : 'quarters'} in ${where} ${down ? 'not above' : 'not below'} last year`;
  }
  const where = spanned ?? `可比的 ${pairs.length} 个${month ? '月' : '季度'}`;
  const than = down ? '不高于' : '不低于';
  return held === pairs.length
    ? `${where}每${month ? '月' : '季'}都${than}去年`
    : `${where}中 ${held} 个${month ? '月' : '季度'}${than}去年`;
}

function saysMost(r: Reading, lang: Lang): string | null {
  const known = finished(r).filter((f) => !isSmall(r.kpi, f.cell));
  const most = known.reduce<(typeof known)[number] | null>(
    (a, b) => (a === null || b.cell.value > a.cell.value ? b : a),
    null,
  );
  if (most === null || most.cell.value === 0) return null;
  const name = formatPeriodInYear(most.period, lang);
  const value = formatWithUnit(r.kpi, most.cell.value, lang);
  if (lang === 'en') return `${isPercent(r.kpi) ? 'highest' : 'most'} in ${name}, ${value}`;
  return `${name}${r.kpi.type === 'count' ? '最多' : '最高'}，${value}`;
}

function saysMissing(r: Reading, lang: Lang): string | null {
  const within = r.periods.filter((_, i) => r.stands[i] !== 'later');
  const of = (status: Cell['status']): string[] => within.filter((_, i) => r.now.cells[i]?.status === status);
  const none = of('none');
  const partial = of('partial');
  const list = (periods: string[]): string =>
    periods.length > 4
      ? `${periods.length} ${lang === 'zh' ? '期' : 'periods'}`
      : formatPeriodList(periods, lang);
  const parts = [
    none.length === 0 ? '' : lang === 'zh' ? `${list(none)}未报` : `not reported: ${list(none)}`,
    partial.length === 0
      ? ''
      : lang === 'zh'
        ? `${list(partial)}台账不全`
        : `partly reported: ${list(partial)}`,
  ];
  return parts.filter(Boolean).join(lang === 'zh' ? '；' : '; ') || null;
}

/** `9月1–15日`, `1–15 Sep`: the days of a running period up to a day. */
export function runningDays(period: string, to: string, lang: Lang): string {
  const { from } = rangeOf(period);
  if (from === to) return formatDay(to, lang);
  if (monthOf(from) !== monthOf(to)) return `${formatDay(from, lang)}–${formatDay(to, lang)}`;
  return lang === 'zh'
    ? `${formatDay(from, lang).replace('日', '')}–${Number(to.slice(8))}日`
    : `1–${formatDay(to, lang)}`;
}

export function tipOf(r: Reading, index: number, lang: Lang): string {
  const lines = [...r.years].reverse().flatMap(({ year, cells }) => {
    const cell = cells[index] ?? null;
    return cell === null ? [] : [tipLine(r.kpi, cell, lang, r.state.asOf, String(year))];
  });
  const before = r.running?.index === index ? r.running.before : null;
  if (before !== null)
    lines.push(
      tipLine(
        r.kpi,
        before,
        lang,
        r.state.asOf,
        lang === 'zh' ? `${thisYear(r.state) - 1} 同期` : `${thisYear(r.state) - 1}, same days`,
      ),
    );
  const period = r.periods[index];
  return [...(period === undefined ? [] : [formatPeriodInYear(period, lang)]), ...lines].join('\n');
}

/** One line on the figures: against last year, the most, the days so far, and what is missing. */
export function says(input: ViewInput, lang: Lang): string {
  const r = read(input);
  const { running } = r;
  const so =
    running?.now?.value == null
      ? null
      : `${runningDays(running.period, r.state.asOf, lang)}${lang === 'zh' ? ' ' : ': '}${formatWithUnit(r.kpi, running.now.value, lang)}` +
        (running.before?.value == null
          ? ''
          : (lang === 'zh' ? '，去年同期 ' : ', same days last year ') +
            formatWithUnit(r.kpi, running.before.value, lang));
  const figures = [saysAgainst(r, lang), saysMost(r, lang), so].filter((p) => p !== null);
  if (figures.length === 0 && finished(r).length === 0)
    return lang === 'zh'
      ? `${r.now.year}年台账未报，或没有数值。`
      : `${r.now.year}: not reported, or no value.`;
  if (figures.length === 0)
    figures.push(
      lang === 'zh'
        ? '分母都少于 10，只看分数，不作比较'
        : 'denominators under 10: fractions only, not compared',
    );
  return sentence([...figures, saysMissing(r, lang)], lang);
}
