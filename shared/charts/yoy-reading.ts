import type { Break } from '../breaks.ts';
import { isSaid, judging, type Judge } from '../change.ts';
import {
  formatDay,
  formatPeriodInYear,
  formatPeriodList,
  formatWithUnit,
  isSmall,
  yearName,
  isAtLeast,
} from '../format.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import { monthOf, rangeOf, yearOf, yearOfDay, type Grain } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { breaksIn } from './break-marks.ts';
import { normsOf } from './norms.ts';
import {
  finder,
  known,
  kpiOf,
  periodsIn,
  sayNoFigure,
  sentence,
  standOf,
  startOf,
  thisYear,
  tipLine,
  type Known,
  type Stand,
} from './parts.ts';
import type { ViewInput, ViewState } from './view.ts';

/** What the year-over-year answers say, before anything is drawn. */

export const grainIn = (state: ViewState): Grain => (state.grain === 'quarter' ? 'quarter' : 'month');

export type Year = {
  readonly year: number;
  readonly ago: number;
  readonly cells: readonly (Cell | null)[];
  /** What each period is held against. */
  readonly norms: readonly (number | null)[];
};
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
  /** What happened to the unit and the rules in these years. */
  readonly breaks: readonly Break[];
  readonly changeOf: Judge | null;
};

export const runningPeriod = (state: ViewState): number =>
  periodsIn(state, thisYear(state), grainIn(state)).findIndex((p) => standOf(p, state) === 'running');

/** The column of a year's chart in which a day lies, by its year's own periods. */
export function columnOf(r: Reading, day: string): { index: number; period: string } | null {
  const { state } = r;
  const own = periodsIn(state, yearOfDay(day, startOf(state)), grainIn(state));
  const index = own.findIndex((p) => {
    const { from, to } = rangeOf(p, startOf(state));
    return day >= from && day <= to;
  });
  const period = own[index];
  return period === undefined ? null : { index, period };
}

export function read(input: ViewInput): Reading {
  const { state, answers, tree } = input;
  const find = finder(answers[0]);
  const same = finder(answers[1]);
  const normOf = normsOf(state, answers[0]);
  const grain = grainIn(state);
  const last = thisYear(state);
  const years = state.years.map((year) => {
    const own = periodsIn(state, year, grain);
    return {
      year,
      ago: last - year,
      cells: own.map((period) => find({ period })),
      norms: own.map((period) => normOf({ unit: state.unit, period })),
    };
  });
  const periods = periodsIn(state, last, grain);
  const now = years.at(-1) ?? { year: last, ago: 0, cells: [], norms: [] };
  const index = runningPeriod(state);
  const yearEarlier = periodsIn(state, last - 1, grain)[index];
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
    stands: periods.map((p) => standOf(p, state)),
    years,
    now,
    running,
    breaks: breaksIn(input),
    changeOf: answers[0] ? judging(answers[0], tree) : null,
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
  if (lang === 'en') return `${first}–${last}`;
  if (monthOf(to) === to && to.slice(5) < from.slice(5)) return `${first}–次年${last}`;
  return `${first.replace(/[月度季]+$/, '')}–${last.replace(/^第/, '')}`;
}

