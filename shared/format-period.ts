import { addMonths, grainOf, monthOf, rangeOf, yearOf, yearOfDay } from './period.ts';
import type { Lang } from './text.ts';

/**
 * Days and periods as words. `start` is the month with which the centre's year begins: a year that
 * does not begin in January is called by both calendar years that it touches.
 */

const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthNumber = (date: string): number => Number(date.slice(5, 7));

/** `9月`, `Sep`. `month` counts from 1. */
export const monthName = (month: number, lang: Lang): string =>
  lang === 'zh' ? `${month}月` : (monthsEn[month - 1] ?? String(month));

/** `2025年9月15日`, `15 Sep 2025`. */
export function formatDate(date: string, lang: Lang): string {
  return lang === 'zh'
    ? `${yearOf(date)}年${formatDay(date, lang)}`
    : `${formatDay(date, lang)} ${yearOf(date)}`;
}

/** `9月15日`, `15 Sep`. */
export function formatDay(date: string, lang: Lang): string {
  const day = Number(date.slice(8, 10));
  return lang === 'zh' ? `${monthNumber(date)}月${day}日` : `${day} ${monthName(monthNumber(date), lang)}`;
}

/** `第三季度`, `Q3`. */
const quarterName = (quarter: number, lang: Lang): string =>
  lang === 'zh' ? `第${'一二三四'.charAt(quarter - 1)}季度` : `Q${quarter}`;

/** A year where there is little room, in both languages: `2025`, `2025/26`. */
export const yearName = (year: number, start = 1): string =>
  start === 1 ? String(year) : `${year}/${String((year + 1) % 100).padStart(2, '0')}`;

/** A year in a text: `2025年` · `2025`; begun in April: `2025/26年度` · `2025/26`. */
export function formatYear(year: number, lang: Lang, start = 1): string {
  const name = yearName(year, start);
  return lang === 'en' ? name : start === 1 ? `${name}年` : `${name}年度`;
}

/** A period within its year: `9月`, `第三季度`, `9月15日`; a year is itself. */
export function formatPeriodInYear(period: string, lang: Lang, start = 1): string {
  switch (grainOf(period)) {
    case 'quarter':
      return quarterName(Number(period.slice(6)), lang);
    case 'month':
      return monthName(monthNumber(period), lang);
    case 'day':
      return formatDay(period, lang);
    default:
      return formatYear(Number(period), lang, start);
  }
}

/** A period with its year: `2025年9月`, `Q3 2025`, `15 Sep 2025`. Months and days are those of the calendar. */
export function formatPeriod(period: string, lang: Lang, start = 1): string {
  const grain = grainOf(period);
  const within = formatPeriodInYear(period, lang, start);
  if (grain === 'year') return within;
  const year = formatYear(Number(period.slice(0, 4)), lang, grain === 'quarter' ? start : 1);
  return lang === 'zh' ? `${year}${within}` : `${within} ${year}`;
}

/**
 * The days of a year up to a cut: `1月1日–9月15日` · `1 Jan–15 Sep`; whole months: `1–9月` · `Jan–Sep`.
 * Past the turn of the calendar year: `4月1日–次年2月15日` · `1 Apr–15 Feb`.
 */
export function formatToDate(asOf: string, lang: Lang, start = 1): string {
  const first = rangeOf(String(yearOfDay(asOf, start)), start).from;
  if (asOf === first) return formatDay(first, lang);
  // Of a leap year it is not the whole month.
  const isWhole = asOf === rangeOf(monthOf(asOf)).to && !asOf.endsWith('-02-28');
  const next = lang === 'zh' && yearOf(first) < yearOf(asOf) ? '次年' : '';
  if (!isWhole) return `${formatDay(first, lang)}–${next}${formatDay(asOf, lang)}`;
  const last = monthName(monthNumber(asOf), lang);
  if (monthOf(asOf) === monthOf(first)) return last;
  return lang === 'zh' && next === ''
    ? `${monthNumber(first)}–${last}`
    : `${monthName(monthNumber(first), lang)}–${next}${last}`;
}

/** `2025`, `2022–2025`; years that are not consecutive are listed: `2019、2022–2023`. */
export function formatYears(years: readonly number[], lang: Lang, start = 1): string {
  const runs: [number, number][] = [];
  for (const year of [...new Set(years)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === year - 1) last[1] = year;
    else runs.push([year, year]);
  }
  const text = runs
    .map(([a, b]) => (a === b ? yearName(a, start) : `${yearName(a, start)}–${yearName(b, start)}`))
    .join(lang === 'zh' ? '、' : ', ');
  return lang === 'zh' && start !== 1 ? `${text}年度` : text;
}

/** Numbers of months as one list: `3、4、7月` · `Mar, Apr, Jul`. */
export function formatPeriodList(periods: readonly string[], lang: Lang): string {
  if (lang === 'en') return periods.map((p) => formatPeriodInYear(p, lang)).join(', ');
  return periods.every((p) => grainOf(p) === 'month')
    ? `${periods.map((p) => Number(p.slice(5))).join('、')}月`
    : periods.map((p) => formatPeriodInYear(p, lang)).join('、');
}

/** Months by their years, those in a row as one: `2024年4、5、7–10月` · `Apr–May, Jul–Oct 2024`. */
export function formatMonths(months: readonly string[], lang: Lang): string {
  const sorted = [...new Set(months)].sort();
  const years = [...new Set(sorted.map((m) => m.slice(0, 4)))];
  const parts = years.map((year) => {
    const runs = runsOf(sorted.filter((m) => m.startsWith(year))).map((run) => {
      const [first = '', last = ''] = [run[0], run.at(-1)];
      const name = (m: string): string =>
        lang === 'zh' ? String(monthNumber(m)) : monthName(monthNumber(m), lang);
      // Two in a row are a pair in Chinese, and a span in English.
      return run.length > (lang === 'zh' ? 2 : 1) ? `${name(first)}–${name(last)}` : run.map(name).join('、');
    });
    return lang === 'zh' ? `${year}年${runs.join('、')}月` : `${runs.join(', ')} ${year}`;
  });
  return parts.join(lang === 'zh' ? '，' : ', ');
}

function runsOf(months: readonly string[]): string[][] {
  const runs: string[][] = [];
  for (const month of months) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (last && before !== undefined && addMonths(before, 1) === month) last.push(month);
    else runs.push([month]);
  }
  return runs;
}
