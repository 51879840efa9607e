import { breaksOf, type BreakCode, type Verdict } from './breaks.ts';
import type { Context } from './context.ts';
import { formatDate } from './format-period.ts';
import { gapsIn, sayGaps } from './gaps.ts';
import { isPercent, type Kpi } from './kpi.ts';
import { LEAST_DENOMINATOR } from './norms.ts';
import { earlier, grainOf, rangeOf, sameDay, yearOfDay, type DateRange } from './period.ts';
import type { Answer, Cell, Structure } from './query.ts';
import { treeIn } from './structure.ts';
import type { Text } from './text.ts';
import type { UnitTree } from './unit.ts';

/** May two figures be set beside each other? Every difference that is shown says so. */
export type { Verdict } from './breaks.ts';

export type ReasonCode =
  | BreakCode
  /** No earlier figure, or one of 0: the change has no base. */
  | 'no_base'
  /** Nothing now to be compared. */
  | 'no_value'
  /** A denominator under the least. */
  | 'few'
  /** Ledgers missing in either period. */
  | 'gaps'
  /** Records of unknown figure in either sum. */
  | 'unknown'
  /** One of the periods is cut and the other is not. */
  | 'days';

export type Reason = {
  readonly code: ReasonCode;
  /** What this reason by itself makes of the comparison. */
  readonly verdict: Verdict;
  readonly text: Text;
  readonly units?: readonly string[];
  readonly months?: readonly string[];
};

export type Change = {
  /** In the KPI's own unit (a ratio's in 0…1); null where a value is absent. */
  readonly delta: number | null;
  /** Of the earlier figure; null where that is 0 or absent. */
  readonly relative: number | null;
  readonly verdict: Verdict;
  /** The gravest first. What a figure is held against may change without harm to the comparison. */
  readonly reasons: readonly Reason[];
  /** The reasons for the verdict in one; null where there is nothing to say. */
  readonly because: Text | null;
};

/** The question that both figures answer, and its units. */
export type Around = {
  readonly tree: UnitTree;
  /** The month with which a year begins. Absent: January. */
  readonly yearStart?: number;
  /** Absent: both periods are whole. */
  readonly asOf?: string;
  readonly toDate?: boolean;
  /** Absent: the tree's own. */
  readonly structure?: Structure;
};

/** Judges the changes between cells of one answer. */
export type Judge = (kpi: Kpi, now: Cell, then: Cell | null) => Change;
export function judging(answer: Answer, tree: UnitTree): Judge {
  return (kpi, now, then) => change(kpi, now, then, answer.context, { tree, ...answer.query });
}

/**
 * How a figure stands against an earlier one, and whether that says anything. Rates move in
 * percentage points. What lies between the first day of the earlier period and the last of the later
 * one decides: a definition or a norm of meetings that changed, a unit that merged, was split, opened,
 * closed or changed its scope.
 * @param then null when there is no earlier figure at all (a unit that did not exist)
 */
export function change(kpi: Kpi, now: Cell, then: Cell | null, context: Context, around: Around): Change {
  const { structure = around.tree.structure } = around;
  const of = { kpi, now, then, context, around: { ...around, tree: treeIn(around.tree, structure) } };
  const reasons = sorted([...breaks(of), ...parts(of), ...values(of), ...missing(of), ...windows(of)]);
  const verdict = reasons[0]?.verdict ?? 'comparable';
  const delta = now.value === null || then === null || then.value === null ? null : now.value - then.value;
  const relative = delta === null || !then?.value ? null : delta / then.value;
  const said = reasons.filter((r) => r.verdict === verdict).map((r) => r.text);
  return { delta, relative, verdict, reasons, because: said.length === 0 ? null : joined(said) };
}

/** Is the difference a figure to be shown? Without a base it still is; across a break it is none. */
export const isSaid = ({ reasons }: Change): boolean =>
  reasons.every((r) => r.verdict !== 'not_comparable' || r.code === 'no_base');

const gravity: readonly Verdict[] = ['not_comparable', 'partial', 'comparable'];
const sorted = (reasons: readonly Reason[]): Reason[] =>
  reasons.toSorted((a, b) => gravity.indexOf(a.verdict) - gravity.indexOf(b.verdict));
const joined = (texts: readonly Text[]): Text =>
  both(texts.map((t) => t.zh).join('；'), texts.map((t) => t.en).join('; '));
const both = (zh: string, en: string): Text => ({ zh, en });

type Compared = {
  readonly kpi: Kpi;
  readonly now: Cell;
  readonly then: Cell | null;
  readonly context: Context;
  readonly around: Around;
};

/** The days that a cell looks at: its period up to the as-of day, or to the same day of its own year. */
export function daysOf(period: string, { asOf, toDate, yearStart }: Omit<Around, 'tree'>): DateRange {
  const { from, to } = rangeOf(period, yearStart);
  if (asOf === undefined) return { from, to };
  const cut = toDate ? earlier(asOf, sameDay(yearOfDay(from, yearStart), asOf, yearStart)) : asOf;
  return { from, to: earlier(to, cut) };
}

function breaks({ kpi, now, then, context, around }: Compared): Reason[] {
  const first = daysOf((then ?? now).period, around).from;
  const last = daysOf(now.period, around).to;
  return breaksOf(kpi, context, { unit: now.unit, tree: around.tree, kind: now.kind })
    .filter((b) => b.on > first && b.on <= last)
    .filter((b) => b.verdict !== 'comparable' || b.code === 'value')
    .map(({ code, verdict, text, units }) => ({ code, verdict, text, units }));
}

