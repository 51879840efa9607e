import { describe, expect, test } from 'vitest';
import { countNames, readAbsences } from '../server/ledger/absence.ts';
import { readCount, type CountReading } from '../server/ledger/counts.ts';
import { noDayHours, readHours, type DayHours } from '../server/ledger/hours.ts';
import { judge } from './reading.ts';
import { readFile } from './reading.ts';
import { textCell } from '../server/ledger/sheet.ts';

describe('counts as clerks write them', () => {
  const exact = (value: number): CountReading => ({ is: 'exact', value });
  const least = (min: number | null): CountReading => ({ is: 'approximate', min });
  test.each<[string, CountReading]>([
    ['5＋2', exact(7)],
    ['5 + 2', exact(7)],
    ['5人+2人', exact(7)],
    ['党员5人+群众2人', exact(7)],
    ['1+1+1', exact(3)],
    ['5+2=7', exact(7)],
    ['5+2=8', { is: 'invalid' }],
    ['-5+7', { is: 'invalid' }],
    ['5+若干', least(5)],
    ['5+50余', least(55)],
    ['党员12人', exact(12)],
    ['3名党员', exact(3)],
    ['2家企业', exact(2)],
    ['12人/次', exact(12)],
    ['12人次', exact(12)],
    ['约50', least(null)],
    ['5-8人', least(5)],
    ['5～8', least(5)],
    ['五至八人', least(5)],
    ['5、6人', least(5)],
    ['五六人', least(5)],
    ['两三名', least(2)],
    ['三五人', least(3)],
    ['二三十人', least(20)],
    ['十二三人', least(12)],
    ['十几人', least(10)],
    ['三十余', least(30)],
    ['50户（余）', least(50)],
    ['二十三人', exact(23)],
    ['几十人', { is: 'withheld' }],
    ['上百人', { is: 'withheld' }],
    ['数百', { is: 'withheld' }],
    // Two numbers that a blank parts are not one.
    ['20 24', { is: 'invalid' }],
    ['20\n24', { is: 'invalid' }],
    ['1 200', exact(1200)],
    ['1２ 人', exact(12)],
    ['8-5', { is: 'invalid' }],
    ['12、20人', { is: 'invalid' }],
    ['缺2人', { is: 'invalid' }],
  ])('%s', (text, expected) => expect(readCount(textCell(text))).toEqual(expected));

  test('a cell made to keep a machine busy does not', () => {
    const started = performance.now();
    for (const word of ['人次', '党员同志', '五', '人人', '+1'])
      expect(readCount(textCell(`${`1${word}`}${word.repeat(120)}!`)).is).not.toBe('exact');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('hours, with a rule for days and without', () => {
  const rule: DayHours = { halfDay: 3.5, day: 7 };
  test.each<[string, number]>([
    ['半天', 3.5],
    ['半日', 3.5],
    ['0.5天', 3.5],
    ['半个工作日', 3.5],
    ['半天（上午）', 3.5],
    ['上午', 3.5],
    ['2个半天', 7],
    ['一天', 7],
    ['1日', 7],
    ['全天', 7],
    ['整天', 7],
    ['一整天', 7],
    ['1个工作日', 7],
    ['2天', 14],
    ['两天', 14],
    ['1.5天', 10.5],
    ['一天半', 10.5],
  ])('%s', (text, hours) => {
    expect(readHours(textCell(text), null, rule)).toEqual({ is: 'exact', hours });
    expect(readHours(textCell(text), null)).toEqual({ is: 'withheld' });
    expect(readHours(textCell(text), null, noDayHours)).toEqual({ is: 'withheld' });
  });

  test('half a rule reads half of it', () => {
    const half = { halfDay: 4, day: null };
    const is = (text: string, r: DayHours): unknown => readHours(textCell(text), null, r);
    expect(is('半天', half)).toEqual({ is: 'exact', hours: 4 });
    expect(is('一天', half)).toEqual({ is: 'withheld' });
    expect(is('一天半', half)).toEqual({ is: 'withheld' });
    expect(is('1.5天', { halfDay: null, day: 8 })).toEqual({ is: 'withheld' });
    expect(is('2天', { halfDay: null, day: 8 })).toEqual({ is: 'exact', hours: 16 });
    expect(is('约半天', rule)).toEqual({ is: 'withheld' });
    expect(is('三天两夜', rule)).toEqual({ is: 'withheld' });
  });

  test.each<[string, number | string]>([
    ['2小时30分', 2.5],
    ['90min', 1.5],
    ['1.5h', 1.5],
    ['2h30m', 2.5],
    ['1h30min', 1.5],
    ['一刻钟', 0.25],
    ['三刻钟', 0.75],
    ['上午9:00-11:30', 2.5],
    ['上午9:00-下午3:00', 'withheld'],
    ['半晌', 'invalid'],
  ])('%s', (text, expected) => {
    const r = readHours(textCell(text), null);
    expect(r.is === 'exact' ? r.hours : r.is).toBe(expected);
  });

  test('the rule comes from who judges the ledger', () => {
    const text = '时间,服务项目,参与人数,时长\n2022-3-5,清滩,7,半天\n2022-4-5,清滩,6,一天';
    const { sheets } = readFile('东港站2022年志愿服务.csv', new TextEncoder().encode(text));
    const unit = { openedOn: null, closedOn: null, mergedInto: null };
    const units = [{ ...unit, code: 'DG', name: '东港引航站党支部', level: 'branch' as const, parent: null }];
    const hours = (dayHours?: DayHours): unknown =>
      judge([sheets], { units, options: {}, today: '2024-11-20', dayHours }).staged.records.map((r) =>
        r.family === 'volunteering' ? r.figures.hours : r.family,
      );
    expect(hours({ halfDay: 4, day: 8 })).toEqual([4, 8]);
    expect(hours()).toEqual([null, null]);
  });
});

describe('absences', () => {
  test.each([
    ['张三（在船）、李四（事假）', [1, 1, 0, 0]],
    ['病假2人', [0, 2, 0, 0]],
    ['在岗3', [3, 0, 0, 0]],
    ['无故缺席：王五', [0, 0, 1, 0]],
    ['张三 李四（在船）', [1, 0, 0, 1]],
    ['在岗：张三 李四', [2, 0, 0, 0]],
    ['在岗 张三 李四', [2, 0, 0, 0]],
    ['张　三（在船）、李四', [1, 0, 0, 1]],
    ['张三 在船 李四 事假', [1, 1, 0, 0]],
    ['在船 3人 事假 1人', [3, 1, 0, 0]],
    ['在船3 事假1', [3, 1, 0, 0]],
    ['在船3人事假1人', [3, 1, 0, 0]],
    ['3人在船1人公出', [3, 1, 0, 0]],
    ['在船3人（张三、李四、王五）事假1人（赵六）', [3, 1, 0, 0]],
    ['张三（在船）李四（事假）', [1, 1, 0, 0]],
    ['张三（副站长）在船、李四', [1, 0, 0, 1]],
    ['1.张三（在船）2.李四（病假）', [1, 1, 0, 0]],
    ['1、张三（在船）\n2、李四', [1, 0, 0, 1]],
    ['张三、李四（均在船）', [2, 0, 0, 0]],
    ['张三、李四、王五（以上在船）；赵六', [3, 0, 0, 1]],
    ['张三和李四（在船）', [1, 0, 0, 1]],
    ['在船/值班3人', [3, 0, 0, 0]],
    ['请假：无；在船：2', [2, 0, 0, 0]],
    ['在船3，病假1；无故0', [3, 1, 0, 0]],
    ['无人缺席', [0, 0, 0, 0]],
    ['共3人，在船2，事假1', [2, 1, 0, 0]],
    ['缺席3人：在船2人', [2, 0, 0, 1]],
    ['缺席3人', [0, 0, 0, 3]],
    ['张三［在船］、李四【病】', [1, 1, 0, 0]],
    ['年休2人、调休1人', [0, 3, 0, 0]],
    ['备航2人', [2, 0, 0, 0]],
    ['张三（未履行请假手续）、李四（擅自离会）', [0, 0, 2, 0]],
    ['霍去病（在船）', [1, 0, 0, 0]],
    ['张三（因故）、李四（原因不明）', [0, 0, 0, 2]],
    ['＊＊（在船）、＊＊', [1, 0, 0, 1]],
  ])('%s', (text, [on_duty, excused, unexcused, unclear]) =>
    expect(readAbsences(text)).toEqual({ on_duty, excused, unexcused, unclear }),
  );

  test('the rest are those who are left, where the number of all is known, and one at least where not', () => {
    const text = '3人在船，1人公出，其余无故';
    const is = (unexcused: number): unknown => ({ on_duty: 3, excused: 1, unexcused, unclear: 0 });
    expect(readAbsences(text, 'unclear', 6)).toEqual(is(2));
    expect(readAbsences(text, 'unclear', 4)).toEqual(is(0));
    expect(readAbsences(text)).toEqual(is(1));
    expect(readAbsences(`缺席6人，${text}`)).toEqual(is(2));
  });

  test.each([
    ['＊＊、＊＊', 2],
    ['张　三、李四', 2],
    ['张三和李四', 2],
    ['王和平', 1],
    ['书记张三、李四同志', 2],
    ['王站长', 1],
    ['张三（在船）李四（事假）', 2],
    ['John Smith', 1],
    ['全部到齐', null],
    ['在船', null],
    ['东港站', null],
    ['关于做好党建工作的通知', null],
  ])('names in %s', (text, n) => expect(countNames(text)).toBe(n));
});
