import { utils, write, type WorkSheet } from '@e965/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { judge, type Judgement } from './reading.ts';
import { readFile } from './reading.ts';
import type { Unit } from '../shared/unit.ts';

// Ledgers as clerks of several branches keep them: each case is a way of writing that was once read wrongly.

const branch = (code: string, name: string): Unit => ({
  code,
  name,
  parent: null,
  level: 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
});
const units = [branch('DG', '东港引航站党支部'), branch('XG', '西港引航站党支部')];

function judged(name: string, bytes: Uint8Array): Judgement {
  const { sheets, problems } = readFile(name, bytes);
  expect(problems).toEqual([]);
  return judge([sheets], { units, options: {}, today: '2026-11-20' });
}
const text = (lines: string, name = '东港站2022年三会一课.csv'): Judgement =>
  judged(name, new TextEncoder().encode(lines.trim()));

function book(sheets: Readonly<Record<string, WorkSheet>>, name: string): Judgement {
  const workbook = utils.book_new();
  for (const [title, sheet] of Object.entries(sheets)) utils.book_append_sheet(workbook, sheet, title);
  return judged(name, new Uint8Array(write(workbook, { type: 'array' }) as ArrayBuffer));
}

const found = ({ problems }: Judgement): string[] => problems.map((p) => `${p.cell ?? '-'} ${p.code}`);
const events = ({ staged }: Judgement) =>
  staged.records.flatMap((r) =>
    r.family === 'activity' ? [{ ...r.figures, date: r.date, kinds: r.kinds }] : [],
  );
const items = ({ staged }: Judgement) =>
  staged.records.flatMap((r) => (r.family === 'rectification' ? [r.figures] : []));
const spans = ({ staged }: Judgement): string[] =>
  staged.coverage.map((c) => `${c.unit} ${c.from_month}..${c.to_month}`);

describe('days', () => {
  test.each([
    ['2022-3-15\n9:00', '2022-03-15', null],
    ['2022-3-15（周二）9:00', '2022-03-15', null],
    ['2022.3.15 周二 9:00', '2022-03-15', null],
    ['2022\n3.15', '2022-03-15', null],
    ['2022 03 15', '2022-03-15', null],
    ['2022。3。15', '2022-03-15', null],
    ['2022、3、15', '2022-03-15', null],
    ["'20220315", '2022-03-15', null],
    ['2022年3月15日晚7点', '2022-03-15', null],
    ['2022年3月15日晚19:30', '2022-03-15', null],
    ['3月15日 9:00—11:00', '2022-03-15', null],
    ['2022-3-15(补)', '2022-03-15', null],
    ['2022年3月15日（农历二月十三）', '2022-03-15', null],
    ['2022-3-15 14:30-2022-3-16 9:00', '2022-03-15', '2022-03-16'],
    ['2022-3-15-17', '2022-03-15', '2022-03-17'],
  ])('%j is %s to %s', (written, date, end) => {
    const j = text(`时间,类型,应到\n"${written}",支委会,5`);
    expect(found(j)).toEqual([]);
    expect(events(j)).toMatchObject([{ date, end_date: end, approximate: 0 }]);
  });

  test('a day in two-digit form without a mark of its year is not guessed at, and is no range', () =>
    expect(found(text('时间,类型,应到\n3/10/22,支委会,5'))).toEqual(['A2 date.invalid']));
});

describe('kinds', () => {
  test.each([
    ['钉钉', ['online_study']],
    ['微信群', ['online_study']],
    ['参观红色教育基地', ['site_study']],
    ['祭扫烈士墓', ['site_study']],
    ['第一党小组会', ['group_meeting']],
    ['理论学习中心组学习', ['group_study']],
    ['☑主题党日□党课', ['theme_day']],
    ['主题党日☐ 党课☑ 党员大会☑', ['party_lecture', 'general_meeting']],
    ['√支委会', ['committee_meeting']],
  ])('%s is %j', (written, kinds) =>
    expect(events(text(`时间,类型,应到\n2022-3-5,${written},5`)).map((e) => e.kinds)).toEqual([kinds]),
  );

  test('a form on which nothing is ticked names no kind', () =>
    expect(found(text('时间,类型,应到\n2022-3-5,□主题党日□党课,5'))).toEqual(['B2 required.missing']));

  test('in a ledger of study the way of study is the kind', () =>
    expect(
      events(
        text('时间,学习形式,内容\n2022-1-5,集中学习,a\n2022-1-6,学习强国,b', '东港站2022年学习.csv'),
      ).map((e) => e.kinds),
    ).toEqual([['collective_study'], ['online_study']]));
});

