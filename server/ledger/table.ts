import type { ImportProblem, ImportSheet } from '../../shared/api.ts';
import type { Family } from '../../shared/kinds.ts';
import { lastDay } from '../../shared/period.ts';
import type { Unit } from '../../shared/unit.ts';
import { isBeside, type Block, type BlockRow } from './block.ts';
import { coverageOf, monthsCovered, statedMonths, type Months, type Stated } from './coverage.ts';
import { readDate, type DateContext, type DateReading } from './dates.ts';
import type { Headed } from './header.ts';
import { kindWithin, readKinds } from './kinds.ts';
import { problem } from './problem.ts';
import { readActivity } from './records/activity.ts';
import { readHeadcount } from './records/headcount.ts';
import { readRectification } from './records/rectification.ts';
import { readVisit } from './records/visit.ts';
import { readVolunteering } from './records/volunteering.ts';
import { LedgerRow, type RowSource } from './row.ts';
import { textCell, type Cell, type Sheet } from './sheet.ts';
import { spanOf, yearIn, type Span } from './span.ts';
import type { Draft, Origin, StagedContradiction } from './staged.ts';
import { fold } from './text.ts';
import type { UnitFinder } from './units.ts';
import type { NewCoverage } from '../../db/types.ts';

export type TableContext = {
  readonly finder: UnitFinder;
  readonly stated: Stated & { readonly unit?: string | undefined };
  readonly today: string;
  readonly fileNo: number;
  readonly sheetNo: number;
};

/** A good row, before it is compared with the others. */
export type Taken = Origin & { readonly unit: string; readonly date: string; readonly draft: Draft };

export type Table = {
  readonly sheet: Omit<ImportSheet, 'accepted' | 'unknown' | 'duplicates'>;
  readonly problems: readonly ImportProblem[];
  readonly taken: readonly Taken[];
  readonly contradictions: readonly Omit<StagedContradiction, 'fingerprint'>[];
  readonly coverage: readonly NewCoverage[];
};

type Judged = {
  readonly row: LedgerRow;
  readonly unit: Unit | null;
  readonly date: DateReading;
  readonly draft: Draft | null;
  readonly origin: Origin;
  /** The unit was not open on the day. */
  readonly closed: boolean;
};

/** Judges one table of a sheet: every row is either taken, with its warnings, or left out with an error at its cell. */
export function judgeTable(sheet: Sheet, block: Block, context: TableContext): Table {
  const { family, columns } = block.header;
  const names = [block.title, sheet.name, baseName(sheet.file), folderOf(sheet.file)];
  const span = spanOf(names);
  const headings = byKey(columns);
  const idle = new Set(
    columns.filter((c) => ['seq', 'unit', 'year', 'quarter'].includes(c.column?.key ?? '')).map((c) => c.at),
  );
  const rows = block.rows.filter((row) => !isBeside(row, idle) && !goesOn(row, columns));
  const problems: ImportProblem[] = headingProblems(sheet, columns);
  const whole = wholeUnit(names, context);
  const place = { file: sheet.file, sheet: sheet.name };
  if (rows.length > 0 && !headings.has('unit') && !whole.unit) problems.push(noUnit(place, whole.several));
  const kindOf = sheetKind(family, names);
  const source: RowSource = { ...place, columns: headings, dates: dateContext(sheet, span, context) };
  const judged = rows.map((row) =>
    judgeRow(row, {
      source,
      family,
      whole: whole.unit,
      kindOf,
      span,
      context,
      hasUnits: headings.has('unit'),
    }),
  );
  const dated = judged.flatMap((j) => (j.date.is === 'date' && j.unit && !j.closed ? [j.date.date] : []));
  const months = rows.length > 0 ? monthsCovered(span, context.stated, dated, context.today) : null;
  warnOutside(judged, statedMonths(span, context.stated));
  problems.push(...judged.flatMap((j) => j.row.problems));
  const concerned = judged.flatMap((j) =>
    j.unit && !j.closed ? [{ unit: j.unit.code, date: j.date.is === 'date' ? j.date.date : null }] : [],
  );
  const taken = judged.flatMap(takenOf);
  return {
    sheet: {
      ...place,
      ledger: family,
      unit: headings.has('unit') ? onlyUnit(judged) : (whole.unit?.code ?? null),
      from: months?.from ?? null,
      to: months?.to ?? null,
      rows: rows.length,
      rejected: rows.length - taken.length,
    },
    problems,
    taken,
    contradictions: judged.flatMap((j) => contradictionOf(j, family, months, context.today)),
    coverage: coverageOf(family, months, concerned),
  };
}

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
  }
  return { unit: null, several: false };
}

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
function sheetKind(family: Family, [title = '', sheetName = '', ...files]: string[]): string | null {
  if (family !== 'activity' && family !== 'visit') return null;
  for (const text of [sheetName, title, ...files]) {
    const kind = kindWithin(text, family);
    if (kind) return kind;
  }
  return null;
}

