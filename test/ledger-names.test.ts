import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countNames, readAbsences } from '../server/ledger/absence.ts';
import { maskNames } from '../server/ledger/names.ts';

describe('names masked in a cell', () => {
  test.each([
    ['张三（在船）、李四（事假）', '＊＊（在船）、＊＊（事假）'],
    ['全体党员', '全体党员'],
    ['病假2人', '病假2人'],
    ['张三;李四', '＊＊;＊＊'],
    ['在岗：张三 李四', '在岗：＊＊ ＊＊'],
    ['张　三、李四', '＊＊、＊＊'],
    ['张三、李四等6人', '＊＊、＊＊等6人'],
    ['张三在船，李四因病请假', '＊＊在船，＊＊因病请假'],
    ['无故缺席：王五', '无故缺席：＊＊'],
    ['3人在船，1人公出，其余无故', '3人在船，1人公出，其余无故'],
    ['三人在船、两名请假', '三人在船、两名请假'],
    ['王某（在船）', '＊＊（在船）'],
    ['欧阳娜娜（病）', '＊＊（病）'],
    ['王和平和李建国（均在船）', '＊＊和＊＊（均在船）'],
    ['阿卜杜拉·买买提（培训）', '＊＊＊＊（培训）'],
    ['John Smith（在船）', '＊＊（在船）'],
    ['书记张三、李四同志', '书记＊＊、＊＊同志'],
    ['霍去病（值班）', '＊＊（值班）'],
    ['张三（3月5日-3月8日在船）', '＊＊（3月5日-3月8日在船）'],
    ['张**（在船）', '＊＊（在船）'],
    ['1.张三（在船）\n2.李四（病假）', '1.＊＊（在船）\n2.＊＊（病假）'],
    ['张三（老家修房子）', '＊＊（＊＊）'],
    ['无', '无'],
    ['12', '12'],
    ['', ''],
  ])('%s', (text, expected) => expect(maskNames(text)).toBe(expected));

  const words = [
    '张三 李四 王和平 霍去病 欧阳娜娜 张 王某 张* ＊＊ 买买提·艾力 在船 事假 病 无故 未请假 因公外出 其余 其他 均 以上 全体党员 缺席 人员 无',
    '（ ） 、 ， ； ： / 。 - 和 等 共 【 】 1. 1、 3 2人 三人 5名 书记 同志 东港站 3月5日 人 某 家 去 副站长 ２',
  ]
    .flatMap((list) => list.split(' '))
    .concat('John Smith', ' ', '\u3000', '\n');
  const cell = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join(''));

  test('a masked cell reads to the same classes and as many persons, and masking it again changes nothing', () => {
    fc.assert(
      fc.property(cell, (text) => {
        const masked = maskNames(text);
        expect(readAbsences(masked)).toEqual(readAbsences(text));
        expect(countNames(masked)).toEqual(countNames(text));
        expect(maskNames(masked)).toBe(masked);
        expect(masked).not.toMatch(/张三|李四|王和平|去病|欧阳|娜娜|Smith|John|买提/);
      }),
      // A wide space within a Latin name.
      { numRuns: 1500, examples: [['John Smith　John Smith']] },
    );
  });

  test('any text at all is masked to itself the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const masked = maskNames(text);
        expect(maskNames(masked)).toBe(masked);
      }),
      { numRuns: 300 },
    );
  });
});
