import { describe, expect, test } from 'vitest';
import { lensChange, lensOf } from '../../client/components/compare/lens.ts';
import { besideKpis, besideQuestions, besideRows } from '../../shared/beside.ts';
import { besideUnits } from '../../shared/charts/beside-reading.ts';
import { beside } from '../../shared/charts/beside.ts';
import type { View, ViewState } from '../../shared/charts/view.ts';
import { madeInput, madeTree, type Asking, type Figure } from './made.ts';

const tree = madeTree();
const picked = ['S2', 'S1', 'S4'];
const state: ViewState = {
  unit: 'JH',
  kpi: 'attendance_rate',
  years: [2025],
  asOf: '2025-09-15',
  grain: 'month',
  beside: picked,
};
const units = besideUnits(state, tree);

/** The table's questions, answered as a view's are. */
const table: View = { ...beside, questions: (of) => besideQuestions(of, units) };
const rowsOf = (figures: (of: Asking) => Figure, of: Partial<ViewState> = {}) => {
  const { answers } = madeInput(table, { ...state, ...of }, figures, tree);
  return besideRows({ state: { ...state, ...of }, tree, units, answers });
};

describe('the units side by side', () => {
  test('stand in the order of the picking; unknown codes and a fifth are left out', () => {
    expect(units.map((u) => u.code)).toEqual(picked);
    const of = (codes: string[]) => besideUnits({ ...state, beside: codes }, tree).map((u) => u.code);
    expect(of(['S5', 'NOPE', 'S3', 'S1', 'S2', 'S4'])).toEqual(['S5', 'S3', 'S1', 'S2']);
    expect(of([])).toEqual(['S1', 'S2', 'S3', 'S4']);
  });
  test('have the headline figures, and before them the page’s own where it is another', () => {
    expect(besideKpis(state)[0]).toBe('study_sessions');
    expect(besideKpis({ kpi: 'norm_compliance' })[0]).toBe('norm_compliance');
    expect(besideKpis({ kpi: 'norm_compliance' }).length).toBe(6);
  });
});

describe('what lies between them', () => {
  const figures = ({ kpi, unit, period }: Asking): Figure => {
    const isNow = period === '2025';
    if (kpi === 'attendance_rate')
      return {
        numerator: unit === 'S2' ? (isNow ? 90 : 80) : 85,
        denominator: 100,
        coverage: unit === 'S4' && isNow ? [7, 9] : [9, 9],
      };
    if (kpi === 'rectification_closure_rate') return { numerator: 3, denominator: 4 };
    return { numerator: unit === 'S2' ? 60 : 30, denominator: unit === 'S2' ? 40 : 15 };
  };
  const row = (id: string, of = rowsOf(figures)) => of.find((r) => r.kpi.id === id);

  test('a rate by its points, and who is not compared with the reason', () => {
    const { cells, between } = row('attendance_rate') ?? { cells: [], between: null };
    expect(between?.zh).toBe(
      '最多差 5.0 个百分点（西港站 90.0%，东港站 85.0%）；沙屿站：台账只报 7/9 个月，不比较',
    );
    expect(cells[0]?.change).toMatchObject({ verdict: 'comparable' });
    expect(cells[0]?.change?.delta).toBeCloseTo(0.1, 9);
    expect(cells[2]?.change?.verdict).toBe('partial');
  });
  test('a count per member, since counts go with size', () => {
    // 60 of 40 members against 30 of 15: the larger count is the smaller share.
    expect(row('study_sessions')?.between.zh).toBe('按人均最多差 0.50 次/人（东港站 2.00，西港站 1.50）');
    expect(row('study_sessions')?.cells.map((c) => c.now?.value)).toEqual([60, 30, 30]);
  });
  test('of denominators under ten nothing is said but why', () => {
    expect(row('rectification_closure_rate')?.between.en).toMatch(
      /^fewer than two can be compared; 西港站: 3\/4/,
    );
  });
  test('no difference is said as such', () => {
    const same = rowsOf(() => ({ numerator: 30, denominator: 40 }));
    expect(row('attendance_rate', same)?.between.zh).toBe('没有差别（75.0%）');
  });
  test('what is not reported has no value and a reason', () => {
    const rows = rowsOf((of) => (of.unit === 'S1' ? null : figures(of)));
    const cell = row('attendance_rate', rows)?.cells[1];
    expect([cell?.now?.value, cell?.why?.zh]).toEqual([null, '台账未报，不比较']);
  });
  test('nothing while an answer is missing', () => {
    expect(besideRows({ state, tree, units, answers: [] })).toEqual([]);
  });
});

test('the lines’ sentence counts the months above its own last year, and names those missing', () => {
  const input = madeInput(
    beside,
    { ...state, beside: ['S1', 'S2'] },
    ({ unit, period }) =>
      unit === 'S2' && (period === '2025-04' || period === '2025-05')
        ? null
        : { numerator: period.startsWith('2025') && period < '2025-04' ? 90 : 80, denominator: 100 },
    tree,
  );
  // September is not over: eight months are.
  expect(beside.says(input, 'zh')).toBe(
    '东港站 8 个月里 3 个高于自己2024年；西港站 6 个月里 3 个高于自己2024年，4、5月未报。',
  );
});

describe('rate, per member, norm and count are one click each', () => {
  test.each([
    [{ kpi: 'attendance_rate' }, 'rate'],
    [{ kpi: 'study_sessions' }, 'count'],
    [{ kpi: 'visits', per: 'member' }, 'member'],
    [{ kpi: 'study_hours_per_member' }, 'member'],
    [{ kpi: 'norm_compliance' }, 'norm'],
  ] as const)('%j stands in %s', (of, lens) => expect(lensOf(of)).toBe(lens));
  test('each click leads to its own lens, whatever it leaves, and keeps a count that can stay', () => {
    for (const from of [{ kpi: 'attendance_rate' }, { kpi: 'visits' }, { kpi: 'norm_compliance' }])
      for (const lens of ['rate', 'member', 'norm', 'count'] as const) {
        const { kpi, per } = lensChange(from, lens);
        expect([from.kpi, lensOf({ kpi, ...(per === null ? {} : { per }) })]).toEqual([from.kpi, lens]);
      }
    expect(lensChange({ kpi: 'visits' }, 'member')).toEqual({ kpi: 'visits', per: 'member' });
    expect(lensChange({ kpi: 'visits', per: 'member' }, 'count')).toEqual({ kpi: 'visits', per: null });
  });
});
