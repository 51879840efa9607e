import { type Kpi } from '../../shared/kpi.ts';
import { kpiById, kpis } from '../../shared/kpis.ts';
import { toParams } from '../../shared/params.ts';
import type { Answer, Cell, Question, RecordsQuestion } from '../../shared/query.ts';
import type { RecordsReply } from '../../shared/api.ts';
import type { Db } from '../../db/connect.ts';
import { answer } from '../../server/queries/answer.ts';
import { records } from '../../server/queries/records.ts';
import { periodsOf } from './calendar.ts';
import type { Oracle, OracleCell, Seen } from './oracle.ts';

/** Who answers: the product's functions, or its API. */
export type Asker = {
  query(question: Question): Promise<Answer>;
  records(question: RecordsQuestion): Promise<RecordsReply>;
};

/** The product's functions over a database. */
export const directly = (db: Db): Asker => ({
  query: (question) => answer(db, question),
  records: (question) => records(db, question),
});

/** The product's API, over HTTP. */
export const overHttp = (get: (path: string) => Promise<Response>): Asker => {
  const ask = async <T>(path: string, question: Readonly<Record<string, unknown>>): Promise<T> => {
    const reply = await get(`${path}?${new URLSearchParams(toParams(question)).toString()}`);
    if (reply.status !== 200) throw new Error(`${reply.status} ${reply.url} ${await reply.text()}`);
    return (await reply.json()) as T;
  };
  return {
    query: (question) => ask('/api/query', question),
    records: (question) => ask('/api/records', question),
  };
};

export const near = (a: number | null, b: number | null): boolean =>
  a === b || (a !== null && b !== null && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));

/** Do the two cells say the same? Sums of fractions may differ in their last bit. */
export const same = (cell: OracleCell, oracle: OracleCell): boolean =>
  near(cell.value, oracle.value) &&
  near(cell.numerator, oracle.numerator) &&
  near(cell.denominator, oracle.denominator) &&
  cell.records === oracle.records &&
  cell.unknown === oracle.unknown &&
  cell.coverage.covered === oracle.coverage.covered &&
  cell.coverage.due === oracle.coverage.due &&
  cell.status === oracle.status;

export const brief = (c: OracleCell): string =>
  `${c.status} ${c.value} = ${c.numerator}/${c.denominator} records ${c.records} unknown ${c.unknown} covered ${c.coverage.covered}/${c.coverage.due}`;

/** Where a cell stands, and how it was seen. */
export const placeOf = (cell: Cell, seen: Seen): string =>
  [
    cell.kpi,
    cell.unit,
    cell.within && `within ${cell.within}`,
    cell.period,
    `asOf ${seen.asOf}`,
    seen.toDate && 'toDate',
    seen.kind?.join('+'),
    seen.structure === 'today' && 'today',
    seen.per && 'per member',
  ]
    .filter(Boolean)
    .join(' ');

export type Survey = { readonly cells: number; readonly disagreements: readonly string[] };

export type Asking = {
  readonly units: readonly string[];
  readonly years: readonly number[];
  readonly grains: readonly ('year' | 'quarter' | 'month' | 'day')[];
  readonly seen: readonly Seen[];
  readonly by?: 'unit' | 'kind';
};

/** @param scope of which the cell's unit is a part, where parts were asked for */
type Visit = (cell: Cell, seen: Seen, scope: string | undefined) => void;

const seenAs = ({
  kind,
  ...seen
}: Seen): Pick<Question, 'asOf' | 'toDate' | 'kind' | 'structure' | 'per'> => ({
  ...seen,
  ...(kind === null ? {} : { kind: [...kind] }),
});

/** Events that may be counted per member. */
const perMemberKpis: readonly string[] = ['study_sessions', 'visits', 'volunteers', 'volunteer_hours'];

const askable = (by: Asking['by'], seen: Seen): string[] =>
  kpis
    .filter((k) => by !== 'kind' || k.splitsByKind)
    .map((k) => k.id)
    .filter((id) => seen.per === undefined || perMemberKpis.includes(id));

