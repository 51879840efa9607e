import { change, type Judge } from '../change.ts';
import { formatCellLong, isAtLeast } from '../format.ts';
import { addsUp, ratio, type Kpi } from '../kpi.ts';
import { earlier, monthOf, monthsFrom, rangeOf, yearOfDay } from '../period.ts';
import type { Answer, Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import type { UnitTree } from '../unit.ts';
import { isKnown, kpiOf, markOf, startOf, tableCell, type TableCell } from './parts.ts';
import type { Mark, ViewState } from './view.ts';

/** Running totals from a year's beginning, made from the cells of its periods. */

/** Does the state ask for them, and can its figure be added up? */
export const isSum = (state: ViewState): boolean => state.sum === true && addsUp(kpiOf(state));

/** Without what floats add on their own when hours are summed: 0.1 + 0.2 is 0.3. */
const exact = (n: number): number => Number(n.toPrecision(14));

type Tally = {
  numerator: number;
  denominator: number;
  /** Months over which a mean headcount is taken. */
  months: number;
  records: number;
  unknown: number;
  covered: number;
  due: number;
};

function counted(t: Tally, cell: Cell, months: number): Tally {
  const isReported = cell.status !== 'none';
  return {
    numerator: t.numerator + (cell.numerator ?? 0),
    denominator: t.denominator + (cell.denominator ?? 0) * months,
    months: t.months + (isReported ? months : 0),
    records: t.records + cell.records,
    unknown: t.unknown + cell.unknown,
    covered: t.covered + cell.coverage.covered,
    due: t.due + cell.coverage.due,
  };
}

/** The cell with the tally's figure in the place of its own. */
function totalOf(kpi: Kpi, cell: Cell, t: Tally): Cell {
  const numerator = exact(t.numerator);
  const halves = t.months === 0 ? 0 : exact(t.denominator / (kpi.type === 'per_member' ? t.months : 1));
  const denominator = kpi.type === 'count' ? null : halves;
  const value = kpi.type === 'count' ? numerator : ratio(numerator, denominator);
  return {
    ...cell,
    value,
    numerator,
    denominator,
    records: t.records,
    unknown: t.unknown,
    coverage: { covered: t.covered, due: t.due },
    status: value === null ? 'na' : t.covered < t.due ? 'partial' : 'ok',
  };
}

/**
 * The cells of a year's periods, in order, as running totals: counts are added, a rate is the sum of
 * its numerators over that of its denominators, and a figure per member has the mean headcount so far
 * under it. A period that no ledger covers has no total, and every later one is partial: what is missing
 * is not zero. Where nothing was due (no such unit yet, not begun by the as-of day) there is none either.
 */
export function runningTotals(
  kpi: Kpi,
  cells: readonly (Cell | null)[],
  { asOf, yearStart }: Pick<ViewState, 'asOf' | 'yearStart'>,
): (Cell | null)[] {
  let so: Tally = { numerator: 0, denominator: 0, months: 0, records: 0, unknown: 0, covered: 0, due: 0 };
  return cells.map((cell) => {
    if (cell === null) return null;
    const { from, to } = rangeOf(cell.period, yearStart);
    if (from > asOf) return cell;
    // Only a mean headcount is weighed: by the months that have begun.
    const months =
      kpi.type === 'per_member' ? monthsFrom(monthOf(from), monthOf(earlier(to, asOf))).length : 1;
    so = counted(so, cell, months);
    const isNothing = cell.status === 'none' || (cell.value === null && cell.coverage.due === 0);
    return isNothing ? cell : totalOf(kpi, cell, so);
  });
}

/** Is a total a lower bound: is something in it unknown, or not reported? */
export const isTotalAtLeast = (kpi: Kpi, cell: Pick<Cell, 'unknown' | 'status'>): boolean =>
  isAtLeast(kpi, cell) || (kpi.type === 'count' && cell.status === 'partial');

/**
 * What a click on a total opens: the records from the year's beginning, wherever their sums are this very
 * figure. Elsewhere the period's own: whether a problem is closed is judged on the last day of the list,
 * and under a figure per member with gaps the list would put the mean of other months.
 */
export function markOfTotal(state: ViewState, cell: Cell | null, toDate = false): Mark | undefined {
  const mark = markOf(state, cell, toDate);
  if (mark === undefined || cell === null || !isKnown(cell)) return mark;
  const kpi = kpiOf(state);
  const year = String(yearOfDay(rangeOf(cell.period, startOf(state)).from, startOf(state)));
  const end = rangeOf(cell.period, startOf(state)).to;
  const isToEnd = toDate || end === rangeOf(year, startOf(state)).to || end >= state.asOf;
  const isOwnDay = kpi.from === 'rectification' && !isToEnd;
  const isOtherMean = kpi.type === 'per_member' && cell.status === 'partial';
  return isOwnDay || isOtherMean ? mark : { ...mark, sum: true };
}

/** The period and, where it ends before them, the last day of the records of a running total. */
export function sumSpan(
  mark: Pick<Mark, 'period' | 'toDate'>,
  state: Pick<ViewState, 'asOf' | 'yearStart'>,
): { period: string; until?: string } {
  const { from, to } = rangeOf(mark.period, startOf(state));
  const period = String(yearOfDay(from, startOf(state)));
  const last = rangeOf(period, startOf(state)).to;
  return mark.toDate || to >= earlier(last, state.asOf) ? { period } : { period, until: to };
}

const only = { zh: '台账只报', en: 'reported' };
const bound = (kpi: Kpi, cell: Cell): string =>
  isTotalAtLeast(kpi, cell) && !isAtLeast(kpi, cell) ? '≥ ' : '';
const reported = ({ covered, due }: Cell['coverage'], lang: Lang): string =>
  `${only[lang]} ${covered}/${due}`;

/** A total in a view's table: a lower bound says so, and what is missing. */
export function totalCell(state: ViewState, cell: Cell | null, lang: Lang, toDate = false): TableCell {
  const { value, ...plain } = tableCell(state, cell, lang, toDate);
  if (cell === null || !isKnown(cell)) return plain;
  const kpi = kpiOf(state);
  const missing = cell.status === 'partial' ? reported(cell.coverage, lang) : '';
  const text = `${bound(kpi, cell)}${plain.text}`;
  return {
    ...plain,
    ...(value === undefined || isTotalAtLeast(kpi, cell) ? {} : { value }),
    text: missing === '' ? text : lang === 'zh' ? `${text}（${missing}）` : `${text} (${missing})`,
    mark: markOfTotal(state, cell, toDate),
  };
}

/** A total for a pointer: `2025  ≥ 412 次 · 台账只报 8/9`. */
export function totalTip(
  kpi: Kpi,
  cell: Cell,
  { lang, state, name }: { lang: Lang; state: ViewState; name: string },
): string {
  const missing = cell.status === 'partial' ? ` · ${reported(cell.coverage, lang)}` : '';
  return `${name}  ${bound(kpi, cell)}${formatCellLong(kpi, cell, lang, state)}${missing}`;
}

/**
 * Judges running totals against each other: over the days from the beginning of each year, so that
 * a break in March lies within what April adds up to.
 */
export function judgingTotals(answer: Answer, tree: UnitTree): Judge {
  const { yearStart } = answer.query;
  const year = (day: string): string => String(yearOfDay(day, yearStart));
  return (kpi, now, then) => {
    const { to } = rangeOf(now.period, yearStart);
    const whole = <C extends { period: string }>(cell: C): C => ({
      ...cell,
      period: year(rangeOf(cell.period, yearStart).from),
    });
    const around = { ...answer.query, tree, asOf: earlier(to, answer.query.asOf), toDate: true };
    return change(kpi, whole(now), then === null ? null : whole(then), answer.context, around);
  };
}
