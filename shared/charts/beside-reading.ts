import { formatPeriodList, isSmall, yearName } from '../format.ts';
import type { Kpi } from '../kpi.ts';
import type { Grain } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { shortName, type Unit, type UnitTree } from '../unit.ts';
import { isTally } from './heatmap-reading.ts';
import {
  finder,
  isKnown,
  kpiOf,
  periodsIn,
  sentence,
  standOf,
  startOf,
  thisYear,
  type Known,
} from './parts.ts';
import type { ViewInput, ViewState } from './view.ts';

/** Two to four units over the parts of this year and the last, each for itself, on one scale. */

export const LEAST_BESIDE = 2;
export const MOST_BESIDE = 4;

/** The units picked, as the tree knows them; where none is picked, the first parts of the scope. */
export function besideUnits(state: ViewState, tree: UnitTree): readonly Unit[] {
  const picked = (state.beside ?? []).flatMap((code) => tree.byCode.get(code) ?? []);
  return (picked.length > 0 ? picked : tree.parts(state.unit)).slice(0, MOST_BESIDE);
}

export const besideGrain = (state: ViewState): Grain => (state.grain === 'quarter' ? 'quarter' : 'month');

export type Panel = {
  readonly unit: Unit;
  readonly now: readonly (Cell | null)[];
  readonly before: readonly (Cell | null)[];
};
export type Beside = {
  readonly kpi: Kpi;
  readonly year: number;
  /** This year's periods, in order. */
  readonly periods: readonly string[];
  readonly panels: readonly Panel[];
};

export function besideOf({ state, answers, tree }: ViewInput): Beside {
  const year = thisYear(state);
  const grain = besideGrain(state);
  const panels = besideUnits(state, tree).map((unit, i) => {
    const find = finder(answers[i]);
    const cells = (of: number): (Cell | null)[] =>
      periodsIn(state, of, grain).map((period) => find({ unit: unit.code, period }));
    return { unit, now: cells(year), before: cells(year - 1) };
  });
  return { kpi: kpiOf(state), year, periods: periodsIn(state, year, grain), panels };
}

/** Over too few to be a point of a line. Slots and months of ledgers are few by nature. */
export const isFew = (kpi: Kpi, cell: Cell): boolean => isSmall(kpi, cell) && !isTally(kpi);

/** A figure that is a point of a line. */
export const pointIn = (kpi: Kpi, cell: Cell | null | undefined): Known | null =>
  cell && isKnown(cell) && !isFew(kpi, cell) ? cell : null;

/** Periods that are over and for which both years have a point. */
function pairsOf(b: Beside, panel: Panel, state: ViewState): { now: Known; before: Known }[] {
  return panel.now.flatMap((cell, i) => {
    const now = pointIn(b.kpi, cell);
    const before = pointIn(b.kpi, panel.before[i]);
    return now && before && standOf(now.period, state) === 'done' ? [{ now, before }] : [];
  });
}

/** `东港站 9 个月里 5 个月高于自己去年；白浪站 7 个月里 2 个月，4、5月未报。` */
export function says(input: ViewInput, lang: Lang): string {
  const { state } = input;
  const b = besideOf(input);
  if (b.panels.length === 0) return lang === 'zh' ? '还没有选支部。' : 'No unit is picked.';
  const month = besideGrain(state) === 'month';
  return sentence(
    b.panels.map((panel) => {
      const name = shortName(panel.unit.name);
      const pairs = pairsOf(b, panel, state);
      const more = pairs.filter(({ now, before }) => now.value > before.value).length;
      const missing = panel.now.flatMap((c) =>
        c && c.status === 'none' && standOf(c.period, state) !== 'later' ? [c.period] : [],
      );
      const gaps =
        missing.length === 0
          ? ''
          : lang === 'zh'
            ? `，${formatPeriodList(missing, lang)}未报`
            : `, ${formatPeriodList(missing, lang)} not reported`;
      if (pairs.length === 0)
        return lang === 'zh' ? `${name}没有两年可对的数${gaps}` : `${name}: no period with both years${gaps}`;
      return lang === 'zh'
        ? `${name} ${pairs.length} 个${month ? '月' : '季度'}里 ${more} 个高于自己${yearName(b.year - 1, startOf(state))}年${gaps}`
        : `${name}: above its own ${yearName(b.year - 1, startOf(state))} in ${more} of ${pairs.length} ${month ? 'months' : 'quarters'}${gaps}`;
    }),
    lang,
  );
}
