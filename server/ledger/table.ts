import type { ImportProblem, ImportSheet } from '../../shared/api.ts';
import type { LineState } from '../../shared/imports.ts';
import type { Family } from '../../shared/kinds.ts';
import { lastDay, monthOf } from '../../shared/period.ts';
import type { Unit } from '../../shared/unit.ts';
import type { NewCoverage } from '../../db/types.ts';
import { Beside } from './block.ts';
import { coverageOf, monthsCovered, statedMonths, type Months } from './coverage.ts';
import type { DateContext } from './dates.ts';
import type { Headed, Header } from './header.ts';
import { judgeRow, type Judged, type RowContext } from './judge-row.ts';
import { totalContradiction, totalProblems } from './judge-totals.ts';
import { kindWithin } from './kinds.ts';
import type { TableContext } from './table-context.ts';
import { problem } from './problem.ts';
import { returnedColumns, withoutReturned } from './returned.ts';
import { type BlockRow, cellTexts, type Cells, type Sheet, type SheetRow } from './sheet.ts';
import { spanOf, yearIn, type Span } from './span.ts';
import type { Draft, Origin, StagedContradiction } from './staged.ts';
import { Totals, type DifferingTotal } from './totals.ts';

/** A good row, before it is compared with the others. */
export type Taken = Origin & {
  readonly unit: string;
  readonly date: string;
  readonly draft: Draft;
  readonly cells: Cells;
};

/** A line of a table with what was made of it. */
export type Line = {
  /** Counts from 1. */
  readonly row: number;
  readonly is: Exclude<LineState, 'double' | 'known'>;
  readonly cells: Cells;
  readonly problems: readonly ImportProblem[];
  readonly taken: Taken | null;
  /** What was read of a line that is left out. */
  readonly judged: Judged | null;
  readonly contradictions: readonly Omit<StagedContradiction, 'fingerprint'>[];
};

export type TableEnd = {
  readonly sheet: Omit<ImportSheet, 'accepted' | 'unknown' | 'duplicates'>;
  readonly contradictions: readonly Omit<StagedContradiction, 'fingerprint'>[];
  readonly coverage: readonly NewCoverage[];
};

/**
 * Judges one table of a sheet, line by line: every row is either taken, with its warnings, or left out with an error at
 * its cell. It keeps no row.
 */
export class TableJudge {
  /** Of the headings; of the sheet as a whole there is more once its first row is met. */
  readonly problems: readonly ImportProblem[];
  readonly family: Family;
  readonly columns: readonly Headed[];
  private readonly place: { readonly file: string; readonly sheet: string };
  private readonly beside: Beside;
  private readonly returned: ReadonlySet<number>;
  private readonly totals: Totals;
  private readonly rowContext: RowContext;
  private readonly whole: { readonly unit: Unit | null; readonly several: boolean };
  private readonly span: Span | null;
  private readonly said: Months | null;
  private readonly hasUnits: boolean;
  private rows = 0;
  private taken = 0;
  private readonly units = new Set<string | undefined>();
  private readonly months = new Set<string>();
  /** By unit the months in which rows stand that a coverage has to reach; '' for a row without a day. */
  private readonly concerned = new Map<string, Set<string>>();
  private readonly undated: Contradicted[] = [];
  private readonly undatedTotals: DifferingTotal[] = [];

  constructor(
    sheet: Sheet,
    { header, title }: { readonly header: Header; readonly title: string },
    private readonly context: TableContext,
  ) {
    const { family, columns } = header;
    this.family = family;
    this.columns = columns;
    this.place = { file: sheet.file, sheet: sheet.name };
    // A text file's sheet has no name but the file's: a title in it is nearer to the rows.
    const ownName = sheet.name === baseName(sheet.file) ? '' : sheet.name;
    const names = [title, ownName, baseName(sheet.file), folderOf(sheet.file)];
    const headings = byKey(columns);
    const idle = columns.filter((c) => ['seq', 'unit', 'year', 'quarter'].includes(c.column?.key ?? ''));
    this.beside = new Beside(new Set(idle.map((c) => c.at)));
    this.returned = returnedColumns(columns);
    this.totals = new Totals(columns);
    this.span = spanOf(names);
    this.said = statedMonths(this.span, context.stated);
    this.hasUnits = headings.has('unit');
    this.whole = wholeUnit(names, context);
    this.problems = headingProblems(sheet, columns);
    this.rowContext = {
      source: { ...this.place, columns: headings, dates: dateContext(sheet, this.span, context) },
      family,
      whole: this.whole.unit,
      kindOf: sheetKind(family, names, context),
      span: this.span,
      context,
      hasUnits: this.hasUnits,
      years: new Map(),
    };
  }