function saysAgainst(r: Reading, lang: Lang): string | null {
  const lastYear = r.years.find((y) => y.ago === 1);
  const pairs = finished(r).flatMap((f) => {
    const before = lastYear?.cells[f.index] ?? null;
    if (before === null || before.value === null || r.changeOf === null) return [];
    return isSaid(r.changeOf(r.kpi, f.cell, before)) ? [{ ...f, before: before.value }] : [];
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
  const value = `${isAtLeast(r.kpi, most.cell) ? '≥ ' : ''}${formatWithUnit(r.kpi, most.cell.value, lang)}`;
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

/**
 * `9月1–15日`, `1–15 Sep`: the days of a running period up to a day; past the turn of the calendar
 * year `12月1日–次年2月15日`, `1 Dec–15 Feb`.
 * @param start the month with which the centre's year begins
 */
export function runningDays(
  period: string,
  to: string,
  { lang, start }: { lang: Lang; start: number },
): string {
  const { from } = rangeOf(period, start);
  if (from === to) return formatDay(to, lang);
  const next = lang === 'zh' && yearOf(from) < yearOf(to) ? '次年' : '';
  if (monthOf(from) !== monthOf(to)) return `${formatDay(from, lang)}–${next}${formatDay(to, lang)}`;
  return lang === 'zh'
    ? `${formatDay(from, lang).replace('日', '')}–${Number(to.slice(8))}日`
    : `1–${formatDay(to, lang)}`;
}

/** What happened in the column's period of any of the years. */
export const breaksAt = (r: Reading, index: number): Break[] =>
  r.breaks.filter((b) => columnOf(r, b.on)?.index === index);

export function tipOf(r: Reading, index: number, lang: Lang): string {
  const { state } = r;
  const lines = [...r.years].reverse().flatMap(({ year, cells }) => {
    const cell = cells[index] ?? null;
    return cell === null ? [] : [tipLine(r.kpi, cell, { lang, state, name: yearName(year, startOf(state)) })];
  });
  const before = r.running?.index === index ? r.running.before : null;
  if (before !== null) lines.push(tipLine(r.kpi, before, { lang, state, name: sameDaysName(state, lang) }));
  const period = r.periods[index];
  return [
    ...(period === undefined ? [] : [formatPeriodInYear(period, lang)]),
    ...lines,
    ...breaksAt(r, index).map((b) => b.text[lang]),
  ].join('\n');
}

/** `2024 同期` · `2024, same days`. */
export function sameDaysName(state: ViewState, lang: Lang): string {
  const year = yearName(thisYear(state) - 1, startOf(state));
  return lang === 'zh' ? `${year} 同期` : `${year}, same days`;
}

/** What stands between this year and the last. */
function saysBreaks(r: Reading, lang: Lang): string | null {
  const from = rangeOf(String(thisYear(r.state) - 1), startOf(r.state)).from;
  const grave = r.breaks.filter((b) => b.verdict === 'not_comparable' && b.on > from && b.on <= r.state.asOf);
  const [first] = grave;
  if (first === undefined) return null;
  const rest = grave.length - 1;
  const more = rest === 0 ? '' : lang === 'zh' ? `等 ${rest + 1} 项变动` : ` and ${rest} more`;
  return lang === 'zh'
    ? `${first.text.zh}${more}，前后不可比`
    : `not comparable across the break: ${first.text.en}${more}`;
}

/** `9月1–15日 24 次，去年同期 20 次`: the days so far, and the same days where they may be compared. */
function saysRunning(r: Reading, input: ViewInput, lang: Lang): string | null {
  const { running } = r;
  if (running?.now?.value == null) return null;
  const { period, now, before } = running;
  const so = `${runningDays(period, r.state.asOf, { lang, start: startOf(r.state) })}${lang === 'zh' ? ' ' : ': '}${formatWithUnit(r.kpi, now.value ?? 0, lang)}`;
  const [, same] = input.answers;
  const isComparable =
    before !== null && same !== undefined && isSaid(judging(same, input.tree)(r.kpi, now, before));
  if (before?.value == null || !(isComparable || isSmall(r.kpi, before) || isSmall(r.kpi, now))) return so;
  return `${so}${lang === 'zh' ? '，去年同期 ' : ', same days last year '}${formatWithUnit(r.kpi, before.value, lang)}`;
}

/** One line on the figures: against last year, the most, the days so far, and what is missing. */
export function says(input: ViewInput, lang: Lang): string {
  const r = read(input);
  const figures = [saysAgainst(r, lang), saysMost(r, lang), saysRunning(r, input, lang)].filter(
    (p) => p !== null,
  );
  if (figures.length === 0 && finished(r).length === 0) return sayNoFigure(r.state, lang);
  if (figures.length === 0)
    figures.push(
      lang === 'zh'
        ? '分母都少于 10，只看分数，不作比较'
        : 'denominators under 10: fractions only, not compared',
    );
  return sentence([...figures, saysBreaks(r, lang), saysMissing(r, lang)], lang);
}
