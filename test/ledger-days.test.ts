import { describe, expect, test } from 'vitest';
import { readDate, type DateContext } from '../server/ledger/dates.ts';
import { isRecurring } from '../server/ledger/recurring.ts';
import { textCell } from '../server/ledger/sheet.ts';

const from = (month: string | null): DateContext => ({
  yearFor: () => (month === null ? null : Number(month.slice(0, 4))),
  date1904: false,
  from: month,
});

/** `~` before what is approximate; the first and last day that it can mean. */
function said(text: string, context: DateContext): string {
  const r = readDate(textCell(text), context);
  if (r.is === 'impossible') return 'impossible';
  if (r.is !== 'date') return r.is;
  return `${r.approximate ? '~' : ''}${r.date}${r.last === r.date ? '' : `..${r.last}`}`;
}

describe('a day that recurs is dated on the first day that it can mean, and is approximate', () => {
  test.each([
    ['每月5日', '2022-04', '~2022-04-05'],
    ['每月5号', '2022-01', '~2022-01-05'],
    ['每月五日', '2022-01', '~2022-01-05'],
    ['每月5日前', '2022-01', '~2022-01-05'],
    ['每月5日下午', '2022-01', '~2022-01-05'],
    ['每月5日（党员活动日）', '2022-01', '~2022-01-05'],
    ['每月5-10日', '2022-01', '~2022-01-05..2022-01-10'],
    ['每月5日、20日', '2022-01', '~2022-01-05..2022-01-20'],
    ['每月30日', '2022-02', '~2022-03-30'],
    ['每月32日', '2022-01', 'impossible'],
    ['每月', '2022-02', '~2022-02-01..2022-02-28'],
    ['每月上旬', '2022-03', '~2022-03-01..2022-03-10'],
    ['每月底', '2022-02', '~2022-02-21..2022-02-28'],
    ['每月第一周', '2022-03', '~2022-03-01..2022-03-07'],
    ['每月第三个星期五', '2022-01', '~2022-01-21'],
    ['每月最后一个周五', '2022-01', '~2022-01-28'],
    // March 2022 has four Fridays, April five.
    ['每月第5个周五', '2022-03', '~2022-04-29'],
    ['每周三', '2022-04', '~2022-04-06'],
    ['每周日', '2022-05', '~2022-05-01'],
    ['每星期一', '2022-08', '~2022-08-01'],
    ['每逢周五', '2022-01', '~2022-01-07'],
    ['每周', '2022-01', '~2022-01-01..2022-01-07'],
    ['每两周', '2022-01', '~2022-01-01..2022-01-14'],
    ['逢双月10日', '2022-01', '~2022-02-10'],
    ['双月10日', '2022-02', '~2022-02-10'],
    ['单月15日', '2022-02', '~2022-03-15'],
    ['隔月10日', '2022-03', '~2022-03-10'],
    ['每季度', '2022-02', '~2022-02-01..2022-03-31'],
    ['每季度末', '2022-02', '~2022-03-21..2022-03-31'],
    ['每季度首月5日', '2022-02', '~2022-04-05'],
    ['每季度最后一个月5日', '2022-02', '~2022-03-05'],
    ['每年7月1日', '2022-01', '~2022-07-01'],
    ['每年7月1日', '2022-09', '~2023-07-01'],
    ['每年2月29日', '2022-01', '~2024-02-29'],
    ['每年13月1日', '2022-01', 'impossible'],
    ['每半年', '2022-05', '~2022-05-01..2022-06-30'],
    ['每天', '2022-05', '~2022-05-01'],
  ])('%s from %s', (text, month, expected) => expect(said(text, from(month))).toBe(expected));

  test('nothing says from when', () => {
    expect(said('每月5日', from(null))).toBe('year_missing');
    expect(said('每周三', { yearFor: () => 2022, date1904: false })).toBe('year_missing');
  });

  test('a rule that is not known is never a day', () => {
    for (const text of ['每逢佳节', '每月择机', '3月5日（每月）', '每月第六个周五', '隔三差五'])
      expect(['unreadable', 'impossible']).toContain(said(text, from('2022-01')));
    for (const text of [
      '次月5日前',
      '季末',
      '月底',
      '5日',
      '去年3月5日',
      '正月初五',
      '七一前后',
      '2022年第1周',
    ])
      expect(said(text, from('2022-01'))).toBe('unreadable');
  });

  test('a day is not made to recur by what its brackets tell of it', () => {
    expect(said('3月5日（每月主题党日）', from('2022-01'))).toBe('2022-03-05');
    expect(isRecurring('3月5日（每人一份）')).toBe(false);
  });
});

describe('parts of a year', () => {
  test.each([
    ['3-5', '2022-03-05'],
    ['3/5', '2022-03-05'],
    ['三月五日', '2022-03-05'],
    ['二〇二二年三月', '~2022-03-01..2022-03-31'],
    ['2022年3月', '~2022-03-01..2022-03-31'],
    ['3月', '~2022-03-01..2022-03-31'],
    ['上半年', '~2022-01-01..2022-06-30'],
    ['下半年', '~2022-07-01..2022-12-31'],
    ['2021年上半年', '~2021-01-01..2021-06-30'],
    ['第二季度', '~2022-04-01..2022-06-30'],
    ['2022年Q3', '~2022-07-01..2022-09-30'],
    ['三季度末', '~2022-09-21..2022-09-30'],
    ['年底前', '~2022-12-01..2022-12-31'],
    ['年内', '~2022-01-01..2022-12-31'],
    ['2021年', '~2021-01-01..2021-12-31'],
    ['常年坚持', 'long_term'],
    ['二月三十日', 'impossible'],
  ])('%s', (text, expected) => expect(said(text, from('2022-01'))).toBe(expected));

  test('a part of the year is of the year of its end, where a day before it says the year', () => {
    // Raised on 1 March 2022: what is due is due after it.
    const after = { ...from(null), yearFor: (m: number) => (m < 3 ? 2023 : 2022) };
    expect(said('上半年', after)).toBe('~2022-01-01..2022-06-30');
    expect(said('一季度', after)).toBe('~2022-01-01..2022-03-31');
    expect(said('1月', after)).toBe('~2023-01-01..2023-01-31');
  });
});
