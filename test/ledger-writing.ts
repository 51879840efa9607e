import { utils, write, type CellObject, type WorkSheet } from '@e965/xlsx';
import iconv from 'iconv-lite';
import { chance, int, pick, type Chance, type Ledger, type Written } from './ledger-chance.ts';

/** A ledger as a grid of cells, with what is merged in it; a cell that is not there is ''. */
export type Grid = { readonly rows: Written[][]; readonly merges: Merge[] };
type Merge = { readonly s: { r: number; c: number }; readonly e: { r: number; c: number } };
type Laid = {
  readonly title: string | null;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Written[])[];
};

/** Lays a ledger out as clerks do: a title, one or two rows of headings, blank rows, the headings once more, totals, notes. */
export function laidOut(g: Chance, { title, headings, rows }: Laid): Grid {
  const grid: Grid = { rows: [], merges: [] };
  const blank = (percent: number): void => {
    if (chance(g, percent)) grid.rows.push([]);
  };
  blank(20);
  if (title !== null) grid.rows.push([title]);
  blank(20);
  // Two neighbours under a heading of their own, or none.
  const group = chance(g, 30) ? int(g, 0, headings.length - 2) : null;
  putHeadings(grid, headings, group);
  const repeated = chance(g, 20) ? int(g, 1, rows.length) : null;
  rows.forEach((row, i) => {
    blank(8);
    if (i === repeated) {
      if (title !== null && chance(g, 30)) grid.rows.push([title]);
      putHeadings(grid, headings, group);
    }
    grid.rows.push([...row]);
  });
  if (chance(g, 30)) grid.rows.push([pick(g, ['合计', '总计', '合  计', `共${rows.length}次`])]);
  blank(20);
  if (chance(g, 20)) grid.rows.push(['注：本表由支部填报']);
  return grid;
}

function putHeadings({ rows, merges }: Grid, headings: readonly string[], group: number | null): void {
  if (group === null) {
    rows.push([...headings]);
    return;
  }
  const r = rows.length;
  const isUnder = (c: number): boolean => c === group || c === group + 1;
  rows.push(
    headings.map((heading, c) => (c === group ? '基本信息' : isUnder(c) ? '' : heading)),
    headings.map((heading, c) => (isUnder(c) ? heading : '')),
  );
  merges.push({ s: { r, c: group }, e: { r, c: group + 1 } });
  headings.forEach((_, c) => {
    if (!isUnder(c)) merges.push({ s: { r, c }, e: { r: r + 1, c } });
  });
}

export const textFiles = ['csv', 'txt', 'tsv'] as const;
export const bookFiles = ['xlsx', 'xls'] as const;

/** A workbook of one sheet. */
export function workbookOf(
  { rows, merges }: Grid,
  type: (typeof bookFiles)[number],
  { date1904 }: Ledger,
): Uint8Array {
  const sheet: WorkSheet = {};
  rows.forEach((row, r) =>
    row.forEach((cell, c) => {
      if (cell !== '') sheet[utils.encode_cell({ r, c })] = cellOf(cell);
    }),
  );
  const width = Math.max(...rows.map((row) => row.length));
  sheet['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length, c: width } });
  sheet['!merges'] = [...merges];
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'Sheet1');
  book.Workbook = { ...book.Workbook, WBProps: { date1904 } };
  return new Uint8Array(
    write(book, { type: 'array', bookType: type === 'xls' ? 'biff8' : 'xlsx' }) as ArrayBuffer,
  );
}

const cellOf = (cell: Written): CellObject =>
  typeof cell === 'string' ? { t: 's', v: cell } : { t: 'n', v: cell.n, ...(cell.z ? { z: cell.z } : {}) };

const encodings: readonly ((text: string) => Uint8Array)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  (text) => iconv.encode(text, 'gb18030'),
];

/** A text file in one of the encodings, with one of the separators. */
export function textOf(g: Chance, { rows }: Grid): Uint8Array {
  const separator = pick(g, [',', '\t', ';']);
  const [lineEnd, isQuoted, isFilled] = [pick(g, ['\n', '\r\n']), chance(g, 30), chance(g, 50)];
  const width = Math.max(...rows.map((row) => row.length));
  const lines = rows.map((row) => {
    const cells = isFilled ? Array.from({ length: width }, (_, c) => row[c] ?? '') : row;
    return cells.map((cell) => (isQuoted ? `"${String(cell)}"` : String(cell))).join(separator);
  });
  return pick(g, encodings)(lines.join(lineEnd) + (chance(g, 50) ? lineEnd : ''));
}
