import { read, utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { judge, type Judgement } from './reading.ts';
import { readFile } from './reading.ts';
import { answer } from '../server/queries/answer.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport, undoImport } from '../server/queries/imports.ts';
import { importUnits } from '../server/queries/units.ts';
import type { Unit } from '../shared/unit.ts';
import { engines, freshDatabase } from './engines.ts';

const unit = (code: string, name: string, parent: string | null = 'JH'): Unit => ({
  code,
  name,
  level: parent === null ? 'centre' : 'branch',
  parent,
  openedOn: null,
  closedOn: null,
  mergedInto: null,
});
const units = [
  unit('JH', '江海引航中心', null),
  unit('DG', '东港引航站党支部'),
  unit('XG', '西港引航站党支部'),
];

const encode = (text: string): Uint8Array => new TextEncoder().encode(text.replace(/^\n/, ''));

function judged(lines: string, name = '东港站2022年三会一课.csv'): Judgement {
  const { sheets } = readFile(name, encode(lines));
  return judge([sheets], { units, options: {}, today: '2024-11-20' });
}
const differs = ({ problems }: Judgement) => problems.filter((p) => p.code === 'total.differs');
const cells = (j: Judgement) => differs(j).map((p) => p.cell);

const head = '时间,类型,应到,实到,学时';
const three = '2022-1-5,支委会,5,5,1\n2022-2-5,党员大会,20,18,2\n2022-3-5,党课,20,19,1.5';

describe('a total that agrees is not spoken of', () => {
  test.each([
    ['all columns', `${head}\n${three}\n合计,,45,42,4.5`],
    ['with measure words', `${head}\n${three}\n合计,,45人,42人次,4.5小时`],
    ['with its count', `${head}\n${three}\n合计,共3次,45,42,4.5`],
    ['with the count in the label', `${head}\n${three}\n合计（3次）,,45,42,4.5`],
    ['hours of all who came', `${head}\n${three}\n合计,,45,42,69.5`],
    ['nothing but the word', `${head}\n${three}\n合计,,,,`],
    ['a number that only may be a count', `${head}\n${three}\n合计4,4次,45,42,4.5`],
    ['a total on top', `${head}\n合计,,45,42,4.5\n${three}`],
    ['an average', `${head}\n${three}\n平均,,15,14,1.5`],
  ])('%s', (_, lines) => expect(cells(judged(lines))).toEqual([]));

  test('in minutes, thirds of an hour and in words', () => {
    const minutes = '时间,类型,时长（分钟）\n2022-1-5,党课,20\n2022-1-6,党课,20\n2022-1-7,党课,20\n合计,,60';
    expect(cells(judged(minutes))).toEqual([]);
    expect(cells(judged(minutes.replace('合计,,60', '合计,,61')))).toEqual([]);
    expect(cells(judged(minutes.replace('合计,,60', '合计,,70')))).toEqual(['C5']);
    const long = `时间,类型,时长\n${Array.from({ length: 30 }, (_, i) => `2022-1-${i + 1},党课,2小时`).join('\n')}`;
    expect(cells(judged(`${long}\n合计,,60`))).toEqual([]);
    expect(cells(judged(`${long}\n合计,,62`))).toEqual(['C32']);
  });
});

describe('a total that differs', () => {
  test('is warned of at its cell with both figures, and nothing is left out', () => {
    const j = judged(`${head}\n${three}\n合计,,45,43,4.5`);
    expect(differs(j)).toEqual([
      expect.objectContaining({
        cell: 'D5',
        row: 5,
        severity: 'warning',
        value: '43',
        message: {
          zh: '实到的合计写 43，以上各行相加是 42',
          en: 'Present: the total says 43, the rows above add up to 42',
        },
      }),
    ]);
    expect(j.sheets).toMatchObject([{ rows: 3, accepted: 3, rejected: 0 }]);
    expect(j.staged.contradictions).toMatchObject([
      {
        code: 'total.differs',
        unit: 'DG',
        family: 'activity',
        date: '2022-03-05',
        row: 5,
        cell: 'D5',
        value: '43 ≠ 42',
        raw: '["合计","","45","43","4.5"]',
      },
    ]);
  });

  test('in several cells is one contradiction and several warnings', () => {
    const j = judged(`${head}\n${three}\n合计,共4次,45,43,5`);
    expect(cells(j)).toEqual(['B5', 'D5', 'E5']);
    expect(j.staged.contradictions).toMatchObject([{ cell: 'B5, D5, E5', value: '4 ≠ 3, 43 ≠ 42, 5 ≠ 4.5' }]);
  });

  test('both figures of one cell', () => {
    const lines = '时间,类型,实到/应到\n2022-1-5,支委会,5/5\n2022-2-5,党员大会,18/20\n';
    expect(cells(judged(`${lines}合计,,23/25`))).toEqual([]);
    expect(differs(judged(`${lines}合计,,22/25`))[0]?.message.zh).toBe(
      '实到/应到的合计写 22/25，以上各行相加是 23/25',
    );
  });

  test('its own line of a count', () => {
    expect(cells(judged(`${head}\n${three}\n全年共4次,,,,`))).toEqual(['A5']);
    expect(cells(judged(`${head}\n${three}\n合计3场,,,,`))).toEqual([]);
  });

  test('of visits, services and members', () => {
    const visits =
      '时间,走访类型,走访对象,反映件数,办结件数\n2022-1-5,企业走访,甲,3,2\n2022-2-5,企业走访,乙,无,无\n';
    expect(cells(judged(`${visits}合计,,,3,3`, '东港站2022年走访.csv'))).toEqual(['E4']);
    const services = '时间,服务项目,人次,时长\n2022-1-5,清漂,10,2\n2022-2-5,义诊,5,3\n';
    expect(cells(judged(`${services}合计,,15,5`, '东港站2022年志愿服务.csv'))).toEqual([]);
    expect(cells(judged(`${services}合计,,15,35`, '东港站2022年志愿服务.csv'))).toEqual([]);
    expect(cells(judged(`${services}合计,,16,6`, '东港站2022年志愿服务.csv'))).toEqual(['C4', 'D4']);
    const members = '党支部,年月,党员数\n东港站,2022-01,20\n西港站,2022-01,12\n';
    const j = judged(`${members}合计,,33`, '江海引航中心党员人数.csv');
    expect(cells(j)).toEqual(['C4']);
    expect(j.staged.contradictions).toMatchObject([{ unit: 'JH', family: 'headcount', date: '2022-01-01' }]);
    expect(cells(judged(`${members}东港站,2022-02,21\n合计,,33`, '江海引航中心党员人数.csv'))).toEqual([]);
  });
});

describe('what a total is of', () => {
  const [one, two, last] = three.split('\n');
  test('a subtotal: the rows since the last one', () => {
    const lines = (q1: string, q2: string, all: string) =>
      `${head}\n${one}\n${two}\n一季度小计,,${q1}\n${last}\n二季度小计,,${q2}\n合计,,${all}`;
    expect(cells(judged(lines('25,23,3', '20,19,1.5', '45,42,4.5')))).toEqual([]);
    expect(cells(judged(lines('25,24,3', '20,19,1.5', '45,42,4.5')))).toEqual(['D4']);
    expect(cells(judged(lines('25,23,3', '45,42,4.5', '45,42,4.5')))).toEqual(['C6', 'D6', 'E6']);
    expect(cells(judged(lines('25,23,3', '20,19,1.5', '45,43,4.5')))).toEqual(['D7']);
  });

  test('a second total: the rows since the first, or all of them', () => {
    const lines = (all: string) => `${head}\n${one}\n${two}\n合计,,25,23,3\n${last}\n合计,,${all}`;
    expect(cells(judged(lines('20,19,1.5')))).toEqual([]);
    expect(cells(judged(lines('45,42,4.5')))).toEqual([]);
    expect(cells(judged(lines('45,19,1.5')))).toEqual([]);
    expect(cells(judged(lines('46,19,1.5')))).toEqual(['C6']);
  });

  test('of half a year, under subtotals of quarters', () => {
    const lines = (half: string) =>
      `${head}\n${one}\n一季度小计,,5,5,1\n${two}\n二季度小计,,20,18,2\n上半年合计,,${half}`;
    expect(cells(judged(lines('25,23,3')))).toEqual([]);
    expect(cells(judged(lines('25,24,3')))).toEqual(['D6']);
  });

  test('of one branch among several', () => {
    const j = judged(
      `党支部,${head}\n东港站,${one}\n东港站,${two}\n东港站小计,,,25,23,3\n西港站,${last}\n西港站小计,,,20,18,1.5\n总计,,,45,40,4.5`,
      '江海引航中心2022年三会一课.csv',
    );
    expect(cells(j)).toEqual(['E6', 'E7']);
    expect(j.staged.contradictions.map((c) => c.unit)).toEqual(['XG', 'JH']);
  });

  test('without a name of the sheet: the least unit above the rows', () => {
    const j = judged(`党支部,${head}\n东港站,${one}\n西港站,${two}\n合计,,,25,22,3`, '2022年三会一课.csv');
    expect(j.staged.contradictions).toMatchObject([{ unit: 'JH', code: 'total.differs' }]);
  });
});

describe('what cannot be compared', () => {
  test.each(['', '若干', '10余人', '*'])('a row of "%s" leaves its column alone', (unknown) => {
    const lines = `${head}\n${three}\n2022-4-5,党课,20,${unknown},1\n合计,,66,99,5.5`;
    expect(cells(judged(lines))).toEqual(['C6']);
  });

  test('a total that is no number', () => {
    expect(cells(judged(`${head}\n${three}\n合计,,若干,40余人,约5小时`))).toEqual([]);
  });

  test('a figure said once for several rows', () => {
    const sheet = utils.aoa_to_sheet([
      ['东港站2022年三会一课'],
      ['时间', '类型', '主题', '应到', '实到'],
      ['2022-1-5', '党课', '甲', 20, 18],
      ['2022-1-6', '党课', '乙', null, 17],
      ['合计', null, null, 20, 36],
    ]);
    sheet['!merges'] = [{ s: { r: 2, c: 3 }, e: { r: 3, c: 3 } }];
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, '三会一课');
    const bytes = new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    expect(read(bytes).SheetNames).toEqual(['三会一课']);
    const { sheets } = readFile('东港站2022.xlsx', bytes);
    const j = judge([sheets], { units, options: {}, today: '2024-11-20' });
    expect(cells(j)).toEqual(['E5']);
  });
});

