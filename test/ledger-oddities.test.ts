import { describe, expect, test } from 'vitest';
import { judge, type Judgement, type JudgeContext } from './reading.ts';
import { readFile } from './reading.ts';
import type { StagedRecord } from '../server/ledger/staged.ts';
import type { Unit } from '../shared/unit.ts';

const unit = (code: string, name: string, more: Partial<Unit> = {}): Unit => ({
  code,
  name,
  level: 'branch',
  parent: 'JH',
  openedOn: '2015-01-01',
  closedOn: null,
  mergedInto: null,
  ...more,
});
const units = [
  unit('JH', '江海引航中心', { level: 'centre', parent: null }),
  unit('DG', '东港引航站党支部'),
  unit('XG', '西港引航站党支部'),
  unit('BC', '北汊引航站党支部', { closedOn: '2021-12-31', mergedInto: 'XG' }),
  unit('SY', '沙屿引航站党支部', { openedOn: '2019-07-01' }),
];

/** A ledger written out as CSV, judged as of late 2024. */
function judged(
  lines: string,
  { name = '东港站2022年三会一课.csv', options = {} as JudgeContext['options'], today = '2024-11-20' } = {},
): Judgement {
  const { sheets, problems } = readFile(name, new TextEncoder().encode(lines.replace(/^\n/, '')));
  expect(problems).toEqual([]);
  return judge([sheets], { units, options, today });
}
const found = ({ problems }: Judgement): string[] =>
  problems.map((p) => `${p.cell ?? '-'} ${p.code} ${p.severity}`);
const rows = ({ staged }: Judgement): readonly StagedRecord[] => staged.records;
const spans = ({ staged }: Judgement): string[] =>
  staged.coverage.map((c) => `${c.unit} ${c.from_month}..${c.to_month}`);
const activity = (j: Judgement) =>
  rows(j).flatMap((r) => (r.family === 'activity' ? [{ date: r.date, kinds: r.kinds, ...r.figures }] : []));

describe('what stands around the records', () => {
  test('titles, blank rows, repeated headers, totals, notes and prepared empty lines are no records', () => {
    const j = judged(`
东港引航站党支部“三会一课”台账,,,,
填报单位：东港站,,,2022年度,

序号,时间,类型,应到,实到
1,1月5日,支委会,5,5
,,,,
一季度小计,,,5,5
序号,时间,类型,应到,实到
2,4月5日,支委会,5,4
3,,,,
合计,,,10,9
注：在船人员会后补学
审核人：张某,,,日期：2022年12月30日,
`);
    expect(found(j)).toEqual([]);
    expect(activity(j).map((a) => [a.date, a.present])).toEqual([
      ['2022-01-05', 5],
      ['2022-04-05', 4],
    ]);
    expect(j.sheets).toMatchObject([
      { rows: 2, accepted: 2, rejected: 0, ledger: 'activity', unit: 'DG', from: '2022-01', to: '2022-12' },
    ]);
  });

  test('an unknown heading is named, known ones without a figure are passed over', () => {
    const j = judged(`
时间,会议类型,主题,主持人,记录人,地点,应到人数,实到人数,天气
2022-1-5,支委会,学习,张某,李某,会议室,5,5,晴`);
    expect(found(j)).toEqual(['I1 heading.unknown warning']);
    expect(JSON.stringify(rows(j).map((r) => r.figures))).not.toMatch(/张某|李某/);
  });

  test('two tables in one sheet are two ledgers', () => {
    const j = judged(`
一、三会一课
时间,类型,应到,实到
2022-1-5,支委会,5,5
二、志愿服务
时间,服务项目,参与人数,时长（小时）,服务对象
2022-3-5,学雷锋,12,3,居民`);
    expect(found(j)).toEqual([]);
    expect(rows(j).map((r) => r.family)).toEqual(['activity', 'volunteering']);
  });

  test('a file of prose is no ledger', () => {
    expect(found(judged('关于做好党建工作的通知\n各支部：\n请按时填报'))).toEqual([
      '- sheet.unrecognised warning',
    ]);
  });

  test('two header rows of a text file', () => {
    const j = judged(`
序号,时间,类型,人数,,缺席,
,,,应到,实到,在船,请假
1,2022-1-5,党员大会,30,25,4,1`);
    expect(found(j)).toEqual([]);
    expect(activity(j)).toMatchObject([{ expected: 30, present: 25, on_duty: 4, excused: 1, unexcused: 0 }]);
  });
});

