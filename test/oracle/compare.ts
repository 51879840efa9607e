import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { type Kpi } from '../../shared/kpi.ts';
import { kpiById, kpis } from '../../shared/kpis.ts';
import type { Cell, Question } from '../../shared/query.ts';
import { answer } from '../../server/queries/answer.ts';
import { records } from '../../server/queries/records.ts';
import type { Oracle, OracleCell, Seen } from './oracle.ts';

const near = (a: number | null, b: number | null): boolean =>
  a === b || (a !== null && b !== null && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));

/** Do the two cells say the same? Sums of fractions may differ in their last bit. */
const same = (cell: OracleCell, oracle: OracleCell): boolean =>
  near(cell.value, oracle.value) &&
  near(cell.numerator, oracle.numerator) &&
  near(cell.denominator, oracle.denominator) &&
  cell.records === oracle.records &&
  cell.unknown === oracle.unknown &&
  cell.coverage.covered === oracle.coverage.covered &&
  cell.coverage.due === oracle.coverage.due &&
  cell.status === oracle.status;

const brief = (c: OracleCell): string =>
  `${c.status} ${c.value} = ${c.numerator}/${c.denominator} records ${c.records} unknown ${c.unknown} covered ${c.coverage.covered}/${c.coverage.due}`;

/** Where a cell stands, and how it was seen. */
const placeOf = (cell: Cell, seen: Seen): string =>
  [
    cell.kpi,
    cell.unit,
    cell.period,
    `asOf ${seen.asOf}`,
    seen.toDate ? 'toDate' : '',
    (seen.kind ?? []).join('+'),
  ]
    .filter(Boolean)
    .join(' ');

export type Survey = { readonly cells: number; readonly disagreements: readonly string[] };

export type Asking = {
  readonly units: readonly string[];
  readonly years: readonly number[];
  readonly grains: readonly ('year' | 'quarter' | 'month')[];
  readonly seen: readonly Seen[];
  readonly by?: 'unit' | 'kind';
};

const seenAs = (seen: Seen): Pick<Question, 'asOf' | 'toDate' | 'kind'> => ({
  asOf: seen.asOf,
  toDate: seen.toDate,
  ...(seen.kind === null ? {} : { kind: [...seen.kind] }),
});

/** Asks the product for every KPI of every unit, and the oracle after it. `visit` sees every cell. */
export async function survey(
  db: Kysely<Database>,
  oracle: Oracle,
  { units, years, grains, seen, by }: Asking,
  visit: (cell: Cell, seen: Seen) => void = () => {},
): Promise<Survey> {
  const disagreements: string[] = [];
  let cells = 0;
  const kpi = kpis.filter((k) => by !== 'kind' || k.splitsByKind).map((k) => k.id);
  for (const unit of units)
    for (const grain of grains)
      for (const how of seen) {
        const given = await answer(db, { kpi, unit, years: [...years], grain, by, ...seenAs(how) });
        for (const cell of given.cells) {
          cells++;
          const of = cell.kind === undefined ? how : { ...how, kind: [cell.kind] };
          const wanted = oracle.cell(kpiNamed(cell.kpi), cell.unit, cell.period, of);
          if (!same(cell, wanted))
            disagreements.push(`${placeOf(cell, of)}\n  product ${brief(cell)}\n  oracle  ${brief(wanted)}`);
          visit(cell, of);
        }
      }
  return { cells, disagreements };
}

function kpiNamed(id: string): Kpi {
  const kpi = kpiById.get(id);
  if (!kpi) throw new Error(`the answer has a figure that was not asked for: ${id}`);
  return kpi;
}

/** Asks for the records behind a cell, page by page, and says where they do not come to the cell. */
export async function recordsDisagree(db: Kysely<Database>, cell: Cell, seen: Seen): Promise<string[]> {
  const asked = { kpi: cell.kpi, unit: cell.unit, period: cell.period, ...seenAs(seen), limit: 1000 };
  const said: string[] = [];
  const first = await records(db, asked);
  const ids = new Set<string>();
  for (let page = first; ; page = await records(db, { ...asked, cursor: page.next ?? '' })) {
    for (const row of page.rows) ids.add(`${row.family} ${row.unit} ${row.id}`);
    if (page.next === null) break;
  }
  const { numerator, denominator, unknown } = first.sums;
  if (!near(numerator, cell.numerator)) said.push(`numerator ${numerator}, cell ${cell.numerator}`);
  if (!near(denominator, cell.denominator)) said.push(`denominator ${denominator}, cell ${cell.denominator}`);
  if (unknown !== cell.unknown) said.push(`unknown ${unknown}, cell ${cell.unknown}`);
  if (first.total !== cell.records) said.push(`total ${first.total}, cell ${cell.records}`);
  if (ids.size !== first.total) said.push(`${ids.size} rows listed of ${first.total}`);
  return said.map((s) => `${placeOf(cell, seen)}: records ${s}`);
}

/**
 * A parent's figures are the sums of its parts', whether or not a part reported.
 */
export function sumDisagreements(
  cells: readonly Cell[],
  tree: ReadonlyMap<string, readonly string[]>,
): string[] {
  const byPlace = new Map(cells.map((c) => [`${c.kpi} ${c.unit} ${c.period}`, c]));
  const said: string[] = [];
  for (const parent of cells) {
    const parts = (tree.get(parent.unit) ?? []).flatMap(
      (u) => byPlace.get(`${parent.kpi} ${u} ${parent.period}`) ?? [],
    );
    if (parts.length === 0 || parent.numerator === null) continue;
    const sum = (of: (c: Cell) => number | null): number => parts.reduce((n, c) => n + (of(c) ?? 0), 0);
    const figures: [string, number | null, number][] = [
      ['numerator', parent.numerator, sum((c) => c.numerator)],
      ['covered', parent.coverage.covered, sum((c) => c.coverage.covered)],
      ['due', parent.coverage.due, sum((c) => c.coverage.due)],
      ['denominator', parent.denominator, sum((c) => c.denominator)],
      ['records', parent.records, sum((c) => c.records)],
      ['unknown', parent.unknown, sum((c) => c.unknown)],
    ];
    for (const [what, whole, together] of figures)
      if (whole !== null && !near(whole, together))
        said.push(
          `${parent.kpi} ${parent.unit} ${parent.period}: ${what} ${whole}, of its parts ${together}`,
        );
  }
  return said;
}
