import { expect, test } from 'vitest';
import {
  coverageSpans,
  ledgerLinks,
  problemGroups,
  sheetPath,
  totals,
} from '../../client/components/imports/report.ts';
import type { ImportProblem, ImportSheet } from '../../shared/api.ts';

const problem = (
  sheet: string | null,
  cell: string | null,
  severity: ImportProblem['severity'],
  row: number | null = null,
): ImportProblem => ({
  file: 'a.xlsx',
  sheet,
  cell,
  row,
  severity,
  code: 'count.unknown',
  message: { zh: '不明', en: 'unknown' },
  value: '*',
});

const sheet = (of: Partial<ImportSheet>): ImportSheet => ({
  file: 'a.xlsx',
  sheet: '一',
  ledger: 'activity',
  unit: 'NA',
  from: '2022-01',
  to: '2022-12',
  rows: 9,
  accepted: 6,
  rejected: 3,
  unknown: 1,
  duplicates: 0,
  ...of,
});

test('problems stand by sheet, in the order in which the sheet is read', () => {
  const groups = problemGroups(
    [
      problem('一', 'F12', 'error'),
      problem('二', 'A2', 'warning'),
      problem('一', 'B10', 'warning'),
      problem('一', 'AA10', 'warning'),
      problem('一', 'F9', 'warning'),
      problem('一', null, 'warning'),
      problem('一', null, 'warning', 11),
    ],
    'all',
  );
  expect(groups.map((g) => [g.sheet, g.problems.map((p) => p.cell ?? p.row)])).toEqual([
    ['一', [null, 'F9', 'B10', 'AA10', 11, 'F12']],
    ['二', ['A2']],
  ]);
});

test('a filter leaves out sheets in which nothing is left', () => {
  const groups = problemGroups([problem('一', 'F12', 'error'), problem('二', 'A2', 'warning')], 'error');
  expect(groups.map((g) => g.sheet)).toEqual(['一']);
});

test('what a commit takes is summed over all sheets, unrecognised ones included', () => {
  expect(
    totals([
      sheet({}),
      sheet({ ledger: null, accepted: 0, rejected: 0, unknown: 0, rows: 2, duplicates: 1 }),
    ]),
  ).toEqual({ rows: 11, accepted: 6, rejected: 3, unknown: 1, duplicates: 1 });
});

test('sheets of one ledger and span are said together', () => {
  expect(
    coverageSpans([
      sheet({}),
      sheet({ unit: 'DG' }),
      sheet({ unit: 'NA' }),
      sheet({ ledger: 'visit', to: '2022-06' }),
      sheet({ ledger: null }),
      sheet({ ledger: 'headcount', from: null, to: null }),
    ]),
  ).toEqual([
    { ledger: 'activity', from: '2022-01', to: '2022-12', units: ['NA', 'DG'] },
    { ledger: 'visit', from: '2022-01', to: '2022-06', units: ['NA'] },
  ]);
});

test('links lead to what was taken in: one a ledger and year, at the unit where there is but one', () => {
  expect(
    ledgerLinks([
      sheet({}),
      sheet({ sheet: '二' }),
      sheet({ accepted: 0, unit: 'DG' }),
      sheet({ ledger: 'visit', unit: 'NA' }),
      sheet({ ledger: 'visit', unit: 'DG' }),
      sheet({ ledger: 'visit', unit: 'DG' }),
    ]),
  ).toEqual([
    { ledger: 'activity', kpi: 'attendance_rate', unit: 'NA', year: '2022' },
    { ledger: 'visit', kpi: 'visits', unit: null, year: '2022' },
  ]);
});

test('the one sheet of a CSV file is called by the file', () => {
  expect(sheetPath('a.xlsx', 'Sheet1')).toBe('a.xlsx › Sheet1');
  expect(sheetPath('走访2022.csv', '走访2022')).toBe('走访2022.csv');
  expect(sheetPath('a.xlsx', null)).toBe('a.xlsx');
});
