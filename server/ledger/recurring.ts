import { addDays, addMonths, daysBetween, daysInMonth, isoDate, lastDay } from '../../shared/period.ts';
import type { DateContext, Parsed } from './date-reading.ts';
import { fold, outsideBrackets, withDigits } from './text.ts';

const recurs = /[每逢]|隔[月周]|[单双]月/;

/** `3月5日（每月）`; not `3月5日（每月主题党日）`, which is a day. */
const bracketed =
  /^(?:每1?个?(?:月|周|季度?|半年|年|天|日)|隔[月周]|[单双]月)(?:\d{1,2}日|[一二三四五六日天]|\d次|一次|例会)?$/;

const plain = (text: string): string =>
  withDigits(fold(text), '月|日|号|周|个|半年|季度?|旬')
    .replace(/号/g, '日')
    .replace(/星期|礼拜/g, '周');

/** Does the text name a day that comes again and again (`每月5日`, `逢双月10日`)? One in brackets says so too. */
export function isRecurring(text: string): boolean {
  const t = plain(text.slice(0, 200));
  const within = [...t.matchAll(/\(([^()]*)\)/g)].some(([, inner = '']) => bracketed.test(inner));
  return recurs.test(outsideBrackets(t)) || within;
}

/**
 * A day that recurs, on the first day that it can mean from the context's first month on, and always approximate:
 * one row stands for many events. Null where the text names no such day; unreadable where its rule is not known.
 */
export function readRecurring(text: string, { from }: DateContext): Parsed | null {
  if (!isRecurring(text)) return null;
  const t = outsideBrackets(plain(text))
    .replace(/(?:上午|中午|下午|晚上?|\d{1,2}[:点时]\d{0,2}分?(?:[-~至—]\d{1,2}[:点时]\d{0,2}分?)?)+$/, '')
    .replace(/(?:左右|前后|之前|以前|前)?(?:完成|开展|召开|1次|一次)?$/, '')
    .replace(/^(?:于|在|原则上)/, '')
    .replace(/逢|的|固定/g, '');
  for (const [pattern, read] of forms) {
    const m = pattern.exec(t);
    if (!m) continue;
    if (!from) return { is: 'year_missing' };
    const days = read(m, from);
    return days ? { ...days, approximate: true, month: false } : { is: 'impossible', month: null };
  }
  return { is: 'unreadable' };
}

type Days = { readonly first: string; readonly last: string };
type Form = readonly [RegExp, (m: RegExpExecArray, from: string) => Days | null];

const daysOf = (month: string, first: number, last: number): Days | null => {
  const [y = 0, m = 0] = month.split('-').map(Number);
  const start = isoDate(y, m, first);
  const end = isoDate(y, m, Math.min(last, daysInMonth(y, m)));
  return start && end ? { first: start, last: end } : null;
};

// Of twelve months one has 31 days; 29 February comes within eight years.
const MONTHS_AHEAD = 96;

/** The first month from `from` on, `step` months apart, that has the days. */
function firstOf(from: string, days: readonly [number, number], step = 1): Days | null {
  for (let n = 0; n < MONTHS_AHEAD; n += step) {
    const found = daysOf(addMonths(from, n), ...days);
    if (found) return found;
  }
  return null;
}

const monthNumber = (month: string): number => Number(month.slice(5));
const isEven = (month: string): boolean => monthNumber(month) % 2 === 0;
const quarterEnd = (month: string): string => addMonths(month, (12 - monthNumber(month)) % 3);

const weekdays = '一二三四五六';
/** Monday is 0. 3 January 2000 was a Monday. */
const weekdayOf = (date: string): number => ((daysBetween('2000-01-03', date) % 7) + 7) % 7;
const wanted = (text = ''): number => {
  const at = weekdays.indexOf(text);
  if (at >= 0) return at;
  return /[1-6]/.test(text) ? Number(text) - 1 : 6;
};

/** The weekday's n-th day of the month; the last where n is 0. */
function weekdayIn(month: string, weekday: number, n: number): Days | null {
  const start = `${month}-01`;
  const first = addDays(start, (weekday - weekdayOf(start) + 7) % 7);
  const weeks = n > 0 ? n - 1 : Math.floor(daysBetween(first, lastDay(month)) / 7);
  const day = addDays(first, weeks * 7);
  return day > lastDay(month) ? null : { first: day, last: day };
}

