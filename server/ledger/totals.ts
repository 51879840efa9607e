import type { Text } from '../../shared/text.ts';
import { totalOf } from './block.ts';
import { readCount } from './counts.ts';
import type { Headed } from './header.ts';
import { readHours } from './hours.ts';
import type { BlockRow, Cell } from './sheet.ts';
import { fold } from './text.ts';

/**
 * Does a ledger's own row of totals agree with its rows? Each figure is compared as the ledger has it
 * written, over all rows above, those that were left out for an error and those entered twice among them:
 * the clerk has added them up too, and that we do not take a row is no fault of the total.
 */

/** A row that was read as a record, taken or not. */
export type SummedRow = BlockRow & { readonly unit: string | null; readonly date: string | null };

type Differing = {
  /** The column of the cell, or of the row's label. */
  readonly at: number;
  readonly what: Text;
  readonly written: string;
  readonly summed: string;
};
export type DifferingTotal = {
  readonly row: BlockRow;
  readonly label: string;
  readonly rows: readonly SummedRow[];
  readonly cells: readonly Differing[];
};

// A table of more rows than anybody adds up by hand is not held against its totals: its rows are not kept that long.
const mostAdded = 50_000;

/** Holds the rows of totals against the rows above them, as they are met. */
export class Totals {
  private above: SummedRow[] = [];
  private afterAny = 0;
  private afterTotal = 0;
  private isTooLong = false;

  constructor(private readonly columns: readonly Headed[]) {}

  /** A row that was read as a record, taken or not. */
  add(row: BlockRow, unit: string | null, date: string | null): void {
    if (this.isTooLong) return;
    this.above.push({ row: row.row, cells: row.cells, own: row.own, unit, date });
    if (this.above.length <= mostAdded) return;
    this.isTooLong = true;
    this.above = [];
  }

  /** A row that stands beside the records. @returns what differs in it; null where nothing does */
  hold(row: BlockRow): DifferingTotal | null {
    const label = this.isTooLong ? null : totalOf(row);
    if (label === null || !/[合小总]计|共/.test(label)) return null;
    const isPart = label.includes('小计');
    const starts = isPart ? [this.afterAny] : startsOf(label, this.afterTotal, this.afterAny);
    const spans = starts.map((start) => this.above.slice(start)).filter((span) => span.length > 0);
    const cells = spans.length > 0 ? differing(row, label, spans, this.columns) : [];
    this.afterAny = this.above.length;
    if (!isPart) this.afterTotal = this.above.length;
    return cells.length > 0 ? { row, label, rows: spans[0] ?? [], cells } : null;
  }
}

/**
 * Where the rows of a 合计 may begin, the likeliest first. A second one (of another month, of the next page)
 * is of the rows since the last, or of all; one that names its part (一季度合计) may be of the last part too.
 */
function startsOf(label: string, afterTotal: number, afterAny: number): number[] {
  const isNamed = !/^(全年|年度|本年|全部|总|共)*(合计|总计|共计|总共|共)/.test(label);
  return [...new Set(isNamed ? [afterAny, afterTotal, 0] : [afterTotal, 0])];
}

/** The cells of a total that agree with none of the spans that it may be of. */
function differing(
  row: BlockRow,
  label: string,
  spans: readonly (readonly SummedRow[])[],
  columns: readonly Headed[],
): Differing[] {
  const cells: Differing[] = [];
  const count = countIn(row, columns);
  const [likeliest = []] = spans;
  if (count && spans.every((s) => s.length !== count.value))
    cells.push({
      at: count.at,
      what: { zh: '条数', en: 'rows' },
      written: String(count.value),
      summed: String(likeliest.length),
    });
  for (const column of columns) {
    const key = column.column?.key ?? '';
    const cell = row.own.has(column.at) ? row.cells.get(column.at) : undefined;
    const written = summedKeys.has(key) && cell && fold(cell.text) !== label ? totalIn(cell, column) : null;
    if (written === null || (key === 'members' && !isOneDay(likeliest))) continue;
    const sums = spans.map((span) => sumOf(span, column));
    if (sums.some((s) => s === null || s.length !== written.length)) continue;
    // 38 hours may be said of the events, or of all who were there together.
    const others = key === 'hours' ? spans.map((s) => personHours(s, column, columns)) : [];
    if ([...sums, ...others].some((s) => s !== null && isEqual(s, written))) continue;
    cells.push({
      at: column.at,
      what: column.column?.label ?? { zh: column.heading, en: column.heading },
      written: shown(written),
      summed: shown(sums[0] ?? []),
    });
  }
  return cells.sort((a, b) => a.at - b.at);
}

