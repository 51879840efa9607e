import { isPercent, ratio, type Kpi } from './kpi.ts';
import { LEAST_DENOMINATOR } from './norms.ts';
import { grainOf, rangeOf, yearOf } from './period.ts';
import type { Change, Verdict } from './change.ts';
import type { Cell } from './query.ts';
import type { Lang, Text } from './text.ts';

/** Figures, days and periods as words. Pure and without `Intl`: the same text on every machine. */

const MINUS = '−';
const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const words = {
  notReported: { zh: '未报', en: 'not reported' },
  notApplicable: { zh: '不适用', en: 'n/a' },
  notDue: { zh: '未到期', en: 'not due' },
  points: { zh: '个百分点', en: 'percentage points' },
  flat: { zh: '持平', en: 'unchanged' },
  sameDaysLastYear: { zh: '去年同期', en: 'same days last year' },
} satisfies Record<string, Text>;

/** `1,234.5`; the minus sign is a real one. Trailing zeros stay: `2.0` at one digit. */
export function formatNumber(value: number, digits = 0): string {
  const [whole = '0', part] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = part === undefined ? grouped : `${grouped}.${part}`;
  return value < 0 && Number(text.replaceAll(',', '')) !== 0 ? MINUS + text : text;
}

/** A ratio of 0…1 as `87.4%`. */
export const formatPercent = (value: number, digits = 1): string => `${formatNumber(value * 100, digits)}%`;

/** Halves as they are: `31/36`; a mean headcount keeps one digit: `412/23.5`. */
export function formatFraction(numerator: number | null, denominator: number | null): string {
  const half = (n: number | null): string =>
    n === null ? '?' : formatNumber(n, Number.isInteger(n) ? 0 : 1);
  return `${half(numerator)}/${half(denominator)}`;
}

/** A value in its KPI's own way of writing, without the unit (`%` excepted): `412`, `87.4%`, `32.5`. */
export const formatValue = (kpi: Kpi, value: number): string =>
  isPercent(kpi) ? formatPercent(value, kpi.digits) : formatNumber(value, kpi.digits);

/** What follows a value: `次`, `学时`; nothing after a percentage, nor after an English count. */
export function unitAfter(kpi: Kpi, lang: Lang): string {
  if (isPercent(kpi)) return '';
  return lang === 'zh' ? kpi.unit.zh : kpi.type === 'count' ? '' : kpi.unit.en;
}

/** A value with its unit: `54 次`, `87.4%`, `32.5 hours`. */
export function formatWithUnit(kpi: Kpi, value: number, lang: Lang): string {
  const unit = unitAfter(kpi, lang);
  return unit === '' ? formatValue(kpi, value) : `${formatValue(kpi, value)} ${unit}`;
}

/** A ratio over too few to be compared: shown as its fraction and without colour. */
export const isSmall = (kpi: Kpi, cell: Pick<Cell, 'denominator'>): boolean =>
  kpi.type !== 'count' && cell.denominator !== null && cell.denominator < LEAST_DENOMINATOR;

/** Only a sum has a lower bound; a ratio leaves what is not known out of both halves. */
export const isAtLeast = (kpi: Kpi, cell: Pick<Cell, 'unknown'>): boolean =>
  kpi.type === 'count' && cell.unknown > 0;

/** Why a cell has no value: not reported, not due by `asOf`, or not applicable. */
function formatAbsence(cell: Pick<Cell, 'status' | 'period'>, lang: Lang, asOf?: string): string {
  if (cell.status === 'none') return words.notReported[lang];
  const later = asOf !== undefined && grainOf(cell.period) !== null && rangeOf(cell.period).to > asOf;
  return (later ? words.notDue : words.notApplicable)[lang];
}

/**
 * A cell's figure and, apart, its unit: `{value: '≥ 640', unit: '人次'}`, `{value: '31/36', unit: ''}`.
 * Without a value: `—` and the reason in the unit's place.
 */
export function cellParts(kpi: Kpi, cell: Cell, lang: Lang, asOf?: string): { value: string; unit: string } {
  if (cell.value === null) return { value: '—', unit: formatAbsence(cell, lang, asOf) };
  const fraction = formatFraction(cell.numerator, cell.denominator);
  // The days of a median are no quotient: its fraction stands beside it, not in its place.
  if (isSmall(kpi, cell) && kpi.type !== 'median') return { value: fraction, unit: '' };
  const value = (isAtLeast(kpi, cell) ? '≥ ' : '') + formatValue(kpi, cell.value);
  const unit = unitAfter(kpi, lang);
  if (!isSmall(kpi, cell)) return { value, unit };
  return { value, unit: lang === 'zh' ? `${unit}（${fraction}）` : `${unit} (${fraction})` };
}

/** A cell in short, without its unit: `412`, `87.4%`, `31/36`, `≥ 640`, `— 未报`. */
export function formatCell(kpi: Kpi, cell: Cell, lang: Lang, asOf?: string): string {
  const { value, unit } = cellParts(kpi, cell, lang, asOf);
  return cell.value === null ? `${value} ${unit}` : value;
}

/** A cell in full: `412 次`, `87.4%（31/36）`, `≥ 640 人次`, `— 未报`. */
export function formatCellLong(kpi: Kpi, cell: Cell, lang: Lang, asOf?: string): string {
  const { value, unit } = cellParts(kpi, cell, lang, asOf);
  const text = unit === '' ? value : `${value} ${unit}`;
  if (cell.value === null || kpi.type !== 'ratio' || isSmall(kpi, cell)) return text;
  const fraction = formatFraction(cell.numerator, cell.denominator);
  return lang === 'zh' ? `${text}（${fraction}）` : `${text} (${fraction})`;
}