describe('families by their headings', () => {
  test.each([
    ['日期,活动类型,会议名称,应到,实到\n2022-1-5,支委会,例会,5,5', 'activity'],
    ['日期,走访类型,走访对象,参加人员,困难诉求,办结情况\n2022-1-5,调研,甲公司,张三,1,1', 'visit'],
    ['时间,项目,地点,人次,时长\n2022-1-5,清漂,码头,5,2', 'volunteering'],
    ['序号,问题,整改措施,发现时间,完成时限,销号\n1,台账缺页,补页,2022-1-5,2022-2-1,', 'rectification'],
    ['年月,党员数\n2022-01,30', 'headcount'],
  ])('%s', (text, family) => expect(judged(text, { name: '东港站2022.csv' }).sheets[0]?.ledger).toBe(family));
});

describe('attendance', () => {
  const one = (head: string, line: string) => judged(`时间,类型,${head}\n2022-1-5,支委会,${line}`);

  test('both figures in one cell', () => {
    expect(activity(one('实到/应到', '20/24'))).toMatchObject([{ present: 20, expected: 24 }]);
    expect(activity(one('应到/实到', '24/20'))).toMatchObject([{ present: 20, expected: 24 }]);
    expect(activity(one('实到人数', '20/24'))).toMatchObject([{ present: 20, expected: 24 }]);
    expect(found(one('应到,实到', '25,20/24'))).toEqual(['D2 count.invalid error']);
  });

  test('blank is unknown without a word, what is written and cannot be known is warned of', () => {
    expect(found(one('应到,实到', '24,'))).toEqual([]);
    expect(found(one('应到,实到', '24,若干'))).toEqual(['D2 count.unknown warning']);
    expect(one('应到,实到', '24,').sheets[0]).toMatchObject({ accepted: 1, unknown: 1 });
    expect(found(one('应到,实到', '24,-2'))).toEqual(['D2 count.invalid error']);
    expect(found(one('应到,实到', '24,20.5'))).toEqual(['D2 count.invalid error']);
  });

  test('nobody is blamed whose reason is not written', () => {
    const reasons = (head: string, line: string) => {
      const [a] = activity(one(head, line));
      return [a?.on_duty, a?.excused, a?.unexcused];
    };
    expect(reasons('应到,实到', '24,20')).toEqual([null, null, null]);
    expect(reasons('应到,实到', '24,24')).toEqual([0, 0, 0]);
    expect(reasons('应到,实到,缺席人员及原因', '5,4,王某（在船）')).toEqual([1, 0, 0]);
    expect(reasons('应到,实到,缺席人员及原因', '24,19,李某（在船）、张某（事假）等5人')).toEqual([
      null,
      null,
      null,
    ]);
    expect(reasons('应到,实到,缺席人员及原因', '5,3,王某（无故）、李某（在船）')).toEqual([1, 0, 1]);
    expect(reasons('应到,实到,在岗,请假', '24,20,2,1')).toEqual([2, 1, 1]);
    expect(reasons('应到,实到,在岗,病假,事假', '24,20,2,1,1')).toEqual([2, 2, 0]);
    expect(reasons('应到,实到,请假', '24,20,4')).toEqual([0, 4, 0]);
    expect(reasons('应到,实到,请假', '24,20,1')).toEqual([null, 1, null]);
  });

  test('several classes under one heading are told apart by their text', () => {
    const head = '请假/在岗(在船)/缺席人员及原因';
    expect(activity(one(`应到,实到,${head}`, '5,3,张三（在船）、李四（事假）'))).toMatchObject([
      { on_duty: 1, excused: 1, unexcused: 0 },
    ]);
    expect(activity(one('应到,实到,请假人员', '5,3,张三（在船）、李四（事假）'))).toMatchObject([
      { on_duty: 1, excused: 1, unexcused: 0 },
    ]);
    expect(activity(one('应到,实到,请假人员', '5,3,张三、李四'))).toMatchObject([
      { on_duty: 0, excused: 2, unexcused: 0 },
    ]);
  });

  test('more reasons than absences are no reasons', () => {
    const j = one('应到,实到,在岗,请假', '24,20,4,3');
    expect(found(j)).toEqual(['E2 count.invalid warning']);
    expect(activity(j)).toMatchObject([{ present: 20, on_duty: null, excused: null, unexcused: null }]);
  });
});

