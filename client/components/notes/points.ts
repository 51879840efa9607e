import type { Mark, Table, ViewState } from '../../../shared/charts/view.ts';
import { grainOf } from '../../../shared/period.ts';
import type { Answer } from '../../../shared/query.ts';

/** What a note is written on: a figure, however it is cut and whichever chart shows it. */
export type Point = Pick<Mark, 'kpi' | 'unit' | 'period' | 'kind'>;

export const keyOf = ({ kpi, unit, period, kind = [] }: Point): string =>
  [kpi, unit, period, [...kind].sort().join(',')].join('|');

/** Days are too many to be noted on. */
const canBear = ({ period }: Pick<Point, 'period'>): boolean => grainOf(period) !== 'day';

type Cells = Table['rows'][number]['cells'];

/** Of some figures the latest that there is: a month to come can be noted on, but is not meant unless it is said. */
export function latestOf(cells: Cells): Mark | undefined {
  const bearing = cells.flatMap(({ mark, value }) => (mark && canBear(mark) ? [{ mark, value }] : []));
  const known = bearing.filter(({ value }) => value !== undefined);
  return (known.length > 0 ? known : bearing)
    .map(({ mark }) => mark)
    .toSorted((a, b) => (a.period === b.period ? 0 : a.period < b.period ? 1 : -1))[0];
}

/** Has a chart of the answers a point that can be noted on? */
export const bearsNotes = (answers: readonly Pick<Answer, 'cells'>[]): boolean =>
  answers.some(({ cells }) => cells.some(canBear));

/** The points of a chart, each once: the latest period first, units and kinds in the chart's order. */
export function pointsOf(table: Table): Point[] {
  const points = new Map<string, Point>();
  for (const { mark } of table.rows.flatMap((row) => row.cells)) {
    if (!mark || !canBear(mark)) continue;
    const { kpi, unit, period, kind } = mark;
    const point = { kpi, unit, period, ...(kind ? { kind } : {}) };
    if (!points.has(keyOf(point))) points.set(keyOf(point), point);
  }
  return [...points.values()].toSorted((a, b) => (a.period === b.period ? 0 : a.period < b.period ? 1 : -1));
}

/** The notes on points that a chart was answered for, in the order of the periods. */
export function notesOn<N extends Point & { readonly id: number }>(
  notes: readonly N[],
  { state, answers }: { readonly state: ViewState; readonly answers: readonly Answer[] },
): N[] {
  if (notes.length === 0) return [];
  const noted = new Set(notes.map(keyOf));
  const found = new Set<string>();
  for (const { cells } of answers)
    for (const { kpi, unit, period, kind } of cells) {
      const of = kind === undefined ? state.kind : [kind];
      const key = keyOf({ kpi, unit, period, ...(of ? { kind: of } : {}) });
      if (noted.has(key)) found.add(key);
    }
  return notes
    .filter((note) => found.has(keyOf(note)))
    .toSorted((a, b) => (a.period === b.period ? a.id - b.id : a.period < b.period ? -1 : 1));
}
