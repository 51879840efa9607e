import { addDays, addMonths, daysInMonth, isoDate, lastDay, monthOf } from '../../shared/period.ts';
import type { Cell } from './sheet.ts';
import { fold, outsideBrackets, withDigits } from './text.ts';

/**
 * A date as a ledger writes it. `date` is the first day that it can mean and `last` the last one (the
 * same day unless it is approximate); `end` is the last day of an event of several days.
 */
export type DateReading =
  | {
      readonly is: 'date';
      readonly date: string;
      readonly last: string;
      readonly end: string | null;
      readonly approximate: boolean;
      /** A month and no more: `2022-01`. */
      readonly month: boolean;
    }
  | { readonly is: 'blank' | 'immediate' | 'long_term' | 'year_missing' | 'unreadable' }
  /** Written as a date, and there is no such day. `month` where year and month can be read. */
  | { readonly is: 'impossible'; readonly month: string | null };

export type DateContext = {
  /** The year of a month that is written without one; null when nothing says it. */
  readonly yearFor: (month: number) => number | null;
  readonly date1904: boolean;
};

type Day = { readonly y: number | null; readonly m: number; readonly d: number };
type Parsed =
  | { first: string; last: string; approximate: boolean; month: boolean }
  | Exclude<DateReading, { is: 'date' }>;

// Serial 60 is a 29 February 1900 that never was; ledgers begin long after it.
const epoch1900 = '1899-12-30';
const days1904 = 1462;
const serialFrom = 20_000; // 1954-10-03
const serialTo = 80_000; // 2119-01-10

/** The ISO day of an Excel serial, by arithmetic alone; the time of day is dropped. Null out of reach. */
export function serialDate(serial: number, date1904: boolean): string | null {
  const day = Math.floor(serial) + (date1904 ? days1904 : 0);
  return day > 60 && day < 2_958_466 ? addDays(epoch1900, day) : null;
}

/** Reads a cell of a date column. Never looks at a clock or a time zone. */
export function readDate(cell: Cell | undefined, context: DateContext): DateReading {
  if (!cell || cell.text === '') return { is: 'blank' };
  if (cell.number !== null) return settle(fromNumber(cell.number, cell.format, context), null);
  return fromText(cell.text, context);
}

function fromNumber(n: number, format: Cell['format'], context: DateContext): Parsed {
  const whole = Math.floor(n);
  const shifted = whole + (context.date1904 ? days1904 : 0);
  if (format === 'date' || (shifted >= serialFrom && shifted <= serialTo && format === null)) {
    const date = serialDate(n, context.date1904);
    return date ? exact(date) : { is: 'unreadable' };
  }
  if (format === 'time') return { is: 'unreadable' };
  // Typed as `3.5`, kept as a number: 5 March. `3.1` may have been `3.10`.
  const parts = /^(\d{1,2})\.(\d{1,2})$/.exec(String(n));
  if (parts) {
    const reading = ofDay({ y: null, m: Number(parts[1]), d: Number(parts[2]) }, context);
    if ('first' in reading && /^[123]$/.test(parts[2] ?? '')) return { ...reading, approximate: true };
    return reading;
  }
  return single(String(n), context);
}

const weekday = /\(?(?:星期|礼拜|周)[一二三四五六日天1-7]\)?/g;
const timeOfDay =
  /(?:T?\d{1,2}[:时点]\d{0,2}(?:[:分]\d{0,2})?(?:\.\d+)?(?:秒|Z)?)(?:[-~至到‐‑‒–—―−]+\d{1,2}[:时点]\d{0,2}分?)?|凌晨|清晨|上午|中午|下午|傍晚|早上|晚上|全天|[早晚](?=\d|T|$)/g;

/**
 * White space parts the year from the day, and the day from the hour: without it `2022-3-15 9:00` would be read as
 * `2022-3-159:00`. So does a day of the week between them.
 */
