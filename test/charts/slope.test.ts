import { describe, expect, test } from 'vitest';
import { labelPlaces, PITCH } from '../../shared/charts/slope-drawing.ts';
import { slopesOf, slopeYears } from '../../shared/charts/slope-reading.ts';
import { slope } from '../../shared/charts/slope.ts';
import type { ViewState } from '../../shared/charts/view.ts';
import type { Context } from '../../shared/context.ts';
import { madeInput, madeTree, merger, type Asking, type Figure } from './made.ts';

const asOf = '2025-09-15';
/** 80 of 100 where nothing else is said; a pair is 2024 and 2025. */
const rates =
  (of: Record<string, readonly [Figure, Figure]>) =>
  ({ unit, period }: Asking): Figure => {
    const pair = of[unit];
    return pair === undefined ? hundred(80) : pair[period === '2024' ? 0 : 1];
  };
const hundred = (numerator: number): Figure => ({ numerator, denominator: 100 });
const inputOf = (
  figures: (of: Asking) => Figure,
  {
    state = {},
    tree = madeTree(),
    context = {},
  }: { state?: Partial<ViewState>; tree?: ReturnType<typeof madeTree>; context?: Partial<Context> } = {},
) =>
  madeInput(slope, { kpi: 'attendance_rate', asOf, years: [2024, 2025], ...state }, figures, tree, context);
const slopes = (...of: Parameters<typeof inputOf>) => slopesOf(inputOf(...of));
const inked = (s: ReturnType<typeof slopes>): string[] =>
  s.all.filter((d) => d.inked).map((d) => d.unit.code);

describe('the two years', () => {
  test('are the first and last asked for; of one year, the year before it and itself', () => {
    const of = (years: number[]) => slopeYears({ unit: 'JH', kpi: 'visits', years, asOf, grain: 'month' });
    expect(of([2022, 2023, 2025])).toEqual([2022, 2025]);
    expect(of([2025])).toEqual([2024, 2025]);
  });
  test('are both cut at the same day while this one runs, and neither once it is over or the reader wants it whole', () => {
    const of = (more: Partial<ViewState>) =>
      slope.questions(
        { unit: 'JH', kpi: 'visits', years: [2022, 2025], asOf, grain: 'month', ...more },
        madeTree(),
      )[0];
    expect(of({})).toMatchObject({ years: [2022, 2025], by: 'unit', grain: 'year', toDate: true });
    expect(of({ whole: true })?.toDate).toBe(false);
    expect(of({ asOf: '2025-12-31' })?.toDate).toBe(false);
  });
});

describe('a unit with a figure in one of the two years', () => {
  const figures = rates({
    S1: [null, hundred(90)],
    S2: [hundred(90), null],
    S3: [hundred(90), { numerator: 70, denominator: 100, coverage: [7, 9] }],
    S4: [{ numerator: 8, denominator: 9 }, hundred(70)],
    S5: [hundred(0), hundred(10)],
  });
  test('is listed apart with its reason, and never drawn as zero', () => {
    const { all, apart } = slopes(figures);
    expect(apart.map((a) => [a.unit.code, a.why.zh])).toEqual([
      ['S1', '2024：台账未报，不比较；2025：90.0%（90/100）'],
      ['S2', '2024：90.0%（90/100）；2025：台账未报，不比较'],
      ['S3', '2024：90.0%（90/100）；2025：台账只报 7/9 个月，不比较'],
      ['S4', '2024：8/9　应到人次 9，少于 10，单列；2025：70.0%（70/100）'],
    ]);
    expect(all.map((d) => d.unit.code)).not.toContain('S1');
    // A zero that was reported is a figure like another.
    expect(all.find((d) => d.unit.code === 'S5')).toMatchObject({ then: { value: 0 }, way: 'rise' });
  });
  test('has no change and no direction in the table either, but its reason', () => {
    const { rows } = slope.table(inputOf(figures), 'en');
    const row = rows.find((r) => r.label === '东港引航站党支部');
    expect(row?.cells.map((c) => c.text).slice(2)).toEqual([
      '',
      '',
      '2024: not reported, not compared; 2025: 90.0% (90/100)',
    ]);
  });
  test('the months that one unit lacks are named once', () => {
    const { apart } = slopes(figures, {
      context: { gaps: [{ unit: 'S3', family: 'activity', from: '2025-04', to: '2025-05' }] },
    });
    expect(apart[2]?.why.en).toBe('2024: 90.0% (90/100); no ledger for Apr–May 2025, not compared');
  });
  test('one that opened since says so', () => {
    const { apart } = slopes(rates({ S1: [null, hundred(90)] }), {
      tree: madeTree(0, { S1: { openedOn: '2025-03-01' } }),
    });
    expect(apart.map((a) => a.why.zh)).toEqual(['2025年3月1日成立，此前没有数']);
  });
});

test('a merged unit stands apart, and the one that took it in is broken off and marked', () => {
  const tree = madeTree(0, { S11: { closedOn: '2025-03-31', mergedInto: 'S3' } });
  const context = { events: merger('S11', 'S3', '2025-04-01') };
  const { all, apart } = slopes(rates({ S3: [hundred(70), hundred(95)] }), { tree, context });
  expect(apart.map((a) => [a.unit.code, a.why.zh])).toEqual([['S11', '2025年4月1日并入南岸站，不比较']]);
  const taker = all.find((d) => d.unit.code === 'S3');
  expect(taker).toMatchObject({ way: null, inked: false });
  expect(taker?.broken?.text.zh).toContain('鹿门站并入');
  // In today's structure the two are one unit with one past.
  const today = slopes(rates({}), { tree, context, state: { structure: 'today' } });
  expect([today.apart.length, today.all.length]).toEqual([0, 10]);
  expect(today.all.every((d) => d.way === 'level')).toBe(true);
});