/** `+31`, `−4`, `0`. */
function formatSigned(value: number, digits = 0): string {
  const text = formatNumber(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/**
 * A change in words: `+31 次（+8.1%）`, `+0.3 个百分点`, `−4 次`, `持平`; empty where nothing can be said.
 * @param relative adds the change in per cent, for counts from a base of 10 on
 */
export function formatChange(kpi: Kpi, change: Change, lang: Lang, { relative = true } = {}): string {
  if (change.delta === null) return '';
  const delta = isPercent(kpi) ? change.delta * 100 : change.delta;
  const amount = formatSigned(delta, kpi.digits);
  if (!/[1-9]/.test(amount)) return words.flat[lang];
  const unit = isPercent(kpi) ? words.points[lang] : unitAfter(kpi, lang);
  const text = unit === '' ? amount : `${amount} ${unit}`;
  if (!relative || kpi.type !== 'count' || change.relative === null) return text;
  // Of a few, a percentage is noise: 1 → 12 is no "+1,100%". A tenth is the finest that a count has.
  const base = Math.round((change.delta / change.relative) * 10) / 10;
  if (base < LEAST_DENOMINATOR) return text;
  const percent = `${formatSigned(change.relative * 100, 1)}%`;
  return lang === 'zh' ? `${text}（${percent}）` : `${text} (${percent})`;
}

const verdicts: Record<Verdict, Text> = {
  comparable: { zh: '可比', en: 'comparable' },
  partial: { zh: '部分可比', en: 'partly comparable' },
  not_comparable: { zh: '不可比', en: 'not comparable' },
};

/** `可比`, or `部分可比：去年台账报了 8/11 个支部月`. */
export function formatVerdict(change: Change, lang: Lang): string {
  const verdict = verdicts[change.verdict][lang];
  if (change.because === null) return verdict;
  return lang === 'zh' ? `${verdict}：${change.because.zh}` : `${verdict}: ${change.because.en}`;
}

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

const monthNumber = (date: string): number => Number(date.slice(5, 7));

/** `9月`, `Sep`. `month` counts from 1. */
export const monthName = (month: number, lang: Lang): string =>
  lang === 'zh' ? `${month}月` : (monthsEn[month - 1] ?? String(month));

/** `第三季度`, `Q3`. */
const quarterName = (quarter: number, lang: Lang): string =>
  lang === 'zh' ? `第${'一二三四'.charAt(quarter - 1)}季度` : `Q${quarter}`;

/** A period within its year: `9月`, `第三季度`, `9月15日`; a year is itself. */
export function formatPeriodInYear(period: string, lang: Lang): string {
  switch (grainOf(period)) {
    case 'quarter':
      return quarterName(Number(period.slice(6)), lang);
    case 'month':
      return monthName(Number(period.slice(5)), lang);
    case 'day':
      return formatDay(period, lang);
    default:
      return lang === 'zh' ? `${period}年` : period;
  }
}

/** A period with its year: `2025年9月`, `Q3 2025`, `15 Sep 2025`. */
export function formatPeriod(period: string, lang: Lang): string {
  if (grainOf(period) === 'year') return formatPeriodInYear(period, lang);
  const within = formatPeriodInYear(period, lang);
  return lang === 'zh' ? `${period.slice(0, 4)}年${within}` : `${within} ${period.slice(0, 4)}`;
}

/** The days of a year up to a cut: `1月1日–9月15日` · `1 Jan–15 Sep`; whole months: `1–9月` · `Jan–Sep`. */
export function formatToDate(asOf: string, lang: Lang): string {
  const month = monthNumber(asOf);
  if (asOf !== rangeOf(asOf.slice(0, 7)).to)
    return `${formatDay(`${asOf.slice(0, 4)}-01-01`, lang)}–${formatDay(asOf, lang)}`;
  if (month === 1) return monthName(1, lang);
  return lang === 'zh' ? `1–${month}月` : `Jan–${monthName(month, lang)}`;
}

/** `2025`, `2022–2025`; years that are not consecutive are listed: `2019、2022–2023`. */
export function formatYears(years: readonly number[], lang: Lang): string {
  const runs: [number, number][] = [];
  for (const year of [...new Set(years)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === year - 1) last[1] = year;
    else runs.push([year, year]);
  }
  return runs.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(lang === 'zh' ? '、' : ', ');
}

/** Numbers of months as one list: `3、4、7月` · `Mar, Apr, Jul`. */
export function formatPeriodList(periods: readonly string[], lang: Lang): string {
  if (lang === 'en') return periods.map((p) => formatPeriodInYear(p, lang)).join(', ');
  return periods.every((p) => grainOf(p) === 'month')
    ? `${periods.map((p) => Number(p.slice(5))).join('、')}月`
    : periods.map((p) => formatPeriodInYear(p, lang)).join('、');
}

/** `去年同期` · `same days last year`. */
export const sameDaysLastYear = (lang: Lang): string => words.sameDaysLastYear[lang];

/** A share of a whole, for sentences: `31/36` under the least denominator, else `86.1%`. */
export function formatShare(numerator: number, denominator: number): string {
  const share = ratio(numerator, denominator);
  if (share === null || denominator < LEAST_DENOMINATOR) return formatFraction(numerator, denominator);
  return formatPercent(share);
}
