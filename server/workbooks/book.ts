import type { StyleName } from './styles.ts';

/** A workbook that is given out, as data. Rows and columns count from 0. */
export type CellOut = {
  readonly at: number;
  /** Text stays text, whatever it looks like: no value of a cell is ever a formula. */
  readonly value: string;
  readonly style: StyleName;
};
export type RowOut = { readonly cells: readonly CellOut[]; readonly height?: number };
export type NoteOut = { readonly row: number; readonly at: number; readonly text: string };

/** What may be chosen or typed in a column from a row on; anything else is asked about, not refused. */
export type RuleOut = {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly allows:
    | { readonly is: 'list'; readonly choices: readonly string[] }
    /** Choices that stand in another sheet's column: a list in the rule itself ends at 255 characters. */
    | {
        readonly is: 'range';
        readonly sheet: string;
        readonly at: number;
        readonly rows: readonly [number, number];
      }
    /** Serials of days. */
    | { readonly is: 'date' | 'whole' | 'decimal'; readonly least: number; readonly most: number };
  readonly title: string;
  readonly message: string;
};

export type MergeOut = { readonly row: number; readonly left: number; readonly right: number };

export type SheetOut = {
  readonly name: string;
  readonly rows: readonly RowOut[];
  /** Characters, and the style of what will be typed there. */
  readonly columns: readonly { readonly width: number; readonly style?: StyleName }[];
  /** Rows that stay in view. */
  readonly frozen: number;
  /** First and last row that head every printed page. */
  readonly repeated: readonly [number, number] | null;
  readonly merges: readonly MergeOut[];
  readonly rules: readonly RuleOut[];
  readonly notes: readonly NoteOut[];
};