describe('days', () => {
  test('a month and day need a year from somewhere', () => {
    const ledger = '时间,类型,应到\n3月5日,支委会,5';
    expect(found(judged(ledger, { name: '东港站.csv' }))).toEqual(['A2 date.year_missing error']);
    expect(activity(judged(ledger, { name: '东港站.csv', options: { year: 2021 } }))[0]?.date).toBe(
      '2021-03-05',
    );
    expect(
      activity(judged(`年度,${ledger.replace('\n', '\n2020年,')}`, { name: '东港站.csv' }))[0]?.date,
    ).toBe('2020-03-05');
    expect(activity(judged('月,日,类型,应到\n3,5,支委会,5'))[0]?.date).toBe('2022-03-05');
  });

  test('no date, a day that never was, a day outside the title', () => {
    const j = judged(`
日期,类型,应到,实到
,支委会,5,5
2022.2.30,支委会,5,5
会后,支委会,5,5
2021-12-31,支委会,5,5`);
    expect(found(j)).toEqual([
      'A2 date.missing error',
      'A3 date.invalid error',
      'A4 date.invalid error',
      'A5 date.out_of_range warning',
    ]);
    expect(j.staged.contradictions.map((c) => [c.code, c.date, c.cell, c.value])).toEqual([
      ['date.invalid', '2022-02-28', 'A3', '2022.2.30'],
    ]);
    expect(spans(j)).toEqual(['DG 2022-01..2022-12', 'DG 2021-12..2021-12']);
  });
});

describe('coverage', () => {
  const ledger = '时间,类型,应到\n2022-3-5,支委会,5\n2022-9-5,支委会,5';
  test.each([
    ['东港站.csv', {}, '2024-11-20', ['DG 2022-03..2022-09']],
    ['东港站2022年度.csv', {}, '2024-11-20', ['DG 2022-01..2022-12']],
    ['东港站2022年度.csv', {}, '2022-11-20', ['DG 2022-01..2022-09']],
    ['东港站2022年1-10月.csv', {}, '2024-11-20', ['DG 2022-01..2022-10']],
    ['东港站.csv', { year: 2022 }, '2024-11-20', ['DG 2022-01..2022-12']],
    ['东港站2022年度.csv', { from: '2022-02', to: '2022-10' }, '2024-11-20', ['DG 2022-02..2022-10']],
  ])('%s %j on %s', (name, options, today, expected) =>
    expect(spans(judged(ledger, { name, options, today }))).toEqual(expected),
  );

  test('a form without rows covers nothing', () => {
    const j = judged('时间,类型,应到\n合计,,');
    expect([j.sheets[0]?.rows, spans(j)]).toEqual([0, []]);
  });
});

