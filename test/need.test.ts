import { describe, expect, test } from 'vitest';
import { judging } from '../shared/change.ts';
import type { Context } from '../shared/context.ts';
import { noContext } from '../shared/no-context.ts';
import { needs, sayNeeds, unitsDue, type Need } from '../shared/need.ts';
import type { Answer, Cell } from '../shared/query.ts';
import { UnitTree } from '../shared/unit.ts';
import { sayCompare, sayOverview, sayYears } from '../shared/say.ts';
import type { Compared, Peers } from '../shared/charts/peers.ts';
import { kpiById } from '../shared/kpis.ts';
import type { Kpi } from '../shared/kpi.ts';

const kpi = (id: string): Kpi => kpiById.get(id)!;

type Made = Partial<Cell> & Pick<Cell, 'kpi' | 'unit' | 'period'>;
const cell = (of: Made): Cell => {
  const ratioOf = of.numerator != null && of.denominator ? of.numerator / of.denominator : null;
  return {
    value: ratioOf,
    numerator: null,
    denominator: null,
    records: 1,
    unknown: 0,
    coverage: { covered: 9, due: 9 },
    status: 'ok',
    ...of,
  };
};

/** A unit's year as the need list asks for it; what is not given is in order. */
function year(
  unit: string,
  of: {
    overdue?: number;
    met?: [number, number];
    covered?: number;
    now?: [number, number];
    before?: [number, number];
    members?: number;
  },
): Cell[] {
  const coverage = { covered: of.covered ?? 9, due: 9 };
  const [met, due] = of.met ?? [30, 30];
  const [nowPresent, nowAble] = of.now ?? [950, 1000];
  const [beforePresent, beforeAble] = of.before ?? [950, 1000];
  return [
    cell({
      kpi: 'rectification_overdue',
      unit,
      period: '2025',
      value: of.overdue ?? 0,
      numerator: of.overdue ?? 0,
    }),
    cell({ kpi: 'norm_compliance', unit, period: '2025', numerator: met, denominator: due }),
    cell({
      kpi: 'ledger_completeness',
      unit,
      period: '2025',
      numerator: coverage.covered,
      denominator: 9,
      coverage,
    }),
    cell({
      kpi: 'available_attendance_rate',
      unit,
      period: '2025',
      numerator: nowPresent,
      denominator: nowAble,
    }),
    cell({
      kpi: 'available_attendance_rate',
      unit,
      period: '2024',
      numerator: beforePresent,
      denominator: beforeAble,
    }),
    cell({
      kpi: 'study_hours_per_member',
      unit,
      period: '2025',
      numerator: 500,
      denominator: of.members ?? 24,
    }),
  ];
}

