import { monthOf } from '../../shared/period.ts';
import { days1904, exact, ofDay, serialDate, serialFrom, serialTo, single } from './date-forms.ts';
import type { DateContext, DateReading, Parsed } from './date-reading.ts';
import { readRecurring } from './recurring.ts';
import { Remembered } from './remembered.ts';
import type { Cell } from './sheet.ts';
import { fold, outsideBrackets, withDigits } from './text.ts';

export { serialDate } from './date-forms.ts';
export type { DateContext, DateReading } from './date-reading.ts';

/** A ledger's days are few, and many rows have the same: what was read is kept with its context. */
const readings = new WeakMap<DateContext, Remembered<DateReading>>();

/** Reads a cell of a date column. Never looks at a clock or a time zone. */
export function readDate(cell: Cell | undefined, context: DateContext): DateReading {
  if (!cell || cell.text === '') return { is: 'blank' };
  const { text, number, format } = cell;
  const read = readings.get(context) ?? new Remembered<DateReading>();
  readings.set(context, read);
  return number === null
    ? read.of(text, () => fromText(text, context))
    : read.of(`\0${number} ${format}`, () => settle(fromNumber(number, format, context), null));
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
  const recurring = readRecurring(text, context);
  if (recurring) return settle(recurring, null);
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
  if (
    /^(长期|长期坚持|持续|持续推进|持续整改|常态化|长期整改|常态|长效坚持|长期落实|长期有效|常年|常年坚持)$/.test(
      t,
    )
  )
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