describe('units', () => {
  test('nothing says whose, or too much does', () => {
    const ledger = '时间,类型,应到\n2022-3-5,支委会,5';
    for (const name of ['2022年三会一课.csv', '东港站和西港站2022.csv']) {
      const j = judged(ledger, { name });
      expect(found(j)).toEqual(['- unit.unknown error']);
      expect(j.sheets).toMatchObject([{ unit: null, rows: 1, accepted: 0, rejected: 1 }]);
      expect(spans(j)).toEqual([]);
    }
    expect(rows(judged(ledger, { name: '2022年.csv', options: { unit: 'XG' } }))[0]?.unit).toBe('XG');
  });

  test('a station that is not known does not fall to the centre of its file', () => {
    const j = judged('龙门引航站2022年台账\n时间,类型,应到\n2022-3-5,支委会,5', { name: '江海引航中心.csv' });
    expect(found(j)).toEqual(['- unit.unknown error']);
  });

  test('each row its own; one that is closed, one not yet open, one blank under a centre', () => {
    const j = judged(
      `
党支部,时间,类型,应到
东港站,2022-3-5,支委会,5
北汊站,2022-3-5,支委会,5
沙屿站,2018-3-5,支委会,5
,2022-3-5,支委会,5
西港引航站,2022-3-5,支委会,5`,
      { name: '江海中心汇总.csv' },
    );
    expect(found(j)).toEqual(['A3 unit.closed error', 'A4 unit.closed error', 'A5 unit.unknown error']);
    expect(rows(j).map((r) => r.unit)).toEqual(['DG', 'XG']);
    expect(spans(j)).toEqual(['DG 2022-03..2022-03', 'XG 2022-03..2022-03']);
  });
});

describe('kinds', () => {
  test('from the sheet where there is no column, never from a topic', () => {
    const ledger = '时间,主题,应到,实到\n2022-3-5,学习党的二十大精神,5,5';
    expect(activity(judged(ledger, { name: '东港站2022年主题党日.csv' }))[0]?.kinds).toEqual(['theme_day']);
    expect(found(judged(ledger))).toEqual(['B2 kind.unknown warning']);
    expect(found(judged('时间,类型,应到\n2022-3-5,,5'))).toEqual(['B2 required.missing error']);
  });
});

describe('study ledgers', () => {
  test('the way of study is a kind, where there is no column of types', () => {
    const ledger =
      '学习时间,学习内容,学习形式,参加人数\n2022-3-5,讲话,集中学习,20\n2022-3-6,网课,线上学习,20';
    expect(activity(judged(ledger, { name: '东港站2022.csv' })).map((a) => a.kinds)).toEqual([
      ['collective_study'],
      ['online_study'],
    ]);
  });
});

describe('visits', () => {
  test('persons may be named or counted; issues may be told', () => {
    const j = judged(
      `
时间,走访类型,走访对象,参加人员,困难诉求,办结
2022-3-5,企业走访,甲公司,张三；李四,2,1
2022-3-6,企业走访,乙公司,3人,无,
2022-3-7,企业走访,丙公司,"张三
李四、王五",泊位紧张,已协调`,
      { name: '东港站2022年走访.csv' },
    );
    expect(
      rows(j).map((r) =>
        r.family === 'visit' ? [r.figures.participants, r.figures.raised, r.figures.resolved] : null,
      ),
    ).toEqual([
      [2, 2, 1],
      [3, 0, null],
      [3, null, null],
    ]);
    expect(found(j)).toEqual(['E4 count.unknown warning', 'F4 count.unknown warning']);
    expect(JSON.stringify(rows(j).map((r) => r.figures))).not.toMatch(/张三/);
  });
});

