import { formatPeriodList } from '../format.ts';
import type { Kpi } from '../kpi.ts';
import { periodsOf, rangeOf, type Grain } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { existsIn, shortName, type Unit } from '../unit.ts';
import { finder, isKnown, kpiOf, sentence, standOf, thisYear } from './parts.ts';
import type { ViewInput, ViewState } from './view.ts';

/** What the answers of units by period say, before anything is drawn. */

export const grainIn = (state: ViewState): Grain => (state.grain === 'quarter' ? 'quarter' : 'month');

type Row = { readonly unit: Unit; readonly cells: readonly (Cell | null)[]; readonly total: Cell | null };
export type Reading = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  readonly periods: readonly string[];
  readonly rows: readonly Row[];
  readonly top: number;
};

/** The rows of units that were open in the year, with their periods and the year's figure. */
export function read({ state, answers, tree }: ViewInput): Reading {
  const find = finder(answers[0]);
  const total = finder(answers[1]);
  const year = thisYear(state);
  const periods = periodsOf(year, grainIn(state));
  const rows = tree
    .parts(state.unit)
    .filter((unit) => existsIn(unit, rangeOf(String(year))))
    .map((unit) => ({
      unit,
      cells: periods.map((period) => find({ unit: unit.code, period })),
      total: total({ unit: unit.code, period: String(year) }),
    }))
    .filter((row) => row.cells.some((c) => c !== null));
  const values = rows.flatMap((row) => row.cells.filter(isKnown).map((c) => c.value));
  return { state, kpi: kpiOf(state), periods, rows, top: Math.max(0, ...values) };
}

/** Slots and months of ledgers are few by nature: one missed of three is a fact, not a sample. */
export const isTally = (kpi: Kpi): boolean => kpi.from === 'slots' || kpi.from === 'coverage';

/** Which units have not reported, and what, for up to two of them; for more, how many. */
function saysMissing(r: Reading, lang: Lang): string | null {
  const gaps = r.rows.flatMap((row) => {
    const periods = row.cells.flatMap((c) => (isDue(r, c) && c.status === 'none' ? [c.period] : []));
    const isAll = row.cells.every((c) => !isDue(r, c) || c.status === 'none' || c.status === 'na');
    return periods.length === 0 ? [] : [{ name: shortName(row.unit.name), periods, isAll }];
  });
  if (gaps.length === 0) return null;
  if (gaps.length > 2)
    return lang === 'zh'
      ? `${gaps.length} 个支部有月份未报`
      : `${gaps.length} units have periods not reported`;
  return lang === 'zh'
    ? gaps.map((g) => `${g.name}${g.isAll ? '至今' : formatPeriodList(g.periods, lang)}未报`).join('，')
    : gaps
        .map(
          (g) =>
            `${g.name}: ${g.isAll ? 'nothing' : formatPeriodList(g.periods, lang)} ${g.isAll ? 'reported' : 'not reported'}`,
        )
        .join(', ');
}

const isDue = (r: Reading, cell: Cell | null): cell is Cell =>
  cell !== null && standOf(cell.period, r.state.asOf) !== 'later';

/** One line on the figures: how many units miss nothing, and which have not reported. */
export function says(input: ViewInput, lang: Lang): string {
  const r = read(input);
  if (!r.rows.some((row) => row.cells.some((c) => isDue(r, c) && c.value !== null)))
    return lang === 'zh' ? '台账未报，或没有数值。' : 'Not reported, or no value.';
  return sentence([saysTally(r, lang), saysMissing(r, lang)], lang);
}

function saysTally(r: Reading, lang: Lang): string {
  if (!isTally(r.kpi))
    return lang === 'zh' ? '格色深浅只表示数的大小' : 'the shade shows the size of the figure only';
  const short = r.rows.filter((row) => row.cells.some((c) => isKnown(c) && c.value < 1)).length;
  const over = r.kpi.numerator.label[lang];
  const under = 'denominator' in r.kpi ? r.kpi.denominator.label[lang] : '';
  return lang === 'zh'
    ? `格内为“${over}/${under}”；${r.rows.length} 个支部中 ${r.rows.length - short} 个至今没有缺项`
    : `cells are “${over}/${under}”; ${r.rows.length - short} of ${r.rows.length} units miss nothing so far`;
}