/** Asks the product for every KPI of every unit, and the oracle after it. `visit` sees every cell. */
export async function survey(
  asker: Asker,
  oracle: Oracle,
  { units, years, grains, seen, by }: Asking,
  visit: Visit = () => {},
): Promise<Survey> {
  const disagreements: string[] = [];
  let cells = 0;
  for (const unit of units)
    for (const grain of grains)
      for (const how of seen) {
        const question = { kpi: askable(by, how), unit, years: [...years], grain, by, ...seenAs(how) };
        const given = await asker.query(question);
        cells += given.cells.length;
        disagreements.push(
          ...listDisagrees(oracle, question, given, how),
          ...normsDisagree(oracle, given, how),
        );
        for (const cell of given.cells) {
          const of = cell.kind === undefined ? how : { ...how, kind: [cell.kind] };
          const scope = by === 'unit' ? unit : undefined;
          disagreements.push(...cellDisagrees(oracle, cell, of, scope));
          visit(cell, of, scope);
        }
      }
  return { cells, disagreements };
}

/** Are there cells for just the units and periods that were asked for, in their order? */
function listDisagrees(oracle: Oracle, asked: Question, { cells }: Answer, seen: Seen): string[] {
  const { yearStart } = oracle.tables;
  const unit = asked.unit ?? '';
  const periods = (asked.years ?? []).flatMap((y) => periodsOf(y, asked.grain ?? 'year', yearStart));
  const units = asked.by === 'unit' ? oracle.parts(unit, periods, seen) : [unit];
  const wanted = units.flatMap((u) => periods.map((p) => `${u} ${p}`));
  const first = cells.filter((c) => c.kpi === cells[0]?.kpi && c.kind === cells[0].kind);
  const given = first.map((c) => `${c.unit} ${c.period}`);
  if (given.join() === wanted.join()) return [];
  return [`${JSON.stringify(asked)}\n  wanted ${wanted.join()}\n  product ${given.join()}`];
}

/** Is each figure held against the norm that binds its unit on the last day of its period? */
function normsDisagree(oracle: Oracle, { cells, context }: Answer, seen: Seen): string[] {
  return cells.flatMap((cell) => {
    const { end } = oracle.window(cell.period, seen);
    const wanted = oracle.valueNorm(cell.kpi, cell.unit, cell.period, seen);
    const given = context.norms.find(
      (n) => n.kpi === cell.kpi && n.unit === cell.unit && (n.from ?? '') <= end && (n.to ?? '9999') >= end,
    );
    if ((given?.value ?? null) === (wanted?.value ?? null) && given?.layer === wanted?.layer) return [];
    return [`${placeOf(cell, seen)}\n  product’s norm ${given?.value}\n  oracle’s norm ${wanted?.value}`];
  });
}

function cellDisagrees(oracle: Oracle, cell: Cell, seen: Seen, scope: string | undefined): string[] {
  const place = { unit: cell.unit, within: scope };
  const wanted = oracle.cell(kpiNamed(cell.kpi), place, cell.period, seen);
  const within = oracle.within(place, cell.period, seen);
  if (same(cell, wanted) && cell.within === within) return [];
  return [
    `${placeOf(cell, seen)}\n  product ${brief(cell)}\n  oracle  ${brief(wanted)} within ${within ?? '-'}`,
  ];
}

function kpiNamed(id: string): Kpi {
  const kpi = kpiById.get(id);
  if (!kpi) throw new Error(`the answer has a figure that was not asked for: ${id}`);
  return kpi;
}

/** Asks for the records behind a cell, page by page, and says where they do not come to the cell. */
export async function recordsDisagree(asker: Asker, cell: Cell, seen: Seen, limit = 1000): Promise<string[]> {
  const { kpi, unit, period, within } = cell;
  const asked = { kpi, unit, period, within, ...seenAs(seen), limit };
  const said: string[] = [];
  const first = await asker.records(asked);
  const ids = new Set<string>();
  for (let page = first; ; page = await asker.records({ ...asked, cursor: page.next ?? '' })) {
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
