import type { ProblemCode } from '../../shared/api.ts';
import type { Family } from '../../shared/kinds.ts';
import type { Text } from '../../shared/text.ts';

export type RejectedProblem = {
  /** From 0; null for what is of the whole row. */
  readonly column: number | null;
  readonly code: ProblemCode;
  readonly message: Text;
  readonly severity: 'error' | 'warning';
};

export type RejectedRow = {
  /** As the branch's spreadsheet counts it. */
  readonly row: number;
  /** From column A, as a person reads them: a time of day as `1:30`, what a merged cell says in each of its rows. */
  readonly cells: readonly string[];
  readonly problems: readonly RejectedProblem[];
};

/** Rows of one table that were left out, and all that is needed to read them again. */
export type RejectedTable = {
  readonly file: string;
  readonly sheet: string;
  /** The lines above the headings, one below the other. */
  readonly title: string | null;
  readonly ledger: Family;
  /** The code of the one unit of the table; null where none is known. */
  readonly unit: string | null;
  /** The months that the table covers (`YYYY-MM`). */
  readonly from: string | null;
  readonly to: string | null;
  /** Unit or months were stated by hand: what the titles say about them does not hold. */
  readonly byHand: boolean;
  /** The headings' rows, from column A; what a merged cell says stands in its first column at least. */
  readonly header: readonly (readonly string[])[];
  readonly rows: readonly RejectedRow[];
};
