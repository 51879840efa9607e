import { expect, test } from 'vitest';
import {
  commitChoices,
  edited,
  editFault,
  noChoices,
  outcome,
  spanKey,
  tableChoices,
  withField,
  changedTables,
  type Choices,
} from '../../client/components/imports/choices.ts';
import type { ImportReplace, ImportReply, ImportTable, ImportTwin } from '../../shared/imports.ts';

const side = (record: string | null): ImportTwin['first'] => ({
  file: 'a.csv',
  sheet: 'a',
  row: 3,
  title: '党课',
  record,
  importId: record === null ? null : 1,
  figures: {},
});
const twin = (id: string, record: string | null, date = '2025-03-05'): ImportTwin => ({
  id,
  unit: 'A',
  ledger: 'activity',
  date,
  first: side(record),
  second: side(null),
});
const span = (of: Partial<ImportReplace> = {}): ImportReplace => ({
  unit: 'A',
  ledger: 'activity',
  from: '2025-01',
  to: '2025-06',
  stored: 30,
  same: 20,
  added: 4,
  changed: 3,
  gone: 7,
  edited: 2,
  rows: [],
  ...of,
});
const table = (of: Partial<ImportTable> = {}): ImportTable => ({
  file: 'a.csv',
  sheet: 'a',
  ledger: 'activity',
  unit: 'A',
  from: '2025-01',
  to: '2025-12',
  rows: 50,
  accepted: 40,
  rejected: 6,
  unknown: 0,
  duplicates: 4,
  key: '1-1-1',
  header: { from: 1, to: 1 },
  columns: [],
  lines: 51,
  ...of,
});
const report = (of: Partial<Pick<ImportReply, 'twins' | 'replaces'>>): Parameters<typeof outcome>[0] => ({
  sheets: [table()],
  twins: [],
  replaces: [],
  ...of,
});

test('without a choice both twins are stored and nothing is replaced', () => {
  const of = report({ twins: [twin('t', 'r')], replaces: [span()] });
  expect(commitChoices(of, noChoices)).toEqual({ replace: [], twins: [] });
  expect(outcome(of, noChoices)).toEqual({ stores: 40, removes: 0, edited: 0 });
});

test('of two rows of one import one is not stored; a stored twin that is not kept goes', () => {
  const twins = [twin('stored', 'r'), twin('rows', null)];
  const keep = (choice: 'first' | 'second'): Choices => ({
    ...noChoices,
    twins: { stored: choice, rows: choice },
  });
  expect(outcome(report({ twins }), keep('first'))).toEqual({ stores: 38, removes: 0, edited: 0 });
  expect(outcome(report({ twins }), keep('second'))).toEqual({ stores: 39, removes: 1, edited: 0 });
});

test('a span that is replaced takes what is changed or gone, its corrections, and its stored twins along', () => {
  const of = report({
    twins: [twin('inside', 'r'), twin('outside', 'r', '2025-07-01'), twin('rows', null)],
    replaces: [span(), span({ ledger: 'visit' })],
  });
  const choices: Choices = {
    twins: { inside: 'first', outside: 'first', rows: 'first' },
    replaced: [spanKey(span())],
  };
  expect(commitChoices(of, choices)).toEqual({
    replace: [{ unit: 'A', ledger: 'activity', from: '2025-01', to: '2025-06' }],
    twins: [
      { id: 'outside', keep: 'first' },
      { id: 'rows', keep: 'first' },
    ],
  });
  expect(outcome(of, choices)).toEqual({ stores: 38, removes: 10, edited: 2 });
});

test('a choice that another check has made void is not sent', () => {
  expect(commitChoices(report({}), { twins: { gone: 'first' }, replaced: [spanKey(span())] })).toEqual({
    replace: [],
    twins: [],
  });
});

test('an edit is what differs from the table, and is undone field by field', () => {
  const of = table();
  const moved = withField({}, of, ['to', '2025-09']);
  expect(edited(of, moved[of.key])).toEqual({ unit: 'A', from: '2025-01', to: '2025-09' });
  const both = withField(moved, of, ['unit', 'B']);
  expect(tableChoices(both)).toEqual([{ table: '1-1-1', to: '2025-09', unit: 'B' }]);
  expect(withField(withField(both, of, ['unit', 'A']), of, ['to', ''])).toEqual({});
});

test('what a table says because it was set by hand stays an edit', () => {
  const applied = { '1-1-1': { to: '2025-09' } };
  const now = table({ to: '2025-09' });
  const later = withField(applied, now, ['to', '2025-10'], applied);
  expect(changedTables(later, applied)).toEqual(['1-1-1']);
  const back = withField(later, now, ['to', '2025-09'], applied);
  expect(back).toEqual(applied);
  expect(changedTables(back, applied)).toEqual([]);
  expect(changedTables({}, applied)).toEqual(['1-1-1']);
});

test('months must be both there and in order', () => {
  expect(editFault(table(), { from: '2026-01' })).toBe('order');
  expect(editFault(table(), { from: '2025-12' })).toBeNull();
  expect(editFault(table({ from: null, to: null }), { from: '2025-01' })).toBe('half');
  expect(editFault(table({ from: null, to: null }), { unit: 'B' })).toBeNull();
});
