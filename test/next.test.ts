import { describe, expect, test } from 'vitest';
import type { NextReply, NextSlot } from '../shared/due.ts';
import { nextLines, sayNext } from '../shared/next.ts';

const norm = {
  layer: 'central',
  source: { zh: '条例', en: 'rules' },
  strength: 'usual',
  note: null,
  per: 'branch',
  minMembers: null,
} as const;
const slot = (unit: string, kind: string, by: string, more: Partial<NextSlot> = {}): NextSlot => ({
  unit,
  kind,
  period: by.slice(0, 7),
  every: 'month',
  by,
  wanted: 1,
  met: 0,
  state: 'open',
  norm,
  ...more,
});

/** The answer for a scope with the slots; each is asked of `of` branches. */
function answer(slots: readonly NextSlot[], of: number, more: Partial<NextReply> = {}): NextReply {
  const asked = new Map(
    slots.map(({ kind, period, by }) => [`${kind} ${period}`, { kind, period, by, branches: of, met: 0 }]),
  );
  return {
    query: { unit: 'C', asOf: '2025-08-15', from: '2025-08-16', days: 45 },
    dataVersion: 1,
    slots: [...slots],
    asked: [...asked.values()],
    items: [],
    overdue: 0,
    ...more,
  };
}
const zh = (next: NextReply): string[] =>
  nextLines(next, (u) => u).map((l) => `${l.by} ${l.text.zh}（${l.tag.zh}）`);
const en = (next: NextReply): string[] =>
  nextLines(next, (u) => u).map((l) => `${l.by} ${l.text.en} (${l.tag.en})`);

