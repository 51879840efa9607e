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
  /** Inclusive: a value equal to the norm meets it. For `better: 'down'` it is a ceiling. */
  readonly norm?: number;
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

/** Against the norm, inclusive; null where there is no norm or no value. */
export function meetsNorm(kpi: Kpi, value: number | null): boolean | null {
  if (kpi.norm === undefined || value === null) return null;
  return kpi.better === 'down' ? value <= kpi.norm : value >= kpi.norm;
}
