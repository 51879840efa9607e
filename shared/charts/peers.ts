import { daysOf, judging, type Change } from '../change.ts';
import { formatDate, formatFraction, formatMonths, formatNumber, isSmall } from '../format.ts';
import { gapsIn } from '../gaps.ts';
import { isHeldAnyDay } from '../held.ts';
import type { Kpi } from '../kpi.ts';
import { LEAST_DENOMINATOR } from '../norms.ts';
import { addDays, sameDay } from '../period.ts';
import type { Cell } from '../query.ts';
import { treeIn } from '../structure.ts';
import type { Text } from '../text.ts';
import { existsIn, shortName, type Unit } from '../unit.ts';
import { normsOf } from './norms.ts';
import {
  bySameDays,
  daysOfYear,
  finder,
  isKnown,
  isUnfinished,
  kpiOf,
  periodLookedAt,
  standOf,
  startOf,
  thisYear,
  unitsOf,
  type Known,
} from './parts.ts';
import type { ViewInput, ViewState } from './view.ts';

/** Units beside each other: which may be compared, in what order, and why the others may not. */

export type Peer = {
  readonly unit: Unit;
  readonly now: Cell;
  readonly before: Cell | null;
  readonly change: Change;
  /** The value against which the unit's own figure is held. */
  readonly norm: number | null;
};
/** A unit that has a figure to be compared by. */
export type Compared = Peer & {
  readonly now: Known;
  /** `3`, or `3–5` for all of those whose figures are equal; null for raw counts, which are not ordered. */
  readonly place: string | null;
};
export type Apart = Peer & { readonly why: Text };

export type Peers = {
  readonly kpi: Kpi;
  /** Best first; in the order of the tree where more is not better. */
  readonly compared: readonly Compared[];
  readonly apart: readonly Apart[];
  /** The middle half of the compared; null for raw counts and under four units. */
  readonly band: readonly [number, number] | null;
};

const LEAST_PEERS = 4;

/**
 * First and third quartile, by linear interpolation between order statistics (type 7 of Hyndman
 * and Fan 1996, the default of R, NumPy and Excel's QUARTILE.INC). Null under four values.
 */
export function middleHalf(values: readonly number[]): readonly [number, number] | null {
  if (values.length < LEAST_PEERS) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (p: number): number => {
    const place = (sorted.length - 1) * p;
    const low = Math.floor(place);
    const [a = 0, b = a] = sorted.slice(low, low + 2);
    return a + (b - a) * (place - low);
  };
  return [at(0.25), at(0.75)];
}

/** Are the units put in order? By a figure that has a good direction, or per member; never by raw counts. */
const isOrdered = (kpi: Kpi): boolean => kpi.better !== 'neutral' || kpi.type === 'per_member';

/** Splits the answer `by=unit` of this year and the last into those compared and those set apart. */
export function peersOf(input: ViewInput): Peers {
  const { state, tree } = input;
  const kpi = kpiOf(state);
  const [answer] = input.answers;
  if (answer === undefined) return { kpi, compared: [], apart: [], band: null };
  const find = finder(answer);
  const changeOf = judging(answer, tree);
  const normOf = normsOf(state, answer);
  const year = thisYear(state);
  const period = periodLookedAt(state, year);
  const compared: Omit<Compared, 'place'>[] = [];
  const apart: Apart[] = [];
  for (const unit of unitsOf(answer, tree)) {
    const now = find({ unit: unit.code, period });
    if (now === null) continue;
    const before = find({ unit: unit.code, period: periodLookedAt(state, year - 1) });
    const norm = normOf({ unit: unit.code, period });
    const peer = { unit, now, before, change: changeOf(kpi, now, before), norm };
    const why = whyApart(kpi, peer, input);
    if (why === null) {
      if (isKnown(now)) compared.push({ ...peer, now });
    } else if ([year, year - 1].some((y) => existsIn(unit, daysOfYear(state, y))))
      apart.push({ ...peer, why });
  }
  if (!isOrdered(kpi))
    return { kpi, compared: compared.map((p) => ({ ...p, place: null })), apart, band: null };
  const sign = kpi.better === 'down' ? 1 : -1;
  // A stable sort: equals stay in the order of the tree.
  compared.sort((a, b) => (isEqual(a, b) ? 0 : sign * (a.now.value - b.now.value)));
  return { kpi, compared: placed(compared), apart, band: middleHalf(compared.map((p) => p.now.value)) };
}

type Unplaced = Omit<Compared, 'place'>;
/** Quotients of different halves can differ in their last bit alone. */
const isEqual = (a: Unplaced, b: Unplaced): boolean => Math.abs(a.now.value - b.now.value) < 1e-9;

/** Equals share all the places that they take. */
const placed = (ordered: readonly Unplaced[]): Compared[] =>
  ordered.map((peer) => {
    const first = ordered.findIndex((p) => isEqual(p, peer)) + 1;
    const last = ordered.findLastIndex((p) => isEqual(p, peer)) + 1;
    return { ...peer, place: first === last ? String(first) : `${first}–${last}` };
  });

