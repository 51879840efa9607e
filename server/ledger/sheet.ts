/** A filled cell: its text as a person would read it, and its number where the file stores one. */
export type Cell = {
  readonly text: string;
  readonly number: number | null;
  /** What the cell's number format makes of its number. */
  readonly format: 'date' | 'time' | null;
};

/** Rows and columns count from 0 inside, from 1 and `A` in anything that a person sees. */
export type Merge = {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
};

/** The filled cells of a row by their column, from the left; a Map is one way to hold them. */
export type Cells = Pick<
  ReadonlyMap<number, Cell>,
  'get' | 'has' | 'size' | 'keys' | 'values' | typeof Symbol.iterator
>;

export type SheetRow = { readonly row: number; readonly cells: Cells };

/** `own` are the columns that the row itself fills; the others come from a cell merged over several rows. */
export type BlockRow = SheetRow & { readonly own: Pick<ReadonlySet<number>, 'has' | 'size' | 'keys'> };

export type Sheet = {
  readonly file: string;
  readonly name: string;
  readonly hidden: boolean;
  /** Serials count from 1 January 1904 instead of 1900. */
  readonly date1904: boolean;
  /**
   * Filled rows only, in order, read once: they may come from the file as they are asked for, and a damaged file
   * may throw `Unreadable` among them.
   */
  readonly rows: Iterable<SheetRow>;
  readonly merges: readonly Merge[];
  /** About how many rows there are, where the file says so before they are read. */
  readonly about?: number | undefined;
};

/** `0` is `A`, `26` is `AA`. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** `F12`, as a spreadsheet writes it. */
export const cellName = (column: number, row: number): string => `${columnName(column)}${row + 1}`;

/** A cell that holds nothing but text. */
export const textCell = (text: string): Cell => ({ text, number: null, format: null });

/** The cells' texts from column A to the last filled one; a stray cell far out adds no thousand blanks. */
export function cellTexts(cells: Cells): string[] {
  const texts: string[] = [];
  for (const [at, { text }] of cells) {
    if (at > lastKept) continue;
    while (texts.length < at) texts.push('');
    texts[at] = text;
  }
  return texts;
}

const lastKept = 255;
