import { describe, expect, test } from 'vitest';
import { compare } from '../../shared/charts/compare.ts';
import { composition, read as readKinds } from '../../shared/charts/composition.ts';
import { heatmap } from '../../shared/charts/heatmap.ts';
import { peersOf } from '../../shared/charts/peers.ts';
import { sayBefore, sayYear } from '../../shared/charts/span.ts';
import type { View, ViewInput, ViewState } from '../../shared/charts/view.ts';
import { yoy } from '../../shared/charts/yoy.ts';
import { periodOfPart } from '../../shared/part-of-year.ts';
import type { Answer, Asked, Cell, Question } from '../../shared/query.ts';
import { UnitTree, type Unit } from '../../shared/unit.ts';

// One month or quarter of every year, against figures that were worked by hand.

const unit = (code: string, parent: string | null): Unit => ({
  code,
  name: `${code}站党支部`,
  parent,
  level: parent === null ? 'centre' : 'branch',
  openedOn: null,
  closedOn: null,
  mergedInto: null,
});
const tree = new UnitTree([unit('C', null), unit('A', 'C'), unit('B', 'C')]);

type Halves = readonly [numerator: number, denominator?: number];
/** By unit, kind or both, then period. What is not named was not due. */
type Ledger = Readonly<Record<string, Readonly<Record<string, Halves | null>>>>;

function cellOf(kpi: string, place: Partial<Cell>, period: string, halves: Halves | null | undefined): Cell {
  const empty = { value: null, numerator: null, denominator: null, records: 0, unknown: 0 };
  const of = { kpi, unit: 'C', period, ...place };
  if (halves === undefined) return { ...of, ...empty, coverage: { covered: 0, due: 0 }, status: 'na' };
  if (halves === null) return { ...of, ...empty, coverage: { covered: 0, due: 1 }, status: 'none' };
  const [numerator, denominator = null] = halves;
  const value = denominator === null ? numerator : numerator / denominator;
  return {
    ...of,
    value,
    numerator,
    denominator,
    records: numerator,
    unknown: 0,
    coverage: { covered: 1, due: 1 },
    status: 'ok',
  };
}

/** Answers what a view asks, period by period, from the ledger. */
function inputOf(view: View, state: ViewState, ledger: Ledger): ViewInput {
  const answers = view.questions(state, tree).map((q: Question): Answer => {
    const { kpi, years = [], grain = 'year', by } = q;
    const months = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));
    const ends = {
      year: [''],
      quarter: ['-Q1', '-Q2', '-Q3', '-Q4'],
      month: months.map((m) => `-${m}`),
      day: [],
    };
    const periods = years.flatMap((y) => ends[grain].map((end) => `${y}${end}`));
    const places = by === undefined ? ['C'] : Object.keys(ledger).filter((name) => name !== 'C');
    const cells = places.flatMap((name) =>
      periods.map((p) =>
        cellOf(kpi[0] ?? '', by === 'kind' ? { kind: name } : { unit: name }, p, ledger[name]?.[p]),
      ),
    );
    const query: Asked = {
      kpi: [...kpi],
      unit: 'C',
      by: by ?? null,
      years: [...years],
      grain,
      asOf: state.asOf,
      toDate: q.toDate ?? false,
      kind: null,
      structure: 'then',
      per: null,
      yearStart: 1,
      knownOn: null,
    };
    const context = { events: [], changes: [], norms: [], gaps: [], scopes: [] };
    return { query, dataVersion: 1, cells, context } as unknown as Answer;
  });
  return { state, answers, tree };
}

const state: ViewState = {
  unit: 'C',
  kpi: 'study_sessions',
  years: [2025, 2026],
  asOf: '2026-09-15',
  grain: 'month',
  only: '03',
};
const saidIn = (view: View, of: ViewState, ledger: Ledger): string =>
  view.says(inputOf(view, of, ledger), 'zh');

describe('the period that is looked at', () => {
  test.each([
    [2026, '03', 1, '2026-03'],
    [2026, '12', 1, '2026-12'],
    [2026, 'Q1', 1, '2026-Q1'],
    // Of a year begun in April, March lies in the next calendar year.
    [2025, '03', 4, '2026-03'],
    [2025, '04', 4, '2025-04'],
    [2025, 'Q4', 4, '2025-Q4'],
  ])('%i %s from month %i', (year, part, start, period) => {
    expect(periodOfPart(year, part, start)).toBe(period);
  });

  test('is called by its own name, its days where it is not over, and what it is set against', () => {
    expect(sayYear(state, 2026, 'zh')).toBe('2026年3月');
    expect(sayBefore(state, 'zh')).toBe('去年3月');
    expect(sayBefore(state, 'en')).toBe('Mar last year');
    const running = { ...state, only: '09' };
    expect(sayYear(running, 2026, 'zh')).toBe('2026年9月（9月1–15日）');
    expect(sayYear(running, 2025, 'en', true)).toBe('Sep 2025 (1–15 Sep)');
    expect(sayBefore(running, 'zh')).toBe('去年同期');
    expect(sayBefore({ ...running, whole: true }, 'zh')).toBe('去年9月');
    expect(sayYear({ ...state, only: '12' }, 2026, 'zh')).toBe('2026年12月');
  });
});

