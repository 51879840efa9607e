import type { ImportProblem, ImportSheet } from '../../shared/api.ts';
import type { Family } from '../../shared/kinds.ts';
import { lastDay } from '../../shared/period.ts';
import type { Unit } from '../../shared/unit.ts';
import { withoutBeside, type Block, type BlockRow } from './block.ts';
import { coverageOf, monthsCovered, statedMonths, type Months } from './coverage.ts';
import type { DateContext } from './dates.ts';
import type { Headed } from './header.ts';
import { judgeRow, type Judged } from './judge-row.ts';
import { judgeTotals } from './judge-totals.ts';
import { kindWithin } from './kinds.ts';
import type { TableContext } from './table-context.ts';
import { problem } from './problem.ts';
import { withoutReturned } from './returned.ts';
import type { RowSource } from './row.ts';
import type { Sheet } from './sheet.ts';
import { spanOf, yearIn, type Span } from './span.ts';
import type { Draft, Origin, StagedContradiction } from './staged.ts';
import type { NewCoverage } from '../../db/types.ts';

/** A good row, before it is compared with the others. */
export type Taken = Origin & { readonly unit: string; readonly date: string; readonly draft: Draft };

export type Table = {
  readonly sheet: Omit<ImportSheet, 'accepted' | 'unknown' | 'duplicates'>;
  readonly problems: readonly ImportProblem[];
  readonly taken: readonly Taken[];
  readonly contradictions: readonly Omit<StagedContradiction, 'fingerprint'>[];
  readonly coverage: readonly NewCoverage[];
};

/** Judges one table of a sheet: every row is either taken, with its warnings, or left out with an error at its cell. */
export function judgeTable(sheet: Sheet, block: Block, context: TableContext): Table {
  const { family, columns } = block.header;
  // A text file's sheet has no name but the file's: a title in it is nearer to the rows.
  const ownName = sheet.name === baseName(sheet.file) ? '' : sheet.name;
  const names = [block.title, ownName, baseName(sheet.file), folderOf(sheet.file)];
  const span = spanOf(names);
  const headings = byKey(columns);
  const idle = new Set(
    columns.filter((c) => ['seq', 'unit', 'year', 'quarter'].includes(c.column?.key ?? '')).map((c) => c.at),
  );
  const rows = withoutBeside(withoutReturned(block.rows, columns), idle).filter(
    (row) => !goesOn(row, columns),
  );
  const sheetProblems = headingProblems(sheet, columns);
  const whole = wholeUnit(names, context);
  const place = { file: sheet.file, sheet: sheet.name };
  if (rows.length > 0 && !headings.has('unit') && !whole.unit)
    sheetProblems.push(noUnit(place, whole.several));
  const kindOf = sheetKind(family, names, context);
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
  const totals = judgeTotals({
    ...place,
    family,
    lines: block.rows,
    columns,
    judged: rows.map((line, i) => ({ line, judged: judged[i] as Judged })),
    unit: whole.unit?.code ?? null,
    day: nearestDay(months, context.today),
    context,
  });
  const problems = sheetProblems.concat(
    judged.flatMap((j) => j.row.problems),
    totals.problems,
  );
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
    contradictions: judged
      .flatMap((j) => contradictionOf(j, family, nearestDay(months, context.today)))
      .concat(totals.contradictions),
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

/** For what no day is known of. */
const nearestDay = (months: Months | null, today: string): string => (months ? `${months.from}-01` : today);

function contradictionOf(
  { row, unit, date, draft, origin, closed }: Judged,
  family: Family,
  near: string,
): Omit<StagedContradiction, 'fingerprint'>[] {
  const found = row.contradiction;
  if (!found || !unit || closed) return [];
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
