import type { NativeChart } from './chart.ts';
import type { Properties } from '../../office/package.ts';

/** A workbook of figures as data. Rows and columns count from 0. */

export type Style = {
  /** Points; absent: 10. */
  readonly size?: number;
  readonly bold?: true;
  /** `#rrggbb`. */
  readonly ink?: string;
  readonly fill?: string;
  /** Slanting lines: not reported. */
  readonly hatch?: true;
  readonly line?: 'under' | 'around';
  /** A spreadsheet's own way of writing figures; absent: text, which is never a formula. */
  readonly format?: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly wrap?: true;
};

export type BookCell = {
  readonly value: string | number | null;
  readonly style: Style;
  readonly link?: string;
};

export type Placed = {
  /** Its upper left cell, and its size in pixels. */
  readonly row: number;
  readonly column: number;
  readonly width: number;
  readonly height: number;
  /** For those who cannot see it. */
  readonly says: string;
};
export type PlacedChart = Placed & {
  readonly chart: NativeChart;
  readonly title?: string;
  readonly source: { readonly sheet: string; readonly row: number; readonly column: number };
};
export type PlacedPicture = Placed & { readonly png: Uint8Array };

export type BookSheet = {
  readonly name: string;
  readonly rows: readonly { readonly cells: readonly BookCell[]; readonly height?: number }[];
  /** Characters. */
  readonly widths: readonly number[];
  /** Rows and columns that stay in view. */
  readonly frozen: { readonly rows: number; readonly columns: number };
  /** First and last row that head every printed page. */
  readonly repeated: readonly [number, number] | null;
  readonly charts: readonly PlacedChart[];
  readonly pictures: readonly PlacedPicture[];
  /** The table whose rows may be filtered by their heads: its first and last row, and how many columns it has. */
  readonly filtered: { readonly rows: readonly [number, number]; readonly columns: number } | null;
};

export type Book = {
  readonly sheets: readonly BookSheet[];
  readonly properties: Properties;
  /** At the foot of every printed page. */
  readonly foot: string;
};
