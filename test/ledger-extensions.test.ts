import { describe, expect, test } from 'vitest';
import { fingerprint } from '../server/ledger/fingerprint.ts';
import { judge, type Judgement } from './reading.ts';
import { readFile } from './reading.ts';

// How clerks write that a due date was put off: the first date stays the one that counts, the last is kept beside it.

const unit = {
  code: 'DG',
  name: '东港引航站党支部',
  parent: null,
  level: 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
} as const;

function judged(lines: string): Judgement {
  const { sheets } = readFile('东港站2022年整改台账.csv', new TextEncoder().encode(lines));
  return judge([sheets], { units: [unit], options: {}, today: '2026-11-20' });
}
const found = ({ problems }: Judgement): string[] => problems.map((p) => `${p.cell} ${p.code}`);
const days = ({ staged }: Judgement): [string | null, string | null][] =>
  staged.records.flatMap((r) =>
    r.family === 'rectification' ? [[r.figures.due_on, r.figures.extended_to]] : [],
  );

const head = '问题,类型,发现时间,整改时限,完成情况,备注';
const row = (due: string, progress = '整改中', note = ''): Judgement =>
  judged(`${head}\n甲,限期整改,2022-3-5,${due},${progress},${note}`);

describe('beside the due date', () => {
  test.each([
    ['"6月30日，延期至8月31日"', '2022-06-30', '2022-08-31'],
    ['2022-6-30（延期至2022-8-31）', '2022-06-30', '2022-08-31'],
    ['2022年6月30日已延期到8月底', '2022-06-30', '2022-08-31'],
    ['"20220630，经批准延期至20220831"', '2022-06-30', '2022-08-31'],
    ['"6月30日,延期至7月31日,再次延期至9月30日"', '2022-06-30', '2022-09-30'],
    // The year turns between the two, or is said to.
    ['"12月20日，延期至2月28日"', '2022-12-20', '2023-02-28'],
    ['"6月30日，延期至次年8月31日"', '2022-06-30', '2023-08-31'],
    ['"6月30日，延期30天"', '2022-06-30', '2022-07-30'],
    ['"6月30日，延长两个月"', '2022-06-30', '2022-08-30'],
    ['"8月31日，顺延至九月三十日"', '2022-08-31', '2022-09-30'],
    ['延期至2022年8月31日（原定6月30日）', '2022-06-30', '2022-08-31'],
    ['"30天内，延期至8月31日"', '2022-04-04', '2022-08-31'],
    ['2022-6-30', '2022-06-30', null],
  ])('%s', (due, dueOn, extendedTo) => {
    const j = row(due);
    expect(found(j)).toEqual([]);
    expect(days(j)).toEqual([[dueOn, extendedTo]]);
  });

  test('the extension alone stands for the due date, and that is said', () => {
    const j = row('延期至2022年8月31日');
    expect(found(j)).toEqual(['D2 date.approximate']);
    expect(days(j)).toEqual([['2022-08-31', '2022-08-31']]);
  });

  test('one that is no date, or no later, is said and not counted', () => {
    expect(found(row('"6月30日，延期至另行通知"'))).toEqual(['D2 date.invalid']);
    expect(days(row('"6月30日，延期至另行通知"'))).toEqual([['2022-06-30', null]]);
    expect(found(row('"2022-6-30，延期至2022-5-31"'))).toEqual(['D2 date.invalid']);
    expect(days(row('"2022-6-30，延期至2022-5-31"'))).toEqual([['2022-06-30', null]]);
    // A warning: the problem itself is kept.
    expect(row('"6月30日，延期至另行通知"').problems.map((p) => p.severity)).toEqual(['warning']);
  });

  test('what has no end cannot be put off', () => {
    expect(days(row('长期', '延期至2022年9月30日'))).toEqual([[null, null]]);
  });
});

describe('told in 完成情况 and 备注', () => {
  test.each([
    ['经批准延期至2022年9月30日', '', '2022-09-30'],
    ['整改中', '因设备未到货，延期到9月30日', '2022-09-30'],
    ['"未能按期完成，经批准延期至2022年9月30日"', '', '2022-09-30'],
    ['延期至9月30日', '再延期至2022.10.31', '2022-10-31'],
    ['"申请延期至9月30日，已获批准"', '', '2022-09-30'],
    // Asked for, intended or refused.
    ['申请延期至2022年9月30日', '', null],
    ['拟延期至2022年9月30日', '', null],
    ['未批准延期至2022年9月30日', '', null],
    ['不同意延期至2022年9月30日', '', null],
    ['"申请延期至9月30日，未批准"', '', null],
    ['延期整改', '', null],
    ['已完成', '延期一个月', null],
  ])('%s / %s', (progress, note, extendedTo) => {
    const j = row('2022-6-30', progress, note);
    expect(found(j)).toEqual([]);
    expect(days(j)).toEqual([['2022-06-30', extendedTo]]);
  });
});

describe('in a column of its own', () => {
  const column = (heading: string, cell: string): Judgement =>
    judged(`问题,类型,发现时间,整改时限,${heading},完成情况\n甲,限期整改,2022-3-5,2022-6-30,${cell},整改中`);

  test.each([
    ['延期至', '2022-8-31', '2022-08-31'],
    ['延长时限', '8月31日', '2022-08-31'],
    ['延期至/延长时限', '8月底', '2022-08-31'],
    ['延长时限', '30天', '2022-07-30'],
    ['延长时限', '延长3个月', '2022-09-30'],
    ['延期情况', '经批准延期至2022年8月31日', '2022-08-31'],
    ['延期至', '', null],
    ['延期至', '无', null],
    ['延期情况', '否', null],
  ])('%s: %s', (heading, cell, extendedTo) => {
    const j = column(heading, cell);
    expect(found(j)).toEqual([]);
    expect(days(j)).toEqual([['2022-06-30', extendedTo]]);
  });

  test('of several the latest; what is no date is said', () => {
    expect(
      days(
        judged(
          '问题,类型,发现时间,整改时限,延期至,备注\n甲,限期整改,2022-3-5,"2022-6-30，延期至7月31日",2022-8-31,又延期至2022年8月15日',
        ),
      ),
    ).toEqual([['2022-06-30', '2022-08-31']]);
    expect(found(column('延期至', '待定后再说'))).toEqual(['E2 date.invalid']);
  });
});

describe('the same row twice', () => {
  const print = (j: Judgement): string[] => j.staged.records.map((r) => r.fingerprint);

  test('a row without an extension has the fingerprint that it had before extensions were kept', () => {
    const known = fingerprint([
      'DG',
      'rectification',
      '2022-03-05',
      '甲',
      [],
      [
        ['approximate', 0],
        ['closed_on', null],
        ['due_on', '2022-06-30'],
        ['measure', null],
        ['nature', 'deadline'],
        ['note', null],
        ['origin', null],
        ['progress', '整改中'],
        ['reported_on', null],
        ['responsible_department', null],
      ],
    ]);
    expect(print(row('2022-6-30'))).toEqual([known]);
  });

  test('an extension makes another record of it', () => {
    expect(print(row('"2022-6-30，延期至2022-8-31"'))).not.toEqual(print(row('2022-6-30')));
  });
});