describe('rows that were left out', () => {
  // The clerk has added up the rows as they stand: that we refuse one, or count it once, is no fault of the total.
  test('stand in the sum of a total', () => {
    const lines = (total: string) =>
      `${head}\n${three}\n2022-2-30,党课,20,20,1\n2022-4-5,党课,20,21,1\n${one()}\n合计,,${total}`;
    const one = () => three.split('\n')[0] ?? '';
    const right = judged(lines('90,88,7.5'));
    expect(right.sheets).toMatchObject([{ rows: 6, accepted: 3, rejected: 2, duplicates: 1 }]);
    expect(cells(right)).toEqual([]);
    expect(cells(judged(lines('45,42,4.5')))).toEqual(['C8', 'D8', 'E8']);
  });
});

describe.each(engines)('totals on %s', (engine) => {
  let db: Db;
  let close = async (): Promise<void> => {};
  const world = { now: () => new Date('2024-11-20T08:00:00Z'), actor: 'office' };
  beforeAll(async () => {
    ({ db, close } = await freshDatabase(engine));
    const csv =
      'code,name,parent,level,opened_on,closed_on,merged_into\nJH,江海引航中心,,centre,,,\nDG,东港引航站党支部,JH,branch,,,\n';
    await importUnits(db, encode(csv), 'units.csv');
  });
  afterAll(() => close());

  const ledger = (bookType: 'xlsx' | 'csv', total: unknown[]): { name: string; bytes: Uint8Array } => {
    const rows = [
      ['东港引航站党支部2022年三会一课台账'],
      ['序号', '时间', '类型', '主题', '应到', '实到'],
      [1, '2022-01-05', '支委会', '研究安排', 5, 5],
      [2, '2022-02-05', '党员大会', '审议报告', 20, 26],
      [3, '2022-03-05', '党课', '讲党课', 20, 19],
      total,
    ];
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Sheet1');
    const bytes = new Uint8Array(write(book, { type: 'buffer', bookType }) as Buffer);
    return { name: `东港站2022年三会一课.${bookType}`, bytes };
  };
  const contradictions = async (): Promise<[number | null | undefined, number]> => {
    const { cells } = await answer(db, { kpi: ['contradictions'], unit: 'DG', years: [2022] });
    return [cells[0]?.value, (await db.selectFrom('contradiction').selectAll().execute()).length];
  };

  test.each(['xlsx', 'csv'] as const)(
    'from a %s: stored, not counted by the KPI, gone with the import',
    async (type) => {
      const checked = await checkImport(db, { files: [ledger(type, ['合计', '', '', '', 45, 51])] }, world);
      expect(checked.problems.filter((p) => p.code === 'total.differs')).toMatchObject([
        { cell: 'F6', severity: 'warning', value: '51' },
      ]);
      expect(checked.sheets).toMatchObject([{ accepted: 2, rejected: 1 }]);
      await commitImport(db, checked.id);
      expect(await contradictions()).toEqual([1, 2]);
      expect(
        await db.selectFrom('contradiction').selectAll().where('code', '=', 'total.differs').execute(),
      ).toMatchObject([
        { unit: 'DG', date: '2022-03-05', row: 6, cell: 'F6', value: '51 ≠ 50', title: '合计' },
      ]);

      const again = await checkImport(db, { files: [ledger(type, ['合计', '', '', '', 45, 51])] }, world);
      await commitImport(db, again.id);
      expect(await contradictions()).toEqual([1, 2]);
      await undoImport(db, again.id);
      await undoImport(db, checked.id);
      expect((await contradictions())[1]).toBe(0);
    },
  );
});
