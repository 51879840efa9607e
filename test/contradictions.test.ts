import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { answer } from '../server/queries/answer.ts';
import { contradictionsOf } from '../server/queries/contradictions.ts';
import { doubtsOf } from '../server/queries/doubts.ts';
import type { Contradiction } from '../shared/api.ts';
import type { Doubt } from '../shared/context.ts';
import { countDoubts } from '../shared/doubts.ts';
import { families } from '../shared/kinds.ts';
import { engines, freshDatabase } from './engines.ts';
import { activity, record, smallCentre } from './records-by-hand.ts';

const years = [2022];
const asOf = '2022-12-31';

describe.each(engines)('contradictions on %s', (engine) => {
  let db: Db;
  let close = async (): Promise<void> => {};
  beforeEach(async () => {
    ({ db, close } = await freshDatabase(engine));
    await smallCentre(
      db,
      [
        { code: 'C', parent: null },
        { code: 'A', parent: 'C' },
        { code: 'A1', parent: 'A', level: 'group' },
        { code: 'A2', parent: 'A', level: 'group' },
        { code: 'B', parent: 'C' },
      ],
      [['A', 'activity', '2022-01', '2022-12']],
    );
    await record(db, 'headcount', 'A', '2022-01-01', { members: 20 });
  });
  afterEach(() => close());

  const of = (unit = 'C', more: { years?: number[]; asOf?: string; yearStart?: number } = {}) =>
    contradictionsOf(db, { unit, years, asOf, ...more });
  const codes = async (unit?: string): Promise<string[]> => (await of(unit)).map((c) => c.code);
  const doubts = (units: string[] = ['C', 'A', 'A1', 'A2', 'B']): Promise<Doubt[]> =>
    doubtsOf(db, { units, families, from: '2022-01-01', to: asOf });
  const one = async (): Promise<Contradiction> => {
    const all = await of();
    expect(all).toHaveLength(1);
    return all[0] as Contradiction;
  };

  describe('more present than members', () => {
    const held = (unit: string, date: string, present: number | null, kinds = ['theme_day']) =>
      activity(db, unit, date, kinds, { present, expected: 40, title: '一次活动' });

    test('is listed with the event and the headcount; as many as there are is none', async () => {
      await held('A', '2022-03-05', 21);
      await held('A', '2022-03-06', 20);
      await held('A', '2022-03-07', null);
      const found = await one();
      expect(found).toMatchObject({
        code: 'present_gt_members',
        family: 'activity',
        unit: 'A',
        date: '2022-03-05',
        period: '2022-03',
        text: {
          zh: '实到 21 人，当天在册 20 人',
          en: '21 present, while the branch had 20 members that day',
        },
      });
      expect(found.records.map((r) => [r.family, r.unit, r.date])).toEqual([
        ['activity', 'A', '2022-03-05'],
        ['headcount', 'A', '2022-01-01'],
      ]);
      expect(found.records[0]?.source).toMatchObject({ file: 'f', sheet: 's' });
      expect(await doubts()).toEqual([
        { unit: 'A', family: 'activity', month: '2022-03', code: 'present_gt_members', count: 1 },
      ]);
    });

    test('by the headcount in force on the day', async () => {
      await record(db, 'headcount', 'A', '2022-06-01', { members: 25 });
      await held('A', '2022-05-31', 22);
      await held('A', '2022-06-01', 22);
      expect((await of()).map((c) => c.date)).toEqual(['2022-05-31']);
    });

    test('is not said before the first headcount, nor of a branch without any', async () => {
      await held('A', '2021-12-31', 90);
      await held('B', '2022-03-05', 90);
      expect(await of('C', { years: [2021, 2022] })).toEqual([]);
    });

    test('a group is held against its branch, by the tree of the day', async () => {
      await held('A1', '2022-03-05', 21);
      await record(db, 'headcount', 'B', '2022-01-01', { members: 5 });
      await held('A2', '2022-03-05', 6);
      await db
        .insertInto('unit_past')
        .values({ unit: 'A2', until_on: '2022-02-28', name: 'A2', parent: 'B' })
        .execute();
      await held('A2', '2022-02-05', 6);
      const found = await of();
      expect(found.map((c) => [c.unit, c.date, c.text.zh])).toEqual([
        ['A1', '2022-03-05', '实到 21 人，当天所在支部在册 20 人'],
        ['A2', '2022-02-05', '实到 6 人，当天所在支部在册 5 人'],
      ]);
      expect(found.map((c) => c.records[1]?.unit)).toEqual(['A', 'B']);
    });

    test('events that are open to guests, or of no known kind, are no contradiction', async () => {
      await held('A', '2022-03-05', 50, ['outreach']);
      await held('A', '2022-03-06', 50, ['other']);
      expect(await of()).toEqual([]);
      await held('A', '2022-03-07', 50, ['outreach', 'party_lecture']);
      expect(await codes()).toEqual(['present_gt_members']);
    });
  });

  describe('everybody present all year', () => {
    const meetings = async (
      n: number,
      { unit = 'B', year = 2022, present = 12, expected = 12 } = {},
    ): Promise<void> => {
      for (let i = 1; i <= n; i++)
        await activity(db, unit, `${year}-0${i}-10`, ['theme_day'], { present, expected });
    };

    test('is listed once with its meetings, from six of them', async () => {
      await meetings(5);
      expect(await codes()).toEqual([]);
      await activity(db, 'B', '2022-06-10', ['theme_day'], { present: 12, expected: 12 });
      const found = await one();
      expect(found).toMatchObject({
        code: 'always_all_present',
        unit: 'B',
        period: '2022',
        date: '2022-06-10',
        text: {
          zh: '2022 年 6 次会议全部到齐：值得看一看',
          en: 'every one of 6 meetings of 2022 at 100 %: worth a look',
        },
      });
      expect(found.records.map((r) => r.date)).toEqual([1, 2, 3, 4, 5, 6].map((m) => `2022-0${m}-10`));
      const behind = await doubts();
      expect(behind.map((d) => d.month)).toEqual([1, 2, 3, 4, 5, 6].map((m) => `2022-0${m}`));
      expect(countDoubts(behind)).toBe(1);
    });

    test('one absence in the year, and nothing is said', async () => {
      await meetings(7);
      await activity(db, 'B', '2022-12-10', ['theme_day'], { present: 11, expected: 12 });
      expect(await codes()).toEqual([]);
      // As of a day before the absence nobody had been absent yet.
      expect((await of('C', { asOf: '2022-11-30' })).map((c) => c.code)).toEqual(['always_all_present']);
    });

    test('meetings of two, and those not known, are not looked at', async () => {
      await meetings(6);
      await activity(db, 'B', '2022-08-10', ['heart_talk'], { present: 1, expected: 2 });
      await activity(db, 'B', '2022-08-11', ['theme_day'], { present: null, expected: 12 });
      await activity(db, 'B', '2022-08-12', ['theme_day'], { present: 12, expected: null });
      expect((await one()).records).toHaveLength(6);
      await meetings(6, { unit: 'A1', present: 2, expected: 2 });
      expect(await codes()).toEqual(['always_all_present']);
    });

    test('each calendar year by itself, whenever the centre begins its own', async () => {
      await meetings(3, { year: 2021 });
      await meetings(4, { year: 2022 });
      expect(await of('C', { years: [2021, 2022] })).toEqual([]);
      await meetings(6, { year: 2023 });
      const found = await of('C', { years: [2022], asOf: '2023-12-31', yearStart: 4 });
      expect(found.map((c) => c.period)).toEqual(['2023']);
    });
  });

  describe('one event in two branches', () => {
    const event = (unit: string, title: string, date = '2022-07-01') =>
      activity(db, unit, date, ['theme_day'], { title });

    test('is one pair, however the title is written', async () => {
      await event('A', '参观渡江战役纪念馆');
      await event('B', '“参观渡江战役 纪念馆”');
      const found = await one();
      expect(found).toMatchObject({ code: 'same_event', unit: 'A', date: '2022-07-01', period: '2022-07' });
      expect(found.text.zh).toBe('2 个支部的台账都记了这次活动');
      expect(found.records.map((r) => [r.unit, r.title])).toEqual([
        ['A', '参观渡江战役纪念馆'],
        ['B', '“参观渡江战役 纪念馆”'],
      ]);
      expect(countDoubts(await doubts())).toBe(1);
      expect(countDoubts(await doubts(['B']))).toBe(1);
      expect((await of('B')).map((c) => [c.unit, c.records.length])).toEqual([['B', 2]]);
    });

    test('a title within another is the same event', async () => {
      await event('A', '参观渡江战役纪念馆');
      await event('B', '联合东港站参观渡江战役纪念馆并重温誓词');
      expect(await codes()).toEqual(['same_event']);
    });

    test('other days, short titles and other titles are not', async () => {
      await event('A', '参观渡江战役纪念馆');
      await event('B', '参观渡江战役纪念馆', '2022-07-02');
      await event('A', '学习党章党', '2022-08-01');
      await event('B', '学习党章党', '2022-08-01');
      await event('A', '参观航运博物馆一', '2022-09-01');
      await event('B', '参观航运博物馆二', '2022-09-01');
      expect(await of()).toEqual([]);
    });

    test('six characters are enough', async () => {
      await event('A', '学习新党章程');
      await event('B', '学习新党章程');
      expect(await codes()).toEqual(['same_event']);
    });

    test('a title that comes on other days too, or only names a kind, says nothing', async () => {
      await event('A', '研究月度工作安排');
      await event('B', '研究月度工作安排');
      await event('B', '研究月度工作安排', '2022-08-01');
      await event('A', '支部党员大会', '2022-09-01');
      await event('B', '支部党员大会', '2022-09-01');
      expect(await of()).toEqual([]);
    });

    test('groups of one branch, and a branch with its own group, are not two branches', async () => {
      await event('A1', '参观渡江战役纪念馆');
      await event('A2', '参观渡江战役纪念馆');
      await event('A', '参观渡江战役纪念馆');
      expect(await of()).toEqual([]);
      await event('B', '参观渡江战役纪念馆');
      const found = await one();
      expect(found.records.map((r) => r.unit)).toEqual(['A', 'A1', 'A2', 'B']);
      expect(found.text.en).toBe('the ledgers of 2 branches all have this event');
    });
  });

  describe('those kept from the ledgers', () => {
    test('come with their row, and are the only ones that the KPI counts', async () => {
      const kept = { family: 'activity', cell: 'F12', value: '26', raw: '["","","","","","26"]' };
      await record(db, 'contradiction', 'A', '2022-03-05', { ...kept, code: 'present_gt_expected' });
      await record(db, 'contradiction', 'A', '2022-12-05', {
        ...kept,
        code: 'total.differs',
        cell: 'F14, G14',
        value: '51 ≠ 50, 9 ≠ 8',
      });
      await record(db, 'contradiction', 'B', '2022-04-05', {
        family: 'rectification',
        code: 'closed_before_raised',
        cell: null,
        value: '2021-12-20',
      });
      await record(db, 'contradiction', 'B', '2022-06-30', {
        ...kept,
        code: 'date.invalid',
        value: '6月31日',
      });
      await activity(db, 'A', '2022-05-05', ['theme_day'], { present: 21, expected: 21 });
      const found = await of();
      expect(found.map((c) => [c.code, c.unit, c.family, c.text.zh])).toEqual([
        ['present_gt_expected', 'A', 'activity', '实到写“26”，多于应到（F12 格）；这一行没有计入'],
        ['closed_before_raised', 'B', 'rectification', '销号写“2021-12-20”，早于发现；这一行没有计入'],
        ['date.invalid', 'B', 'activity', '没有“6月31日”这一天（F12 格）；这一行没有计入'],
        ['total.differs', 'A', 'activity', 'F14 格写 51，各行相加是 50；G14 格写 9，各行相加是 8'],
        ['present_gt_members', 'A', 'activity', '实到 21 人，当天在册 20 人'],
      ]);
      expect(found[0]?.records[0]).toMatchObject({ family: 'activity', raw: ['', '', '', '', '', '26'] });
      const { cells, context } = await answer(db, { kpi: ['contradictions'], unit: 'C', years, asOf });
      expect(cells[0]?.value).toBe(3);
      expect(context.doubts).toContainEqual({
        unit: 'A',
        family: 'activity',
        month: '2022-12',
        code: 'total.differs',
        count: 1,
      });
      expect(
        await doubtsOf(db, { units: ['B'], families: ['rectification'], from: '2022-01-01', to: asOf }),
      ).toEqual([
        { unit: 'B', family: 'rectification', month: '2022-04', code: 'closed_before_raised', count: 1 },
      ]);
    });

    test('by the tree as it stood, the years and the as-of day', async () => {
      await db
        .insertInto('unit_past')
        .values({ unit: 'B', until_on: '2022-06-30', name: 'B', parent: 'A' })
        .execute();
      const kept = { family: 'visit', code: 'date.invalid', cell: null, value: '6月31日' };
      for (const date of ['2021-05-05', '2022-05-05', '2022-08-05'])
        await record(db, 'contradiction', 'B', date, kept);
      const dates = async (unit: string, more = {}): Promise<string[]> =>
        (await of(unit, more)).map((c) => c.date);
      expect(await dates('A')).toEqual(['2022-05-05']);
      expect(await dates('C')).toEqual(['2022-08-05', '2022-05-05']);
      expect(await dates('C', { asOf: '2022-08-04' })).toEqual(['2022-05-05']);
      expect(await dates('C', { years: [2021, 2022] })).toEqual(['2022-08-05', '2022-05-05', '2021-05-05']);
      expect(await dates('C', { asOf: '2021-12-31' })).toEqual([]);
    });
  });
});