describe('narrowed to March', () => {
  test('kinds are those of March and of last March alone', () => {
    const input = inputOf(composition, state, {
      C: { '2026-03': [5], '2025-03': [7], '2026-04': [90] },
      party_lecture: { '2026-03': [2], '2025-03': [6], '2026-04': [90] },
      collective_study: { '2026-03': [3], '2025-03': [1], '2026-01': [90] },
    });
    const { rows, total } = readKinds(input);
    expect(rows.map((r) => [r.code, r.now.value, r.before?.value])).toEqual([
      ['collective_study', 3, 1],
      ['party_lecture', 2, 6],
    ]);
    expect(total?.value).toBe(5);
    expect(composition.title(input, 'zh')).toBe('学习次数的构成，2026年3月');
    expect(composition.says(input, 'zh')).toContain('3 次，比去年3月 +2 次');
    const [first] = composition.table(input, 'zh').rows;
    expect(first?.cells[0]?.mark).toMatchObject({ period: '2026-03', kind: ['collective_study'] });
  });

  test('units are compared by March; one that has not reported is set apart, and zero is a figure', () => {
    const rate = { ...state, kpi: 'attendance_rate' };
    const input = inputOf(compare, rate, {
      A: { '2026-03': [18, 20], '2025-03': [16, 20], '2026-02': [1, 90] },
      B: { '2026-03': null, '2025-03': [19, 20] },
    });
    const { compared, apart } = peersOf(input);
    expect(compared.map((p) => [p.unit.code, p.now.value, p.before?.value])).toEqual([['A', 0.9, 0.8]]);
    expect(apart.map((p) => [p.unit.code, p.now.status, p.why.zh])).toEqual([
      ['B', 'none', '台账未报，不比较'],
    ]);
    expect(compare.title(input, 'zh')).toBe('到会率，2026年3月，对照去年3月');
    expect(compare.says(input, 'zh')).toMatch(/^3月：/);
    const zero = peersOf(inputOf(compare, state, { A: { '2026-03': [0], '2025-03': [2] } }));
    expect(zero.compared.map((p) => [p.now.value, p.change.delta])).toEqual([[0, -2]]);
  });

  test('a month that has not begun is not due, in every chart', () => {
    const later = { ...state, only: '12' };
    expect(saidIn(composition, later, { C: {} })).toBe('2026年12月未到期。');
    const [peer] = peersOf(inputOf(compare, later, { A: { '2025-12': [4] } })).apart;
    expect(peer?.why.zh).toBe('未到期，不比较');
    expect(saidIn(yoy, later, { C: { '2025-12': [4] } })).toBe('2026年12月 — 未到期。');
    expect(saidIn(heatmap, later, { C: {}, A: { '2026-03': [1] } })).toBe('12月：未到期。');
  });

  test('the chart of the years keeps its months and picks one out; what it says is of that one', () => {
    const ledger: Ledger = { C: { '2026-02': [9], '2026-03': [12], '2025-02': [1], '2025-03': [10] } };
    const input = inputOf(yoy, state, ledger);
    expect(yoy.questions(state, tree)).toEqual(yoy.questions({ ...state, only: undefined }, tree));
    expect(yoy.table(input, 'zh').rows).toHaveLength(12);
    expect(yoy.says(input, 'zh')).toBe('2026年3月 12 次，比去年 +2 次（+20.0%）。');
    expect(saidIn(yoy, state, { C: { '2026-03': null, '2025-03': [10] } })).toBe('2026年3月 — 未报。');
    const look = { lang: 'zh', theme: 'light', width: 900 } as const;
    type Data = { id?: string; data?: { only?: string }[] };
    const namesIn = (narrows: boolean): (string | undefined)[] => {
      const { series } = yoy.option(input, { ...look, narrows }) as { series: Data[] };
      return (series.find((s) => s.id === 'period-names')?.data ?? []).map((d) => d.only);
    };
    expect(namesIn(true).slice(0, 3)).toEqual(['01', '02', '03']);
    // A file has nothing to press.
    expect(namesIn(false)).toEqual([]);
  });

  test('a quarter among months picks out three of them', () => {
    const input = inputOf(
      yoy,
      { ...state, only: 'Q1' },
      {
        C: { '2026-01': [1], '2026-02': [2], '2026-03': [3], '2026-04': [99] },
      },
    );
    expect(yoy.says(input, 'zh')).toMatch(/^2026年1月 1 次.*；2026年2月 2 次.*；2026年3月 3 次[^；]*。$/);
  });

  test('what is asked of a year is not asked of its month', () => {
    const hours = { ...state, kpi: 'study_hours_per_member' };
    const input = inputOf(compare, hours, { A: { '2026-03': [40, 20], '2025-03': [20, 20] } });
    const held = input.answers.map((a) => ({
      ...a,
      context: {
        ...a.context,
        norms: [{ kpi: hours.kpi, unit: 'A', value: 32, from: null, to: null, source: { zh: '', en: '' } }],
      },
    })) as unknown as Answer[];
    expect(peersOf({ ...input, answers: held }).compared.map((p) => [p.now.value, p.norm])).toEqual([
      [2, null],
    ]);
  });
});