/** A figure that is of a part of its period alone, since the unit stood elsewhere in the rest. */
function parts({ now, then, context, around }: Compared): Reason[] {
  if (now.within === undefined && then?.within === undefined) return [];
  const moves = context.events.filter((e) => e.unit === now.unit && e.type === 'moved');
  const days = moves.map((e) => e.on).sort();
  const scope = around.tree.byCode.get(now.within ?? then?.within ?? '')?.name ?? '';
  return [
    {
      code: 'moved',
      verdict: 'not_comparable',
      units: [now.unit],
      text:
        days.length === 0
          ? both(`期间只有一部分时间属于${scope}`, `part of ${scope} for some of the time only`)
          : both(
              `${days.map((d) => formatDate(d, 'zh')).join('、')}划转，只计属于${scope}的月份`,
              `moved on ${days.map((d) => formatDate(d, 'en')).join(', ')}: only its months in ${scope} count`,
            ),
    },
  ];
}

/** What the two values alone say. */
function values({ kpi, now, then }: Compared): Reason[] {
  const reasons: Reason[] = [];
  const add = (code: ReasonCode, text: Text): void =>
    void reasons.push({ code, verdict: 'not_comparable', text });
  if (now.value === null)
    add(
      'no_value',
      now.status === 'none'
        ? both('本期台账未报', 'this period not reported')
        : both('本期没有数值', 'no value this period'),
    );
  if (then === null) add('no_base', both('没有基数：没有去年的数', 'no base: no figure last year'));
  else if (then.value === null)
    add(
      'no_base',
      then.status === 'none'
        ? both('没有基数：去年同期台账未报', 'no base: last year not reported')
        : both('没有基数：去年同期没有数值', 'no base: no value last year'),
    );
  // From 0 % a rate moves in points as from anywhere; and where nothing was and nothing is, nothing moved.
  else if (then.value === 0 && now.value !== 0 && !isPercent(kpi))
    add('no_base', both('没有基数', 'no base'));
  const least = Math.min(now.denominator ?? Infinity, then?.denominator ?? Infinity);
  const isKnown = now.value !== null && then !== null && then.value !== null;
  if (isKnown && kpi.type !== 'count' && least < LEAST_DENOMINATOR)
    add('few', both(`分母少于 ${LEAST_DENOMINATOR}`, `a denominator under ${LEAST_DENOMINATOR}`));
  return reasons;
}

/** Which ledgers are missing, and how many figures are unknown. */
function missing({ kpi, now, then, context, around }: Compared): Reason[] {
  const cells = [now, ...(then === null ? [] : [then])].filter((c) => c.value !== null);
  const reasons: Reason[] = [];
  // Completeness is itself the measure of what is missing.
  const partial = kpi.from === 'coverage' ? [] : cells.filter((c) => c.status === 'partial');
  const gaps = partial.flatMap((c) =>
    gapsIn(kpi, c, { context, tree: around.tree, days: daysOf(c.period, around) }),
  );
  if (gaps.length > 0)
    reasons.push({
      code: 'gaps',
      verdict: 'partial',
      text: sayGaps(gaps, around.tree),
      units: [...new Set(gaps.map((g) => g.unit))],
      months: [...new Set(gaps.flatMap((g) => g.months))].sort(),
    });
  else
    for (const c of partial) {
      const { covered, due } = c.coverage;
      const [zh, en] = c === now ? ['本期', 'this period'] : ['去年同期', 'last year'];
      const text = both(
        `${zh}台账只报 ${covered}/${due} 个支部月`,
        `${en} only ${covered} of ${due} branch-months reported`,
      );
      reasons.push({ code: 'gaps', verdict: 'partial', text });
    }
  // A unit whose members are not known is in neither half.
  const uncounted =
    kpi.type === 'per_member'
      ? cells.flatMap((c) =>
          gapsIn(kpi, c, { context, tree: around.tree, days: daysOf(c.period, around) }, 'headcount'),
        )
      : [];
  if (uncounted.length > 0)
    reasons.push({
      code: 'gaps',
      verdict: 'partial',
      text: sayGaps(uncounted, around.tree),
      units: [...new Set(uncounted.map((g) => g.unit))],
      months: [...new Set(uncounted.flatMap((g) => g.months))].sort(),
    });
  // A rate leaves what is not known out of both halves; a sum lacks it.
  const unknown = isSum(kpi) ? cells.reduce((n, c) => n + c.unknown, 0) : 0;
  if (unknown > 0)
    reasons.push({
      code: 'unknown',
      verdict: 'partial',
      text: both(`${unknown} 条数不明`, `${unknown} ${unknown === 1 ? 'figure' : 'figures'} unknown`),
    });
  return reasons;
}

const isSum = (kpi: Kpi): boolean => kpi.type === 'count' || kpi.type === 'per_member';

/** A period that is not over against a whole one, where the reader has so chosen. */
function windows({ now, then, around }: Compared): Reason[] {
  if (then === null || around.asOf === undefined || around.toDate) return [];
  const { yearStart = 1 } = around;
  const isWhole = (c: Cell): boolean => daysOf(c.period, around).to === rangeOf(c.period, yearStart).to;
  if (isWhole(now) || !isWhole(then)) return [];
  const text =
    grainOf(now.period) === 'year'
      ? both('全年对比：今年还没有过完', 'whole years: this year is not over')
      : both('本期还没有过完', 'this period is not over');
  return [{ code: 'days', verdict: 'partial', text }];
}