describe('rectification', () => {
  const name = '东港站2022年整改台账.csv';
  const head = '问题,类型,发现时间,整改时限,完成情况,完成时间,销号';
  const items = (lines: string) => {
    const j = judged(`${head}\n${lines}`, { name });
    return { j, figures: rows(j).flatMap((r) => (r.family === 'rectification' ? [r.figures] : [])) };
  };

  test('what closes an item is 销号 with a day', () => {
    const { j, figures } = items(
      `
甲,限期整改,2022-3-1,2022-6-30,已完成,2022-5-1,
乙,限期整改,2022-3-1,2022-6-30,已销号,2022-5-1,
丙,限期整改,2022-3-1,2022-6-30,已销号,,
丁,限期整改,2022-3-1,2022-6-30,基本完成,,未销号
戊,限期整改,2022-3-1,2022-6-30,已完成,2022-5-1,是
己,限期整改,2022-3-1,2022-6-30,已完成,2022-5-1,6月1日
庚,限期整改,2022-3-1,2022-6-30,,,2022.2.1`.trim(),
    );
    expect(figures.map((f) => f.closed_on)).toEqual([
      null,
      '2022-05-01',
      null,
      null,
      '2022-05-01',
      '2022-06-01',
    ]);
    expect(found(j)).toEqual([
      'E3 date.approximate warning',
      'E4 date.missing warning',
      'G6 date.approximate warning',
      'G8 closed_before_raised error',
    ]);
    expect(j.staged.contradictions.map((c) => [c.code, c.date])).toEqual([
      ['closed_before_raised', '2022-03-01'],
    ]);
  });

  test('when it is due', () => {
    const { j, figures } = items(
      `
甲,立行立改,2022-3-1,立即,,,
乙,长期坚持,2022-3-1,长期,,,
丙,限期整改,2022-3-1,9月底前,,,
丁,限期整改,2022-11-1,1月15日,,,
戊,,2022-3-1,30天内,,,
己,限期整改,2022-3-1,6月31日,,,
,限期整改,2022-3-1,6月30日,,,`.trim(),
    );
    expect(figures.map((f) => [f.nature, f.due_on])).toEqual([
      ['immediate', '2022-03-01'],
      ['long_term', null],
      ['deadline', '2022-09-30'],
      ['deadline', '2023-01-15'],
      [null, '2022-03-31'],
    ]);
    expect(found(j)).toEqual([
      'D4 date.approximate warning',
      'D7 date.invalid error',
      'A8 required.missing error',
    ]);
  });
});

describe('headcounts', () => {
  test('a month is their proper date; without a number there is none', () => {
    const j = judged(
      '党支部,年月,在册党员数\n东港站,2022-01,30\n东港站,2022年7月,32\n西港站,2022-01,\n西港站,2022-02,若干',
      { name: '党员人数.csv' },
    );
    expect(rows(j).map((r) => [r.unit, r.date, r.family === 'headcount' && r.figures.members])).toEqual([
      ['DG', '2022-01-01', 30],
      ['DG', '2022-07-01', 32],
    ]);
    expect(j.problems.filter((p) => p.severity === 'error').map((p) => `${p.cell} ${p.code}`)).toEqual([
      'C4 required.missing',
      'C5 required.missing',
    ]);
  });
});

describe('the same content', () => {
  test('twice in an import is stored once, and is a contradiction each further time', () => {
    const line = '2022-3-5,支委会,学习,5,5';
    const j = judged(`时间,类型,主题,应到,实到\n${line}\n${line}\n${line}\n2022-3-5,支委会,学习,5,4`);
    expect(found(j)).toEqual(['A3 duplicate warning', 'A4 duplicate warning']);
    expect(j.sheets).toMatchObject([{ rows: 4, accepted: 2, rejected: 0, duplicates: 2 }]);
    expect(new Set(j.staged.contradictions.map((c) => c.fingerprint)).size).toBe(2);
  });

  test('the running number is no content', () => {
    const j = judged('序号,时间,类型,应到\n1,2022-3-5,支委会,5\n2,2022.3.5,支部委员会,5人');
    expect(j.sheets).toMatchObject([{ accepted: 1, duplicates: 1 }]);
  });
});

describe('the future', () => {
  test('a year that was mistyped is named, and covers nothing', () => {
    const j = judged('时间,类型,应到\n2222-3-5,支委会,5\n2022-3-5,支委会,5');
    expect(found(j)).toEqual(['A2 date.out_of_range error']);
    expect(spans(j).filter((s) => s.includes('2222'))).toEqual([]);
  });
});
