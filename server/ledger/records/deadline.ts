import { addDays, addMonths, lastDay, monthOf } from '../../../shared/period.ts';
import { readDate, type DateReading } from '../dates.ts';
import { isRecurring } from '../recurring.ts';
import type { LedgerRow } from '../row.ts';
import { textCell, type Cell } from '../sheet.ts';
import { fold, withDigits } from '../text.ts';

/** When an item falls due: by its first date, and by its last extension. */
export type Deadline = {
  readonly is: 'immediate' | 'long_term' | 'other';
  /** The first date, before any extension. */
  readonly dueOn: string | null;
  readonly extendedTo: string | null;
};
type Due = Pick<Deadline, 'is' | 'dueOn'>;

const LONGEST_TEXT = 200;
const extension = '(?:延期|延长|顺延|展期|延)(?:整改)?(?:期限|时限|时间)?';
/** A day, or a month or part of it, as it stands inside a sentence; the longest form first. */
const day = [
  '(?:\\d{4}|\\d{2})[年./-]\\d{1,2}[月./-]\\d{1,2}[日号]?',
  '\\d{8}',
  '\\d{1,2}月\\d{1,2}[日号]?',
  '(?:\\d{4}年)?\\d{1,2}月份?(?:上旬|中旬|下旬|初|中|底|末)?',
  '(?:\\d{4})?年[底末]',
  '\\d{4}[./-]\\d{1,2}',
  '\\d{1,2}[./-]\\d{1,2}',
].join('|');
const toDay = new RegExp(`${extension}(?:至|到)((?:次年|翌年)?(?:${day}))(?!\\d)`, 'g');
const byLength = new RegExp(`${extension}了?(\\d{1,3}(?:天|日|个月))`);

/**
 * The due date and the extension of a row. An extended item is judged by its first date
 * (`6月30日，延期至8月31日`); where only the extension is written, it stands for the other, and that is said.
 */
export function readDeadline(row: LedgerRow, raised: string): Deadline {
  const { first, rest } = partsOf(textOf(row, 'due'));
  const isAlone = rest !== null && first === '';
  // Read as the cell is, a serial as a serial, unless its text must be parted.
  const due: Due = isAlone
    ? { is: 'other', dueOn: null }
    : readDue(row, raised, rest === null ? row.cell('due') : textCell(first));
  if (due.is === 'long_term') return { ...due, extendedTo: null };
  const last = lastExtension(row, due.dueOn ?? raised, rest);
  if (last === undefined) return { ...due, extendedTo: null };
  const { key, on } = last;
  if (due.dueOn === null) {
    row.find('date.approximate', key, {
      zh: `只写了延期后的时限 ${on}，按它计`,
      en: `only the extension is written (${on}); it stands for the due date`,
    });
    return { ...due, dueOn: on, extendedTo: on };
  }
  if (on > due.dueOn) return { ...due, extendedTo: on };
  row.find(
    'date.invalid',
    key,
    {
      zh: `延期到 ${on}，不晚于原定时限 ${due.dueOn}，不计`,
      en: `extended to ${on}, which is not after the due date ${due.dueOn}; not counted`,
    },
    { severity: 'warning' },
  );
  return { ...due, extendedTo: null };
}

const textOf = (row: LedgerRow, key: string): string =>
  withDigits(fold((row.text(key) ?? '').slice(0, LONGEST_TEXT)), '年|月|日|号|天');

/** What stands before the extension, and the extension with all that follows; `rest` is null without one. */
function partsOf(text: string): { first: string; rest: string | null } {
  const found = new RegExp(
    `^(.*?)[(,;、。]*(?:已|现|申请|同意|经批准|批准)*(${extension}(?:至|到|\\d|了).*)$`,
  ).exec(text);
  if (!found) return { first: text, rest: null };
  const [, before = '', rest = ''] = found;
  // `延期至8月31日（原定6月30日）`
  const original = new RegExp(`原(?:定|计划|整改|完成|时限|期限|为|于|:)*(${day})`).exec(rest);
  return { first: before || (original?.[1] ?? ''), rest };
}

/** A month and day without a year, later in the row than the day before it, are of that year or the next. */
export function inYearOf(row: LedgerRow, before: string): LedgerRow['dates'] {
  const year = Number(before.slice(0, 4));
  return {
    ...row.dates,
    // A day that recurs is not the day on which anything was done.
    from: null,
    yearFor: (month) => (month < Number(before.slice(5, 7)) ? year + 1 : year),
  };
}

/** `30天`, `3个月` after a day; null for what is no length. */
function after(from: string, text: string): string | null {
  const found = /^(\d{1,3})(天|日|个月)$/.exec(text);
  if (!found) return null;
  const n = Number(found[1]);
  if (found[2] !== '个月') return addDays(from, n);
  const month = addMonths(monthOf(from), n);
  const same = `${month}${from.slice(7)}`;
  return same > lastDay(month) ? lastDay(month) : same;
}

/** `限期30天内`, `3个月`; a bare `15日` may be a day of the month. */
const lengthOfDue = /^(?:限期?)?(?:(\d{1,3}(?:天|日))(?:内|之内|以内)|(\d{1,2}个月)(?:内|之内|以内)?)$/;