describe('what falls due next, in sentences', () => {
  const august = '2025-08-31';

  test('meetings that the same branches owe by the same day are one line', () => {
    const slots = ['A', 'B'].flatMap((u) => [
      slot(u, 'committee_meeting', august),
      slot(u, 'theme_day', august),
    ]);
    expect(zh(answer(slots, 2))).toEqual(['2025-08-31 支部委员会、主题党日：2 个支部都还未办（4 待办）']);
    expect(en(answer(slots, 2))).toEqual([
      '2025-08-31 Branch committee, Theme day: still to be held in both branches (4 to do)',
    ]);
    expect(zh(answer(slots, 3))).toEqual(['2025-08-31 支部委员会、主题党日：A、B未办（4 待办）']);
  });

  test('a branch more on one of them makes two', () => {
    const slots = [
      slot('A', 'committee_meeting', august),
      slot('A', 'theme_day', august),
      slot('B', 'theme_day', august),
    ];
    expect(zh(answer(slots, 3))).toEqual([
      '2025-08-31 支部委员会：A未办（1 待办）',
      '2025-08-31 主题党日：A、B未办（2 待办）',
    ]);
  });

  test('three names are said, of more the number', () => {
    const of = (codes: string): NextReply =>
      answer(
        [...codes].map((u) => slot(u, 'theme_day', august)),
        9,
      );
    expect(zh(of('ABC'))).toEqual(['2025-08-31 主题党日：A、B、C未办（3 待办）']);
    expect(zh(of('ABCD'))).toEqual(['2025-08-31 主题党日：A、B、C等 4 个支部未办（4 待办）']);
    expect(en(of('ABCD'))).toEqual([
      '2025-08-31 Theme day: still to be held in 4 branches: A, B, C … (4 to do)',
    ]);
  });

  test('party groups are counted, not branches', () => {
    const per = { norm: { ...norm, per: 'group' } } as const;
    const slots = [
      slot('A', 'group_meeting', august, { ...per, wanted: 3, met: 1 }),
      slot('B', 'group_meeting', august, { ...per, wanted: 2 }),
    ];
    expect(zh(answer(slots, 2))).toEqual(['2025-08-31 党小组会：2 个支部的 4 个党小组还未开（4 待办）']);
    expect(zh(answer(slots.slice(0, 1), 2))).toEqual(['2025-08-31 党小组会：A有 2 个党小组未开（2 待办）']);
    expect(en(answer(slots.slice(0, 1), 2))).toEqual([
      '2025-08-31 Party group meeting: still to be held by 2 party groups of A (2 to do)',
    ]);
  });

  test('of what is not reported it is said that nothing is known', () => {
    const silent = slot('B', 'general_meeting', '2025-09-30', { state: 'unknown' });
    expect(zh(answer([silent], 3))).toEqual(['2025-09-30 支部党员大会：B台账未报，不知是否已办（未报）']);
    expect(zh(answer([slot('A', 'general_meeting', '2025-09-30'), silent], 3))).toEqual([
      '2025-09-30 支部党员大会：A未办；另有 1 个支部台账未报（1 待办）',
    ]);
    expect(en(answer([silent], 3))).toEqual([
      '2025-09-30 General meeting: not known, as B did not report (not reported)',
    ]);
  });

  test('by day, with the items of rectification among the meetings', () => {
    const item = { id: '1', unit: 'A', title: '学习计划不具体', dueOn: '2025-09-10', extendedTo: null };
    const items = [
      { ...item, by: '2025-09-10' },
      { ...item, id: '2', title: null, extendedTo: '2025-09-12', by: '2025-09-12' },
    ];
    const slots = [slot('A', 'general_meeting', '2025-09-30'), slot('A', 'theme_day', august)];
    expect(zh(answer(slots, 4, { items }))).toEqual([
      '2025-08-31 主题党日：A未办（1 待办）',
      '2025-09-10 整改到期：A“学习计划不具体”（1 项）',
      '2025-09-12 整改到期：A（延期）（1 项）',
      '2025-09-30 支部党员大会：A未办（1 待办）',
    ]);
  });

  test('in the list of one branch each meeting has its own line, and no name', () => {
    const query = { unit: 'A', asOf: '2025-08-15', from: '2025-08-16', days: 45 };
    const slots = [
      slot('A', 'committee_meeting', august),
      slot('A', 'theme_day', august, { state: 'unknown' }),
      slot('A', 'group_meeting', august, { wanted: 3, met: 1, norm: { ...norm, per: 'group' } }),
    ];
    const item = {
      id: '1',
      unit: 'A',
      title: '计划',
      dueOn: '2025-09-10',
      extendedTo: null,
      by: '2025-09-10',
    };
    expect(zh(answer(slots, 1, { query, items: [item] }))).toEqual([
      '2025-08-31 支部委员会还未办（1 待办）',
      '2025-08-31 主题党日：台账未报，不知是否已办（未报）',
      '2025-08-31 党小组会：3 个党小组中 2 个还未开（2 待办）',
      '2025-09-10 整改到期：“计划”（1 项）',
    ]);
  });

  test('nothing due, no line', () => {
    expect(nextLines(answer([], 0), (u) => u)).toEqual([]);
  });
});

describe('the head of the list', () => {
  const item = {
    id: '1',
    unit: 'A',
    title: null,
    dueOn: '2025-08-20',
    extendedTo: null,
    by: '2025-08-20',
  };
  test('counts what is still to be held and what runs out, and names the first day', () =>
    expect(
      sayNext(
        answer(
          [
            slot('A', 'group_meeting', '2025-08-31', { wanted: 3, met: 1 }),
            slot('B', 'theme_day', '2025-08-31'),
            slot('C', 'theme_day', '2025-08-31', { state: 'unknown' }),
          ],
          3,
          { items: [item] },
        ),
      ),
    ).toEqual({
      zh: '45 天内有 3 场会议要开、1 项整改到期，最早的在8月20日。',
      en: '3 meetings and 1 rectification item due within 45 days, the first on 20 Aug.',
    }));
  test('says so where nothing is', () => expect(sayNext(answer([], 1)).zh).toBe('45 天内没有到期的事项。'));
});
