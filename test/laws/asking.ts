import { kpis } from '../../shared/kpis.ts';
import type { Cell, Question } from '../../shared/query.ts';
import type { Asker } from '../oracle/compare.ts';

/** What is asked beside KPI and unit. */
export type How = Omit<Question, 'kpi' | 'unit' | 'by'>;

/** Every KPI of every unit, one question for each unit. */
export async function everything(asker: Asker, units: readonly string[], how: How): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const unit of units)
    cells.push(...(await asker.query({ ...how, kpi: kpis.map((k) => k.id), unit })).cells);
  return cells;
}

const placeOf = (c: Cell): string => `${c.kpi} ${c.unit} ${c.period}`;

/** Cells that differ, each said in a line. */
export function differences(
  before: readonly Cell[],
  after: readonly Cell[],
  isSame: (a: Cell, b: Cell) => boolean,
): string[] {
  const then = new Map(before.map((c) => [placeOf(c), c]));
  const said = after.flatMap((c) => {
    const was = then.get(placeOf(c));
    return was && isSame(was, c)
      ? []
      : [`${placeOf(c)}\n  before ${JSON.stringify(was)}\n  after  ${JSON.stringify(c)}`];
  });
  return before.length === after.length ? said : [`${before.length} cells, then ${after.length}`, ...said];
}