function readDue(row: LedgerRow, raised: string, cell: Cell | undefined): Due {
  const text = fold((cell?.text ?? '').slice(0, LONGEST_TEXT));
  const [, days = '', months = ''] = lengthOfDue.exec(text) ?? [];
  const onceOver = after(raised, days || months);
  if (onceOver !== null) return { is: 'other', dueOn: onceOver };
  // What is to be done every month is never over.
  if (isRecurring(text)) return { is: 'long_term', dueOn: null };
  const reading = readDate(cell, inYearOf(row, raised));
  switch (reading.is) {
    case 'date': {
      // Due "in September" is due by its last day.
      const on = reading.end ?? reading.last;
      if (reading.approximate)
        row.find('date.approximate', 'due', {
          zh: `时限“${text}”按 ${on} 计`,
          en: `the due date "${text}" counts as ${on}`,
        });
      return { is: 'other', dueOn: on };
    }
    case 'immediate':
      return { is: 'immediate', dueOn: raised };
    case 'long_term':
      return { is: 'long_term', dueOn: null };
    case 'impossible':
      noSuchDay(row, 'due', reading);
      return { is: 'other', dueOn: null };
    case 'unreadable':
    case 'year_missing':
      notADate(row, 'due', text);
      return { is: 'other', dueOn: null };
    case 'blank':
      return { is: 'other', dueOn: null };
  }
}

const notADate = (row: LedgerRow, key: string, text: string): void =>
  row.find(
    'date.invalid',
    key,
    {
      zh: `时限“${text}”不是日期，按未定计`,
      en: `the due date "${text}" is not a date and counts as not set`,
    },
    { severity: 'warning' },
  );

/** A day that does not exist: the row contradicts itself and is left out. */
export function noSuchDay(row: LedgerRow, key: string, reading: DateReading & { is: 'impossible' }): void {
  row.contradict(
    'date.invalid',
    key,
    { zh: `没有“${row.text(key)}”这一天`, en: `there is no such day as "${row.text(key)}"` },
    reading.month,
  );
}

type Extension = { readonly key: string; readonly on: string };

/** The latest extension: beside the due date, in a column of its own, or told in 完成情况 or 备注. */
function lastExtension(row: LedgerRow, from: string, besideDue: string | null): Extension | undefined {
  const told = (key: string): string[] =>
    grantedIn(textOf(row, key)).flatMap((text) => extendedIn(row, from, text));
  const found: Record<string, readonly string[]> = {
    due: besideDue === null ? [] : orUnread(row, 'due', extendedIn(row, from, besideDue)),
    extended: inColumn(row, from),
    progress: told('progress'),
    note: told('note'),
  };
  return Object.entries(found)
    .flatMap(([key, days]) => days.map((on) => ({ key, on })))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .at(-1);
}

/** The days to which a text extends, each counted on from the one before. */
function extendedIn(row: LedgerRow, from: string, text: string): string[] {
  const days: string[] = [];
  for (const [, written = ''] of text.matchAll(toDay)) {
    const before = days.at(-1) ?? from;
    const inFull = written.replace(/次年|翌年/, `${Number(before.slice(0, 4)) + 1}年`);
    const reading = readDate(textCell(inFull), inYearOf(row, before));
    if (reading.is === 'date') days.push(reading.end ?? reading.last);
  }
  const long = days.length > 0 ? null : after(from, byLength.exec(text)?.[1] ?? '');
  return long === null ? days : [long];
}

function inColumn(row: LedgerRow, from: string): readonly string[] {
  const text = textOf(row, 'extended');
  if (/^(否|无|没有|不|未|未延期|不延期|无延期|不涉及|×|x)?$/i.test(text)) return [];
  const long = after(from, text);
  if (long !== null) return [long];
  const reading = readDate(row.cell('extended'), inYearOf(row, from));
  if (reading.is === 'blank') return [];
  if (reading.is === 'date') return [reading.end ?? reading.last];
  return orUnread(row, 'extended', extendedIn(row, from, text));
}

function orUnread(row: LedgerRow, key: string, days: readonly string[]): readonly string[] {
  if (days.length === 0)
    row.find(
      'date.invalid',
      key,
      {
        zh: `延期“${row.text(key)}”不是日期，不计`,
        en: `the extension "${row.text(key)}" is not a date and is not counted`,
      },
      { severity: 'warning' },
    );
  return days;
}

/** Extensions that a text tells of; one only asked for, or refused, is none. */
function grantedIn(text: string): string[] {
  const isGranted = /(?<![未不待])(?:批准|同意|批复|核准|审批通过|获批)/.test(text);
  return [...text.matchAll(toDay)].flatMap((found) => {
    const before = text.slice(0, found.index);
    if (/(?:未|不|不得|没有|不予|未予|未获|未经)(?:同意|批准|准予|批复|获批|再)?$/.test(before)) return [];
    if (/(?:申请|拟|建议|计划|请求|提请|希望|准备)(?:再次?|继续)?$/.test(before) && !isGranted) return [];
    return [found[0]];
  });
}
