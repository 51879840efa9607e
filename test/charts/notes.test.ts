import { describe, expect, test } from 'vitest';
import { notedIn, numeral, sayNote } from '../../shared/charts/notes.ts';
import type { ChartNote, ViewInput } from '../../shared/charts/view.ts';
import { trend } from '../../shared/charts/trend.ts';
import { yoy } from '../../shared/charts/yoy.ts';
import { notePlaces, read } from '../../shared/charts/yoy-reading.ts';
import { madeInput, wide } from './made.ts';

// Notes stand at their own points, with the number that they have in the list under the chart.
const note = (of: Partial<ChartNote>): ChartNote => ({
  id: 1,
  kpi: 'visits',
  unit: 'JH',
  period: '2025-03',
  body: '台风停航',
  author: '王芳',
  day: '2025-04-02',
  createdAt: '2025-04-01T20:00:00Z',
  editedAt: null,
  ...of,
});
const input = (notes: readonly ChartNote[], of: Partial<ViewInput['state']> = {}): ViewInput => ({
  ...madeInput(yoy, { kpi: 'visits', ...of }, ({ period }) => ({ numerator: Number(period.slice(5)) })),
  notes,
});

describe('notes on a chart', () => {
  test('of the unit, the figure and the kinds that the chart is of, and no other', () => {
    const notes = [
      note({ unit: 'S1' }),
      note({ kpi: 'volunteers' }),
      note({}),
      note({ kind: ['research_visit'] }),
    ];
    expect(notedIn(input(notes)).map(({ n }) => n)).toEqual([3]);
    expect(notedIn(input(notes, { kind: ['research_visit'] })).map(({ n }) => n)).toEqual([4]);
  });
  test('stand at the column and the value of their own year', () => {
    const places = notePlaces(read(input([note({ period: '2024-02' }), note({ period: '2025-03' })])));
    expect(places.map(({ index, value }) => [index, value])).toEqual([
      [1, 2],
      [2, 3],
    ]);
    // 1 + 2 + 3: of a running total they stand on the total.
    const totals = notePlaces(read(input([note({ period: '2025-03' })], { sum: true })));
    expect(totals.map(({ index, value }) => [index, value])).toEqual([[2, 6]]);
    expect(notePlaces(read(input([note({ period: '2019-03' })])))).toEqual([]);
  });
  test('are said with their author and the day by the office’s own clock', () => {
    const noted = { n: 2, note: note({}) };
    expect(sayNote(noted, 'zh')).toBe('② 台风停航（王芳，2025年4月2日）');
    expect(sayNote(noted, 'en')).toBe('② 台风停航 (王芳, 2 Apr 2025)');
    expect([1, 20, 21, 35, 36, 50, 51].map(numeral)).toEqual(['①', '⑳', '㉑', '㉟', '㊱', '㊿', '(51)']);
  });
  test('stand in the table beside their month, or their year', () => {
    const table = yoy.table(input([note({})]), 'zh');
    expect(table.columns.at(-1)).toBe('说明');
    expect(table.rows.map((r) => r.cells.at(-1)?.text)[2]).toBe('① 台风停航（王芳，2025年4月2日）');
    const years: ViewInput = {
      ...madeInput(trend, { kpi: 'visits' }, () => ({ numerator: 4 })),
      notes: [note({ period: '2024' })],
    };
    const rows = trend.table(years, 'en').rows.map((r) => r.cells.at(-1)?.text);
    expect(rows).toEqual(['', '', '① 台风停航 (王芳, 2 Apr 2025)', '']);
    const ids = (trend.option(years, wide) as { series: { id: string }[] }).series.map((s) => s.id);
    expect(ids).toContain('notes');
    const { notes: _, ...bare } = years;
    expect(trend.height(years, wide)).toBeGreaterThan(trend.height(bare, wide));
  });
});