describe('what stands out', () => {
  test('rise, fall and level are told in the digits that are written', () => {
    const { all } = slopes(
      rates({
        S1: [hundred(80), hundred(81)],
        S2: [hundred(80), hundred(79)],
        S3: [
          { numerator: 80_001, denominator: 100_000 },
          { numerator: 80_003, denominator: 100_000 },
        ],
      }),
    );
    expect(all.slice(0, 4).map((d) => d.way)).toEqual(['rise', 'fall', 'level', 'level']);
  });
  test('the four that moved most, whichever way', () => {
    const by = { S1: 1, S2: -9, S3: 4, S4: 2, S5: -3, S6: 8 };
    const s = slopes(
      rates(Object.fromEntries(Object.entries(by).map(([k, d]) => [k, [hundred(80), hundred(80 + d)]]))),
    );
    expect(inked(s)).toEqual(['S2', 'S3', 'S5', 'S6']);
  });
  test('ties come in together, of whatever halves, unless they would be most of all', () => {
    const tied = slopes(
      rates({
        S1: [hundred(80), hundred(85)],
        S2: [hundred(80), hundred(85)],
        S3: [hundred(80), hundred(85)],
        S4: [hundred(80), hundred(75)],
        S5: [
          { numerator: 160, denominator: 200 },
          { numerator: 170, denominator: 200 },
        ],
      }),
    );
    expect(inked(tied)).toEqual(['S1', 'S2', 'S3', 'S4', 'S5']);
    const all = slopes(({ unit, period }) => hundred(period === '2024' ? 80 : unit === 'S1' ? 99 : 85));
    expect(inked(all)).toEqual(['S1']);
    expect(inked(slopes(rates({})))).toEqual([]);
  });
  test('the reader’s choice comes before the moves', () => {
    const s = slopes(rates({ S1: [hundred(50), hundred(90)] }), { state: { beside: ['S7', 'S2'] } });
    expect(inked(s)).toEqual(['S2', 'S7']);
  });
  test('the sentence counts the ways and names the largest, with those that share it', () => {
    const figures = rates({
      S1: [hundred(80), hundred(85)],
      S2: [hundred(80), hundred(85)],
      S3: [hundred(80), hundred(70)],
      S4: [hundred(80), null],
    });
    expect(slope.says(inputOf(figures), 'zh')).toBe(
      '10 个可连的支部中 2 个升、1 个降、7 个持平；升得最多：东港站（80.0% → 85.0%）、西港站（80.0% → 85.0%）；降得最多：南岸站（80.0% → 70.0%）；1 个单列。',
    );
  });
});

describe('of more than forty', () => {
  const tree = madeTree(189);
  /** Unit n of the tree moves by n tenths of a point. */
  const places = new Map(tree.parts('JH').map((u, i) => [u.code, i]));
  const figures = ({ unit, period }: Asking): Figure => ({
    numerator: 7000 + (period === '2024' ? 0 : (places.get(unit) ?? 0)),
    denominator: 10_000,
  });
  test('the thirty that moved most are drawn, the rest counted and in the table', () => {
    const input = inputOf(figures, { tree });
    const s = slopesOf(input);
    expect(s.all.length).toBe(200);
    expect(s.drawn.map((d) => places.get(d.unit.code))).toEqual(
      Array.from({ length: 30 }, (_, i) => 170 + i),
    );
    expect(slope.says(input, 'zh')).toContain('200 个中画出变动最大的 30 个，其余 170 个在数据表里');
    expect(slope.table(input, 'zh').rows.length).toBe(200);
  });
  test('what is picked is drawn whatever its move', () => {
    const s = slopes(figures, { tree, state: { beside: ['S1'] } });
    expect(s.drawn.map((d) => d.unit.code)).toContain('S1');
    expect(s.drawn.length).toBe(30);
  });
  test('forty are all drawn', () => {
    expect(slopes(figures, { tree: madeTree(29) }).drawn.length).toBe(40);
  });
});

test('no two labels of an end stand nearer than a line, ties in the order of the tree', () => {
  const s = slopes(({ unit, period }) => hundred(unit === 'S9' ? 60 : period === '2024' ? 80 : 81));
  const height = s.drawn.length * PITCH;
  const stage = {
    plot: { x: 0, y: 0, width: 100, height },
    at: (_: number, y: number) => [0, height * (1 - y)] as const,
    step: 1,
  };
  for (const end of ['then', 'now'] as const) {
    const at = labelPlaces(s, stage, end);
    const sorted = at.toSorted((a, b) => a - b);
    const gaps = sorted.slice(1).map((y, i) => y - (sorted[i] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(PITCH - 1e-9);
    expect(Math.max(...at)).toBeLessThanOrEqual(height);
    const equals = s.drawn.flatMap((d, i) => (d.unit.code === 'S9' ? [] : [at[i] ?? 0]));
    expect(equals).toEqual(equals.toSorted((a, b) => a - b));
  }
});
