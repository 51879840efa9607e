import { describe, expect, test } from 'vitest';
import { compare } from '../../shared/charts/compare.ts';
import { labelsOf } from '../../shared/charts/break-marks.ts';
import { stepsOf } from '../../shared/charts/norms.ts';
import { ask, markOf } from '../../shared/charts/parts.ts';
import { widthOf } from '../../shared/charts/shapes.ts';
import type { ViewState } from '../../shared/charts/view.ts';
import { yoy } from '../../shared/charts/yoy.ts';
import { heldNorm } from '../../shared/held.ts';
import type { Cell } from '../../shared/query.ts';
import { hasPast, lastCoveredIn } from '../../shared/structure.ts';
import { held, madeInput, madeTree, merger, wide } from './made.ts';

const state: ViewState = {
  unit: 'JH',
  kpi: 'visits',
  years: [2024, 2025],
  asOf: '2025-09-30',
  grain: 'month',
  structure: 'today',
  per: 'member',
};
const cell: Cell = {
  kpi: 'visits',
  unit: 'S1',
  period: '2025',
  within: 'JH',
  value: 1,
  numerator: 20,
  denominator: 20,
  records: 20,
  unknown: 0,
  coverage: { covered: 9, due: 9 },
  status: 'ok',
};

describe('a mark opens exactly the records of its cell', () => {
  test('in its structure, per member, and within its scope', () =>
    expect(markOf(state, cell, true)).toEqual({
      kpi: 'visits',
      unit: 'S1',
      period: '2025',
      toDate: true,
      structure: 'today',
      per: 'member',
      within: 'JH',
    }));
  test('and as plainly as the cell is plain', () => {
    const { structure: _, per: __, ...plain } = state;
    const { within: ___, ...whole } = cell;
    expect(markOf(plain, whole)).toEqual({ kpi: 'visits', unit: 'S1', period: '2025' });
  });
  test('per member is asked of counts alone', () => {
    const of = { years: [2025], grain: 'year' } as const;
    expect(ask(state, of)).toMatchObject({ structure: 'today', per: 'member' });
    expect(ask({ ...state, kpi: 'attendance_rate' }, of)).not.toHaveProperty('per');
  });
});

describe('words over the columns of a chart', () => {
  const spot = (index: number) => ({
    index,
    share: 0,
    breaks: [
      {
        on: '2025-04-01',
        code: 'took_in' as const,
        verdict: 'not_comparable' as const,
        units: [],
        label: { zh: '一个名字很长的站并入', en: 'merged' },
        text: { zh: '', en: '' },
      },
    ],
  });
  const frame = { look: wide, left: 40, right: 44, columns: 12 };
  test('keep apart, the later ones lower, so that no line crosses them', () => {
    const { labels, room } = labelsOf([spot(2), spot(3), spot(9)], frame);
    expect(labels.map((l) => l.lane)).toEqual([1, 0, 0]);
    expect(room).toBe(32);
  });
  test('stay within the chart', () => {
    const [last] = labelsOf([spot(11)], frame).labels;
    expect(last!.start + widthOf(last!.text, 11)).toBeLessThanOrEqual(wide.width);
  });
  test('give way where there is no room: the line stays', () => {
    const { labels } = labelsOf([spot(2), spot(3), spot(4), spot(5), spot(6)], {
      ...frame,
      look: { ...wide, width: 200 },
    });
    expect(labels).toHaveLength(5);
    expect(labels.some((l) => l.text === '')).toBe(true);
  });
});

describe('norms', () => {
  test('are those of a period’s last day', () => {
    const norms = [
      held({ kpi: 'visits', unit: 'A', value: 1, to: '2025-06-30' }),
      held({ kpi: 'visits', unit: 'A', value: 2, from: '2025-07-01' }),
    ];
    const of = (period: string, unit = 'A', start = 1) =>
      heldNorm({ norms }, { kpi: 'visits', unit, period }, start)?.value;
    expect([of('2025-06'), of('2025-07'), of('2025'), of('2025-Q2'), of('2025', 'B')]).toEqual([
      1,
      2,
      2,
      1,
      undefined,
    ]);
    // From September 2024 on: its last day is in August 2025.
    expect([of('2024', 'A', 9), of('2024', 'A', 7)]).toEqual([2, 1]);
  });
  test('are drawn in steps, and not where there is none', () =>
    expect(stepsOf([null, 1, 1, 2, null, 2])).toEqual([
      { from: 1, to: 2, value: 1 },
      { from: 3, to: 3, value: 2 },
      { from: 5, to: 5, value: 2 },
    ]));
});

describe('breaks are told', () => {
  const tree = madeTree(0, { S11: { closedOn: '2025-03-31', mergedInto: 'S3' } });
  const input = madeInput(yoy, { kpi: 'visits', unit: 'S3' }, () => ({ numerator: 5 }), tree, {
    events: merger('S11', 'S3', '2025-04-01'),
  });
  test('in the table and the line of words', () => {
    const april = yoy.table(input, 'en').rows.find((r) => r.label === 'Apr');
    expect(april?.cells.at(-1)?.text).toBe('merged 鹿门站 on 1 Apr 2025');
    expect(yoy.says(input, 'zh')).toContain('2025年4月1日鹿门站并入，前后不可比');
  });
  test('and not in today’s structure, where nothing breaks', () => {
    const today = { ...input, state: { ...input.state, structure: 'today' as const } };
    expect(yoy.table(today, 'en').columns.at(-1)).not.toBe('Note');
  });
  test('in the comparison, whose table also has places', () => {
    const rates = madeInput(
      compare,
      { kpi: 'attendance_rate' },
      () => ({ numerator: 9, denominator: 10 }),
      tree,
      {
        events: merger('S11', 'S3', '2025-04-01'),
      },
    );
    const row = compare.table(rates, 'zh').rows.find((r) => r.label.startsWith('南岸'));
    expect(row?.cells.slice(-2).map((c) => c.text)).toEqual(['1–10', '不可比：2025年4月1日鹿门站并入']);
  });
});

describe('the structure of a scope', () => {
  const merged = madeTree(0, { S11: { closedOn: '2025-03-31', mergedInto: 'S3' } });
  test('has a past where units merged or moved, and nowhere else', () => {
    expect(['JH', 'S3', 'S11', 'S1'].map((code) => hasPast(merged, code))).toEqual([true, true, true, false]);
    expect(hasPast(madeTree(), 'JH')).toBe(false);
    const past = (parent: string) => [{ until: '2024-12-31', name: '老名字', parent }];
    expect(hasPast(madeTree(0, { S2: { past: past('JH') } }), 'JH')).toBe(false);
    expect(hasPast(madeTree(0, { S2: { past: past('S1') } }), 'S1')).toBe(true);
  });
  test('is covered as far as the last of its ledgers', () => {
    const days = { S3: '2025-08-31', S1: '2025-09-30' };
    expect(['JH', 'S3', 'S2'].map((code) => lastCoveredIn(merged, code, days))).toEqual([
      '2025-09-30',
      '2025-08-31',
      null,
    ]);
  });
});
