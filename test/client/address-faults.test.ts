import { describe, expect, test } from 'vitest';
import { ApiProblem } from '../../client/api.ts';
import { addressFaults, addressValues } from '../../client/composables/address.ts';
import { besideIn, toggled } from '../../client/composables/useBeside.ts';
import { standingOf } from '../../client/components/records/columns.ts';
import { sentenceFor } from '../../client/components/problem.ts';
import { UnitTree } from '../../shared/unit.ts';

const unit = { name: '瀚江', parent: null, openedOn: null, closedOn: null, mergedInto: null } as const;
const tree = new UnitTree([{ ...unit, code: 'HJ', level: 'centre' }]);
const faults = (query: Record<string, unknown>, isRecords = false): string[] =>
  addressFaults({ query, isRecords }, tree).map((f) => `${f.path}=${f.value}`);

describe('an address is judged before it is asked', () => {
  test.each([
    [{ unit: 'HJ', kpi: 'visits', kind: 'enterprise_visit', years: '2024,2025', asOf: '2025-03-31' }, []],
    [{ toDate: '0', grain: 'quarter', other: 'x', id: '7' }, []],
    [{ unit: null, kpi: '', years: null }, []],
    [{ unit: 'X', kpi: 'visits,none' }, ['unit=X', 'kpi=none']],
    [{ years: '2025,1899' }, ['years=1899']],
    [{ years: Array.from({ length: 31 }, (_, i) => 1990 + i).join(',') }, ['years=31']],
    [{ asOf: '2025-2-1', toDate: 'yes' }, ['asOf=2025-2-1', 'toDate=yes']],
    [{ unit: ['HJ', 'HJ'] }, ['unit=HJ, HJ']],
    [{ structure: 'now', per: 'unit' }, ['structure=now', 'per=unit']],
    [{ structure: 'today', per: 'member' }, []],
    [{ period: '2025-Q5' }, []],
    [{ only: '03' }, []],
    [{ only: 'Q4', grain: 'month', kpi: 'visits' }, []],
    [{ only: '13' }, ['only=13']],
    [{ only: '2026-03' }, ['only=2026-03']],
    [{ only: ['03', '04'] }, ['only=03, 04']],
    [{ only: '03', sum: '1', kpi: 'visits' }, ['only=03']],
    [{ beside: 'HJ', since: '2022' }, []],
    [{ beside: 'HJ,NOPE', since: '22' }, ['beside=NOPE', 'since=22']],
  ])('%j', (query, wrong) => {
    expect(faults(query)).toEqual(wrong);
  });

  test('four units stand side by side; a fifth is a fault, and the same one twice is one', () => {
    const codes = ['A', 'B', 'C', 'D', 'E'];
    const branches = codes.map((code) => ({ ...unit, code, level: 'branch' as const }));
    const many = new UnitTree(branches);
    const of = (beside: string): string[] =>
      addressFaults({ query: { beside }, isRecords: false }, many).map((f) => `${f.path}=${f.value}`);
    expect(of('A,B,C,D')).toEqual([]);
    expect(of('A,B,C,D,A')).toEqual([]);
    expect(of('A,B,C,D,E')).toEqual(['beside=5']);
    expect(besideIn({ beside: 'B,A,NOPE,B' }, many.byCode)).toEqual(['B', 'A']);
    expect(besideIn({}, many.byCode)).toEqual([]);
  });

  test('a pick is added at the end and taken back; a fifth is not taken', () => {
    expect(toggled(['A'], 'B')).toEqual(['A', 'B']);
    expect(toggled(['A', 'B'], 'A')).toEqual(['B']);
    expect(toggled(['A', 'B', 'C', 'D'], 'E')).toEqual(['A', 'B', 'C', 'D']);
    expect(toggled(['A', 'B', 'C', 'D'], 'D')).toEqual(['A', 'B', 'C']);
  });

  test('the period and part are judged where records are asked for', () => {
    expect(faults({ period: '2025-Q5', part: 'half' }, true)).toEqual(['period=2025-Q5', 'part=half']);
  });

  test('a code in the path is judged, and a name without a value is absent', () => {
    const [fault] = addressFaults({ query: {}, pathUnit: 'X', isRecords: false }, tree);
    expect(fault).toMatchObject({ path: '/units/', value: 'X' });
    expect(addressValues({ kind: null, unit: 'HJ' })).toEqual({ unit: 'HJ' });
  });
});

test('every status has a sentence, and a silent server its own', () => {
  const said = (status: number) => sentenceFor(new ApiProblem(status, ''));
  expect([401, 403, 404, 409, 413, 415, 422, 429].map(said)).toEqual(
    [401, 403, 404, 409, 413, 415, 422, 429].map((s) => `problem.${s}`),
  );
  expect([0, 503, 500, 418].map(said)).toEqual([
    'problem.lost',
    'problem.lost',
    'problem.broken',
    'problem.refused',
  ]);
  expect(sentenceFor(new TypeError('x'))).toBe('problem.unknown');
});

test('a record of unknown figure is out of the rate, or in the sum by its lower bound', () => {
  const row = { id: '1', family: 'activity', unit: 'HJ', date: '2025-03-05', kind: null, title: null };
  const standing = (addsNumerator: number | null, addsUnknown?: number) =>
    standingOf({ ...row, source: null, addsNumerator, addsUnknown });
  expect(standing(17, 0)).toBe('known');
  expect(standing(null, 1)).toBe('out');
  expect(standing(0, 1)).toBe('out');
  expect(standing(50, 1)).toBe('least');
  expect(standing(null)).toBe('known');
});
