import { isSaid, judging, type Change, type ReasonCode } from './change.ts';
import { formatCell, formatChange, formatWithUnit } from './format.ts';
import { isPercent, ratio, type Kpi } from './kpi.ts';
import { headlineKpis, kpiById } from './kpis.ts';
import { LEAST_DENOMINATOR } from './norms.ts';
import type { Answer, Cell, Question } from './query.ts';
import type { Lang, Text } from './text.ts';
import type { UnitTree } from './unit.ts';

/**
 * What changed: the branches' headline figures that stand furthest from their own same days of last
 * year. Only what may be compared is told; whether it is good is not said, as counts are not quality.
 */

export type Move = {
  readonly unit: string;
  readonly kpi: Kpi;
  readonly now: Cell;
  readonly before: Cell;
  readonly change: Change;
};
export type Moves = {
  /** Those worth a word, the furthest beyond chance first. */
  readonly moves: readonly Move[];
  /** How many figures could be compared at all. */
  readonly compared: number;
};

/**
 * A rate's move is worth a word from 2 points on, a count's from a tenth of what it was; either, from one
 * standard error on.
 */
const LEAST_POINTS = 0.02;
const LEAST_SHARE = 0.1;
const LEAST_ERRORS = 1;

/** Both years to the same day, whatever else the page compares: whole years would tell the calendar, not a change. */
export const movesQuestion = (of: { unit: string; year: number; asOf: string }): Question => ({
  kpi: [...headlineKpis],
  unit: of.unit,
  by: 'unit',
  years: [of.year - 1, of.year],
  grain: 'year',
  asOf: of.asOf,
  toDate: true,
});

/** @param answer to `movesQuestion` */
export function movesIn(answer: Answer, tree: UnitTree): Moves {
  const year = answer.query.years.at(-1) ?? 0;
  const changeOf = judging(answer, tree);
  const find = (kpi: string, unit: string, of: number): Cell | undefined =>
    answer.cells.find((c) => c.kpi === kpi && c.unit === unit && c.period === String(of));
  const pairs = answer.query.kpi.flatMap((id) => {
    const kpi = kpiById.get(id);
    const units = [...new Set(answer.cells.map((c) => c.unit))];
    return units.flatMap((unit): Move[] => {
      const [now, before] = [find(id, unit, year), find(id, unit, year - 1)];
      if (!kpi || !now || !before) return [];
      return [{ unit, kpi, now, before, change: changeOf(kpi, now, before) }];
    });
  });
  const comparable = pairs.filter(({ change }) => change.delta !== null && isFair(change));
  return {
    moves: comparable
      .filter(isWorthAWord)
      .map((move) => ({ move, far: beyondChance(move) }))
      .filter(({ far }) => far >= LEAST_ERRORS)
      .toSorted((a, b) => b.far - a.far)
      .map(({ move }) => move),
    compared: comparable.length,
  };
}

/** What lacks ledgers, or figures, in either year moves by what is missing; without a base there is nowhere to move from. */
const unfair: ReadonlySet<ReasonCode> = new Set(['gaps', 'unknown', 'no_base']);
const isFair = (change: Change): boolean =>
  isSaid(change) && change.reasons.every((r) => !unfair.has(r.code));

function isWorthAWord({ kpi, now, before, change }: Move): boolean {
  const delta = Math.abs(change.delta ?? 0);
  // Half a thousandth of slack: 0.87 − 0.85 is not exactly 0.02.
  if (isPercent(kpi)) return delta >= LEAST_POINTS - 5e-4;
  // Of a handful each one more is a leap.
  if (Math.max(now.value ?? 0, before.value ?? 0) < LEAST_DENOMINATOR) return false;
  return Math.abs(change.relative ?? 0) >= LEAST_SHARE;
}

/**
 * How many standard errors the two years lie apart, were nothing but chance at work: the one scale on
 * which a rate and a count, a large branch and a small one can stand in one order.
 */
function beyondChance({ kpi, now, before, change }: Move): number {
  const delta = Math.abs(change.delta ?? 0);
  if (kpi.type === 'ratio') {
    const [n, m] = [now.denominator ?? 0, before.denominator ?? 0];
    const both = ratio((now.numerator ?? 0) + (before.numerator ?? 0), n + m) ?? 0;
    const error = Math.sqrt(both * (1 - both) * (1 / Math.max(1, n) + 1 / Math.max(1, m)));
    return error === 0 ? 0 : delta / error;
  }
  // People come by the event: what varies is how many events there were, each with its mean.
  const events = now.records + before.records;
  const mean = ratio((now.value ?? 0) + (before.value ?? 0), events);
  return mean === null || mean === 0 ? 0 : delta / (mean * Math.sqrt(events));
}

/** `学习次数由 15 增至 25 次` · `Study sessions rose from 15 to 25`. */
export function sayMove({ kpi, now, before, change }: Move): Text {
  const isUp = (change.delta ?? 0) > 0;
  const from = (lang: Lang): string => formatCell(kpi, before, lang);
  const to = (lang: Lang): string => formatWithUnit(kpi, now.value ?? 0, lang);
  const verb = isPercent(kpi) ? (isUp ? '升至' : '降至') : isUp ? '增至' : '减至';
  return {
    zh: `${kpi.name.zh}由 ${from('zh')} ${verb} ${to('zh')}`,
    en: `${kpi.name.en} ${isUp ? 'rose' : 'fell'} from ${from('en')} to ${to('en')}`,
  };
}

/** `+10 次`, `−4.6 个百分点`. */
export const sayMoveBy = ({ kpi, change }: Move, lang: Lang): string =>
  formatChange(kpi, change, lang, { relative: false });

/** `可比的 41 组数中 9 组变化较大：6 组上升，3 组下降。` */
export function sayMoves({ moves, compared }: Moves): Text {
  if (compared === 0)
    return {
      zh: '没有可与去年同期相比的数。',
      en: 'No figure can be set beside the same days of last year.',
    };
  if (moves.length === 0)
    return {
      zh: `与去年同期可比的 ${compared} 组数中没有大的变化。`,
      en: `None of ${compared} figures that can be compared with the same days of last year moved far.`,
    };
  const up = moves.filter((m) => (m.change.delta ?? 0) > 0).length;
  const down = moves.length - up;
  const zh = [up > 0 ? `${up} 组上升` : '', down > 0 ? `${down} 组下降` : ''].filter(Boolean).join('，');
  const en = [up > 0 ? `${up} up` : '', down > 0 ? `${down} down` : ''].filter(Boolean).join(', ');
  return {
    zh: `与去年同期可比的 ${compared} 组数中，${moves.length} 组变化较大：${zh}。`,
    en: `Of ${compared} figures comparable with the same days of last year ${moves.length} moved far: ${en}.`,
  };
}
