import { broken, widthOf } from '../../../shared/charts/shapes.ts';
import type { OfficeCell, OfficeTable } from './table.ts';

/** A table cut to pages: columns that fit beside each other, rows that fit under each other. Lengths in points. */

export type Part = {
  readonly columns: readonly string[];
  readonly isFigure: readonly boolean[];
  /** The first is that of the labels. */
  readonly widths: readonly number[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly OfficeCell[] }[];
  /** Which of the rows, and which of the columns of figures, counted from 1. */
  readonly rowsFrom: number;
  readonly columnsFrom: number;
};
export type Room = { readonly width: number; readonly height: number; readonly size: number };

const [NARROWEST, WIDEST, LABEL, PAD] = [30, 150, 190, 12];
/** Words may be broken into so little; figures may not be broken. */
const [LEAST_LABEL, LEAST_WORDS] = [84, 70];
export const LINE = 1.3;

/** What a column would take, and the least that it can do with. */
type Need = { readonly whole: number; readonly least: number };

function needOf(
  words: readonly string[],
  heading: string,
  size: number,
  of: { most: number; least?: number },
): Need {
  const own = Math.max(0, ...words.map((w) => widthOf(w, size))) + PAD;
  // A heading may stand in two lines.
  const whole = Math.min(of.most, Math.max(NARROWEST, own, widthOf(heading, size) / 2 + PAD + size));
  return { whole, least: Math.min(whole, of.least ?? whole) };
}

/** Groups of columns, each beside the labels. All of them where they fit; figures in brief where that spares groups. */
export function columnGroups(table: OfficeTable, room: Omit<Room, 'height'>): Part[] {
  const whole = groupsOf(table, room);
  if (whole.length === 1) return whole;
  const brief = groupsOf(inBrief(table), room);
  return brief.length < whole.length ? brief : whole;
}

const inBrief = (table: OfficeTable): OfficeTable => ({
  ...table,
  rows: table.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => ({ ...cell, text: cell.brief })),
  })),
});

function groupsOf(table: OfficeTable, { width, size }: Omit<Room, 'height'>): Part[] {
  const needs = table.columns.map((name, i) => {
    const words = table.rows.map((row) => (i === 0 ? row.label : (row.cells[i - 1]?.text ?? '')));
    const most = i === 0 ? LABEL : WIDEST;
    const least = i === 0 ? LEAST_LABEL : LEAST_WORDS;
    return needOf(words, name, size, table.isFigure[i] ? { most } : { most, least });
  });
  const [label = { whole: LABEL, least: LEAST_LABEL }, ...figures] = needs;
  const groups: { from: number; to: number }[] = [];
  let [from, taken] = [0, label.least];
  figures.forEach(({ least }, i) => {
    if (taken + least > width && i > from) {
      groups.push({ from, to: i });
      [from, taken] = [i, label.least];
    }
    taken += least;
  });
  groups.push({ from, to: figures.length });
  return groups.map((group) => partOf(table, { label, figures, width }, group));
}

function partOf(
  table: OfficeTable,
  { label, figures, width }: { label: Need; figures: readonly Need[]; width: number },
  { from, to }: { from: number; to: number },
): Part {
  return {
    columns: [table.columns[0] ?? '', ...table.columns.slice(from + 1, to + 1)],
    isFigure: [false, ...table.isFigure.slice(from + 1, to + 1)],
    widths: shared([label, ...figures.slice(from, to)], width),
    rows: table.rows.map((row) => ({ label: row.label, cells: row.cells.slice(from, to) })),
    rowsFrom: 1,
    columnsFrom: from + 1,
  };
}

/**
 * The width of a page among columns: what there is over the least goes to those that would take more, then, up to a
 * part more than they would take, to all: a table of two columns does not cross a whole page.
 */
function shared(needs: readonly Need[], width: number): number[] {
  const least = needs.reduce((sum, n) => sum + n.least, 0);
  const wanted = needs.reduce((sum, n) => sum + n.whole - n.least, 0);
  const share = wanted === 0 ? 1 : Math.max(0, Math.min(1, (width - least) / wanted));
  const widths = needs.map((n) => n.least + (n.whole - n.least) * share);
  const natural = widths.reduce((sum, w) => sum + w, 0);
  return widths.map((w) => w * Math.min(width / natural, 1.4));
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
