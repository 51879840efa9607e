import type { Condition, Measure } from './condition.ts';
import type { Family } from './kinds.ts';
import type { Text } from './text.ts';

/** Tables of records that a KPI may count: the ledgers, and the contradictions found in them. */
export type RecordFamily = Family | 'contradiction';

/** Half of a figure: which of the KPI's records, and what each contributes. */
export type Part = {
  readonly label: Text;
  readonly where?: Condition;
  readonly measure: Measure;
};

type Common = {
  readonly id: string;
  readonly name: Text;
  readonly unit: Text;
  /** Which direction is good. */
  readonly better: 'up' | 'down' | 'neutral';
  readonly definition: Text;
  /** Digits after the point of the shown value (of the percentage, for a ratio in %). */
  readonly digits: number;
};

/** A figure made from the rows of one table of records. */
export type RecordKpi = Common & {
  readonly from: RecordFamily;
  readonly where?: Condition;
  /**
   * `flow`: records dated in the period. `stock`: all records up to the period's end, looked at
   * on that day. A flow's condition on `at` is judged on the as-of day.
   */
  readonly over: 'flow' | 'stock';
  readonly splitsByKind: boolean;
} & (
    | { readonly type: 'count'; readonly numerator: Part }
    | { readonly type: 'ratio'; readonly numerator: Part; readonly denominator: Part }
    /** Σ numerator over the mean headcount of the period. */
    | {
        readonly type: 'per_member';
        readonly numerator: Part;
        readonly denominator: { readonly label: Text };
      }
    /** Kaplan–Meier median of `duration`; records outside the numerator are censored at `at`. */
    | {
        readonly type: 'median';
        readonly numerator: Part;
        readonly denominator: Part;
        readonly duration: { readonly start: string; readonly end: string };
      }
  );

/** A figure made from what is due: slots of the norms, or unit-months of a ledger. */
export type DueKpi = Common & {
  readonly from: 'slots' | 'coverage';
  readonly type: 'ratio';
  readonly over: 'flow';
  readonly numerator: { readonly label: Text };
  readonly denominator: { readonly label: Text };
  readonly splitsByKind: boolean;
};

export type Kpi = RecordKpi | DueKpi;

export const isRecordKpi = (kpi: Kpi): kpi is RecordKpi => kpi.from !== 'slots' && kpi.from !== 'coverage';

/** The ledger whose coverage says whether the KPI's figure is reported at all. */
export function ledgerOf(kpi: Kpi): Family {
  if (!isRecordKpi(kpi) || kpi.from === 'contradiction') return 'activity';
  return kpi.from;
}

/** What the wire calls the type: per-member figures are ratios to their users. */
export const wireType = (kpi: Kpi): 'count' | 'ratio' | 'median' =>
  kpi.type === 'per_member' ? 'ratio' : kpi.type;

/** Σ/Σ. A zero or absent denominator gives no value. */
export const ratio = (numerator: number | null, denominator: number | null): number | null =>
  numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator;

/** Is a ratio shown as a percentage (and not, say, as hours per member)? */
export const isPercent = (kpi: Kpi): boolean => kpi.unit.zh === '%';

/**
 * Against a norm, inclusive: a floor, or a ceiling where less is better. Null without norm or value.
 * @param norm that of the unit and the period; a ratio's in 0…1
 */
export function meetsNorm(kpi: Kpi, value: number | null, norm: number | null): boolean | null {
  if (norm === null || value === null) return null;
  return kpi.better === 'down' ? value <= norm : value >= norm;
}

type CountKpi = Extract<RecordKpi, { type: 'count' }>;

/**
 * Do the figures of months come to the year's? Flows do: a count by adding, a ratio by its halves. A
 * median does not, nor what stands open on a day.
 */
export const addsUp = (kpi: Kpi): boolean => kpi.type !== 'median' && kpi.over === 'flow';

/** May it be set over the members? Counts of events may; what stands open on a day, and contradictions, may not. */
export const countsPerMember = (kpi: Kpi): kpi is CountKpi =>
  isRecordKpi(kpi) && kpi.type === 'count' && kpi.over === 'flow' && kpi.from !== 'contradiction';

/** A count as a figure per member. Others stay as they are. */
export function perMember(kpi: Kpi): Kpi {
  if (!countsPerMember(kpi)) return kpi;
  return {
    ...kpi,
    type: 'per_member',
    name: { zh: `人均${kpi.name.zh}`, en: `${kpi.name.en} per member` },
    unit: { zh: `${kpi.unit.zh}/人`, en: 'per member' },
    digits: 2,
    denominator: { label: { zh: '平均党员数', en: 'mean headcount' } },
    definition: {
      zh: `${kpi.definition.zh}除以期间各月月初在册党员数的平均数；数不明的记录、未报台账或没有名册的支部，分子分母都不计。`,
      en: `${kpi.definition.en} Divided by the mean of the headcounts in force at the start of each month; records of unknown figure, and branches without the ledger or a headcount, are left out of both halves.`,
    },
  };
}
