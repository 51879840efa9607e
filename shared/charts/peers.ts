import { change, type Change } from '../change.ts';
import { formatFraction, formatNumber, isSmall } from '../format.ts';
import type { Kpi } from '../kpi.ts';
import { LEAST_DENOMINATOR } from '../norms.ts';
import { rangeOf, sameDay } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Text } from '../text.ts';
import { existsIn, shortName, type Unit } from '../unit.ts';
import { bySameDays, finder, isKnown, kpiOf, thisYear, type Known } from './parts.ts';
import type { ViewInput, ViewState } from './view.ts';

/** Units beside each other: which may be compared, in what order, and why the others may not. */

export type Peer = {
  readonly unit: Unit;
  readonly now: Cell;
  readonly before: Cell | null;
  readonly change: Change;
};
/** A unit that has a figure to be compared by. */
export type Compared = Peer & { readonly now: Known };
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

/** Splits the answer `by=unit` of this year and the last into those compared and those set apart. */
export function peersOf(input: ViewInput): Peers {
  const { state, tree } = input;
  const kpi = kpiOf(state);
  const find = finder(input.answers[0]);
  const year = thisYear(state);
  const compared: Compared[] = [];
  const apart: Apart[] = [];
  for (const unit of tree.parts(state.unit)) {
    const now = find({ unit: unit.code, period: String(year) });
    if (now === null) continue;
    const before = find({ unit: unit.code, period: String(year - 1) });
    const peer = { unit, now, before, change: changeOf(kpi, now, before, mergedInto(unit, input)) };
    const why = whyApart(kpi, peer, input);
    if (why === null) {
      if (isKnown(now)) compared.push({ ...peer, now });
    } else if (existsIn(unit, rangeOf(String(year))) || existsIn(unit, rangeOf(String(year - 1))))
      apart.push({ ...peer, why });
  }
  if (kpi.better !== 'neutral') {
    const sign = kpi.better === 'up' ? -1 : 1;
    // A stable sort: equals stay in the order of the tree.
    compared.sort((a, b) => sign * (a.now.value - b.now.value));
  }
  const band = kpi.better === 'neutral' ? null : middleHalf(compared.map((p) => p.now.value));
  return { kpi, compared, apart, band };
}

/** A unit that took another in during the two years is not the unit that it was. */
function mergedInto(unit: Unit, { tree, state }: ViewInput): Unit | null {
  const from = `${thisYear(state) - 1}-01-01`;
  return (
    tree.units.find(
      (u) =>
        u.mergedInto === unit.code && u.closedOn !== null && u.closedOn >= from && u.closedOn <= state.asOf,
    ) ?? null
  );
}

function changeOf(kpi: Kpi, now: Cell, before: Cell | null, merged: Unit | null): Change {
  const plain = change(kpi, now, before);
  if (merged === null) return plain;
  const name = shortName(merged.name);
  return {
    ...plain,
    verdict: 'not_comparable',
    because: {
      zh: `${name}于 ${merged.closedOn} 并入本支部`,
      en: `${name} was merged in on ${merged.closedOn}`,
    },
  };
}

function whyApart(kpi: Kpi, { unit, now }: Peer, { tree, state }: ViewInput): Text | null {
  const { covered, due } = now.coverage;
  const cut = bySameDays(state) ? sameDay(thisYear(state), state.asOf) : `${thisYear(state)}-12-31`;
  if (unit.closedOn !== null && unit.closedOn <= cut) {
    const into = unit.mergedInto === null ? undefined : tree.byCode.get(unit.mergedInto);
    return into === undefined
      ? { zh: `${unit.closedOn} 撤销，不比较`, en: `closed on ${unit.closedOn}, not compared` }
      : {
          zh: `${unit.closedOn} 并入${shortName(into.name)}，不比较`,
          en: `merged into ${shortName(into.name)} on ${unit.closedOn}, not compared`,
        };
  }
  if (now.status === 'none') return { zh: '台账未报，不比较', en: 'not reported, not compared' };
  // Completeness is itself the measure of what is missing.
  if (now.status === 'partial' && kpi.from !== 'coverage') {
    const single = tree.children(unit.code).every((c) => c.level === 'group');
    return {
      zh: `台账只报 ${covered}/${due} 个${single ? '月' : '支部月'}，不比较`,
      en: `only ${covered} of ${due} ${single ? 'months' : 'branch-months'} reported, not compared`,
    };
  }
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

/** Is a year's norm judged already? A share is, on any day; 32 hours are, once the year is over. */
export const isJudged = (kpi: Kpi, state: ViewState): boolean =>
  kpi.norm !== undefined && (kpi.unit.zh === '%' || rangeOf(String(thisYear(state))).to <= state.asOf);
