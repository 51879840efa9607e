import { serialDate } from '../dates.ts';
import type { Cell, Merge, SheetRow } from '../sheet.ts';
import { tooLarge, type Limits } from '../unreadable.ts';
import { RichText, shownText } from './strings.ts';
import { walk } from './xml.ts';

export type SheetContext = {
  readonly strings: readonly string[];
  readonly styles: readonly Cell['format'][];
  readonly date1904: boolean;
  readonly bounds: Limits;
  /** Cells that the file may still hold. */
  readonly room: { cells: number };
};

const lastRow = 1_048_576;
const lastColumn = 16_384;

/** The filled rows of a sheet's XML, in order, as they are read. @throws Unreadable */
export function* rowsOf(bytes: Uint8Array, context: SheetContext): Generator<SheetRow> {
  const reader = new RowReader(context);
  for (const _ of walk(bytes, reader)) yield* reader.take();
}

class RowReader {
  private done: SheetRow[] = [];
  private rows = 0;
  private row = -1;
  private column = -1;
  private cells = new Map<number, Cell>();
  private type = '';
  private style = 0;
  private value = '';
  private inValue = false;
  private inline = false;
  private inRows = false;
  private readonly rich = new RichText();

  constructor(private readonly context: SheetContext) {}

  take(): SheetRow[] {
    const rows = this.done;
    this.done = [];
    return rows;
  }

  readonly open = (name: string, at: Readonly<Record<string, string>>): void => {
    if (name === 'v') this.inValue = this.inRows;
    else if (name === 'c' && this.inRows) this.openCell(at);
    else if (name === 'row' && this.inRows) {
      const r = at['r'];
      this.row = r === undefined ? this.row + 1 : Number(r) - 1;
      this.column = -1;
      this.cells = new Map();
    } else if (name === 'sheetData') this.inRows = true;
    else if (name === 'is') this.inline = this.inRows;
    else if (this.inline) this.rich.tags.open(name);
  };

  private openCell(at: Readonly<Record<string, string>>): void {
    const r = at['r'];
    this.column = r === undefined ? this.column + 1 : columnOf(r);
    this.type = at['t'] ?? 'n';
    this.style = Number(at['s'] ?? 0);
    this.value = '';
  }

  readonly text = (text: string): void => {
    if (this.inValue) this.value += text;
    else if (this.inline) this.rich.tags.text(text);
  };

  readonly close = (name: string): void => {
    if (name === 'v') this.inValue = false;
    else if (name === 'c' && this.inRows) this.closeCell();
    else if (name === 'row' && this.inRows) this.closeRow();
    else if (name === 'is') {
      this.inline = false;
      this.value = this.rich.take();
    } else if (name === 'sheetData') this.inRows = false;
    else if (this.inline) this.rich.tags.close(name);
  };

  private closeCell(): void {
    if (this.column < 0 || this.column >= lastColumn) return;
    const cell = this.cell();
    if (cell === null) return;
    if (--this.context.room.cells < 0) throw tooLarge.cells(this.context.bounds);
    this.cells.set(this.column, cell);
  }

  private closeRow(): void {
    if (this.cells.size === 0 || !(this.row >= 0 && this.row < lastRow)) return;
    if (++this.rows > this.context.bounds.rows) throw tooLarge.rows(this.context.bounds);
    this.done.push({ row: this.row, cells: inOrder(this.cells) });
  }

  private cell(): Cell | null {
    const { type, value } = this;
    if (type === 's') return textCell(this.context.strings[Number(value)] ?? '');
    if (type === 'n') return value.trim() === '' ? null : this.number(Number(value));
    if (type === 'e') return value === '' ? null : { text: '#', number: null, format: null };
    if (type === 'b') return value === '' ? null : textCell(value === '1' ? '是' : '否');
    // A date written out (ISO 8601): its day, never through a time zone.
    if (type === 'd') return textCell(shownText(value).replace(/T.*$/, ''));
    return textCell(shownText(value));
  }

  private number(n: number): Cell | null {
    if (!Number.isFinite(n)) return { text: '#', number: null, format: null };
    const format = this.context.styles[this.style] ?? null;
    const date = format === 'date' ? serialDate(n, this.context.date1904) : null;
    const text = date ?? (format === 'time' ? timeText(n) : String(Number(n.toPrecision(12))));
    return { text, number: n, format };
  }
}

const textCell = (text: string): Cell | null => (text === '' ? null : { text, number: null, format: null });

/** A part of a day as a clock shows it: `1:30`, beyond a day `25:30`. */
function timeText(n: number): string {
  const minutes = Math.round(n * 24 * 60);
  return `${Math.floor(minutes / 60)}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
}

function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const c = reference.charCodeAt(i) & ~32;
    if (c < 65 || c > 90) break;
    column = column * 26 + c - 64;
  }
  return column - 1;
}

/** By column: cells nearly always stand so already. */
function inOrder(cells: Map<number, Cell>): Map<number, Cell> {
  let last = -1;
  for (const at of cells.keys()) {
    if (at < last) return new Map([...cells].sort(([a], [b]) => a - b));
    last = at;
  }
  return cells;
}

const merge = /<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g;

/** Merged cells stand after the rows; they are needed before them, and looked for by themselves. */
export function mergesOf(bytes: Uint8Array): Merge[] {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = whole.lastIndexOf('sheetData>');
  if (end < 0) return [];
  const tail = whole.toString('utf8', end);
  return [...tail.matchAll(merge)].map(([, a = '', top, b = '', bottom]) => ({
    top: Number(top) - 1,
    bottom: Number(bottom) - 1,
    left: columnOf(a),
    right: columnOf(b),
  }));
}
