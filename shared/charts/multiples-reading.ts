import { isSaid, judging } from '../change.ts';
import { yearName } from '../format.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import type { Unit, UnitTree } from '../unit.ts';
import { extentOf, type Extent } from './axes.ts';
import { pointIn } from './beside-reading.ts';
import { normsOf } from './norms.ts';
import {
  finder,
  isKnown,
  kpiOf,
  markOf,
  periodsIn,
  sentence,
  standOf,
  startOf,
  thisYear,
  unitsOf,
  type Known,
  type Stand,
} from './parts.ts';
import { isSum, markOfTotal, runningTotals, judgingTotals } from './sums.ts';
import type { Mark, ViewInput, ViewState } from './view.ts';
import { grainIn } from './yoy-reading.ts';

/** Every part of the scope over this year and the ones before: a panel each, one scale for all. */

/** Behind this year and the last there is room for two more, unless the panels themselves are many. */
const YEARS = 4;
const MANY = 60;
export const yearsIn = (state: ViewState, tree: UnitTree): readonly number[] =>
  state.years.slice(tree.parts(state.unit).length > MANY ? -2 : -YEARS);

export type PanelYear = {
  readonly year: number;
  readonly ago: number;
  readonly cells: readonly (Cell | null)[];
};
export type Panel = {
  readonly unit: Unit;
  /** Ascending; the last is this year. */
  readonly years: readonly PanelYear[];
  readonly now: PanelYear;
  /** What each period is held against, or what a running total is to come to. */
  readonly norms: readonly (number | null)[];
  /** This year's latest figure, and in which period it stands. */
  readonly latest: { readonly index: number; readonly cell: Known } | null;
};
export type Multiples = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  readonly isSum: boolean;
  readonly year: number;
  /** This year's periods, in order. */
  readonly periods: readonly string[];
  readonly stands: readonly Stand[];
  readonly panels: readonly Panel[];
  readonly extent: Extent;
};

/** Has the unit something to report in the year? One that was closed before has no panel. */
const isThere = (cells: readonly (Cell | null)[]): boolean =>
  cells.some((c) => c !== null && (c.status !== 'na' || c.coverage.due > 0));

export function multiplesOf({ state, answers, tree }: ViewInput): Multiples {
  const [answer] = answers;
  const kpi = kpiOf(state);
  const sum = isSum(state);
  const last = thisYear(state);
  const grain = grainIn(state);
  const periods = periodsIn(state, last, grain);
  const stands = periods.map((p) => standOf(p, state));
  const find = finder(answer);
  const normOf = normsOf(state, answer);
  const normIn = (unit: string, period: string): number | null =>
    isPercent(kpi) ? normOf({ unit, period }) : sum ? normOf({ unit, period: String(last) }) : null;
  const all = unitsOf(answer, tree).map((unit): Panel => {
    const years = (answer?.query.years ?? []).map((year) => {
      const cells = periodsIn(state, year, grain).map((period) => find({ unit: unit.code, period }));
      return { year, ago: last - year, cells: sum ? runningTotals(kpi, cells, state) : cells };
    });
    const now = years.find((y) => y.ago === 0) ?? { year: last, ago: 0, cells: [] };
    const norms = periods.map((period) => normIn(unit.code, period));
    return { unit, years, now, norms, latest: latestOf(now.cells, stands, sum) };
  });
  const there = all.filter((p) => isThere(p.now.cells));
  const panels = there.length > 0 ? there : all;
  const cells = panels.flatMap((p) => p.years.flatMap((y) => y.cells));
  const points = cells.flatMap((c) => pointIn(kpi, c) ?? []);
  const values = (points.length > 0 ? points : cells.filter(isKnown)).map((c) => c.value);
  const norms = panels.flatMap((p) => p.norms.flatMap((n) => n ?? []));
  return {
    state,
    kpi,
    isSum: sum,
    year: last,
    periods,
    stands,
    panels,
    extent: extentOf(kpi, [...values, ...norms], 3),
  };
}

/** Of periods by themselves the last that is over; of running totals the last that there is. */
function latestOf(cells: readonly (Cell | null)[], stands: readonly Stand[], sum: boolean): Panel['latest'] {
  const at = (is: (i: number) => boolean): number => cells.findLastIndex((c, i) => isKnown(c) && is(i));
  const over = sum ? -1 : at((i) => stands[i] === 'done');
  const index = over >= 0 ? over : at((i) => stands[i] !== 'later');
  const cell = cells[index];
  return isKnown(cell) ? { index, cell } : null;
}

/** What a click on a period of a panel opens. */
export const markIn = (m: Multiples, cell: Cell | null): Mark | undefined =>
  (m.isSum ? markOfTotal : markOf)(m.state, cell);

/** This year's periods of a panel that are over and may be set beside last year's. */
function pairsOf(m: Multiples, panel: Panel, { answers, tree }: ViewInput): { now: Known; before: Known }[] {
  const [answer] = answers;
  const last = panel.years.find((y) => y.ago === 1);
  if (answer === undefined || last === undefined) return [];
  const moved = (m.isSum ? judgingTotals : judging)(answer, tree);
  return panel.now.cells.flatMap((cell, i) => {
    const now = pointIn(m.kpi, cell);
    const before = pointIn(m.kpi, last.cells[i]);
    if (!now || !before || m.stands[i] !== 'done') return [];
    return isSaid(moved(m.kpi, now, before)) ? [{ now, before }] : [];
  });
}

/** `11 个支部，同一刻度；7 个过半的月份不低于自己2024年；3 个有未报的月份。` */
export function says(input: ViewInput, lang: Lang): string {
  const m = multiplesOf(input);
  const { panels, kpi, state } = m;
  const down = kpi.better === 'down';
  const before = yearName(m.year - 1, startOf(state));
  const holds = (pair: { now: Known; before: Known }): boolean =>
    down ? pair.now.value <= pair.before.value : pair.now.value >= pair.before.value;
  const compared = panels.map((p) => pairsOf(m, p, input)).filter((pairs) => pairs.length > 0);
  // Of running totals the last tells all that came before it.
  const held = compared.filter((pairs) =>
    m.isSum ? pairs.slice(-1).every(holds) : pairs.filter(holds).length * 2 > pairs.length,
  ).length;
  const gaps = panels.filter((p) =>
    p.now.cells.some((c, i) => c?.status === 'none' && m.stands[i] !== 'later'),
  ).length;
  const month = grainIn(state) === 'month';
  const isBranches = panels.every((p) => p.unit.level === 'branch');
  if (lang === 'zh') {
    const [unit, part] = [isBranches ? '支部' : '单位', month ? '月份' : '季度'];
    const than = down ? '不高于' : '不低于';
    return sentence(
      [
        `${panels.length} 个${unit}，同一刻度`,
        compared.length === 0
          ? null
          : `可比的 ${compared.length} 个里 ${held} 个${m.isSum ? '' : `过半的${part}`}${than}自己${before}年${m.isSum ? '同期' : ''}`,
        gaps === 0 ? null : `${gaps} 个有未报的${part}`,
      ],
      lang,
    );
  }
  const [unit, part] = [isBranches ? 'branches' : 'units', month ? 'months' : 'quarters'];
  const than = `not ${down ? 'above' : 'below'} their own ${before}`;
  return sentence(
    [
      `${panels.length} ${unit} on one scale`,
      compared.length === 0
        ? null
        : `${held} of ${compared.length} that can be compared ${than}${m.isSum ? ' to the same day' : ` in more than half of the ${part}`}`,
      gaps === 0 ? null : `${gaps} with ${part} not reported`,
    ],
    lang,
  );
}