/** Figures that are of a part of the period only, or of no one who could be compared. */
function whyApart(kpi: Kpi, peer: Peer, input: ViewInput): Text | null {
  return whyClosed(peer.unit, input) ?? whyAlone(kpi, peer.unit, peer.now, input)?.text ?? null;
}

/** Closed or merged on some day up to the one on which this year is looked at. */
export function whyClosed(unit: Unit, { state, tree }: Pick<ViewInput, 'state' | 'tree'>): Text | null {
  const cut = bySameDays(state)
    ? sameDay(thisYear(state), state.asOf, startOf(state))
    : daysOfYear(state, thisYear(state)).to;
  if (unit.closedOn === null || unit.closedOn > cut) return null;
  // The first day after it, as breaks are told.
  const on = addDays(unit.closedOn, 1);
  const [onZh, onEn] = [formatDate(on, 'zh'), formatDate(on, 'en')];
  const into = unit.mergedInto === null ? undefined : tree.byCode.get(unit.mergedInto);
  return into === undefined
    ? { zh: `${onZh}撤销，不比较`, en: `closed on ${onEn}, not compared` }
    : {
        zh: `${onZh}并入${shortName(into.name)}，不比较`,
        en: `merged into ${shortName(into.name)} on ${onEn}, not compared`,
      };
}

/** Why one figure is not to be compared; `dated`: the words say of themselves which months they are of. */
type Alone = { readonly text: Text; readonly dated: boolean };

/** What in one cell, of whatever year, keeps it from being set beside others; null where nothing does. */
export function whyAlone(kpi: Kpi, unit: Unit, cell: Cell, input: ViewInput): Alone | null {
  // Completeness is itself the measure of what is missing.
  if (cell.status === 'partial' && cell.within === undefined && kpi.from !== 'coverage')
    return whyPartial(kpi, { unit, now: cell }, input);
  const text = whyPlain(kpi, cell, input.state);
  return text === null ? null : { text, dated: false };
}

function whyPlain(kpi: Kpi, now: Cell, state: ViewState): Text | null {
  if (standOf(now.period, state) === 'later') return { zh: '未到期，不比较', en: 'not due, not compared' };
  if (now.status === 'none') return { zh: '台账未报，不比较', en: 'not reported, not compared' };
  if (now.within !== undefined && state.only !== undefined)
    return {
      zh: '期内划转，只有一部分时间，不比较',
      en: 'moved within the period: a part of it only, not compared',
    };
  if (now.within !== undefined)
    return {
      zh: '年内划转，只有一部分月份，不比较',
      en: 'moved within the year: some of its months only, not compared',
    };
  if (now.value === null) return { zh: '不适用或没有数值', en: 'not applicable, or no value' };
  if (isSmall(kpi, now) && kpi.type !== 'count' && now.denominator !== null) {
    const { zh, en } = kpi.denominator.label;
    const few = formatNumber(now.denominator, Number.isInteger(now.denominator) ? 0 : 1);
    const fraction = formatFraction(now.numerator, now.denominator);
    return {
      zh: `${fraction}　${zh} ${few}，少于 ${LEAST_DENOMINATOR}，单列`,
      en: `${fraction}  ${few} ${en}, under ${LEAST_DENOMINATOR}: set apart`,
    };
  }
  return null;
}

/** `缺 4、5月台账，不比较`: the months, where one unit lacks them; else how many unit-months. */
function whyPartial(
  kpi: Kpi,
  { unit, now }: Pick<Peer, 'unit' | 'now'>,
  { state, tree, answers }: ViewInput,
): Alone {
  const [answer] = answers;
  const gaps = answer
    ? gapsIn(kpi, now, {
        context: answer.context,
        tree: treeIn(tree, state.structure),
        days: daysOf(now.period, answer.query),
      })
    : [];
  if (gaps.length > 0 && gaps.every((g) => g.unit === unit.code)) {
    const months = gaps.flatMap((g) => g.months);
    return {
      dated: true,
      text: {
        zh: `缺 ${formatMonths(months, 'zh')}台账，不比较`,
        en: `no ledger for ${formatMonths(months, 'en')}, not compared`,
      },
    };
  }
  const { covered, due } = now.coverage;
  const single = tree.children(unit.code).every((c) => c.level === 'group');
  return {
    dated: false,
    text: {
      zh: `台账只报 ${covered}/${due} 个${single ? '月' : '支部月'}，不比较`,
      en: `only ${covered} of ${due} ${single ? 'months' : 'branch-months'} reported, not compared`,
    },
  };
}

/** The norm of all the compared, where they agree; null where they do not, or none has one. */
export function agreedNorm({ compared }: Peers): number | null {
  const [first] = compared;
  return first && compared.every((p) => p.norm === first.norm) ? first.norm : null;
}

/** Has some unit of the compared a norm of its own, others another or none? */
export const hasOwnNorms = (p: Peers): boolean =>
  agreedNorm(p) === null && p.compared.some((peer) => peer.norm !== null);

/** Is a year's norm judged already? 32 hours are, once the year is over. */
export const isJudged = (kpi: Kpi, state: ViewState): boolean => isHeldAnyDay(kpi) || !isUnfinished(state);
