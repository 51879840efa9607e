import type { Break } from '../breaks.ts';
import { isSaid, judging, type Judge } from '../change.ts';
import {
  formatCellLong,
  formatChange,
  formatFraction,
  formatToDate,
  formatValue,
  formatYears,
  isAtLeast,
  isSmall,
  unitAfter,
  yearName,
} from '../format.ts';
import type { Kpi } from '../kpi.ts';
import { yearOfDay } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { breaksIn } from './break-marks.ts';
import { normText, normsOf } from './norms.ts';
import { notedIn, sayNote, type Noted, type NotePlace } from './notes.ts';
import {
  bySameDays,
  byWholeYears,
  finder,
  isKnown,
  kpiOf,
  sayNoFigure,
  sayYear,
  sentence,
  standOf,
  startOf,
  thisYear,
  tipLine,
  type Known,
} from './parts.ts';
import type { ViewInput, ViewState } from './view.ts';

/** What the years' answers say, before anything is drawn. */

export type Year = {
  readonly year: number;
  readonly isNow: boolean;
  /** Null where years stand by the same days and this one is not over. */
  readonly whole: Cell | null;
  readonly same: Cell | null;
  readonly norm: number | null;
};
export type Reading = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  readonly years: readonly Year[];
  readonly cut: boolean;
  readonly breaks: readonly Break[];
  readonly notes: readonly Noted[];
  /** Judges the figures by which the years are compared. */
  readonly changeOf: Judge | null;
};

export function read(input: ViewInput): Reading {
  const { state, answers, tree } = input;
  const whole = finder(answers[0]);
  const same = finder(answers[1]);
  const normOf = normsOf(state, answers[0]);
  const cut = bySameDays(state);
  const years = state.years.map((year) => ({
    year,
    isNow: year === thisYear(state),
    whole: cut && standOf(String(year), state) !== 'done' ? null : whole({ period: String(year) }),
    same: cut ? same({ period: String(year) }) : null,
    norm: normOf({ unit: state.unit, period: String(year) }),
  }));
  const compares = answers[cut ? 1 : 0];
  return {
    state,
    kpi: kpiOf(state),
    years,
    cut,
    breaks: breaksIn(input),
    notes: notedIn(input),
    changeOf: compares ? judging(compares, tree) : null,
  };
}

/** What happened in a year. */
export const breaksOfYear = (r: Reading, year: number): Break[] =>
  r.breaks.filter((b) => yearOfDay(b.on, startOf(r.state)) === year);

/** The notes on a year's figure. */
export const notesOfYear = (r: Reading, year: number): Noted[] =>
  r.notes.filter(({ note }) => note.period === String(year));

/** The notes at their columns, over the higher of the year's two figures. */
export const notePlaces = (r: Reading): NotePlace[] =>
  r.notes.flatMap((noted) => {
    const index = r.years.findIndex((y) => String(y.year) === noted.note.period);
    const values = [r.years[index]?.whole, r.years[index]?.same].flatMap((c) =>
      isKnown(c) ? [c.value] : [],
    );
    return index < 0 ? [] : [{ noted, index, value: values.length === 0 ? null : Math.max(...values) }];
  });

/** May a line be drawn from one year's figure to the next? */
export function isJoined(r: Reading, now: Cell, then: Cell): boolean {
  return r.changeOf !== null && isSaid(r.changeOf(r.kpi, now, then));
}

/** The figure by which the years are compared. */
export const compared = (r: Reading, y: Year): Cell | null => (r.cut ? y.same : y.whole);

export const figure = (kpi: Kpi, cell: Known): string =>
  isSmall(kpi, cell) && kpi.type !== 'median'
    ? formatFraction(cell.numerator, cell.denominator)
    : `${isAtLeast(kpi, cell) ? '≥ ' : ''}${formatValue(kpi, cell.value)}`;