type RowContext = {
  readonly source: RowSource;
  readonly family: Family;
  readonly whole: Unit | null;
  readonly kindOf: string | null;
  readonly span: Span | null;
  readonly context: TableContext;
  readonly hasUnits: boolean;
};

function judgeRow(sheetRow: BlockRow, c: RowContext): Judged {
  const { source, context } = c;
  const row = new LedgerRow(source, sheetRow.row, sheetRow.cells, yearOfRow(sheetRow, source));
  const unit = c.hasUnits ? unitOfRow(row, c) : c.whole;
  const date = dateOf(row, c);
  const closed = unit !== null && date.is === 'date' && notOpen(row, unit, date.date);
  const draft = draftOf(row, date, c);
  return {
    row,
    unit,
    date,
    draft,
    closed,
    origin: {
      fileNo: context.fileNo,
      sheetNo: context.sheetNo,
      file: source.file,
      sheet: source.sheet,
      row: sheetRow.row + 1,
      raw: JSON.stringify(asList(sheetRow.cells)),
    },
  };
}

/** The cells' texts from column A to the last filled one; a stray cell far out adds no thousand blanks. */
function asList(cells: ReadonlyMap<number, Cell>): string[] {
  const last = Math.min(Math.max(-1, ...cells.keys()), 255);
  return Array.from({ length: last + 1 }, (_, i) => cells.get(i)?.text ?? '');
}

function yearOfRow(row: BlockRow, { columns, dates }: RowSource): DateContext {
  const at = columns.get('year')?.[0]?.at;
  const year = /^((?:19|20)\d{2})年?度?$/.exec(
    fold((at === undefined ? undefined : row.cells.get(at)?.text) ?? ''),
  );
  return year ? { ...dates, yearFor: () => Number(year[1]) } : dates;
}

function unitOfRow(row: LedgerRow, { whole, context }: RowContext): Unit | null {
  const text = row.text('unit');
  const found = text === null ? null : context.finder.named(text);
  if (found?.is === 'one') return found.unit;
  // The name of a centre over a sheet of many branches does not say whose row this is.
  if (text === null && whole && (whole.level !== 'centre' || context.stated.unit !== undefined)) return whole;
  row.find(
    'unit.unknown',
    'unit',
    found?.is === 'several'
      ? { zh: `“${text}”可以是几个支部，请写全称`, en: `"${text}" may be several units; write its full name` }
      : {
          zh: text === null ? '没有写支部' : `没有“${text}”这个支部`,
          en: text === null ? 'the unit is missing' : `there is no unit "${text}"`,
        },
  );
  return null;
}

function dateOf(row: LedgerRow, { family, span }: RowContext): DateReading {
  const key = row.cell('date') || !row.has('month') ? 'date' : 'month';
  const reading =
    key === 'date' ? readDate(row.cell('date'), row.dates) : readDate(monthAndDay(row), row.dates);
  const text = row.text(key) ?? '';
  switch (reading.is) {
    case 'date': {
      const end = row.has('end') ? readDate(row.cell('end'), row.dates) : null;
      if (reading.approximate && !(family === 'headcount' && reading.month))
        row.find('date.approximate', key, {
          zh: `“${text}”按 ${reading.date} 计`,
          en: `"${text}" counts as ${reading.date}`,
        });
      return end?.is === 'date' && end.date > reading.date ? { ...reading, end: end.date } : reading;
    }
    case 'year_missing':
      row.find('date.year_missing', key, {
        zh: `“${text}”是哪一年？标题和文件名都没有写`,
        en: `"${text}" has no year, and no title gives one`,
      });
      return reading;
    case 'impossible':
      row.contradict(
        'date.invalid',
        key,
        { zh: `没有“${text}”这一天`, en: `there is no such day as "${text}"` },
        reading.month,
      );
      return reading;
    case 'blank':
      // A headcount under the title of one month is of that month.
      if (family === 'headcount' && span?.is === 'months' && span.from === span.to)
        return {
          is: 'date',
          date: `${span.from}-01`,
          last: lastDay(span.from),
          end: null,
          approximate: false,
          month: true,
        };
      row.find('date.missing', key, { zh: '没有日期', en: 'the date is missing' });
      return reading;
    default:
      row.find('date.invalid', key, { zh: `“${text}”不是日期`, en: `"${text}" is not a date` });
      return reading;
  }
}

