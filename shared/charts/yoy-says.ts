import { isSaid, judging } from '../change.ts';
import {
  formatCellLong,
  formatChange,
  formatPeriod,
  formatPeriodInYear,
  formatPeriodList,
  formatWithUnit,
  isAtLeast,
  isSmall,
} from '../format.ts';
import { isPercent } from '../kpi.ts';
import { monthOf, rangeOf } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { isKnown, known, sayNoFigure, sentence, startOf, thisYear, type Known } from './parts.ts';
import type { ViewInput } from './view.ts';
import { runningDays } from './span.ts';
import { grainIn, read, type Reading } from './yoy-reading.ts';
import { saysTotals } from './yoy-totals.ts';

/** What the year-over-year chart shows, in one line. */

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

export function saysMissing(r: Reading, lang: Lang): string | null {
  const within = r.periods.filter((_, i) => r.stands[i] !== 'later');
  const of = (status: Cell['status']): string[] => within.filter((_, i) => r.own[i]?.status === status);
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

/** What stands between this year and the last. */
export function saysBreaks(r: Reading, lang: Lang): string | null {
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

/** `2025年3月 54 次，比去年3月 +3 次（+5.9%）`: the period that is picked, by itself; more than one of the chart's, each. */
function saysPicked(r: Reading, input: ViewInput, lang: Lang): string[] {
  const running = saysRunning(r, input, lang);
  return r.periods.flatMap((period, i) => {
    if (r.picked?.[i] !== true) return [];
    if (running !== null && r.running?.index === i) return [running];
    const name = formatPeriod(period, lang, startOf(r.state));
    const cell = r.now.cells[i] ?? null;
    const figure = cell === null ? '—' : formatCellLong(r.kpi, cell, lang, r.state);
    const so = lang === 'zh' ? `${name} ${figure}` : `${name}: ${figure}`;
    const before = r.years.find((y) => y.ago === 1)?.cells[i] ?? null;
    if (!isKnown(cell) || before === null || r.changeOf === null) return [so];
    const moved = r.changeOf(r.kpi, cell, before);
    const against = isSaid(moved) ? formatChange(r.kpi, moved, lang) : '';
    if (against === '')
      return [[so, moved.because?.[lang] ?? ''].filter(Boolean).join(lang === 'zh' ? '，' : ', ')];
    if (lang === 'en') return [`${so}, ${against} against last year`];
    return [/\d/.test(against) ? `${so}，比去年 ${against}` : `${so}，与去年${against}`];
  });
}

/** One line on the figures: against last year, the most, the days so far, and what is missing. */
export function says(input: ViewInput, lang: Lang): string {
  const r = read(input);
  if (r.isSum)
    return sentence([...saysTotals(r, input, lang), saysBreaks(r, lang), saysMissing(r, lang)], lang);
  if (r.picked !== null) return sentence([...saysPicked(r, input, lang), saysBreaks(r, lang)], lang);
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