describe('figures', () => {
  test('a heading may say that the expected stand first', () =>
    expect(events(text('时间,类型,参会人数（应到/实到）\n2022-3-5,支委会,5/4'))).toMatchObject([
      { expected: 5, present: 4 },
    ]));

  test.each([
    ["'12", 12, []],
    ['半数党员', null, ['C2 count.unknown']],
    ['青年突击队', null, ['C2 count.invalid']],
  ])('%s took part', (written, participants, problems) => {
    const j = text(`时间,项目,参与人数\n2022-3-5,清漂,${written}`, '东港站2022年志愿服务.csv');
    expect(found(j)).toEqual(problems);
    if (problems[0] !== 'C2 count.invalid')
      expect(j.staged.records.map((r) => r.figures)).toMatchObject([{ participants }]);
  });

  test('a group among the names of those who came is not one person', () => {
    const j = text('时间,走访对象,类型,参加人员\n2022-3-5,甲,调研,青年突击队', '东港站2022年走访.csv');
    expect(found(j)).toEqual(['D2 count.unknown']);
  });

  test.each([
    ['2:30', 2.5, []],
    ['1:30:00', 1.5, []],
    ['2-3小时', null, ['D2 count.approximate']],
  ])('%s long', (written, hours, problems) => {
    const j = text(`时间,项目,人数,时长\n2022-3-5,清漂,5,${written}`, '东港站2022年志愿服务.csv');
    expect(found(j)).toEqual(problems);
    expect(j.staged.records.map((r) => r.figures)).toMatchObject([{ hours }]);
  });

  test('是 under 办结 says that something was settled, not how much', () => {
    const j = text('时间,走访对象,类型,困难诉求,办结\n2022-3-5,甲,调研,2,是', '东港站2022年走访.csv');
    expect(found(j)).toEqual(['E2 count.unknown']);
    expect(j.staged.records.map((r) => r.figures)).toMatchObject([{ raised: 2, resolved: null }]);
  });
});

describe('rectification', () => {
  const head = '问题,类型,发现时间,整改时限,完成情况,完成时间,销号';
  const one = (line: string): Judgement => text(`${head}\n${line}`, '东港站2022年整改台账.csv');

  test.each([
    ['"2022-3-31，延期至2022-6-30"', '2022-03-31', []],
    ['2022-3-31（延期至2022-6-30）', '2022-03-31', []],
    ['2022-3-31延期到6月30日', '2022-03-31', []],
    ['延期至2022年6月30日', '2022-06-30', ['D2 date.approximate']],
    ['2022-03-31前完成', '2022-03-31', []],
    ['一季度末', '2022-03-31', ['D2 date.approximate']],
  ])('%s is due on %s: an extended item keeps its first date', (written, due, problems) => {
    const j = one(`甲,限期整改,2022-1-5,${written},整改中,,`);
    expect(found(j)).toEqual(problems);
    expect(items(j)).toMatchObject([{ due_on: due, closed_on: null }]);
  });

  test.each([
    ['整改完成等待验收销号,2022-1-10,', null],
    ['已完成待验收后销号,2022-1-10,', null],
    ['已销号（2022年6月1日）,,', '2022-06-01'],
    ['已于6月1日销号,2022-5-1,', '2022-06-01'],
    ['已完成,2022-1-10,已销号（2022.1.12）', '2022-01-12'],
  ])('%s: closed on %s', (line, closed) => {
    const j = one(`甲,限期整改,2022-1-5,2022-6-30,${line}`);
    expect(found(j)).toEqual([]);
    expect(items(j)).toMatchObject([{ closed_on: closed }]);
  });
});

describe('around the rows', () => {
  test('points numbered under a note belong to it; a numbered topic above one does not', () => {
    const j = text(`
序号,时间,类型,主题,应到
1,2022-1-5,支委会,1.研究计划,5
注：1.以签到为准,,,,
,2.时长以小时计,,,
,（3）不含列席,,,`);
    expect(found(j)).toEqual([]);
    expect(j.sheets).toMatchObject([{ rows: 1, accepted: 1 }]);
  });

  test('a sheet named after a month or a quarter is that part of the file’s year', () => {
    const members = (n: number): WorkSheet =>
      utils.aoa_to_sheet([
        ['党支部', '党员数'],
        ['东港站', n],
      ]);
    const j = book({ '1月': members(30), '2月份': members(31) }, '2023年党员人数统计.xlsx');
    expect(found(j)).toEqual([]);
    expect(j.staged.records.map((r) => r.date)).toEqual(['2023-01-01', '2023-02-01']);
    const meetings = utils.aoa_to_sheet([
      ['时间', '类型', '应到'],
      ['2月5日', '支委会', 5],
    ]);
    expect(spans(book({ 一季度: meetings }, '东港站2022年三会一课.xlsx'))).toEqual(['DG 2022-01..2022-03']);
  });

  test('a sheet called __proto__ is read like any other', () => {
    const workbook = utils.book_new();
    const rows = [
      ['时间', '类型', '应到'],
      ['2022-3-5', '支委会', 5],
    ];
    utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows), '表');
    utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows), '原');
    const parts = unzipSync(new Uint8Array(write(workbook, { type: 'array' }) as ArrayBuffer));
    const path = 'xl/workbook.xml';
    parts[path] = strToU8(
      strFromU8(parts[path] ?? new Uint8Array()).replace('name="原"', 'name="__proto__"'),
    );
    const { sheets } = readFile('东港站2022.xlsx', zipSync(parts));
    expect(sheets.map((s) => [s.name, s.rows.length])).toEqual([
      ['表', 2],
      ['__proto__', 2],
    ]);
  });
});
