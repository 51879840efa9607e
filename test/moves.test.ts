import { describe, expect, test } from 'vitest';
import { isHeldAnyDay, standsToNorm } from '../shared/held.ts';
import { kpiById } from '../shared/kpis.ts';
import type { Kpi } from '../shared/kpi.ts';
import { movesIn, movesQuestion, sayMove, sayMoveBy, sayMoves } from '../shared/moves.ts';
import { noContext } from '../shared/no-context.ts';
import type { Context } from '../shared/context.ts';
import type { Answer, Cell } from '../shared/query.ts';
import { UnitTree, type Unit } from '../shared/unit.ts';

const unit = (code: string): Unit => ({
  code,
  name: code,
  parent: code === 'C' ? null : 'C',
  level: code === 'C' ? 'centre' : 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
});
const tree = new UnitTree(['C', 'A', 'B', 'D'].map(unit));

type Figure = number | readonly [numerator: number, denominator: number];
const cell = (kpi: string, of: string, year: number, figure: Figure, more: Partial<Cell> = {}): Cell => {
  const [numerator, denominator] = typeof figure === 'number' ? [figure, null] : figure;
  return {
    kpi,
    unit: of,
    period: String(year),
    value: denominator === null ? numerator : numerator / denominator,
    numerator,
    denominator,
    records: numerator,
    unknown: 0,
    coverage: { covered: 9, due: 9 },
    status: 'ok',
    ...more,
  };
};
const pair = (kpi: string, of: string, before: Figure, now: Figure, more: Partial<Cell> = {}): Cell[] => [
  cell(kpi, of, 2024, before),
  cell(kpi, of, 2025, now, more),
];
const answer = (cells: readonly Cell[], context: Partial<Context> = {}): Answer => ({
  query: {
    ...movesQuestion({ unit: 'C', year: 2025, asOf: '2025-09-30' }),
    kpi: [...new Set(cells.map((c) => c.kpi))],
    unit: 'C',
    by: 'unit',
    years: [2024, 2025],
    grain: 'year',
    asOf: '2025-09-30',
    toDate: true,
    kind: null,
    structure: 'then',
    per: null,
    yearStart: 1,
    knownOn: null,
  },
  dataVersion: 1,
  cells: [...cells],
  context: { ...noContext, ...context },
});
const found = (cells: readonly Cell[], context: Partial<Context> = {}) =>
  movesIn(answer(cells, context), tree);
const named = (cells: readonly Cell[], context: Partial<Context> = {}) =>
  found(cells, context).moves.map((m) => `${m.unit} ${m.kpi.id}`);

describe('what changed', () => {
  test('the furthest beyond chance comes first, whatever its size', () =>
    expect(
      named([
        ...pair('study_sessions', 'A', 100, 130),
        ...pair('study_sessions', 'B', 15, 30),
        ...pair('attendance_rate', 'D', [900, 1000], [800, 1000]),
      ]),
    ).toEqual(['D attendance_rate', 'B study_sessions', 'A study_sessions']));

  test('small moves and moves of a handful are not told, but were compared', () => {
    const { moves, compared } = found([
      ...pair('study_sessions', 'A', 100, 104),
      ...pair('visits', 'B', 2, 6),
      ...pair('attendance_rate', 'D', [870, 1000], [880, 1000]),
    ]);
    expect([moves.length, compared]).toEqual([0, 3]);
  });

  test('a rate moves from exactly two points on', () => {
    const moves = (now: number) => named(pair('attendance_rate', 'A', [8500, 10000], [now, 10000]));
    expect([moves(8700), moves(8690)]).toEqual([['A attendance_rate'], []]);
  });

  test('nothing is told of what may not be compared: missing ledgers, unknown figures, few, no base', () => {
    const gap = { unit: 'A', family: 'activity' as const, from: '2025-04', to: '2025-05' };
    const { moves, compared } = found(
      [
        ...pair('study_sessions', 'A', 40, 20, { status: 'partial', coverage: { covered: 7, due: 9 } }),
        ...pair('volunteers', 'A', 40, 90, { unknown: 2 }),
        ...pair('rectification_closure_rate', 'B', [4, 5], [0, 5]),
        ...pair('study_sessions', 'D', 0, 30),
        cell('study_sessions', 'B', 2025, 30),
      ],
      { gaps: [gap] },
    );
    expect([moves, compared]).toEqual([[], 0]);
  });

  test('across a merger nothing is told', () =>
    expect(
      named(pair('study_sessions', 'A', 20, 60), {
        events: [{ unit: 'A', on: '2025-01-01', type: 'took_in', other: 'B' }],
      }),
    ).toEqual([]));

  test('people come by the event: two large events are less than twenty small ones', () =>
    expect(
      named([
        cell('volunteers', 'A', 2024, 50, { records: 20 }),
        cell('volunteers', 'A', 2025, 100, { records: 20 }),
        cell('volunteers', 'B', 2024, 50, { records: 1 }),
        cell('volunteers', 'B', 2025, 100, { records: 1 }),
      ]),
    ).toEqual(['A volunteers']));

  test('is said in words, with what it was and what it is', () => {
    const [rate, count] = found([
      ...pair('study_sessions', 'A', 60, 30),
      ...pair('attendance_rate', 'B', [790, 1000], [840, 1000]),
    ]).moves.toSorted((a, b) => (a.unit < b.unit ? 1 : -1));
    expect(rate && sayMove(rate)).toEqual({
      zh: '到会率由 79.0% 升至 84.0%',
      en: 'Attendance rate rose from 79.0% to 84.0%',
    });
    expect(rate && sayMoveBy(rate, 'zh')).toBe('+5.0 个百分点');
    expect(count && sayMove(count).zh).toBe('学习次数由 60 减至 30 次');
    expect(count && sayMoveBy(count, 'en')).toBe('−30');
  });

  test('its head counts what was compared and what moved', () => {
    const all = found([
      ...pair('study_sessions', 'A', 60, 30),
      ...pair('study_sessions', 'B', 30, 60),
      ...pair('study_sessions', 'D', 30, 31),
    ]);
    expect(sayMoves(all)).toEqual({
      zh: '与去年同期可比的 3 组数中，2 组变化较大：1 组上升，1 组下降。',
      en: 'Of 3 figures comparable with the same days of last year 2 moved far: 1 up, 1 down.',
    });
    expect(sayMoves({ moves: [], compared: 0 }).zh).toContain('没有可与');
    expect(sayMoves({ moves: [], compared: 4 }).zh).toContain('4 组数中没有大的变化');
  });
});

describe('a figure and its norm', () => {
  const kpi = (id: string): Kpi => kpiById.get(id)!;
  const stands = (id: string, figure: Figure, norm: number | null, isOver = false) =>
    standsToNorm(kpi(id), cell(id, 'A', 2025, figure), { norm, isOver });
  test('a rate is held against it on any day, inclusive', () => {
    expect([stands('attendance_rate', [80, 100], 0.8), stands('attendance_rate', [79, 100], 0.8)]).toEqual([
      'met',
      'missed',
    ]);
  });
  test('a sum may still come to it until its year is over', () => {
    expect(isHeldAnyDay(kpi('visits'))).toBe(false);
    const norm = 12;
    expect([11, 12].map((n) => stands('study_hours_per_member', [n * 20, 20], norm))).toEqual([
      'later',
      'met',
    ]);
    expect(stands('study_hours_per_member', [220, 20], norm, true)).toBe('missed');
  });
  test('of too few, and without a norm, nothing is said', () =>
    expect([stands('attendance_rate', [5, 9], 0.8), stands('visits', 5, null)]).toEqual([null, null]));
});
