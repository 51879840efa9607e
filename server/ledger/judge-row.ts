import { addDays, lastDay } from '../../shared/period.ts';
import type { Family } from '../../shared/kinds.ts';
import type { Unit } from '../../shared/unit.ts';
import type { KindScope } from '../../shared/vocabulary.ts';
import { readDate, type DateContext, type DateReading } from './dates.ts';
import { readKinds } from './kinds.ts';
import { readActivity } from './records/activity.ts';
import { readHeadcount } from './records/headcount.ts';
import { readRectification } from './records/rectification.ts';
import { readVisit } from './records/visit.ts';
import { readVolunteering } from './records/volunteering.ts';
import { Remembered } from './remembered.ts';
import { LedgerRow, type RowSource } from './row.ts';
import { type BlockRow, textCell, type Cell } from './sheet.ts';
import type { Span } from './span.ts';
import type { Draft, Origin } from './staged.ts';
import type { TableContext } from './table-context.ts';
import { fold } from './text.ts';

/** A row with all that was made of it. */
export type Judged = {
  readonly row: LedgerRow;
  readonly unit: Unit | null;
  readonly date: DateReading;
  readonly draft: Draft | null;
  readonly origin: Origin;
  /** The unit was not open on the day. */
  readonly closed: boolean;
};

export type RowContext = {
  readonly source: RowSource;
  readonly family: Family;
  readonly whole: Unit | null;
  readonly kindOf: string | null;
  readonly span: Span | null;
  readonly context: TableContext;
  readonly hasUnits: boolean;
  /** What dates are read by, for each text of a column of years. */
  readonly years: Map<string, DateContext>;
};

/** Reads one row: its unit, its day, its figures, and everything that is wrong with it. */
export function judgeRow(sheetRow: BlockRow, c: RowContext): Judged {
  const { source, context } = c;
  const row = new LedgerRow(source, sheetRow.row, sheetRow.cells, datesOf(sheetRow, c), context.dayHours);
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
    },
  };
}

/** One context for each year that the rows themselves name: what was read of a day is kept with it. */
function datesOf(row: BlockRow, c: RowContext): DateContext {
  const at = c.source.columns.get('year')?.[0]?.at;
  const text = (at === undefined ? undefined : row.cells.get(at)?.text) ?? '';
  const known = c.years.get(text);
  if (known) return known;
  const dates = datesIn(text, c);
  c.years.set(text, dates);
  return dates;
}

function datesIn(yearText: string, { source: { dates }, span, context }: RowContext): DateContext {
  const year = /^((?:19|20)\d{2})年?度?$/.exec(fold(yearText))?.[1];
  const from = firstMonth(span, context);
  if (year === undefined) return { ...dates, from };
  return { ...dates, yearFor: () => Number(year), from: from?.startsWith(year) ? from : `${year}-01` };
}

/** The first month of what the names around the rows state, or else of what was given by hand. */
function firstMonth(span: Span | null, { stated }: TableContext): string | null {
  if (span) return span.is === 'months' ? span.from : `${span.year}-01`;
  return stated.from ?? (stated.year === undefined ? null : `${stated.year}-01`);
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

function dateOf(row: LedgerRow, { family, span, context }: RowContext): DateReading {
  const key = row.cell('date') || !row.has('month') ? 'date' : 'month';
  const reading =
    key === 'date' ? readDate(row.cell('date'), row.dates) : readDate(monthAndDay(row), row.dates);
  const text = row.text(key) ?? '';
  switch (reading.is) {
    case 'date': {
      if (reading.date > farthest.of(context.today, (today) => addDays(today, FAR_AHEAD)))
        return tooFarAhead(row, key, reading.date);
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

/** Days. A plan for next year is thinkable; a row of the year 2222 is a slip that would move everyone's as-of day. */
const FAR_AHEAD = 366;
const farthest = new Remembered<string>();

function tooFarAhead(row: LedgerRow, key: string, date: string): DateReading {
  row.find(
    'date.out_of_range',
    key,
    { zh: `${date} 还远在将来`, en: `${date} is far in the future` },
    { severity: 'error' },
  );
  return { is: 'unreadable' };
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
      return readActivity(row, kindsOf(row, 'activity', c), when);
    case 'visit':
      return readVisit(row, kindsOf(row, 'visit', c), when);
    case 'volunteering':
      return readVolunteering(row, when);
    case 'rectification':
      return date.is === 'date' ? readRectification(row, date.date, when) : null;
    case 'headcount':
      return readHeadcount(row);
  }
}

function kindsOf(
  row: LedgerRow,
  scope: KindScope,
  { kindOf: sheetsKind, context: { vocabulary } }: RowContext,
): readonly string[] {
  const reading = readKinds(row.text('kind') ?? '', scope, vocabulary);
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
  // A ledger of study in general (学习台账): the way of each session says more.
  const way = sheetsKind === 'collective_study' ? readKinds(row.text('form') ?? '', scope, vocabulary) : null;
  if (way?.is === 'kinds') return way.codes;
  if (sheetsKind) return [sheetsKind];
  // Without a column of types, a name that is a kind and nothing else (支委会) says it.
  for (const key of row.has('kind') ? [] : scope === 'activity' ? ['title', 'form'] : ['topic', 'title']) {
    const text = row.text(key) ?? '';
    const named = key === 'form' && /^线[上下]$/.test(text) ? null : readKinds(text, scope, vocabulary);
    if (named?.is === 'kinds') return named.codes;
  }
  if (row.has('kind')) {
    row.find('required.missing', 'kind', { zh: '没有类型', en: 'the kind is missing' }, { value: '' });
    return [];
  }
  // The ledger keeps no kinds at all: its events count, as of no known kind.
  row.find(
    'kind.unknown',
    'title',
    {
      zh: '没有“类型”列，表名、标题和文件名也没有写明类型，按“其他”计',
      en: 'there is no column 类型, and no name says the kind; it counts as "other"',
    },
    { severity: 'warning' },
  );
  return ['other'];
}
