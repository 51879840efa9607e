import { expect, test } from 'vitest';
import { bearsNotes, latestOf, notesOn, pointsOf } from '../../client/components/notes/points.ts';
import type { Table, ViewState } from '../../shared/charts/view.ts';
import type { Answer } from '../../shared/query.ts';

const mark = (period: string, of: { unit?: string; kind?: string[] } = {}) => ({
  kpi: 'visits',
  unit: 'A',
  period,
  ...of,
});
const table: Table = {
  columns: ['月', '2025', '2026'],
  rows: [
    {
      label: '1月',
      cells: [
        { text: '3', value: 3, mark: mark('2025-01') },
        { text: '4', value: 4, mark: mark('2026-01') },
      ],
    },
    {
      label: '2月',
      cells: [
        { text: '5', value: 5, mark: mark('2025-02') },
        { text: '—', mark: mark('2026-02') },
      ],
    },
    // The same days of a point are the same point.
    {
      label: '同期',
      cells: [{ text: '2', value: 2, mark: { ...mark('2025-02'), toDate: true } }, { text: '' }],
    },
  ],
};
const state = { unit: 'A', kpi: 'visits' } as ViewState;
const answer = (cells: { period: string; unit?: string; kind?: string }[]) =>
  ({ cells: cells.map((cell) => ({ kpi: 'visits', unit: 'A', ...cell })) }) as unknown as Answer;
const note = (id: number, period: string, of: { unit?: string; kpi?: string; kind?: string[] } = {}) => ({
  id,
  ...mark(period),
  ...of,
});
const idsOf = (notes: readonly { id: number }[]): number[] => notes.map((n) => n.id);

test('the points of a chart are its figures, each once, the latest first', () => {
  expect(pointsOf(table).map((p) => p.period)).toEqual(['2026-02', '2026-01', '2025-02', '2025-01']);
});

test('a note is meant for the latest figure there is; for a month to come only where there is no other', () => {
  expect(latestOf(table.rows.flatMap((row) => row.cells))?.period).toBe('2026-01');
  expect(latestOf(table.rows[1]?.cells ?? [])?.period).toBe('2025-02');
  expect(latestOf([{ text: '—', mark: mark('2026-02') }])?.period).toBe('2026-02');
  expect(latestOf([])).toBeUndefined();
});

test('days bear no notes', () => {
  const days: Table = {
    columns: [],
    rows: [{ label: '', cells: [{ text: '1', value: 1, mark: mark('2026-03-05') }] }],
  };
  expect(pointsOf(days)).toEqual([]);
  expect(bearsNotes([answer([{ period: '2026-03-05' }])])).toBe(false);
  expect(bearsNotes([answer([]), answer([{ period: '2026-03-05' }, { period: '2026-03' }])])).toBe(true);
});

test('a chart has the notes on its own points, in the order of the periods', () => {
  const answers = [answer([{ period: '2026-01' }, { period: '2026-02' }]), answer([{ period: '2026-02' }])];
  const notes = [
    note(1, '2026-02'),
    note(2, '2026-01'),
    note(3, '2026-02'),
    note(4, '2026-03'),
    note(5, '2026-01', { unit: 'B' }),
    note(6, '2026-01', { kpi: 'volunteers' }),
    note(7, '2026-01', { kind: ['research_visit'] }),
  ];
  expect(idsOf(notesOn(notes, { state, answers }))).toEqual([2, 1, 3]);
  // Of one kind: as the question says, or as the figure is split.
  const kind = ['research_visit'];
  expect(idsOf(notesOn(notes, { state: { ...state, kind }, answers }))).toEqual([7]);
  const split = [answer([{ period: '2026-01', kind: 'research_visit' }])];
  expect(idsOf(notesOn(notes, { state, answers: split }))).toEqual([7]);
});

test('kinds are the same in whatever order', () => {
  const of = { state: { ...state, kind: ['b', 'a'] }, answers: [answer([{ period: '2026-01' }])] };
  expect(idsOf(notesOn([note(1, '2026-01', { kind: ['a', 'b'] })], of))).toEqual([1]);
});
