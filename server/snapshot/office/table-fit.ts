import { broken, widthOf } from '../../../shared/charts/shapes.ts';
import type { OfficeCell, OfficeTable } from './table.ts';

/** A table cut to pages: columns that fit beside each other, rows that fit under each other. Lengths in points. */

export type Part = {
  readonly columns: readonly string[];
  /** The first is that of the labels. */
  readonly widths: readonly number[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly OfficeCell[] }[];
  /** Which of the rows, and which of the columns of figures, counted from 1. */
  readonly rowsFrom: number;
  readonly columnsFrom: number;
};
export type Room = { readonly width: number; readonly height: number; readonly size: number };

const [NARROWEST, WIDEST, LABEL, PAD] = [40, 150, 190, 12];
export const LINE = 1.3;

/** What a column would take: its longest words, up to where they are broken. */
function needOf(words: readonly string[], heading: string, size: number, most: number): number {
  const own = Math.max(0, ...words.map((w) => widthOf(w, size))) + PAD;
  // A heading may stand in two lines.
  return Math.min(most, Math.max(NARROWEST, own, widthOf(heading, size) / 2 + PAD + size));
}

/** Groups of columns, each beside the labels. All of them where they fit. */
export function columnGroups(table: OfficeTable, { width, size }: Omit<Room, 'height'>): Part[] {
  const label = needOf(
    table.rows.map((row) => row.label),
    table.columns[0] ?? '',
    size,
    LABEL,
  );
  const needs = table.columns.slice(1).map((name, i) =>
    needOf(
      table.rows.map((row) => row.cells[i]?.text ?? ''),
      name,
      size,
      WIDEST,
    ),
  );
  const groups: { from: number; to: number }[] = [];
  let [from, taken] = [0, label];
  needs.forEach((need, i) => {
    if (taken + need > width && i > from) {
      groups.push({ from, to: i });
      [from, taken] = [i, label];
    }
    taken += need;
  });
  groups.push({ from, to: needs.length });
  return groups.map((group) => partOf(table, { label, needs, width }, group));
}

function partOf(
  table: OfficeTable,
  { label, needs, width }: { label: number; needs: readonly number[]; width: number },
  { from, to }: { from: number; to: number },
): Part {
  const own = [label, ...needs.slice(from, to)];
  const natural = own.reduce((sum, w) => sum + w, 0);
  // Room that is left goes to all, but a table of two columns does not cross a whole page.
  const scale = Math.min(width / natural, 1.4);
  return {
    columns: [table.columns[0] ?? '', ...table.columns.slice(from + 1, to + 1)],
    widths: own.map((w) => w * Math.max(scale, Math.min(1, width / natural))),
    rows: table.rows.map((row) => ({ label: row.label, cells: row.cells.slice(from, to) })),
    rowsFrom: 1,
    columnsFrom: from + 1,
  };
}

const linesIn = (text: string, width: number, size: number): number =>
  Math.max(
    1,
    text.split('\n').reduce((n, one) => n + broken(one, width - PAD, Infinity, size).length, 0),
  );

/** The height of a row with its words broken into its columns. */
export function rowHeight(texts: readonly string[], widths: readonly number[], size: number): number {
  const lines = Math.max(...texts.map((text, i) => linesIn(text, widths[i] ?? WIDEST, size)));
  return lines * size * LINE + 7;
}

/** The parts of a table that fill a page each; narrow ones stand side by side on one. */
export function tablePages(table: OfficeTable, room: Room): Part[][] {
  const parts = columnGroups(table, room).flatMap((group) => rowPages(group, room));
  const [first] = parts;
  if (first === undefined) return [];
  const width = first.widths.reduce((sum, w) => sum + w, 0);
  const isOneGroup = parts.every((part) => part.columnsFrom === 1);
  const beside = isOneGroup ? Math.max(1, Math.floor((room.width + GAP) / (width + GAP))) : 1;
  return Array.from({ length: Math.ceil(parts.length / beside) }, (_, i) =>
    parts.slice(i * beside, (i + 1) * beside),
  );
}
/** Between tables that stand side by side. */
export const GAP = 24;

function rowPages(group: Part, { height, size }: Room): Part[] {
  const head = rowHeight(group.columns, group.widths, size);
  const pages: Part[] = [];
  let rows: Part['rows'][number][] = [];
  let taken = head;
  const flush = (next: number): void => {
    if (rows.length > 0) pages.push({ ...group, rows, rowsFrom: next - rows.length + 1 });
    [rows, taken] = [[], head];
  };
  group.rows.forEach((row, i) => {
    const own = rowHeight([row.label, ...row.cells.map((c) => c.text)], group.widths, size);
    if (taken + own > height) flush(i);
    rows.push(row);
    taken += own;
  });
  flush(group.rows.length);
  return pages.length > 0 ? pages : [group];
}
