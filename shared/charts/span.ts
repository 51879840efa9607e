import {
  formatDay,
  formatPeriod,
  formatPeriodInYear,
  formatToDate,
  formatYear,
  yearName,
} from '../format.ts';
import { grainOfPart, periodOfPart } from '../part-of-year.ts';
import {
  monthOf,
  periodsOf,
  rangeOf,
  sameDay,
  yearOf,
  yearOfDay,
  type DateRange,
  type Grain,
} from '../period.ts';
import type { Lang } from '../text.ts';
import type { ViewState } from './view.ts';

/** What a state looks at of each year – the whole, or one month or quarter – and how that is called. */

/** The month with which the state's years begin. */
export const startOf = (state: Pick<ViewState, 'yearStart'>): number => state.yearStart ?? 1;

/** "This year" of a state: the last one. */
export const thisYear = (state: ViewState): number =>
  state.years.at(-1) ?? yearOfDay(state.asOf, startOf(state));

/** Periods of a year of the state, in order. */
export const periodsIn = (state: ViewState, year: number, grain: Grain): string[] =>
  periodsOf(year, grain, startOf(state));

type Part = Pick<ViewState, 'only' | 'yearStart'>;

/** In what periods the figures of a year are asked for: whole, or by months or quarters where one is picked. */
export const grainLookedAt = ({ only }: Part): 'year' | 'quarter' | 'month' =>
  only === undefined ? 'year' : grainOfPart(only);

/** The period that is looked at of a year: the year itself, or the month or quarter that is picked. */
export const periodLookedAt = (state: Part, year: number): string =>
  state.only === undefined ? String(year) : periodOfPart(year, state.only, startOf(state));

/** First and last day of what is looked at of a year. */
export const daysOfYear = (state: Part, year: number): DateRange =>
  rangeOf(periodLookedAt(state, year), startOf(state));

/** The same state over whole years: for what shows all periods, or knows of none. */
export const ofWholeYears = (state: ViewState): ViewState => ({ ...state, only: undefined });

/** Does a period lie in the month or quarter that is picked? */
export function isLookedAt(state: ViewState, period: string): boolean {
  if (state.only === undefined) return false;
  const { from, to } = rangeOf(period, startOf(state));
  const picked = daysOfYear(state, yearOfDay(from, startOf(state)));
  return from >= picked.from && to <= picked.to;
}

/** Is the last year, or what is looked at of it, not over on the as-of day? */
export const isUnfinished = (state: ViewState): boolean => daysOfYear(state, thisYear(state)).to > state.asOf;

/** Are years set against each other by the same days? */
export const bySameDays = (state: ViewState): boolean => isUnfinished(state) && state.whole !== true;

/** Has the reader chosen to set an unfinished year against whole ones? */
export const byWholeYears = (state: ViewState): boolean => isUnfinished(state) && state.whole === true;

const wholes = {
  year: { zh: '全年对比', en: 'whole years' },
  quarter: { zh: '整季对比', en: 'whole quarters' },
  month: { zh: '整月对比', en: 'whole months' },
} as const;
/** A title that says so where an unfinished year stands against whole ones. */
export const titled = (title: string, state: ViewState, lang: Lang): string =>
  byWholeYears(state) ? `${title}${lang === 'zh' ? '，' : ', '}${wholes[grainLookedAt(state)][lang]}` : title;

/** Has none of the year, or of what is looked at of it, come by the as-of day? */
export const isToCome = (state: ViewState, year: number): boolean =>
  daysOfYear(state, year).from > state.asOf;

/** `2025年3月`; of one that is not over its days too: `2025年9月（9月1–15日）` · `Sep 2025 (1–15 Sep)`. */
function sayPart(state: ViewState, year: number, lang: Lang, isCut: boolean): string {
  const period = periodLookedAt(state, year);
  const name = formatPeriod(period, lang, startOf(state));
  const cut = sameDay(year, state.asOf, startOf(state));
  const { from, to } = daysOfYear(state, year);
  if (!isCut || cut < from || cut >= to) return name;
  const days = runningDays(period, cut, { lang, start: startOf(state) });
  return lang === 'zh' ? `${name}（${days}）` : `${name} (${days})`;
}

/** `2025年`, and of an unfinished year its days: `2025年 1–9月` · `Jan–Sep 2025`. */
export function sayYear(state: ViewState, year: number, lang: Lang, isCut = isUnfinished(state)): string {
  if (state.only !== undefined) return sayPart(state, year, lang, isCut);
  const name = formatYear(year, lang, startOf(state));
  // A year to come has no days yet.
  if (!isCut || isToCome(state, year)) return name;
  const days = formatToDate(sameDay(year, state.asOf, startOf(state)), lang, startOf(state));
  return lang === 'zh' ? `${name} ${days}` : `${days} ${name}`;
}

/** A year as a heading: `2025`, `2025（1–9月）`, `2025/26 (1 Apr–15 Sep)`. */
export function headYear(state: ViewState, year: number, lang: Lang, isCut: boolean): string {
  if (state.only !== undefined) return sayPart(state, year, lang, isCut);
  const name = yearName(year, startOf(state));
  if (!isCut || isToCome(state, year)) return name;
  const days = formatToDate(sameDay(year, state.asOf, startOf(state)), lang, startOf(state));
  return lang === 'zh' ? `${name}（${days}）` : `${name} (${days})`;
}

/** The month or quarter that is picked, of no year: `3月`, `Q1`; null where whole years are looked at. */
export const partName = (state: ViewState, lang: Lang): string | null =>
  state.only === undefined ? null : formatPeriodInYear(periodLookedAt(state, thisYear(state)), lang);

/** A sentence on figures of a month or quarter begins with its name: `3月：……`. */
export function ofPart(state: ViewState, text: string, lang: Lang): string {
  const name = partName(state, lang);
  return name === null ? text : `${name}${lang === 'zh' ? '：' : ': '}${text}`;
}

const befores = {
  zh: { same: '去年同期', whole: '去年全年', year: '去年' },
  en: { same: 'same days last year', whole: 'the whole of last year', year: 'last year' },
} as const;
/** What this year is set against: `去年同期`, `去年全年`, `去年`; where a month is picked, `去年3月`. */
export function sayBefore(state: ViewState, lang: Lang): string {
  if (bySameDays(state)) return befores[lang].same;
  const part = partName(state, lang);
  if (part !== null) return lang === 'zh' ? `去年${part}` : `${part} last year`;
  return befores[lang][byWholeYears(state) ? 'whole' : 'year'];
}

/** A sentence where this year has no figure. */
export function sayNoFigure(state: ViewState, lang: Lang): string {
  const year = sayYear(state, thisYear(state), lang, false);
  if (isToCome(state, thisYear(state))) return lang === 'zh' ? `${year}未到期。` : `${year}: not due.`;
  return lang === 'zh' ? `${year}台账未报，或没有数值。` : `${year}: not reported, or no value.`;
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

export type Stand = 'done' | 'running' | 'later';
/** How a period stands to the as-of day. */
export function standOf(period: string, state: Pick<ViewState, 'asOf' | 'yearStart'>): Stand {
  const { from, to } = rangeOf(period, startOf(state));
  return to <= state.asOf ? 'done' : from <= state.asOf ? 'running' : 'later';
}