const spaced = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(weekday, ' ')
    .replace(/^'/, '')
    .replace(/(\d)\s+(?=\d{1,2}[:时点])/g, '$1T')
    .replace(/^(\s*(?:19|20)\d{2})\s+(?=\d)/, '$1.')
    .replace(/^(\s*\d{4}\.\d{1,2})\s+(?=\d{1,2}$)/, '$1.')
    .replace(/^(\s*\d{4})[、。](\d{1,2})[、。](?=\d)/, '$1.$2.');

function fromText(text: string, context: DateContext): DateReading {
  if (text.length > 200) return { is: 'unreadable' };
  let t = withDigits(fold(spaced(text)), '年|月|日|号|季度|旬')
    .replace(timeOfDay, '')
    .replace(/[‐‑‒–—―−]+/g, '-')
    .replace(/[~〜]+|--+/g, '~')
    .replace(/号/g, '日')
    .replace(/\(\)/g, '')
    .replace(/[。,;]+$/, '');
  if (t === '' || /^[-/~]+$/.test(t) || /^(时间)?(待定|未定|待补|不详|无|暂无)$/.test(t))
    return { is: 'blank' };
  if (/^(立即|立即整改|立行立改|即知即改|即时|马上|当日|当天|当场|现场整改|随即|即日)$/.test(t))
    return { is: 'immediate' };
  if (/^(长期|长期坚持|持续|持续推进|持续整改|常态化|长期整改|常态|长效坚持|长期落实|长期有效)$/.test(t))
    return { is: 'long_term' };
  const about = /^(约|大约|大概)|(左右|前后|上下)$/;
  const vague = about.test(t);
  t = t.replace(about, '').replace(/(?:之前|以前|前)(?:完成(?:整改)?|整改(?:完成|到位))?$/, '');
  const plain = outsideBrackets(t);
  const reading = [t, ...(plain === t ? [] : [plain])].reduce<DateReading>(
    (found, form) => (found.is === 'unreadable' ? dayOrRange(form, context) : found),
    { is: 'unreadable' },
  );
  return vague && reading.is === 'date' ? { ...reading, approximate: true } : reading;
}

function dayOrRange(t: string, context: DateContext): DateReading {
  const alone = settle(single(t, context), null);
  // `3/5/22` is a day whose year cannot be told from its day; it is no range.
  if (alone.is !== 'unreadable' || /^\d{1,2}\/\d{1,2}\/\d{1,2}$/.test(t)) return alone;
  return range(t, context) ?? alone;
}

/** Both ends are tried at each mark that may part them: `3.5-3.7`, `2022-3-5至3-7`, `3月5日、6日`. */
function range(t: string, context: DateContext): DateReading | null {
  for (const marks of ['~', '至', '到', '、', ',', ';', '-', '和', '及', '/'])
    // From the right: of `2022-3-5-7` the day is 5, not the month of 3 alone.
    for (let i = t.lastIndexOf(marks); i > 0; i = t.lastIndexOf(marks, i - 1)) {
      const left = t.slice(0, i);
      // `3月5日、12日、19日`: from the first to the last.
      const right =
        t
          .slice(i + marks.length)
          .split(marks === '-' || marks === '/' ? /$^/ : marks)
          .at(-1) ?? '';
      const reading = between(left, right, context);
      if (reading) return reading;
    }
  return null;
}

function between(left: string, right: string, context: DateContext): DateReading | null {
  // `1-3月`: the month's sign stands once.
  const months = /^((?:\d{4}年?)?\d{1,2})$/.test(left) && /^\d{1,2}月份?$/.test(right) ? `${left}月` : left;
  const sign = /^\d{1,2}月\d{1,2}$/.test(months) ? `${months}日` : months;
  const start = single(sign, context);
  if (!('first' in start))
    return start.is === 'unreadable' || start.is === 'blank' ? null : settle(start, null);
  const inYear: DateContext = {
    ...context,
    // 30 December to 2 January: the year turns.
    yearFor: (m) => Number(start.first.slice(0, 4)) + (m < Number(start.first.slice(5, 7)) ? 1 : 0),
  };
  const dayAlone = /^(\d{1,2})日?$/.exec(right);
  const stop = dayAlone
    ? ofDay(
        { y: Number(start.first.slice(0, 4)), m: Number(start.first.slice(5, 7)), d: Number(dayAlone[1]) },
        context,
      )
    : single(right, inYear);
  if (!('first' in stop)) return stop.is === 'unreadable' || stop.is === 'blank' ? null : settle(stop, null);
  if (stop.last < start.first) return { is: 'impossible', month: monthOf(start.first) };
  return settle(start.month ? { ...start, last: stop.last } : start, stop.last);
}

function settle(parsed: Parsed, end: string | null): DateReading {
  if (!('first' in parsed)) return parsed;
  const { first, last, approximate, month } = parsed;
  return { is: 'date', date: first, last, end: end === first ? null : end, approximate, month };
}

const exact = (date: string): Parsed => ({ first: date, last: date, approximate: false, month: false });

function ofDay({ y, m, d }: Day, context: DateContext): Parsed {
  if (m < 1 || m > 12) return { is: 'impossible', month: null };
  const year = y ?? context.yearFor(m);
  if (year === null) {
    // 30 February is no day in any year, with or without one.
    return d < 1 || d > daysInMonth(2000, m) ? { is: 'impossible', month: null } : { is: 'year_missing' };
  }
  const date = isoDate(year, m, d);
  return date ? exact(date) : { is: 'impossible', month: isoDate(year, m, 1) ? monthText(year, m) : null };
}

const monthText = (year: number, month: number): string => `${year}-${String(month).padStart(2, '0')}`;

function spanOf(year: number | null, from: number, days: readonly [number, number], month: boolean): Parsed {
  if (year === null) return { is: 'year_missing' };
  const first = isoDate(year, from, days[0]);
  if (!first) return { is: 'impossible', month: null };
  const last = `${monthText(year, from)}-${String(Math.min(days[1], daysInMonth(year, from))).padStart(2, '0')}`;
  return { first, last, approximate: true, month };
}

function ofMonths(year: number | null, from: number, count: number): Parsed {
  if (year === null) return { is: 'year_missing' };
  const first = monthText(year, from);
  return {
    first: `${first}-01`,
    last: lastDay(addMonths(first, count - 1)),
    approximate: true,
    month: count === 1,
  };
}

const fullYear = (text: string | undefined): number | null =>
  text === undefined || text === '' ? null : text.length <= 2 ? 2000 + Number(text) : Number(text);

const thirds: Readonly<Record<string, readonly [number, number]>> = {
  上旬: [1, 10],
  初: [1, 10],
  中旬: [11, 20],
  中: [11, 20],
  下旬: [21, 31],
  底: [21, 31],
  末: [21, 31],
};

type Form = readonly [RegExp, (m: RegExpExecArray, context: DateContext) => Parsed];
const num = (text: string | undefined): number => Number(text);

/** Every way of writing one day, month or part of a month, in the order in which they are tried. */
const forms: readonly Form[] = [
  [
    /^(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/,
    (m, c) => ofDay({ y: num(m[1]), m: num(m[2]), d: num(m[3]) }, c),
  ],
  [/^((?:19|20)\d{2})(\d{2})(\d{2})$/, (m, c) => ofDay({ y: num(m[1]), m: num(m[2]), d: num(m[3]) }, c)],
  [
    /^(\d{2})年(\d{1,2})月(\d{1,2})日?$/,
    (m, c) => ofDay({ y: fullYear(m[1]), m: num(m[2]), d: num(m[3]) }, c),
  ],
  [
    /^'?(1[3-9]|[2-9]\d)[./-](\d{1,2})[./-](\d{1,2})$/,
    (m, c) => ofDay({ y: fullYear(m[1]), m: num(m[2]), d: num(m[3]) }, c),
  ],
  [/^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/, (m, c) => dayOrMonthFirst(num(m[1]), num(m[2]), num(m[3]), c)],
  [/^(\d{5})(?:\.\d+)?$/, (m, c) => ofSerialText(m[0], c)],
  [/^(\d{1,2})月(\d{1,2})日?$/, (m, c) => ofDay({ y: null, m: num(m[1]), d: num(m[2]) }, c)],
  [/^(\d{1,2})[./-](\d{1,2})$/, (m, c) => ofDay({ y: null, m: num(m[1]), d: num(m[2]) }, c)],
  [
    /^(?:(\d{4}|\d{2})[年./-]?)?(\d{1,2})月份?(上旬|中旬|下旬|初|中|底|末)$/,
    (m, c) => {
      const month = num(m[2]);
      return (
        inMonths(month) ??
        spanOf(fullYear(m[1]) ?? c.yearFor(month), month, thirds[m[3] ?? ''] ?? [1, 31], false)
      );
    },
  ],
  [
    /^(?:(\d{4})年?)?(\d{1,2})月份?第(\d)周$/,
    (m, c) => {
      const start = num(m[3]) * 7 - 6;
      return (
        inMonths(num(m[2])) ??
        spanOf(fullYear(m[1]) ?? c.yearFor(num(m[2])), num(m[2]), [start, start + 6], false)
      );
    },
  ],
  [/^(\d{4})[年./-](\d{1,2})(?:月份?)?$/, (m) => inMonths(num(m[2])) ?? ofMonths(num(m[1]), num(m[2]), 1)],
  [/^(\d{2})年(\d{1,2})月份?$/, (m) => inMonths(num(m[2])) ?? ofMonths(fullYear(m[1]), num(m[2]), 1)],
  [/^((?:19|20)\d{2})(\d{2})$/, (m) => inMonths(num(m[2])) ?? ofMonths(num(m[1]), num(m[2]), 1)],
  [/^(\d{1,2})月份?$/, (m, c) => inMonths(num(m[1])) ?? ofMonths(c.yearFor(num(m[1])), num(m[1]), 1)],
  [
    /^(?:(\d{4})年?)?第?([1-4])季度$/,
    (m, c) => ofMonths(fullYear(m[1]) ?? c.yearFor(num(m[2]) * 3 - 2), num(m[2]) * 3 - 2, 3),
  ],
  [
    /^(?:(\d{4})年?)?第?([1-4])季度[末底]$/,
    (m, c) => spanOf(fullYear(m[1]) ?? c.yearFor(num(m[2]) * 3), num(m[2]) * 3, [21, 31], false),
  ],
  [/^(?:(\d{4})年?)?上半年$/, (m, c) => ofMonths(fullYear(m[1]) ?? c.yearFor(1), 1, 6)],
  [/^(?:(\d{4})年?)?下半年$/, (m, c) => ofMonths(fullYear(m[1]) ?? c.yearFor(7), 7, 6)],
  [/^(?:(\d{4})年?)?年?(?:底|末)$/, (m, c) => spanOf(fullYear(m[1]) ?? c.yearFor(12), 12, [1, 31], false)],
];

const inMonths = (month: number): Parsed | null =>
  month < 1 || month > 12 ? { is: 'impossible', month: null } : null;

function single(t: string, context: DateContext): Parsed {
  for (const [pattern, read] of forms) {
    const m = pattern.exec(t);
    if (m) return read(m, context);
  }
  return { is: 'unreadable' };
}

/** `31.02.2022` can only be day first, `02/31/2022` only month first; `03/05/2022` is not guessed at. */
function dayOrMonthFirst(a: number, b: number, y: number, context: DateContext): Parsed {
  if (a > 12 || a === b) return ofDay({ y, m: b, d: a }, context);
  if (b > 12) return ofDay({ y, m: a, d: b }, context);
  return { is: 'unreadable' };
}

function ofSerialText(text: string, context: DateContext): Parsed {
  const n = Number(text);
  const date = n >= serialFrom && n <= serialTo ? serialDate(n, context.date1904) : null;
  return date ? exact(date) : { is: 'unreadable' };
}
