import { isPercent, ratio, type Kpi } from './kpi.ts';
import { LEAST_DENOMINATOR } from './norms.ts';
import { grainOf, rangeOf } from './period.ts';
import { isSaid, type Change, type Verdict } from './change.ts';
import type { Cell } from './query.ts';
import type { Lang, Text } from './text.ts';

/** Figures as words. Pure and without `Intl`: the same text on every machine. */

export {
  formatDate,
  formatDay,
  formatMonths,
  formatPeriod,
  formatPeriodInYear,
  formatPeriodList,
  formatToDate,
  formatYear,
  formatYears,
  monthName,
  yearName,
} from './format-period.ts';

const MINUS = '−';

const words = {
  notReported: { zh: '未报', en: 'not reported' },
  notApplicable: { zh: '不适用', en: 'n/a' },
  notDue: { zh: '未到期', en: 'not due' },
  points: { zh: '个百分点', en: 'percentage points' },
  known: { zh: '有数值', en: 'value' },
  zero: { zh: '零', en: 'zero' },
  partly: { zh: '台账只报', en: 'reported' },
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

const large = {
  zh: [
    [1e8, '亿'],
    [1e4, '万'],
  ],
  en: [
    [1e9, 'bn'],
    [1e6, 'm'],
    [1e3, 'k'],
  ],
} as const;

/**
 * A round number in short, for the ticks of an axis: from ten thousand on `1.5万`, `2亿` · `15k`, `200m`. One that would
 * lose a digit by it stays whole, as figures themselves do.
 */
export function formatRound(value: number, lang: Lang, digits = 0): string {
  const [size, name] = large[lang].find(([least]) => Math.abs(value) >= least) ?? [1, ''];
  const short = value / size;
  const isRound = Math.abs(short * 100 - Math.round(short * 100)) < 1e-9;
  if (Math.abs(value) < 10_000 || !isRound) return formatNumber(value, digits);
  const text = formatNumber(short, 2).replace(/\.?0+$/, '');
  return `${text}${name}`;
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

type Absent = Pick<Cell, 'kpi' | 'status' | 'period' | 'coverage'>;

/** From when a cell is seen: the as-of day, and the month with which the centre's year begins. */
export type Seen = { readonly asOf?: string | undefined; readonly yearStart?: number | undefined };

/** Has the cell's period not begun on the as-of day, or, for meetings, has none of it fallen due yet? */
function isNotDue({ kpi, period, coverage }: Absent, seen: Seen | undefined): boolean {
  const { asOf, yearStart = 1 } = seen ?? {};
  if (asOf === undefined || grainOf(period) === null) return false;
  const { from, to } = rangeOf(period, yearStart);
  return from > asOf || (kpi === 'norm_compliance' && coverage.due > 0 && to > asOf);
}

/** Why a cell has no value: not reported, not due by the as-of day, or not applicable. */
function formatAbsence(cell: Absent, lang: Lang, seen?: Seen): string {
  if (cell.status === 'none') return words.notReported[lang];
  return (isNotDue(cell, seen) ? words.notDue : words.notApplicable)[lang];
}

/**
 * A cell's figure and, apart, its unit: `{value: '≥ 640', unit: '人次'}`, `{value: '31/36', unit: ''}`.
 * Without a value: `—` and the reason in the unit's place.
 */
export function cellParts(kpi: Kpi, cell: Cell, lang: Lang, seen?: Seen): { value: string; unit: string } {
  if (cell.value === null) return { value: '—', unit: formatAbsence(cell, lang, seen) };
  const fraction = formatFraction(cell.numerator, cell.denominator);
  // The days of a median are no quotient: its fraction stands beside it, not in its place.
  if (isSmall(kpi, cell) && kpi.type !== 'median') return { value: fraction, unit: '' };
  const value = (isAtLeast(kpi, cell) ? '≥ ' : '') + formatValue(kpi, cell.value);
  const unit = unitAfter(kpi, lang);
  if (!isSmall(kpi, cell)) return { value, unit };
  return { value, unit: lang === 'zh' ? `${unit}（${fraction}）` : `${unit} (${fraction})` };
}

/** A cell in short, without its unit: `412`, `87.4%`, `31/36`, `≥ 640`, `— 未报`. */
export function formatCell(kpi: Kpi, cell: Cell, lang: Lang, seen?: Seen): string {
  const { value, unit } = cellParts(kpi, cell, lang, seen);
  return cell.value === null ? `${value} ${unit}` : value;
}

/** `3 条不明` · `3 unknown`: records of a sum whose figure is not known, or only its least. */
export const formatUnknown = (n: number, lang: Lang): string =>
  lang === 'zh' ? `${n} 条不明` : `${n} unknown`;

/**
 * A cell in full: `412 次`, `87.4%（31/36）`, `0.78 次/人（46/59）`, `— 未报`; what is not known in a
 * sum is counted: `≥ 77 次（3 条不明）` · `≥ 77, 3 unknown`.
 */
export function formatCellLong(kpi: Kpi, cell: Cell, lang: Lang, seen?: Seen): string {
  const { value, unit } = cellParts(kpi, cell, lang, seen);
  const text = unit === '' ? value : `${value} ${unit}`;
  if (cell.value === null || kpi.type === 'median' || isSmall(kpi, cell)) return text;
  if (isAtLeast(kpi, cell)) {
    const unknown = formatUnknown(cell.unknown, lang);
    return lang === 'zh' ? `${text}（${unknown}）` : `${text}, ${unknown}`;
  }
  if (kpi.type === 'count') return text;
  const fraction = formatFraction(cell.numerator, cell.denominator);
  return lang === 'zh' ? `${text}（${fraction}）` : `${text} (${fraction})`;
}

/** A cell's state in words, for files: `有数值`, `零`, `未报`, `不适用`, and what of it is missing. */
export function formatState(cell: Cell, lang: Lang, seen?: Seen): string {
  if (cell.value === null) return formatAbsence(cell, lang, seen);
  const { covered, due } = cell.coverage;
  return [
    words[cell.value === 0 ? 'zero' : 'known'][lang],
    ...(cell.status === 'partial' ? [`${words.partly[lang]} ${covered}/${due}`] : []),
    ...(cell.unknown > 0 ? [formatUnknown(cell.unknown, lang)] : []),
  ].join(lang === 'zh' ? '，' : ', ');
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
  if (change.delta === null || !isSaid(change)) return '';
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

/** `去年同期` · `same days last year`. */
export const sameDaysLastYear = (lang: Lang): string => words.sameDaysLastYear[lang];

/** A share of a whole, for sentences: `31/36` under the least denominator, else `86.1%`. */
export function formatShare(numerator: number, denominator: number): string {
  const share = ratio(numerator, denominator);
  if (share === null || denominator < LEAST_DENOMINATOR) return formatFraction(numerator, denominator);
  return formatPercent(share);
}