export function tipOf(r: Reading, y: Year, lang: Lang): string {
  const { state } = r;
  const days = formatToDate(state.asOf, lang, startOf(state));
  const lines: string[] = [];
  if (r.cut && y.same !== null) lines.push(tipLine(r.kpi, y.same, { lang, state, name: days }));
  if (y.whole !== null) {
    const isCut = standOf(String(y.year), state) === 'running';
    lines.push(
      tipLine(r.kpi, y.whole, { lang, state, name: isCut ? days : lang === 'zh' ? '全年' : 'Whole year' }),
    );
  }
  if (y.norm !== null) lines.push(normText(r.kpi, y.norm, lang));
  return [
    yearName(y.year, startOf(state)),
    ...lines,
    ...breaksOfYear(r, y.year).map((b) => b.text[lang]),
    ...notesOfYear(r, y.year).map((noted) => sayNote(noted, lang)),
  ].join('\n');
}

/** One line on the figures: this year, against the last, and what is missing. */
export function says(input: ViewInput, lang: Lang): string {
  const r = read(input);
  const { state } = r;
  const now = r.years.at(-1);
  const cell = now === undefined ? null : compared(r, now);
  if (now === undefined || !isKnown(cell)) return sayNoFigure(state, lang);
  const value = isSmall(r.kpi, cell) ? figure(r.kpi, cell) : sumText(r.kpi, cell, lang);
  const against = saysAgainst(r, now, cell, lang);
  const year = sayYear(state, now.year, lang);
  const of = (status: Cell['status']): number[] =>
    r.years.filter((y) => compared(r, y)?.status === status).map((y) => y.year);
  const [gaps, partial] = [of('none'), of('partial')];
  const list = (years: readonly number[]): string => formatYears(years, lang, startOf(state));
  return sentence(
    [
      lang === 'zh' ? `${year} ${value}${against}` : `${year}: ${value}${against}`,
      gaps.length === 0 ? null : lang === 'zh' ? `${list(gaps)} 未报` : `not reported: ${list(gaps)}`,
      partial.length === 0
        ? null
        : lang === 'zh'
          ? `${list(partial)} 台账不全`
          : `partly reported: ${list(partial)}`,
    ],
    lang,
  );
}

/** Halves belong to the pointer; what is unknown in a sum does not. */
const sumText = (kpi: Kpi, cell: Known, lang: Lang): string =>
  kpi.type === 'count'
    ? formatCellLong(kpi, cell, lang)
    : [formatValue(kpi, cell.value), unitAfter(kpi, lang)].filter(Boolean).join(' ');

/** `，比去年同期 +31 次（+8.1%）`, or why not. */
function saysAgainst(r: Reading, now: Year, cell: Known, lang: Lang): string {
  const before = r.years.find((y) => y.year === now.year - 1);
  const then = before === undefined ? null : compared(r, before);
  if (then === null || r.changeOf === null) return '';
  const change = r.changeOf(r.kpi, cell, then);
  if (!isSaid(change)) {
    // A year without its figure is named by itself below.
    const why = change.reasons.find((x) => x.verdict === 'not_comparable' && x.code !== 'few');
    if (why === undefined || why.code === 'no_value' || why.code === 'no_base') return '';
    return lang === 'zh'
      ? `，与去年不可比（${why.text.zh}）`
      : `, not comparable with last year (${why.text.en})`;
  }
  const against = formatChange(r.kpi, change, lang);
  if (against === '') return '';
  const whole = byWholeYears(r.state);
  const than = r.cut
    ? { zh: '去年同期', en: 'against the same days last year' }
    : whole
      ? { zh: '去年全年', en: 'against the whole of last year' }
      : { zh: '去年', en: 'against last year' };
  // From 0 the difference is told, and that it has no base.
  const base = change.reasons.find((x) => x.code === 'no_base')?.text[lang];
  if (lang === 'en') return `, ${against} ${than.en}${base === undefined ? '' : ` (${base})`}`;
  const isLevel = !/\d/.test(against);
  return `，${isLevel ? `与${than.zh}${against}` : `比${than.zh} ${against}`}${base === undefined ? '' : `（${base}）`}`;
}
