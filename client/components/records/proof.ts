import type { Context, Gap, HeldNorm, RuleChange, UnitEvent } from '../../../shared/context.ts';
import { formatPeriod } from '../../../shared/format.ts';
import { ledgerOf, type Kpi } from '../../../shared/kpi.ts';
import {
  earlier,
  later,
  monthOf,
  rangeOf,
  sameDay,
  yearOfDay,
  type DateRange,
} from '../../../shared/period.ts';
import type { Asked, Cell } from '../../../shared/query.ts';
import type { Lang } from '../../../shared/text.ts';
import type { UnitTree } from '../../../shared/unit.ts';

/** What stands behind one opened figure, from the answer's context. Pure. */

type Opened = {
  readonly kpi: Kpi;
  readonly cell: Cell;
  readonly context: Context;
  readonly tree: UnitTree;
  readonly days: DateRange;
};

/** The days that a figure looks at: its period up to the as-of day, or to the same day of its own year. */
export function daysBehind(
  period: string,
  { asOf, yearStart, toDate }: Pick<Asked, 'asOf' | 'yearStart' | 'toDate'>,
): DateRange {
  const { from, to } = rangeOf(period, yearStart);
  const cut = toDate ? earlier(asOf, sameDay(yearOfDay(from, yearStart), asOf, yearStart)) : asOf;
  return { from, to: earlier(to, cut) };
}

const codesUnder = (tree: UnitTree, code: string): ReadonlySet<string> =>
  new Set(tree.subtree(code).map((u) => u.code));

/** Ledgers missing within the figure's days, cut to them. */
export function gapsBehind({ kpi, cell, context, tree, days }: Opened): Gap[] {
  const units = codesUnder(tree, cell.unit);
  const [first, last] = [monthOf(days.from), monthOf(days.to)];
  return context.gaps
    .filter((g) => g.family === ledgerOf(kpi) && units.has(g.unit) && g.from <= last && g.to >= first)
    .map((g) => ({ ...g, from: later(g.from, first), to: earlier(g.to, last) }));
}

/** `2025年3月`, `2025年3月–2025年5月`. */
export const gapMonths = (gap: Gap, lang: Lang): string =>
  gap.from === gap.to
    ? formatPeriod(gap.from, lang)
    : `${formatPeriod(gap.from, lang)}–${formatPeriod(gap.to, lang)}`;

/** The norm that the figure is held against. */
export const normBehind = ({ kpi, cell, context, days }: Opened): HeldNorm | null =>
  context.norms.findLast(
    (n) =>
      n.kpi === kpi.id &&
      n.unit === cell.unit &&
      (n.from === null || n.from <= days.to) &&
      (n.to === null || n.to >= days.from),
  ) ?? null;

/** What happened to the figure's units, and to its rules, within its days. */
export function eventsBehind({ cell, context, tree, days }: Opened): UnitEvent[] {
  const units = codesUnder(tree, cell.unit);
  return context.events.filter((e) => units.has(e.unit) && e.on > days.from && e.on <= days.to);
}
export const changesBehind = ({ kpi, context, days }: Opened): RuleChange[] =>
  context.changes.filter((c) => c.kpi === kpi.id && c.on > days.from && c.on <= days.to);