  /** What is wrong with the sheet as a whole, once it is known to hold a row. */
  private ofSheet(): ImportProblem[] {
    return this.rows === 1 && !this.hasUnits && !this.whole.unit
      ? [noUnit(this.place, this.whole.several)]
      : [];
  }

  line(sent: BlockRow): Line {
    const row = withoutReturned(sent, this.returned);
    if (row.cells.size === 0) return besideLine(sent);
    if (this.beside.has(row) || goesOn(row, this.columns)) return this.besideLine(row);
    this.rows++;
    const judged = judgeRow(row, this.rowContext);
    const { date, unit, closed } = judged;
    const day = date.is === 'date' ? date.date : null;
    if (this.said) warnOutside(judged, this.said);
    const month = day === null ? '' : monthOf(day);
    if (day !== null && unit && !closed) this.months.add(month);
    if (unit && !closed) this.concern(unit.code, month);
    this.units.add(unit?.code);
    this.totals.add(row, unit?.code ?? null, day);
    const taken = takenOf(judged);
    if (taken) this.taken++;
    const found = contradictionOf(judged, this.family);
    if (found?.date === null) this.undated.push(found);
    return {
      row: row.row + 1,
      is: taken ? 'taken' : 'left_out',
      cells: row.cells,
      problems: this.rows === 1 ? [...this.ofSheet(), ...judged.row.problems] : judged.row.problems,
      taken,
      judged: taken ? null : judged,
      contradictions: found && found.date !== null ? [{ ...found, date: found.date }] : nothing,
    };
  }

  private concern(unit: string, month: string): void {
    const months = this.concerned.get(unit);
    if (months) months.add(month);
    else this.concerned.set(unit, new Set([month]));
  }

  private besideLine(row: BlockRow): Line {
    const total = this.totals.hold(row);
    if (total) this.undatedTotals.push(total);
    return {
      ...besideLine(row),
      problems: total ? totalProblems(this.place, total) : [],
    };
  }

  end(): TableEnd {
    const { context, family } = this;
    const dates = [...this.months].map((month) => `${month}-01`);
    const months = this.rows > 0 ? monthsCovered(this.span, context.stated, dates, context.today) : null;
    const near = nearestDay(months, context.today);
    const [only] = this.units;
    const sheets = this.whole.unit?.code ?? null;
    return {
      sheet: {
        ...this.place,
        ledger: family,
        unit: this.hasUnits ? (this.units.size === 1 ? (only ?? null) : null) : sheets,
        from: months?.from ?? null,
        to: months?.to ?? null,
        rows: this.rows,
        rejected: this.rows - this.taken,
      },
      contradictions: [
        ...this.undated.map((c) => ({ ...c, date: c.date ?? near })),
        ...this.undatedTotals.flatMap(
          (t) => totalContradiction(t, { ...this.place, family, sheets, day: near, context }) ?? [],
        ),
      ],
      coverage: coverageOf(
        family,
        months,
        [...this.concerned].flatMap(([unit, of]) =>
          [...of].map((month) => ({ unit, date: month === '' ? null : `${month}-01` })),
        ),
      ),
    };
  }
}

const nothing: readonly never[] = [];

/** A line that is no record: a heading, a title, a note. */
export const besideLine = (row: SheetRow, is: 'beside' | 'header' = 'beside'): Line => ({
  row: row.row + 1,
  is,
  cells: row.cells,
  problems: [],
  taken: null,
  judged: null,
  contradictions: [],
});

const baseName = (file: string): string => (file.split(/[/\\]/).at(-1) ?? file).replace(/\.[^.]*$/, '');
const folderOf = (file: string): string => file.split(/[/\\]/).slice(0, -1).join(' ');

function byKey(columns: readonly Headed[]): ReadonlyMap<string, readonly Headed[]> {
  const keys = new Map<string, Headed[]>();
  for (const headed of [...columns].sort((a, b) => a.rank - b.rank || a.at - b.at))
    if (headed.column) keys.set(headed.column.key, [...(keys.get(headed.column.key) ?? []), headed]);
  return keys;
}

/** A row whose event stands in merged cells above it, and which only adds names or remarks to it. */
function goesOn(row: BlockRow, columns: readonly Headed[]): boolean {
  if (row.own.size === row.cells.size) return false;
  return columns.every(
    ({ at, column }) =>
      !row.own.has(at) ||
      !column ||
      ['person', 'absence', 'ignored'].includes(column.type) ||
      column.key === 'note',
  );
}

