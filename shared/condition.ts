/**
 * A closed vocabulary for "which records" and "how much of each", written as data so that the
 * SQL compiler, the catalogue page and the tests' oracle can each read it in its own way.
 */

/** `at` is the day as of which the question is put. A comparison with an absent date is false. */
export type Condition =
  | { readonly all: readonly Condition[] }
  /** True when the inner condition is not true: an absent value is "not", it is not dropped. */
  | { readonly not: Condition }
  | { readonly field: string; readonly is: string | number }
  /** The record has at least one of these kinds. */
  | { readonly hasKind: readonly string[] }
  | { readonly field: string; readonly onOrBefore: 'at' | { readonly field: string } }
  | { readonly field: string; readonly before: 'at' };

/**
 * What one record contributes. An absent field makes the contribution unknown, never 0.
 * A field may have a companion `<field>_min`, a lower bound ("50余人"), which a sum may use.
 */
export type Measure =
  | { readonly count: true }
  | { readonly sum: string }
  | { readonly product: readonly [string, string] }
  /** The first field less the others. */
  | { readonly minus: readonly [string, ...string[]] }
  /** Whole days between two dates of the record. */
  | { readonly days: readonly [from: string, to: string] };

export const all = (...of: Condition[]): Condition => ({ all: of });
export const not = (of: Condition): Condition => ({ not: of });
export const count: Measure = { count: true };
export const sum = (field: string): Measure => ({ sum: field });

/** Numeric columns that have a lower-bound companion, by table. */
export const boundedFields: ReadonlySet<string> = new Set([
  'expected',
  'present',
  'participants',
  'raised',
  'resolved',
]);
