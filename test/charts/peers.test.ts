import { describe, expect, test } from 'vitest';
import { compare } from '../../shared/charts/compare.ts';
import { agreedNorm, hasOwnNorms, middleHalf, peersOf } from '../../shared/charts/peers.ts';
import type { ViewState } from '../../shared/charts/view.ts';
import type { Context } from '../../shared/context.ts';
import { sayCompare, sayPlace } from '../../shared/say.ts';
import { held, madeInput, madeTree, merger, type Asking, type Figure } from './made.ts';

describe('the band of the middle half', () => {
  test('runs between the quartiles, interpolated as Excel’s QUARTILE.INC', () => {
    expect(middleHalf([1, 2, 3, 4])).toEqual([1.75, 3.25]);
    expect(middleHalf([5, 1, 3, 2, 4])).toEqual([2, 4]);
    expect(middleHalf([7, 7, 7, 7, 7, 7])).toEqual([7, 7]);
  });
  test('needs four: of three there is no middle half', () => {
    expect(middleHalf([1, 2, 3])).toBeNull();
    expect(middleHalf([])).toBeNull();
  });
});

describe('units beside each other', () => {
  const rate =
    (of: Record<string, Figure>) =>
    ({ unit }: Asking): Figure =>
      unit in of ? of[unit]! : { numerator: 80, denominator: 100 };
  const asOf = '2025-09-15';
  const peers = (
    figures: (of: Asking) => Figure,
    kpi = 'attendance_rate',
    tree = madeTree(),
    { state = {}, context = {} }: { state?: Partial<ViewState>; context?: Partial<Context> } = {},
  ) => peersOf(madeInput(compare, { kpi, asOf, ...state }, figures, tree, context));

  test('stand best first, and equals in the order of the tree', () => {
    const { compared } = peers(
      rate({ S3: { numerator: 95, denominator: 100 }, S2: { numerator: 10, denominator: 100 } }),
    );
    expect(compared.map((p) => p.unit.code)).toEqual([
      'S3',
      'S1',
      'S4',
      'S5',
      'S6',
      'S7',
      'S8',
      'S9',
      'S10',
      'S11',
      'S2',
    ]);
  });
  test('where less is better, the least stands first', () => {
    const { compared } = peers(rate({ S5: { numerator: 1, denominator: 100 } }), 'unexcused_rate');
    expect(compared[0]?.unit.code).toBe('S5');
  });
  test('are not ranked by raw counts, and have no band', () => {
    const { compared, band } = peers(
      ({ unit }) => ({ numerator: unit === 'S11' ? 900 : 1 }),
      'study_sessions',
    );
    expect(compared.map((p) => p.unit.code)).toEqual(
      madeTree()
        .parts('JH')
        .map((u) => u.code),
    );
    expect(band).toBeNull();
  });
  test('a denominator of 9 stands apart, of 10 does not', () => {
    const { apart, compared } = peers(
      rate({ S1: { numerator: 9, denominator: 9 }, S2: { numerator: 10, denominator: 10 } }),
    );
    expect(apart.map((p) => [p.unit.code, p.why.zh])).toEqual([['S1', '9/9　应到人次 9，少于 10，单列']]);
    expect(compared[0]?.unit.code).toBe('S2');
  });
  test('what is missing stands apart, and says how much', () => {
    const { apart } = peers(rate({ S1: null, S2: { numerator: 80, denominator: 100, coverage: [5, 9] } }));
    expect(apart.map((p) => p.why.zh)).toEqual(['台账未报，不比较', '台账只报 5/9 个月，不比较']);
  });
  test('completeness is itself the measure of what is missing', () => {
    const { apart } = peers(
      rate({ S2: { numerator: 5, denominator: 12, coverage: [5, 12] } }),
      'ledger_completeness',
    );
    expect(apart).toEqual([]);
  });
  test('a merged unit stands apart, and the one that took it in is not set against its last year', () => {
    const tree = madeTree(0, { S11: { closedOn: '2025-03-31', mergedInto: 'S3' } });
    const context = { events: merger('S11', 'S3', '2025-04-01') };
    const { apart, compared } = peers(rate({}), 'attendance_rate', tree, { context });
    expect(apart.map((p) => [p.unit.code, p.why.zh])).toEqual([['S11', '2025年4月1日并入南岸站，不比较']]);
    expect(compared.filter((p) => p.change.verdict === 'not_comparable').map((p) => p.unit.code)).toEqual([
      'S3',
    ]);
  });
  test('the same days of last year make no unit closed later in the year a closed one', () => {
    const tree = madeTree(0, { S11: { closedOn: '2025-11-30' } });
    expect(peers(rate({}), 'attendance_rate', tree).apart).toEqual([]);
  });
  test('in today’s structure a merged unit is part of the other, which has a past to be set against', () => {
    const tree = madeTree(0, { S11: { closedOn: '2025-03-31', mergedInto: 'S3' } });
    const context = { events: merger('S11', 'S3', '2025-04-01') };
    const { apart, compared } = peers(rate({}), 'attendance_rate', tree, {
      state: { structure: 'today' },
      context,
    });
    expect([apart.length, compared.length]).toEqual([0, 10]);
    expect(compared.every((p) => p.change.verdict === 'comparable')).toBe(true);
  });
  test('the months that one unit lacks are named', () => {
    const { apart } = peers(
      rate({ S4: { numerator: 80, denominator: 100, coverage: [7, 9] } }),
      'attendance_rate',
      madeTree(),
      { context: { gaps: [{ unit: 'S4', family: 'activity', from: '2025-04', to: '2025-05' }] } },
    );
    expect(apart.map((p) => p.why)).toEqual([
      { zh: '缺 2025年4、5月台账，不比较', en: 'no ledger for Apr–May 2025, not compared' },
    ]);
  });

  describe('have places', () => {
    const places = (p: ReturnType<typeof peers>): (string | null)[] => p.compared.map((c) => c.place);
    const figures = rate({
      S3: { numerator: 95, denominator: 100 },
      S1: { numerator: 9, denominator: 10 },
      S2: { numerator: 90, denominator: 100 },
      S5: { numerator: 45, denominator: 50 },
    });
    test('shared by equal figures, of whatever halves', () =>
      expect(places(peers(figures)).slice(0, 5)).toEqual(['1', '2–4', '2–4', '2–4', '5–11']));
    test('never by raw counts', () =>
      expect(new Set(places(peers(figures, 'study_sessions')))).toEqual(new Set([null])));
    test('per member, and a branch under ten members stands apart', () => {
      const each = ({ unit }: Asking): Figure =>
        unit === 'S8'
          ? { numerator: 30, denominator: 9.5 }
          : { numerator: unit === 'S9' ? 40 : 30, denominator: 20 };
      const so = peers(each, 'study_sessions', madeTree(), { state: { per: 'member' } });
      expect(so.compared[0]?.unit.code).toBe('S9');
      expect(places(so)).toEqual(['1', ...Array.from({ length: 9 }, () => '2–10')]);
      expect(so.band).toEqual([1.5, 1.5]);
      expect(so.apart.map((p) => p.why.zh)).toEqual(['30/9.5　平均党员数 9.5，少于 10，单列']);
      expect(sayPlace(so, 'S1', 'zh')).toBe('10 个可比支部中第 2–10 位，与另外 8 个相同；次数不等于质量');
      expect(sayPlace(so, 'S9', 'en')).toBe('place 1 of 10 comparable branches; counts are not quality');
      expect(sayPlace(so, 'S8', 'zh')).toBeNull();
    });
  });

  describe('are held each against its own norm', () => {
    const norms = (value: (n: number) => number | null): Partial<Context> => ({
      norms: Array.from({ length: 11 }, (_, i) => i + 1).flatMap((n) => {
        const own = value(n);
        return own === null ? [] : [held({ kpi: 'attendance_rate', unit: `S${n}`, value: own })];
      }),
    });
    const of = (value: (n: number) => number | null) =>
      peers(rate({}), 'attendance_rate', madeTree(), { context: norms(value) });
    test('which is one line where all agree', () => expect(agreedNorm(of(() => 0.8))).toBe(0.8));
    test('and a tick each where they do not', () => {
      const so = of((n) => (n === 3 ? 0.85 : n === 4 ? null : 0.8));
      expect([agreedNorm(so), hasOwnNorms(so)]).toEqual([null, true]);
      expect(so.compared.map((p) => p.norm)).toContain(0.85);
      expect(sayCompare(so, true, 'zh')).toBe('10 个可比支部中 9 个达到各自的规定。');
    });
    test('none has none', () => expect(hasOwnNorms(of(() => null))).toBe(false));
  });
});
