import { change } from '../change.ts';
import {
  formatChange,
  formatFraction,
  formatToDate,
  formatValue,
  formatWithUnit,
  formatYears,
  isAtLeast,
  isSmall,
} from '../format.ts';
import type { Kpi } from '../kpi.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import {
  bySameDays,
  finder,
  isKnown,
  isUnfinished,
  kpiOf,
  sentence,
  thisYear,
  tipLine,
  type Known,
} from './parts.ts';
import type { ViewInput, ViewState } from './view.ts';

/** What the years' answers say, before anything is drawn. */

export type Year = {
  readonly year: number;
  readonly isNow: boolean;
  readonly whole: Cell | null;
  readonly same: Cell | null;
};
export type Reading = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  readonly years: readonly Year[];
  readonly cut: boolean;
};

export function read({ state, answers }: ViewInput): Reading {
  const whole = finder(answers[0]);
  const same = finder(answers[1]);
  const cut = bySameDays(state);
  const years = state.years.map((year) => ({
    year,
    isNow: year === thisYear(state),
    whole: whole({ period: String(year) }),
    same: cut ? same({ period: String(year) }) : null,
  }));
  return { state, kpi: kpiOf(state), years, cut };
}

/** The figure by which the years are compared. */
export const compared = (r: Reading, y: Year): Cell | null => (r.cut ? y.same : y.whole);

export const figure = (kpi: Kpi, cell: Known): string =>
  isSmall(kpi, cell) && kpi.type !== 'median'
    ? formatFraction(cell.numerator, cell.denominator)
    : `${isAtLeast(kpi, cell) ? '≥ ' : ''}${formatValue(kpi, cell.value)}`;

export function tipOf(r: Reading, y: Year, lang: Lang): string {
  const days = formatToDate(r.state.asOf, lang);
  const lines: string[] = [];
  if (r.cut && y.same !== null) lines.push(tipLine(r.kpi, y.same, lang, r.state.asOf, days));
  if (y.whole !== null && !(r.cut && y.isNow))
    lines.push(tipLine(r.kpi, y.whole, lang, r.state.asOf, lang === 'zh' ? '全年' : 'Whole year'));
  return [String(y.year), ...lines].join('\n');
}

/** One line on the figures: this year, against the last, and what is missing. */
export function says(input: ViewInput, lang: Lang): string {
  const r = read(input);
  const now = r.years.at(-1);
  const cell = now === undefined ? null : compared(r, now);
  if (now === undefined || !isKnown(cell))
    return lang === 'zh'
      ? `${thisYear(r.state)}年台账未报，或没有数值。`
      : `${thisYear(r.state)}: not reported, or no value.`;
  const before = r.years.find((y) => y.year === now.year - 1);
  const then = before === undefined ? null : compared(r, before);
  const so = change(r.kpi, cell, then);
  const days = isUnfinished(r.state) ? ` ${formatToDate(r.state.asOf, lang)}` : '';
  const value = isSmall(r.kpi, cell)
    ? figure(r.kpi, cell)
    : `${isAtLeast(r.kpi, cell) ? '≥ ' : ''}${formatWithUnit(r.kpi, cell.value, lang)}`;
  const against = formatChange(r.kpi, so, lang);
  const than = r.cut
    ? lang === 'zh'
      ? '比去年同期'
      : 'against the same days last year'
    : lang === 'zh'
      ? '比去年'
      : 'against last year';
  const uncomparable = so.verdict === 'not_comparable' && then !== null;
  const compare =
    against === '' || uncomparable ? '' : lang === 'zh' ? `，${than} ${against}` : `, ${against} ${than}`;
  const partial = r.years.filter((y) => compared(r, y)?.status === 'partial').map((y) => y.year);
  const gaps = r.years.filter((y) => compared(r, y)?.status === 'none').map((y) => y.year);
  return sentence(
    [
      lang === 'zh' ? `${now.year}年${days} ${value}${compare}` : `${now.year}${days}: ${value}${compare}`,
      gaps.length === 0
        ? null
        : lang === 'zh'
          ? `${formatYears(gaps, lang)} 未报`
          : `not reported: ${formatYears(gaps, lang)}`,
      partial.length === 0
        ? null
        : lang === 'zh'
          ? `${formatYears(partial, lang)} 台账不全`
          : `partly reported: ${formatYears(partial, lang)}`,
    ],
    lang,
  );
}