const summedKeys: ReadonlySet<string> = new Set([
  'attendance',
  'attendance_reversed',
  'expected',
  'present',
  'participants',
  'hours',
  'raised',
  'resolved',
  'members',
]);

/** Members of several days do not add up to anything. */
const isOneDay = (rows: readonly SummedRow[]): boolean => new Set(rows.map((r) => r.date)).size <= 1;

// Thirds of an hour come as 0.3333; no clerk writes minutes' fractions.
const TOLERANCE = 0.05;
const isEqual = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((n, i) => Math.abs(n - (b[i] ?? NaN)) < TOLERANCE);
const shown = (figures: readonly number[]): string =>
  figures.map((n) => String(Math.round(n * 100) / 100)).join('/');

/** One figure, or two in a cell of `实到/应到`; null where it is not known exactly. */
type Figures = readonly number[] | null;

function figuresIn(cell: Cell | undefined, { column, hoursUnit }: Headed): Figures {
  if (column?.type === 'hours') {
    const reading = readHours(cell, hoursUnit);
    return reading.is === 'exact' ? [reading.hours] : null;
  }
  const reading = readCount(cell);
  if (reading.is === 'exact') return [reading.value];
  if (reading.is === 'none' && (column?.key === 'raised' || column?.key === 'resolved')) return [0];
  return reading.is === 'pair' ? [reading.first, reading.second] : null;
}

/** A year's hours go beyond what one event can last, and need no unit to be understood. */
function totalIn(cell: Cell, column: Headed): Figures {
  if (column.column?.type !== 'hours' || cell.format !== null) return figuresIn(cell, column);
  const plain = /^共?(\d+(?:\.\d+)?)(?:个?小时|学时|课时)?$/.exec(fold(cell.text));
  const n = cell.number ?? (plain ? Number(plain[1]) : null);
  return n === null ? figuresIn(cell, column) : [column.hoursUnit === 'minutes' ? n / 60 : n];
}

/** Σ of a column; null where a figure is unknown, or said once for several rows. */
function sumOf(rows: readonly SummedRow[], column: Headed): Figures {
  let sum: number[] | null = null;
  for (const row of rows) {
    const figures = row.own.has(column.at) ? figuresIn(row.cells.get(column.at), column) : null;
    if (figures === null || (sum !== null && sum.length !== figures.length)) return null;
    sum = figures.map((n, i) => n + (sum?.[i] ?? 0));
  }
  return sum;
}

function personHours(rows: readonly SummedRow[], hours: Headed, columns: readonly Headed[]): Figures {
  const persons = columns.find((c) => c.column?.key === 'participants' || c.column?.key === 'present');
  if (!persons) return null;
  let sum = 0;
  for (const row of rows) {
    const [n] = figuresIn(row.cells.get(persons.at), persons) ?? [];
    const [h] = figuresIn(row.cells.get(hours.at), hours) ?? [];
    if (n === undefined || h === undefined) return null;
    sum += n * h;
  }
  return [sum];
}

/** `共12次`, `合计12场`, `合计(12次)`: how many rows there are. Elsewhere a number of times may be anything's. */
function countIn(row: BlockRow, columns: readonly Headed[]): { at: number; value: number } | null {
  const figures = new Set(columns.filter((c) => summedKeys.has(c.column?.key ?? '')).map((c) => c.at));
  for (const [at, cell] of row.cells) {
    if (figures.has(at)) continue;
    const said = /^.{0,8}(?:[合小总共]计|共)[:：]?\(?共?(\d+)[次场]\)?$/.exec(fold(cell.text));
    if (said) return { at, value: Number(said[1]) };
  }
  return null;
}
