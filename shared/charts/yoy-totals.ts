import { isSaid } from '../change.ts';
import { formatChange, formatWithUnit, formatYear } from '../format.ts';
import { rangeOf } from '../period.ts';
import type { Lang } from '../text.ts';
import { isKnown, isUnfinished, sayNoFigure, sayYear, startOf, thisYear, type Known } from './parts.ts';
import type { ViewInput } from './view.ts';
import type { Reading } from './yoy-reading.ts';
import { isTotalAtLeast, judgingTotals } from './sums.ts';

/** What the running totals of a year-over-year chart say. */

/** This year's latest total, and last year's to the same day. */
export function latestTotals(r: Reading): { now: Known; before: Known | null; to: string } | null {
  const { state } = r;
  const last = r.years.find((y) => y.ago === 1);
  const running = r.running;
  if (running && isKnown(running.now))
    return { now: running.now, before: isKnown(running.before) ? running.before : null, to: state.asOf };
  const index = r.now.cells.findLastIndex(isKnown);
  const now = r.now.cells[index];
  if (!isKnown(now)) return null;
  const before = last?.cells[index];
  return { now, before: isKnown(before) ? before : null, to: rangeOf(now.period, startOf(state)).to };
}

/** `2025年1–9月累计 412 次，比去年同期 +31 次（+8.1%）；去年全年 557 次`. */
export function saysTotals(r: Reading, input: ViewInput, lang: Lang): string[] {
  const { state, kpi } = r;
  const latest = latestTotals(r);
  if (latest === null) return [sayNoFigure(state, lang).replace(/[。.]$/, '')];
  const { now, before, to } = latest;
  const year = thisYear(state);
  const figure = (cell: Known): string =>
    `${isTotalAtLeast(kpi, cell) ? '≥ ' : ''}${formatWithUnit(kpi, cell.value, lang)}`;
  const days = isUnfinished(state)
    ? sayYear({ ...state, asOf: to }, year, lang)
    : formatYear(year, lang, startOf(state));
  const all = kpi.type === 'count' ? ' in all' : '';
  const said = lang === 'zh' ? `${days}累计 ${figure(now)}` : `${days}: ${figure(now)}${all}`;
  return [`${said}${saysAgainst(r, input, latest, lang)}`, ...saysWhole(r, before, figure, lang)];
}

function saysAgainst(
  r: Reading,
  { answers, tree }: ViewInput,
  { now, before }: { now: Known; before: Known | null },
  lang: Lang,
): string {
  const answer = r.running?.now === now ? (answers[1] ?? answers[0]) : answers[0];
  if (before === null || answer === undefined) return '';
  const moved = judgingTotals(answer, tree)(r.kpi, now, before);
  if (!isSaid(moved)) return '';
  const against = formatChange(r.kpi, moved, lang);
  if (against === '') return '';
  const same = isUnfinished(r.state);
  if (lang === 'en') return `, ${against} against ${same ? 'the same days last year' : 'last year'}`;
  const than = same ? '去年同期' : '去年';
  return /\d/.test(against) ? `，比${than} ${against}` : `，与${than}${against}`;
}

/** Last year's whole, where this one is not over. */
function saysWhole(r: Reading, before: Known | null, figure: (cell: Known) => string, lang: Lang): string[] {
  const whole = r.years.find((y) => y.ago === 1)?.cells.at(-1);
  if (!isUnfinished(r.state) || before === null || !isKnown(whole)) return [];
  return [lang === 'zh' ? `去年全年 ${figure(whole)}` : `the whole of last year: ${figure(whole)}`];
}
