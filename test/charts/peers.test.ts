import { describe, expect, test } from 'vitest';
import { compare } from '../../shared/charts/compare.ts';
import { middleHalf, peersOf } from '../../shared/charts/peers.ts';
import { madeInput, madeTree, type Asking, type Figure } from './made.ts';

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
  const peers = (figures: (of: Asking) => Figure, kpi = 'attendance_rate', tree = madeTree()) =>
    peersOf(madeInput(compare, { kpi, asOf }, figures, tree));

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
    const { apart, compared } = peers(rate({}), 'attendance_rate', tree);
    expect(apart.map((p) => [p.unit.code, p.why.zh])).toEqual([['S11', '2025-03-31 并入南岸站，不比较']]);
    expect(compared.filter((p) => p.change.verdict === 'not_comparable').map((p) => p.unit.code)).toEqual([
      'S3',
    ]);
  });
  test('the same days of last year make no unit closed later in the year a closed one', () => {
    const tree = madeTree(0, { S11: { closedOn: '2025-11-30' } });
    expect(peers(rate({}), 'attendance_rate', tree).apart).toEqual([]);
  });
});