const tree = new UnitTree([]);
/** An answer with these cells; whoever is in it is held to all slots, or to `norm`. */
function answer(cells: readonly Cell[], norm: number | null = 1, context: Partial<Context> = {}): Answer {
  const units = [...new Set(cells.map((c) => c.unit))];
  const held = {
    kpi: 'norm_compliance',
    from: null,
    to: null,
    layer: 'central',
    strength: 'required',
  } as const;
  const source = { zh: '规定', en: 'the norm' };
  const norms =
    norm === null ? [] : units.map((unit) => ({ ...held, unit, value: norm, source, note: null }));
  return {
    query: {
      kpi: [],
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
    context: { ...noContext, norms, ...context },
  };
}

const zh = (cells: Cell[], months: Cell[] = [], norm: number | null = 1): [string, string, string][] =>
  needs({ year: 2025, tree, years: answer(cells, norm), months: answer(months, norm) }).map((n) => [
    n.unit,
    n.tag,
    n.reasons.map((r) => r.zh).join('；'),
  ]);

describe('branches by need', () => {
  test('a unit in order is not listed', () => {
    expect(zh(year('A', {}))).toEqual([]);
  });

  test('a unit whose headcount is not reported is not a small one: its norms are looked at', () => {
    const [needed] = zh(year('A', { members: 0, met: [2, 7] }));
    expect(needed?.[1]).toBe('missed');
    expect(zh(year('A', { members: 0 }))).toEqual([]);
  });

  test('distance below the norm first, then what is overdue, then silence, then a fall; small units apart', () => {
    const list = zh([
      ...year('small', { members: 8, now: [10, 20] }),
      ...year('falling', { now: [810, 1000], before: [870, 1000] }),
      ...year('silent', { covered: 7 }),
      ...year('near', { met: [29, 30] }),
      ...year('far', { met: [20, 30] }),
      ...year('one', { overdue: 1 }),
      ...year('two', { overdue: 2 }),
      ...year('far and overdue', { met: [20, 30], overdue: 1 }),
      ...year('fine', {}),
    ]);
    expect(list.map(([unit, tag]) => `${unit} ${tag}`)).toEqual([
      'far and overdue missed',
      'far missed',
      'near missed',
      'two overdue',
      'one overdue',
      'silent silent',
      'falling falling',
      'small apart',
    ]);
  });

  test('a reason in words, with the months', () => {
    const months = [
      cell({ kpi: 'norm_compliance', unit: 'A', period: '2025-03', numerator: 2, denominator: 4 }),
      cell({ kpi: 'norm_compliance', unit: 'A', period: '2025-04', numerator: 3, denominator: 3 }),
      cell({ kpi: 'norm_compliance', unit: 'A', period: '2025-07', numerator: 1, denominator: 3 }),
      cell({
        kpi: 'ledger_completeness',
        unit: 'A',
        period: '2025-05',
        numerator: 0,
        denominator: 1,
        coverage: { covered: 0, due: 1 },
      }),
    ];
    expect(zh(year('A', { overdue: 2, met: [26, 30], covered: 8 }), months)).toEqual([
      ['A', 'missed', '组织生活 3、7月有缺，已办 26/30；2 项整改逾期；5月台账未报'],
    ]);
  });

  test('a unit is held to its own norm, inclusive, and to none where none is held against it', () => {
    expect(zh(year('A', { met: [27, 30] }), [], 0.9)).toEqual([]);
    expect(zh(year('A', { met: [26, 30] }), [], 0.9).map(([, tag]) => tag)).toEqual(['missed']);
    expect(zh(year('A', { met: [1, 30] }), [], null)).toEqual([]);
  });

  test('a fall across a break is no fall', () => {
    const cells = year('A', { now: [800, 1000], before: [900, 1000] });
    const event = { unit: 'A', on: '2025-01-01', type: 'took_in', other: 'X' } as const;
    const of = { year: 2025, tree, months: answer([]) };
    expect(needs({ ...of, years: answer(cells) })).toHaveLength(1);
    expect(needs({ ...of, years: answer(cells, 1, { events: [event] }) })).toEqual([]);
  });

  test('a fall of exactly five points is said, of a little less is not', () => {
    expect(zh(year('A', { now: [850, 1000], before: [900, 1000] })).map(([, tag]) => tag)).toEqual([
      'falling',
    ]);
    expect(zh(year('A', { now: [851, 1000], before: [900, 1000] }))).toEqual([]);
  });

  test('ten members are enough to be compared; a small unit that is overdue stays in the list', () => {
    expect(zh(year('A', { members: 10 }))).toEqual([]);
    expect(zh(year('A', { members: 9.5, overdue: 1 }))).toEqual([
      ['A', 'overdue', '1 项整改逾期；平均 9.5 名党员，人数少，不参与比率比较'],
    ]);
  });

  test('a unit from which nothing is due is left out', () => {
    const closed = year('A', { overdue: 3 }).map((c) => ({ ...c, coverage: { covered: 0, due: 0 } }));
    expect(zh(closed)).toEqual([]);
  });
});

describe('the answer of the sentence', () => {
  const count = (period: string, value: number, more: Partial<Cell> = {}): Cell =>
    cell({ kpi: 'study_sessions', unit: 'C', period, value, numerator: value, ...more });
  const rate = (period: string, numerator: number): Cell =>
    cell({ kpi: 'attendance_rate', unit: 'C', period, numerator, denominator: 1000 });
  const overdue = (value: number): Cell =>
    cell({ kpi: 'rectification_overdue', unit: 'C', period: '2025', value });

  const overview = (cells: Cell[], lang: 'zh' | 'en' = 'zh'): string =>
    sayOverview({ cells, year: 2025, changeOf: judging(answer(cells), tree) }, lang);

  test('says more, level and overdue', () => {
    const cells = [count('2024', 381), count('2025', 412), rate('2024', 871), rate('2025', 874), overdue(2)];
    expect(overview(cells)).toBe('学习更多，到会持平，2 项整改逾期。');
    expect(overview(cells, 'en')).toBe('More study, attendance level, 2 rectification items overdue.');
  });

  test('a year without figures is not compared', () => {
    const unreported = count('2024', 0, { value: null, numerator: null, status: 'none' });
    expect(overview([unreported, count('2025', 5), overdue(0)])).toBe(
      '学习不可比，到会不可比，没有整改逾期。',
    );
  });

  test('two per cent is level, more is not', () => {
    const study = (now: number): string => overview([count('2024', 100), count('2025', now)]).slice(0, 4);
    expect([study(102), study(103), study(98), study(97)]).toEqual([
      '学习持平',
      '学习更多',
      '学习持平',
      '学习减少',
    ]);
  });

  test('a year against the same days', () => {
    const said = (now: Cell, before: Cell | null, context: Partial<Context> = {}): string => {
      const moved = judging(answer([], null, context), tree)(kpi('study_sessions'), now, before);
      return sayYears(
        { kpi: kpi('study_sessions'), now, moved, whole: false, seen: { asOf: '2025-09-30' } },
        'zh',
      );
    };
    expect(said(count('2025', 412), count('2024', 381))).toBe('412 次，比去年同期 +31 次（+8.1%）。');
    expect(said(count('2025', 412, { unknown: 2 }), count('2024', 381))).toBe(
      '≥ 412 次（2 条不明），比去年同期 +31 次（+8.1%），部分可比（2 条数不明）。',
    );
    expect(said(count('2025', 5), count('2024', 0))).toBe('5 次，比去年同期 +5 次，没有基数。');
    expect(said(count('2025', 5), null)).toBe('5 次，没有基数：没有去年的数。');
    expect(said(count('2025', 5), count('2024', 5))).toBe('5 次，与去年同期持平。');
    // A figure that is not there says why by itself.
    const unreported = { value: null, numerator: null, status: 'none' } as const;
    expect(said(count('2025', 0, unreported), count('2024', 0, unreported))).toBe('— 未报。');
    const events = [{ unit: 'C', on: '2025-01-01', type: 'took_in', other: 'X' } as const];
    expect(said(count('2025', 412), count('2024', 381), { events })).toBe(
      '412 次，与去年不可比（2025年1月1日X并入）。',
    );
  });

  test('units against the norm, with those set apart; without a norm the middle half; counts against their own past', () => {
    const peer = (value: number, delta: number | null = null, held: number | null = null): Compared => ({
      unit: {
        code: 'A',
        name: 'A',
        parent: null,
        level: 'branch',
        openedOn: null,
        closedOn: null,
        mergedInto: null,
      },
      now: { ...cell({ kpi: 'any', unit: 'A', period: '2025' }), value },
      before: null,
      change: { delta, relative: null, verdict: 'comparable', reasons: [], because: null },
      norm: held,
      place: null,
    });
    const small = { ...peer(1), why: { zh: '人数少', en: 'few' } };
    const norm: Peers = {
      kpi: kpi('norm_compliance'),
      compared: [peer(1, null, 1), peer(0.9, null, 1)],
      apart: [small],
      band: null,
    };
    expect(sayCompare(norm, true, 'zh')).toBe('2 个可比支部中 1 个达到 100%，另 1 个单列。');
    const rate: Peers = {
      kpi: kpi('attendance_rate'),
      compared: [peer(0.9)],
      apart: [],
      band: [0.851, 0.92],
    };
    expect(sayCompare(rate, false, 'zh')).toBe('1 个可比支部，中间一半在 85.1%–92.0%。');
    const counts: Peers = {
      kpi: kpi('visits'),
      compared: [peer(9, 2), peer(8, 0), peer(7, null)],
      apart: [],
      band: null,
    };
    expect(sayCompare(counts, false, 'zh')).toBe('2 个支部中 1 个比自己去年多，1 个去年没有可比的数。');
    const first: Peers = { ...counts, compared: [peer(7, null)], apart: [small] };
    expect(sayCompare(first, false, 'zh')).toBe('1 个支部去年没有可比的数，另 1 个单列。');
    expect(sayCompare(first, false, 'en')).toBe(
      '1 branch, with nothing to compare with last year, 1 set apart.',
    );
    expect(sayCompare({ ...counts, compared: [] }, false, 'en')).toBe('No branch is comparable.');
  });
});

describe('the head of the list', () => {
  const need = (unit: string, ...has: Need['has']): Need => ({ unit, tag: has[0]!, has, reasons: [] });
  test('counts the units in need, and each of their reasons', () =>
    expect(sayNeeds([need('A', 'missed', 'overdue'), need('B', 'silent'), need('C', 'apart')], 5)).toEqual({
      zh: '5 个支部中 2 个需要关注：1 个有缺，1 个逾期，1 个未报；另列 1 个。',
      en: '2 of 5 branches need attention: 1 missed, 1 overdue, 1 silent; 1 set apart.',
    }));
  test('says so where none is', () => {
    expect(sayNeeds([], 5).zh).toBe('5 个支部都没有逾期、缺办、未报或下降。');
    expect(sayNeeds([need('C', 'apart')], 1).en).toBe(
      'Of 1 branch none is overdue, behind a norm, silent or falling; 1 set apart.',
    );
  });
  test('counts as all what something is due from', () => {
    const cells = [...year('A', {}), ...year('B', {})].map((c) =>
      c.unit === 'B' ? { ...c, coverage: { covered: 0, due: 0 } } : c,
    );
    expect(unitsDue(answer(cells), 2025)).toBe(1);
  });
});
