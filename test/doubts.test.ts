import { describe, expect, test } from 'vitest';
import type { Doubt } from '../shared/context.ts';
import { countDoubts, doubtsBehind, doubtsInWords } from '../shared/doubts.ts';
import { kpiById } from '../shared/kpis.ts';
import { UnitTree, type Unit } from '../shared/unit.ts';

const unit = (code: string, parent: string | null, more: Partial<Unit> = {}): Unit => ({
  code,
  name: code,
  parent,
  level: parent === null ? 'centre' : 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
  ...more,
});
const tree = new UnitTree([
  unit('C', null),
  unit('S', 'C'),
  unit('A', 'S'),
  // Moved from S to C in the middle of 2022.
  unit('B', 'C', { past: [{ until: '2022-06-30', name: 'B', parent: 'S' }] }),
]);
const doubt = (of: string, month: string, more: Partial<Doubt> = {}): Doubt => ({
  unit: of,
  family: 'activity',
  month,
  code: 'duplicate',
  count: 1,
  ...more,
});
type Cut = Parameters<typeof doubtsBehind>[4];
const behind = (
  kpi: string,
  cell: { unit: string; period: string; within?: string },
  doubts: Doubt[],
  cut?: Cut,
) => doubtsBehind(kpiById.get(kpi)!, cell, { doubts }, tree, cut).map((d) => `${d.unit} ${d.month}`);

describe('the doubts behind a figure', () => {
  const all = [doubt('A', '2022-01'), doubt('A', '2022-04'), doubt('B', '2022-05'), doubt('B', '2022-08')];

  test('are of its units, where they stood in the month, and of its months', () => {
    const of = (code: string, period: string) => behind('study_sessions', { unit: code, period }, all);
    expect(of('C', '2022')).toHaveLength(4);
    expect(of('S', '2022')).toEqual(['A 2022-01', 'A 2022-04', 'B 2022-05']);
    expect(of('B', '2022')).toEqual(['B 2022-05', 'B 2022-08']);
    expect(of('C', '2022-Q2')).toEqual(['A 2022-04', 'B 2022-05']);
    expect(of('A', '2022-04')).toEqual(['A 2022-04']);
    expect(of('C', '2023')).toEqual([]);
  });

  test('of a part, while it stood in the scope', () => {
    const cell = { unit: 'B', period: '2022', within: 'S' };
    expect(behind('study_sessions', cell, all)).toEqual(['B 2022-05']);
  });

  test('are of the ledger that the figure is made from', () => {
    const cell = { unit: 'C', period: '2022' };
    const visits = [doubt('A', '2022-01', { family: 'visit' })];
    expect(behind('visits', cell, [...all, ...visits])).toEqual(['A 2022-01']);
    expect(behind('norm_compliance', cell, [...all, ...visits])).toHaveLength(4);
    // What is counted there are contradictions; and a ledger was handed in whatever it says.
    expect(behind('contradictions', cell, all)).toEqual([]);
    expect(behind('ledger_completeness', cell, all)).toEqual([]);
  });

  test('of how many came do not touch a number of events', () => {
    const cell = { unit: 'C', period: '2022' };
    const presence = ['present_gt_members', 'always_all_present'].map((code) =>
      doubt('A', '2022-01', { code }),
    );
    expect(behind('study_sessions', cell, presence)).toEqual([]);
    expect(behind('norm_compliance', cell, presence)).toEqual([]);
    expect(behind('attendance_rate', cell, presence)).toHaveLength(2);
    expect(behind('study_hours_per_member', cell, presence)).toHaveLength(2);
  });

  test('end at the cut of the period', () => {
    const cell = { unit: 'C', period: '2022' };
    const cut = { asOf: '2023-04-15', toDate: true, yearStart: 1 };
    expect(behind('study_sessions', cell, all, cut)).toEqual(['A 2022-01', 'A 2022-04']);
    expect(behind('study_sessions', cell, all, { ...cut, toDate: false })).toHaveLength(4);
    expect(behind('study_sessions', cell, all, { ...cut, asOf: '2022-05-31', toDate: false })).toHaveLength(
      3,
    );
  });

  test('by the year of the centre', () => {
    const cut = { asOf: '2023-12-31', toDate: false, yearStart: 5 };
    expect(behind('study_sessions', { unit: 'C', period: '2022' }, all, cut)).toEqual([
      'B 2022-05',
      'B 2022-08',
    ]);
  });

  test('of a stock, from whenever, of the units at its end', () => {
    const old = [doubt('A', '2021-03'), doubt('B', '2021-03')].map((d) => ({
      ...d,
      family: 'rectification' as const,
    }));
    expect(behind('rectification_overdue', { unit: 'S', period: '2022' }, old)).toEqual(['A 2021-03']);
    expect(behind('rectification_overdue', { unit: 'C', period: '2022' }, old)).toHaveLength(2);
    expect(behind('rectification_closure_rate', { unit: 'C', period: '2022' }, old)).toEqual([]);
  });
});

test('what is one contradiction of several months or units counts once', () => {
  const doubts = [
    doubt('A', '2022-01', { count: 2 }),
    doubt('A', '2022-01', { code: 'always_all_present', once: 'A 2022' }),
    doubt('A', '2022-02', { code: 'always_all_present', once: 'A 2022' }),
    doubt('A', '2022-02', { code: 'same_event', once: 'A 2022' }),
    doubt('B', '2022-02', { code: 'same_event', once: 'A 2022' }),
  ];
  expect(countDoubts(doubts)).toBe(4);
  expect(countDoubts([])).toBe(0);
});

test('in words', () => {
  const two = [doubt('A', '2022-01', { count: 2 })];
  expect(doubtsInWords(two, 'zh')).toBe('其中 2 条矛盾');
  expect(doubtsInWords(two, 'en')).toBe('rests on 2 contradictions');
  expect(doubtsInWords([doubt('A', '2022-01')], 'en')).toBe('rests on 1 contradiction');
  expect(doubtsInWords([], 'zh')).toBe('');
});
