import { expect, test } from 'vitest';
import { placesOf, walk } from '../../client/composables/marks.ts';
import { views } from '../../shared/charts/views.ts';
import { madeInput, wide } from '../charts/made.ts';

type Spot = readonly [number, number];
const item = (period: string, more: { unit?: string; spot?: Spot } = {}) => ({
  value: 1,
  mark: { kpi: 'visits', unit: more.unit ?? 'HJ', period },
  ...(more.spot ? { spot: more.spot } : {}),
});
const months = (year: number) => [1, 2, 3].map((m) => item(`${year}-0${m}`));
/** Years as the chart draws them: the earliest lies lowest. A band carries no marks. */
const years = placesOf({ series: [{ data: [[0, 1]] }, { data: months(2024) }, { data: months(2025) }] });
const at = (index: number | null): string | undefined => years[index ?? -1]?.mark.period;

test('the first key leads to the current year, and Home and End stay within it', () => {
  expect(at(walk(years, -1, 'ArrowRight'))).toBe('2025-01');
  expect(at(walk(years, -1, 'ArrowDown'))).toBe('2025-01');
  expect(at(walk(years, -1, 'ArrowLeft'))).toBe('2025-03');
  expect(at(walk(years, -1, 'End'))).toBe('2025-03');
  expect(at(walk(years, 2, 'Home'))).toBe('2025-01');
  expect(at(walk(years, 4, 'End'))).toBe('2024-03');
});

test('after its last mark the year before follows, and after all the first again', () => {
  expect(at(walk(years, 2, 'ArrowRight'))).toBe('2024-01');
  expect(at(walk(years, 5, 'ArrowRight'))).toBe('2025-01');
  expect(at(walk(years, 0, 'ArrowLeft'))).toBe('2024-03');
});

test('up and down lead to the same month of another year', () => {
  expect(at(walk(years, 1, 'ArrowDown'))).toBe('2024-02');
  expect(at(walk(years, 4, 'ArrowUp'))).toBe('2025-02');
  expect(at(walk(years, 4, 'ArrowDown'))).toBe('2025-02');
});

test('where a month stands alone up and down go on to the next mark', () => {
  const rows = placesOf({ series: [{ data: ['A', 'B', 'C'].map((unit) => item('2025', { unit })) }] });
  expect(walk(rows, 0, 'ArrowDown')).toBe(1);
  expect(walk(rows, 0, 'ArrowUp')).toBe(2);
});

test('in one line of years the walk begins with the latest', () => {
  const line = placesOf({ series: [{ data: [item('2023'), item('2024'), item('2025')] }] });
  expect(walk(line, -1, 'ArrowRight')).toBe(2);
  expect(walk(line, -1, 'Home')).toBe(0);
});

/** Two units, months 0…2; unit B has no March; a total at the end of each row, in a series of its own. */
const matrix = placesOf({
  series: [
    {
      data: [
        item('2025-01', { unit: 'A', spot: [0, 0] }),
        item('2025-02', { unit: 'A', spot: [1, 0] }),
        item('2025-03', { unit: 'A', spot: [2, 0] }),
        item('2025-01', { unit: 'B', spot: [0, 1] }),
        item('2025-02', { unit: 'B', spot: [1, 1] }),
      ],
    },
    {
      data: [item('2025', { unit: 'A', spot: [3, 0] }), item('2025', { unit: 'B', spot: [3, 1] })],
    },
  ],
});
const spot = (index: number | null): Spot | undefined => matrix[index ?? -1]?.spot;
const from = (column: number, row: number): number =>
  matrix.findIndex((p) => p.spot?.[0] === column && p.spot[1] === row);

test('in a matrix left and right go along the row, into its total and on to the next row', () => {
  expect(spot(walk(matrix, from(2, 0), 'ArrowRight'))).toEqual([3, 0]);
  expect(spot(walk(matrix, from(3, 0), 'ArrowRight'))).toEqual([0, 1]);
  expect(spot(walk(matrix, from(0, 0), 'ArrowLeft'))).toEqual([3, 1]);
  expect(spot(walk(matrix, from(1, 1), 'Home'))).toEqual([0, 1]);
  expect(spot(walk(matrix, from(1, 1), 'End'))).toEqual([3, 1]);
});

test('up and down keep the column, take the nearest where it is empty, and stay at the edge', () => {
  expect(spot(walk(matrix, from(1, 0), 'ArrowDown'))).toEqual([1, 1]);
  expect(spot(walk(matrix, from(1, 1), 'ArrowUp'))).toEqual([1, 0]);
  expect([
    [1, 1],
    [3, 1],
  ]).toContainEqual(spot(walk(matrix, from(2, 0), 'ArrowDown')));
  expect(spot(walk(matrix, from(3, 0), 'ArrowDown'))).toEqual([3, 1]);
  expect(spot(walk(matrix, from(0, 0), 'ArrowUp'))).toEqual([0, 0]);
});

test('other keys, and a chart without marks, lead nowhere', () => {
  expect(walk(years, 0, 'a')).toBeNull();
  expect(walk(matrix, 0, 'a')).toBeNull();
  expect(placesOf({})).toEqual([]);
  expect(years[walk([], -1, 'ArrowRight') ?? -1]).toBeUndefined();
});

test('the charts that are matrices say where each mark stands: down is the next unit, in the same month', () => {
  const drawn = (view: 'heatmap' | 'multiples') => {
    const input = madeInput(views[view], { kpi: 'study_sessions' }, () => ({ numerator: 3 }));
    return placesOf(views[view].option(input, wide));
  };
  const cells = drawn('heatmap');
  const from = cells.findIndex((p) => p.mark.unit === 'S2' && p.mark.period === '2025-03');
  expect(cells[walk(cells, from, 'ArrowDown') ?? -1]?.mark).toMatchObject({ unit: 'S3', period: '2025-03' });
  expect(cells[walk(cells, from, 'ArrowUp') ?? -1]?.mark).toMatchObject({ unit: 'S1', period: '2025-03' });
  expect(cells[walk(cells, from, 'ArrowRight') ?? -1]?.mark).toMatchObject({ unit: 'S2', period: '2025-04' });
  for (const view of ['heatmap', 'multiples'] as const)
    expect(drawn(view).filter((p) => p.spot === undefined)).toEqual([]);
});
