import { expect, test } from 'vitest';
import { placesOf, walk } from '../../client/composables/useMarks.ts';

const item = (period: string) => ({ value: 1, mark: { kpi: 'visits', unit: 'HJ', period } });
const months = (year: number) => [1, 2, 3].map((m) => item(`${year}-0${m}`));
/** Years as the chart draws them: the earliest lies lowest. A band carries no marks. */
const years = placesOf({ series: [{ data: [[0, 1]] }, { data: months(2024) }, { data: months(2025) }] });
const at = (index: number | null): string | undefined => years[index ?? -1]?.mark.period;

test('the first key leads to the current year, and Home and End stay within it', () => {
  expect(at(walk(years, -1, 'ArrowRight'))).toBe('2025-01');
  expect(at(walk(years, -1, 'ArrowLeft'))).toBe('2025-03');
  expect(at(walk(years, -1, 'End'))).toBe('2025-03');
  expect(at(walk(years, 2, 'Home'))).toBe('2025-01');
  expect(at(walk(years, 4, 'End'))).toBe('2024-03');
});

test('after its last mark the year before follows, and after all the first again', () => {
  expect(at(walk(years, 2, 'ArrowRight'))).toBe('2024-01');
  expect(at(walk(years, 5, 'ArrowDown'))).toBe('2025-01');
  expect(at(walk(years, 0, 'ArrowUp'))).toBe('2024-03');
});

test('in one line of years the walk begins with the latest', () => {
  const line = placesOf({ series: [{ data: [item('2023'), item('2024'), item('2025')] }] });
  expect(walk(line, -1, 'ArrowRight')).toBe(2);
  expect(walk(line, -1, 'Home')).toBe(0);
});

test('other keys, and a chart without marks, lead nowhere', () => {
  expect(walk(years, 0, 'a')).toBeNull();
  expect(placesOf({})).toEqual([]);
  expect(years[walk([], -1, 'ArrowRight') ?? -1]).toBeUndefined();
});
