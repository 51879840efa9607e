import { expect, test } from 'vitest';
import {
  columnCount,
  columnIndex,
  findLine,
  PAGE,
  placeOf,
  tableOf,
} from '../../client/components/imports/grid.ts';
import type { GridLine, GridReply } from '../../shared/imports.ts';

const line = (row: number): GridLine => ({ row, is: 'taken', cells: [], problems: [] });
/** A sheet with these rows, and how often it was asked. */
function sheet(rows: readonly number[]): { ask: (from: number) => Promise<GridReply>; asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    ask: (from) => {
      asked.push(from);
      return Promise.resolve({ total: rows.length, lines: rows.slice(from, from + PAGE).map(line) });
    },
  };
}
const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

test('the page of a row is found at once where no row is blank', async () => {
  const { ask, asked } = sheet(range(5, 100_004));
  expect(await findLine(5, ask)).toBe(0);
  expect(await findLine(104, ask)).toBe(0);
  expect(await findLine(105, ask)).toBe(100);
  expect(await findLine(100_004, ask)).toBe(99_900);
  expect(asked).toHaveLength(6);
});

test('with blank rows the page is found by halving, and a row that is none leads to the next line', async () => {
  const rows = range(3, 30_000, 3);
  const { ask, asked } = sheet(rows);
  for (const row of [3, 300, 303, 9000, 29_997, 29_998]) {
    asked.length = 0;
    const from = await findLine(row, ask);
    const at = rows.findIndex((r) => r >= row);
    expect({ row, from }).toEqual({ row, from: Math.floor((at < 0 ? rows.length - 1 : at) / PAGE) * PAGE });
    expect(asked.length).toBeLessThan(10);
  }
});

test('a row above or below the table leads to its ends, an empty table to its beginning', async () => {
  const { ask } = sheet(range(10, 400));
  expect(await findLine(1, ask)).toBe(0);
  expect(await findLine(9999, ask)).toBe(300);
  expect(await findLine(7, sheet([]).ask)).toBe(0);
});

test('a problem has its place by cell or by row, or none', () => {
  expect([columnIndex('A'), columnIndex('Z'), columnIndex('AA')]).toEqual([0, 25, 26]);
  expect(placeOf({ cell: 'F12', row: 12 })).toEqual({ row: 12, at: 5 });
  expect(placeOf({ cell: null, row: 4 })).toEqual({ row: 4, at: null });
  expect(placeOf({ cell: null, row: null })).toBeNull();
});

test('of several tables in a sheet a problem belongs to the last that begins above it', () => {
  const of = (sheetName: string, from: number | null) => ({
    file: 'a.xlsx',
    sheet: sheetName,
    header: from === null ? null : { from, to: from },
  });
  const tables = [of('一', 3), of('二', 2), of('二', 40), of('三', null)];
  const number = (sheetName: string, row: number | null): number | null =>
    tableOf({ file: 'a.xlsx', sheet: sheetName, cell: null, row }, tables);
  expect([number('二', 39), number('二', 40), number('二', 1), number('三', 5), number('四', 1)]).toEqual([
    2,
    3,
    2,
    4,
    null,
  ]);
});

test('columns are as many as headings and lines have', () => {
  const heading = { at: 4, heading: '备注', key: null, label: null };
  const cell = { at: 6, text: 'x', reads: null, problems: [] };
  expect(columnCount({ columns: [] }, [])).toBe(0);
  expect(columnCount({ columns: [heading] }, [{ ...line(1), cells: [cell] }])).toBe(7);
});