const headingProblems = (sheet: Sheet, columns: readonly Headed[]): ImportProblem[] =>
  columns
    .filter((c) => c.column === null)
    .map((c) =>
      problem(
        { file: sheet.file, sheet: sheet.name, row: c.row, column: c.at },
        'heading.unknown',
        {
          zh: `不认识的列“${c.heading}”，未读`,
          en: `the column "${c.heading}" is not known and was not read`,
        },
        { value: c.heading },
      ),
    );

/** The unit of a whole sheet: given by hand, or the nearest name around the rows that speaks of one. */
function wholeUnit(
  [title = '', ...farther]: string[],
  { finder, stated }: TableContext,
): { unit: Unit | null; several: boolean } {
  const given = stated.unit === undefined ? undefined : finder.byCode(stated.unit);
  if (given) return { unit: given, several: false };
  const [sheetName = '', ...files] = farther;
  for (const text of [sheetName, title, ...files]) {
    const found = finder.within(text);
    if (found.is === 'one') return { unit: found.unit, several: false };
    if (found.is === 'several') return { unit: null, several: true };
    // 龙门站 over rows in a file of 江海引航中心: whose rows they are is said, only not known.
    if (namesAStation.test(text)) return { unit: null, several: false };
  }
  return { unit: null, several: false };
}

const namesAStation = /^\s*\p{Script=Han}{1,8}站(?:党支部|支部)?\s*$|\p{Script=Han}{2}引航站/u;

const noUnit = (place: { file: string; sheet: string }, several: boolean): ImportProblem =>
  problem(
    place,
    'unit.unknown',
    several
      ? {
          zh: '表名、标题或文件名提到几个支部，请指定一个',
          en: 'the names around this sheet speak of several units; say which',
        }
      : { zh: '看不出是哪个支部的台账，请指定', en: 'nothing says whose ledger this is; name its unit' },
  );

function dateContext(sheet: Sheet, span: Span | null, { stated }: TableContext): DateContext {
  const given: Span | null =
    stated.from !== undefined && stated.to !== undefined
      ? { is: 'months', from: stated.from, to: stated.to }
      : null;
  const year = stated.year;
  return {
    date1904: sheet.date1904,
    yearFor: (month) =>
      yearIn(span, undefined, month) ?? year ?? (given ? yearIn(given, undefined, month) : null),
  };
}

/** The kind that a sheet's, title's or file's name gives to all rows without a type of their own. */
function sheetKind(
  family: Family,
  [title = '', sheetName = '', ...files]: string[],
  { vocabulary }: TableContext,
): string | null {
  if (family !== 'activity' && family !== 'visit') return null;
  for (const text of [sheetName, title, ...files]) {
    const kind = kindWithin(text, family, vocabulary);
    if (kind) return kind;
  }
  return null;
}

function warnOutside({ row, date }: Judged, said: Months): void {
  if (date.is !== 'date') return;
  const month = date.date.slice(0, 7);
  if (month < said.from || month > said.to)
    row.find('date.out_of_range', row.cell('date') ? 'date' : 'month', {
      zh: `${date.date} 不在台账的时段内，照收`,
      en: `${date.date} is outside the months of this ledger, and was taken`,
    });
}

function takenOf({ row, unit, date, draft, origin }: Judged): Taken | null {
  if (row.rejected || !unit || date.is !== 'date' || !draft) return null;
  const { fileNo, sheetNo, file, sheet, row: line } = origin;
  return {
    fileNo,
    sheetNo,
    file,
    sheet,
    row: line,
    unit: unit.code,
    date: date.date,
    draft,
    cells: row.cells,
  };
}

/** For what no day is known of. */
const nearestDay = (months: Months | null, today: string): string => (months ? `${months.from}-01` : today);

type Contradicted = Omit<StagedContradiction, 'fingerprint' | 'date'> & { readonly date: string | null };

/** `date` is null where nothing near the row says one. */
function contradictionOf(
  { row, unit, date, draft, origin, closed }: Judged,
  family: Family,
): Contradicted | null {
  const found = row.contradiction;
  if (!found || !unit || closed) return null;
  const { code, cell, value, month } = found;
  return {
    ...origin,
    raw: JSON.stringify(cellTexts(row.cells)),
    family,
    unit: unit.code,
    date: date.is === 'date' ? date.date : month ? lastDay(month) : null,
    title: draft?.title ?? row.text('title'),
    code,
    cell,
    value,
  };
}