/** 月 and 日 in columns of their own. */
function monthAndDay(row: LedgerRow): Cell | undefined {
  const month = fold(row.text('month') ?? '').replace(/月份?$/, '');
  const day = fold(row.text('day') ?? '').replace(/日$/, '');
  if (!/^\d{1,2}$/.test(month)) return row.cell('month');
  return textCell(/^\d{1,2}$/.test(day) ? `${month}月${day}日` : `${month}月`);
}

function notOpen(row: LedgerRow, unit: Unit, date: string): boolean {
  const after = unit.closedOn !== null && date > unit.closedOn;
  const before = unit.openedOn !== null && date < unit.openedOn;
  if (!after && !before) return false;
  row.find('unit.closed', row.cell('unit') ? 'unit' : 'date', {
    zh: after ? `${unit.name}已于 ${unit.closedOn} 撤销` : `${unit.name}于 ${unit.openedOn} 才成立`,
    en: after ? `${unit.name} was closed on ${unit.closedOn}` : `${unit.name} was opened on ${unit.openedOn}`,
  });
  return true;
}

function draftOf(row: LedgerRow, date: DateReading, c: RowContext): Draft | null {
  const when =
    date.is === 'date' ? { end: date.end, approximate: date.approximate } : { end: null, approximate: false };
  switch (c.family) {
    case 'activity':
      return readActivity(row, kindsOf(row, 'activity', c.kindOf), when);
    case 'visit':
      return readVisit(row, kindsOf(row, 'visit', c.kindOf), when);
    case 'volunteering':
      return readVolunteering(row, when);
    case 'rectification':
      return date.is === 'date' ? readRectification(row, date.date, when) : null;
    case 'headcount':
      return readHeadcount(row);
  }
}

function kindsOf(row: LedgerRow, scope: 'activity' | 'visit', sheetsKind: string | null): readonly string[] {
  const reading = readKinds(row.text('kind') ?? '', scope);
  if (reading.is === 'kinds') return reading.codes;
  if (reading.is === 'unknown') {
    row.find(
      'kind.unknown',
      'kind',
      { zh: `不认识的类型“${reading.word}”`, en: `"${reading.word}" is no known kind` },
      { value: reading.word },
    );
    return [];
  }
  if (sheetsKind) return [sheetsKind];
  // Without a column of types, a name that is a kind and nothing else (支委会) says it.
  const named = row.has('kind')
    ? null
    : readKinds(row.text(scope === 'activity' ? 'title' : 'topic') ?? '', scope);
  if (named?.is === 'kinds') return named.codes;
  row.find(
    'required.missing',
    row.has('kind') ? 'kind' : 'title',
    { zh: '没有类型', en: 'the kind is missing' },
    { value: row.text('kind') ?? '' },
  );
  return [];
}

function warnOutside(judged: readonly Judged[], said: Months | null): void {
  if (!said) return;
  for (const { row, date } of judged) {
    if (date.is !== 'date') continue;
    const month = date.date.slice(0, 7);
    if (month < said.from || month > said.to)
      row.find('date.out_of_range', row.cell('date') ? 'date' : 'month', {
        zh: `${date.date} 不在台账的时段内，照收`,
        en: `${date.date} is outside the months of this ledger, and was taken`,
      });
  }
}

const onlyUnit = (judged: readonly Judged[]): string | null => {
  const units = new Set(judged.map((j) => j.unit?.code));
  const [unit] = units;
  return units.size === 1 ? (unit ?? null) : null;
};

function takenOf({ row, unit, date, draft, origin }: Judged): Taken[] {
  if (row.rejected || !unit || date.is !== 'date' || !draft) return [];
  return [{ ...origin, unit: unit.code, date: date.date, draft }];
}

function contradictionOf(
  { row, unit, date, draft, origin, closed }: Judged,
  family: Family,
  months: Months | null,
  today: string,
): Omit<StagedContradiction, 'fingerprint'>[] {
  const found = row.contradiction;
  if (!found || !unit || closed) return [];
  const near = months ? `${months.from}-01` : today;
  const day = date.is === 'date' ? date.date : found.month ? lastDay(found.month) : near;
  const { code, cell, value } = found;
  return [
    {
      ...origin,
      family,
      unit: unit.code,
      date: day,
      title: draft?.title ?? row.text('title'),
      code,
      cell,
      value,
    },
  ];
}