const parts: Readonly<Record<string, readonly [number, number]>> = {
  上旬: [1, 10],
  初: [1, 10],
  中旬: [11, 20],
  中: [11, 20],
  下旬: [21, 31],
  底: [21, 31],
  末: [21, 31],
};
const monthsWord = '(每个?|单|双|每?隔)月份?';

/** The first month from `from` on that `每`, `单`, `双` or `隔` can mean. */
function monthFor(word: string | undefined, from: string): { month: string; step: number } {
  if (word === '单') return { month: isEven(from) ? addMonths(from, 1) : from, step: 2 };
  if (word === '双') return { month: isEven(from) ? from : addMonths(from, 1), step: 2 };
  return { month: from, step: word?.endsWith('隔') ? 2 : 1 };
}

const forms: readonly Form[] = [
  // 每月5日, 每月5日至10日, 每月5日、20日, 双月10日
  [
    new RegExp(`^每?${monthsWord}(\\d{1,2})日?(?:[-~至到—、,和及或]+(\\d{1,2})日)?$`),
    (m, from) => {
      const { month, step } = monthFor(m[1], from);
      return firstOf(month, [Number(m[2]), Number(m[3] ?? m[2])], step);
    },
  ],
  [
    new RegExp(`^每?${monthsWord}(上旬|中旬|下旬|初|中|底|末)?$`),
    (m, from) => firstOf(monthFor(m[1], from).month, parts[m[2] ?? ''] ?? [1, 31]),
  ],
  [
    new RegExp(`^每?${monthsWord}第(\\d)个?周$`),
    (m, from) => firstOf(monthFor(m[1], from).month, [Number(m[2]) * 7 - 6, Number(m[2]) * 7]),
  ],
  [
    new RegExp(`^每?${monthsWord}(?:第(\\d)个?|最后1?一?个?)周([一二三四五六日天1-7])$`),
    (m, from) => {
      const { month, step } = monthFor(m[1], from);
      const day = wanted(m[3]);
      const n = Number(m[2] ?? 0);
      // A fifth Friday is not in every month.
      return n > 5 ? null : (weekdayIn(month, day, n) ?? weekdayIn(addMonths(month, step), day, n));
    },
  ],
  [/^每?个?周([一二三四五六日天1-7])$/, (m, from) => weekdayIn(from, wanted(m[1]), 1)],
  [/^每1?个?周$/, (_, from) => firstOf(from, [1, 7])],
  [/^(?:每2个?周|每?隔周|每?双周)$/, (_, from) => firstOf(from, [1, 14])],
  [/^每(?:天|日|个?工作日)$/, (_, from) => firstOf(from, [1, 1])],
  [/^每1?个?季度?$/, (_, from) => ({ first: `${from}-01`, last: lastDay(quarterEnd(from)) })],
  [/^每1?个?季度?[末底]$/, (_, from) => firstOf(quarterEnd(from), [21, 31])],
  [
    /^每1?个?季度?(?:首|第1个?|末|最后1?一?个?)月(?:份)?(?:(\d{1,2})日)?$/,
    (m, from) => {
      const isLast = /末|最后/.test(m[0]);
      const opens = addMonths(from, (13 - monthNumber(from)) % 3);
      const days = m[1] === undefined ? ([1, 31] as const) : ([Number(m[1]), Number(m[1])] as const);
      return firstOf(isLast ? quarterEnd(from) : opens, days, 3);
    },
  ],
  [
    /^每年(\d{1,2})月(?:份)?(?:(\d{1,2})日)?$/,
    (m, from) => {
      const month = Number(m[1]);
      if (month < 1 || month > 12) return null;
      const next = addMonths(from, (month - monthNumber(from) + 12) % 12);
      const days = m[2] === undefined ? ([1, 31] as const) : ([Number(m[2]), Number(m[2])] as const);
      return firstOf(next, days, 12);
    },
  ],
  [
    /^每半年$/,
    (_, from) => ({ first: `${from}-01`, last: lastDay(addMonths(from, (12 - monthNumber(from)) % 6)) }),
  ],
  [/^每年$/, (_, from) => ({ first: `${from}-01`, last: `${from.slice(0, 4)}-12-31` })],
];
