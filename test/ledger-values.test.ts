import { describe, expect, test } from 'vitest';
import { countNames, readAbsences } from '../server/ledger/absence.ts';
import { readCount, type CountReading } from '../server/ledger/counts.ts';
import { readDate, serialDate, type DateContext } from '../server/ledger/dates.ts';
import { readHours } from '../server/ledger/hours.ts';
import { kindWithin, readKinds } from '../server/ledger/kinds.ts';
import { textCell, type Cell } from '../server/ledger/sheet.ts';
import { spanOf, spanWithin, yearIn } from '../server/ledger/span.ts';
import { UnitFinder } from '../server/ledger/units.ts';
import type { Unit } from '../shared/unit.ts';

const in2022: DateContext = { yearFor: () => 2022, date1904: false };
const number = (n: number, format: Cell['format'] = null): Cell => ({ text: String(n), number: n, format });

/** `2022-03-05`, `2022-03-05..2022-03-07` for several days, `~` before what is approximate, else what it is. */
function said(cell: Cell, context = in2022): string {
  const r = readDate(cell, context);
  if (r.is === 'date') return `${r.approximate ? '~' : ''}${r.date}${r.end ? `..${r.end}` : ''}`;
  return r.is === 'impossible' ? `impossible ${r.month}` : r.is;
}

describe('dates as ledgers write them', () => {
  test.each([
    ['2022-3-5', '2022-03-05'],
    ['2022.3.5', '2022-03-05'],
    ['2022/3/5', '2022-03-05'],
    ['2022年3月5日', '2022-03-05'],
    ['２０２２年３月５日', '2022-03-05'],
    ['2022 年 3 月 5 日', '2022-03-05'],
    ['二〇二二年三月五日', '2022-03-05'],
    ['三月十五日', '2022-03-15'],
    ['2022年3月5号', '2022-03-05'],
    ['3月5日', '2022-03-05'],
    ['3.5', '2022-03-05'],
    ['3/5', '2022-03-05'],
    ['22.3.5', '2022-03-05'],
    ['20220305', '2022-03-05'],
    ['44625', '2022-03-05'],
    ['2022-03-05 14:30:00', '2022-03-05'],
    ['2022-03-05T14:30:00', '2022-03-05'],
    ['3月5日14:30', '2022-03-05'],
    ['3月5日 9:00-11:00', '2022-03-05'],
    ['3月5日下午', '2022-03-05'],
    ['3月5日（星期六）', '2022-03-05'],
    ['2022.3.5（周六）上午', '2022-03-05'],
    ['31.01.2022', '2022-01-31'],
    ['3.5-3.7', '2022-03-05..2022-03-07'],
    ['3.15-3.17', '2022-03-15..2022-03-17'],
    ['3月15日至17日', '2022-03-15..2022-03-17'],
    ['3月15-17日', '2022-03-15..2022-03-17'],
    ['3月5日—3月7日', '2022-03-05..2022-03-07'],
    ['2022.3.5-2022.3.7', '2022-03-05..2022-03-07'],
    ['2022-3-5至3-7', '2022-03-05..2022-03-07'],
    ['2022年3月5日、6日', '2022-03-05..2022-03-06'],
    ['12.30-1.2', '2022-12-30..2023-01-02'],
    ['3月上旬', '~2022-03-01'],
    ['3月中旬', '~2022-03-11'],
    ['2023年3月下旬', '~2023-03-21'],
    ['3月底', '~2022-03-21'],
    ['2022年3月', '~2022-03-01'],
    ['2022-03', '~2022-03-01'],
    ['3月份', '~2022-03-01'],
    ['第二季度', '~2022-04-01'],
    ['3月5日左右', '~2022-03-05'],
    ['6月31日', 'impossible 2022-06'],
    ['2022.2.29', 'impossible 2022-02'],
    ['2022-13-05', 'impossible null'],
    ['31.02.2022', 'impossible 2022-02'],
    ['03/05/2022', 'unreadable'],
    ['3月7日-3月5日', 'impossible 2022-03'],
    ['长期', 'long_term'],
    ['立即', 'immediate'],
    ['待定', 'blank'],
    ['/', 'blank'],
    ['周一例会', 'unreadable'],
    ['明年春天', 'unreadable'],
    [`${'3'.repeat(5000)}月`, 'unreadable'],
  ])('%s', (text, expected) => expect(said(textCell(text))).toBe(expected));

  test('a serial is counted out, on both calendars, whole or with a time of day', () => {
    expect(serialDate(44625, false)).toBe('2022-03-05');
    expect(serialDate(44625.999988, false)).toBe('2022-03-05');
    expect(serialDate(44625 - 1462, true)).toBe('2022-03-05');
    expect(serialDate(60, false)).toBeNull();
    expect(serialDate(61, false)).toBe('1900-03-01');
    expect(said(number(44625))).toBe('2022-03-05');
    expect(said(number(44625, 'date'))).toBe('2022-03-05');
    expect(said(number(20220305))).toBe('2022-03-05');
    expect(said(number(3.15))).toBe('2022-03-15');
    // 3.1 may be 3.10 with its zero lost.
    expect(said(number(3.1))).toBe('~2022-03-01');
    expect(said(number(43163), { ...in2022, date1904: true })).toBe('2022-03-05');
  });

  test('a month and day have no year of their own', () => {
    const nowhere = { yearFor: () => null, date1904: false };
    expect(said(textCell('3月5日'), nowhere)).toBe('year_missing');
    expect(said(textCell('3月上旬'), nowhere)).toBe('year_missing');
    expect(said(textCell('2月30日'), nowhere)).toBe('impossible null');
  });

  test('no time zone moves a day', () => {
    const zone = process.env.TZ;
    try {
      for (const tz of ['Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati', 'UTC']) {
        process.env.TZ = tz;
        expect([
          said(number(44625, 'date')),
          said(textCell('2022-03-05')),
          said(number(33239, 'date')),
        ]).toEqual(['2022-03-05', '2022-03-05', '1991-01-01']);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});

describe('counts', () => {
  const exact = (value: number): CountReading => ({ is: 'exact', value });
  test.each<[string, CountReading]>([
    ['12', exact(12)],
    ['１２', exact(12)],
    ['12人', exact(12)],
    ['12人次', exact(12)],
    ['1,200人', exact(1200)],
    ['十二人', exact(12)],
    ['两名', exact(2)],
    ['12人（含在船3人）', exact(12)],
    ['0', exact(0)],
    ['12.0', exact(12)],
    ['5/5', { is: 'pair', first: 5, second: 5 }],
    ['２０/２４', { is: 'pair', first: 20, second: 24 }],
    ['20人/24人', { is: 'pair', first: 20, second: 24 }],
    ['应到24人，实到20人', { is: 'pair', first: 20, second: 24 }],
    ['50余户', { is: 'approximate', min: 50 }],
    ['50多人', { is: 'approximate', min: 50 }],
    ['五十余人', { is: 'approximate', min: 50 }],
    ['超过50人', { is: 'approximate', min: 50 }],
    ['50人以上', { is: 'approximate', min: 50 }],
    ['30-40人', { is: 'approximate', min: 30 }],
    ['约50人', { is: 'approximate', min: null }],
    ['近50人', { is: 'approximate', min: null }],
    ['若干', { is: 'withheld' }],
    ['*', { is: 'withheld' }],
    ['**名', { is: 'withheld' }],
    ['＊＊', { is: 'withheld' }],
    ['全体党员', { is: 'withheld' }],
    ['-', { is: 'blank' }],
    ['无', { is: 'none' }],
    ['-3', { is: 'invalid' }],
    ['2.5人', { is: 'invalid' }],
    ['99999999999', { is: 'invalid' }],
    ['很好', { is: 'invalid' }],
  ])('%s', (text, expected) => expect(readCount(textCell(text))).toEqual(expected));

  test('a number cell', () => {
    expect(readCount(number(12))).toEqual(exact(12));
    expect(readCount(number(-1))).toEqual({ is: 'invalid' });
    expect(readCount(number(1.5))).toEqual({ is: 'invalid' });
    expect(readCount(undefined)).toEqual({ is: 'blank' });
    // Typed `5/5`, stored as the fifth of May.
    expect(readCount(number(44686, 'date'))).toEqual({ is: 'withheld' });
  });
});

describe('hours', () => {
  test.each<[string, number | string]>([
    ['1小时', 1],
    ['1.5', 1.5],
    ['60分钟', 1],
    ['90分钟', 1.5],
    ['2小时30分', 2.5],
    ['2小时30分钟', 2.5],
    ['1个半小时', 1.5],
    ['半小时', 0.5],
    ['一个小时', 1],
    ['2学时', 2],
    ['1.5h', 1.5],
    ['14:00-16:30', 2.5],
    ['半天', 'withheld'],
    ['三天', 'withheld'],
    ['若干', 'withheld'],
    ['120', 'withheld'],
    ['约2小时', 'approximate'],
    ['2小时以上', 'approximate'],
    ['-1小时', 'invalid'],
    ['很久', 'invalid'],
    ['', 'blank'],
  ])('%s', (text, expected) => {
    const r = readHours(textCell(text), null);
    expect(r.is === 'exact' ? r.hours : r.is).toBe(expected);
  });
  test('the heading may say minutes; a clock format says hours', () => {
    expect(readHours(number(90), 'minutes')).toEqual({ is: 'exact', hours: 1.5 });
    expect(readHours(number(1.5 / 24, 'time'), null)).toEqual({ is: 'exact', hours: 1.5 });
  });
});

describe('absences by reason, names not kept', () => {
  test.each([
    ['王某（在船）', [1, 0, 0, 0]],
    ['张三（在船）、李四（事假）', [1, 1, 0, 0]],
    ['张三(在船),李四(病假),王五(公出)', [1, 2, 0, 0]],
    ['李某（在船）、张某（事假）等5人', [1, 1, 0, 0]],
    ['在船：张三、李四；事假：王五', [2, 1, 0, 0]],
    ['3人在船，2人事假', [3, 2, 0, 0]],
    ['在船3人、事假2人', [3, 2, 0, 0]],
    ['在船2人（张三、李四）', [2, 0, 0, 0]],
    ['张三（无故）', [0, 0, 1, 0]],
    ['张三（未请假）、李四', [0, 0, 1, 1]],
    ['张三\n李四（值班）', [1, 0, 0, 1]],
    ['无', [0, 0, 0, 0]],
  ])('%s', (text, [on_duty, excused, unexcused, unclear]) =>
    expect(readAbsences(text)).toEqual({ on_duty, excused, unexcused, unclear }),
  );
  test.each([
    ['张三;李四', 2],
    ['张三、李四\n王五', 3],
    ['张三、李四等6人', 6],
    ['全体党员', null],
  ])('names in %s', (text, n) => expect(countNames(text)).toBe(n));
});

describe('kinds', () => {
  const codes = (text: string, scope: 'activity' | 'visit' = 'activity'): string => {
    const r = readKinds(text, scope);
    return r.is === 'kinds' ? r.codes.join('+') : r.is === 'unknown' ? `?${r.word}` : r.is;
  };
  test.each([
    ['支委会', 'committee_meeting'],
    ['支部委员会议', 'committee_meeting'],
    ['党员大会、党课', 'general_meeting+party_lecture'],
    ['党员大会\n主题党日', 'general_meeting+theme_day'],
    ['支部党员大会（党课）', 'general_meeting+party_lecture'],
    ['党员大会暨主题党日', 'general_meeting+theme_day'],
    ['主题党日活动', 'theme_day'],
    ['主题党日（清明祭扫）', 'theme_day'],
    ['第一季度党员大会', 'general_meeting'],
    ['3月支委会', 'committee_meeting'],
    ['召开支部党员大会', 'general_meeting'],
    ['集中 学习', 'collective_study'],
    ['微党课', 'party_lecture'],
    ['座谈茶叙', '?座谈茶叙'],
    ['党员大会、茶话会', '?茶话会'],
    ['企业走访', '?企业走访'],
    ['', 'blank'],
  ])('%s', (text, expected) => expect(codes(text)).toBe(expected));
  test('of visits', () => {
    expect(codes('走访慰问', 'visit')).toBe('condolence_visit');
    expect(codes('产业链供应链调研', 'visit')).toBe('enterprise_visit');
    expect(codes('党课', 'visit')).toBe('?党课');
  });
  test('in a name', () => {
    expect(kindWithin('2022年主题党日台账', 'activity')).toBe('theme_day');
    expect(kindWithin('支部党员大会', 'activity')).toBe('general_meeting');
    expect(kindWithin('三会一课台账', 'activity')).toBeNull();
    expect(kindWithin('党员大会、支委会', 'activity')).toBeNull();
  });
});

describe('units by what people call them', () => {
  const unit = (
    code: string,
    name: string,
    level: Unit['level'] = 'branch',
    parent: string | null = 'JH',
  ): Unit => ({
    code,
    name,
    level,
    parent,
    openedOn: null,
    closedOn: null,
    mergedInto: null,
  });
  const finder = new UnitFinder([
    unit('JH', '江海引航中心', 'centre', null),
    unit('DG', '东港引航站党支部'),
    unit('NA', '南岸引航站党支部'),
    unit('XD', '新东港引航站党支部'),
    unit('BH1', '北海引航站党支部'),
    unit('BH2', '北海船队党支部'),
  ]);
  const of = (found: ReturnType<UnitFinder['named']>): string =>
    found.is === 'one' ? found.unit.code : found.is;
  test.each([
    ['DG', 'DG'],
    ['dg', 'DG'],
    ['东港引航站党支部', 'DG'],
    ['中共东港引航站党支部', 'DG'],
    ['中共东港引航站支部委员会', 'DG'],
    ['江海引航中心东港引航站党支部', 'DG'],
    ['东港引航站', 'DG'],
    ['东港站', 'DG'],
    ['东港站党支部', 'DG'],
    ['东港', 'DG'],
    ['新东港站', 'XD'],
    ['北海站', 'BH1'],
    ['龙门站', 'none'],
    ['东港站第一党支部', 'none'],
    ['江海中心', 'JH'],
  ])('a cell: %s', (text, code) => expect(of(finder.named(text))).toBe(code));
  test.each([
    ['东港引航站党支部2022年度“三会一课”台账', 'DG'],
    ['江海引航中心东港站2022年台账', 'DG'],
    ['新东港站走访记录', 'XD'],
    ['2022年NA三会一课', 'NA'],
    ['东港站、南岸站活动', 'several'],
    ['NAVIGATION', 'none'],
    ['2022年汇总', 'none'],
  ])('a title: %s', (text, code) => expect(of(finder.within(text))).toBe(code));
});

describe('what titles say of time', () => {
  test.each([
    ['南岸引航站党支部2022年度“三会一课”台账', '2022'],
    ['志愿服务台账（2022年）', '2022'],
    ['东港站志愿服务台账2022', '2022'],
    ['2022年1-9月三会一课', '2022-01..2022-09'],
    ['2022年1月至9月', '2022-01..2022-09'],
    ['2021年10月—2022年3月', '2021-10..2022-03'],
    ['2022.1-2022.9', '2022-01..2022-09'],
    ['2022年上半年', '2022-01..2022-06'],
    ['2022年第一季度', '2022-01..2022-03'],
    ['2022年三季度', '2022-07..2022-09'],
    ['2022年3月份学习台账', '2022-03..2022-03'],
    ['截至2022年9月', '2022-01..2022-09'],
    ['2021-2022年', '2021-01..2022-12'],
    ['2022年度台账 填报日期：2023年1月5日', '2022'],
    ['三会一课台账', 'null'],
    ['学习20220305', 'null'],
  ])('%s', (text, expected) => {
    const s = spanWithin(text);
    expect(s === null ? 'null' : s.is === 'year' ? String(s.year) : `${s.from}..${s.to}`).toBe(expected);
  });
  test('the nearest to the rows holds; a farther one only narrows its year', () => {
    expect(spanOf(['2022年度', '', '2021年'])).toEqual({ is: 'year', year: 2022 });
    expect(spanOf(['2022年度', '2022年1-9月'])).toEqual({ is: 'months', from: '2022-01', to: '2022-09' });
    const turning = spanWithin('2021年10月—2022年3月');
    expect([
      yearIn(turning, undefined, 11),
      yearIn(turning, undefined, 2),
      yearIn(turning, undefined, 6),
    ]).toEqual([2021, 2022, null]);
  });
});
