import type { Kpi } from '../../shared/kpi.ts';
import { isRecordKpi } from '../oracle/kpi.ts';
import { kpiById, kpis } from '../../shared/kpis.ts';
import type { Cell } from '../../shared/query.ts';
import { near, placeOf, type Asker } from '../oracle/compare.ts';
import type { Seen } from '../oracle/oracle.ts';
import { groupedBy } from '../oracle/tree.ts';
import type { Opened } from '../world/open.ts';
import { Own } from './own.ts';

/** A scope's cell, those of its parts in the same period, and what the scope has beside them. */
export type Whole = {
  readonly kpi: Kpi;
  readonly whole: Cell;
  readonly parts: readonly Cell[];
  readonly own: Halves;
  /** Does the scope hand in a ledger of its own, beside its parts? */
  readonly reportsItself: boolean;
  readonly place: string;
};

type Halves = { numerator: number; denominator: number; records: number; unknown: number };
const halves = ['numerator', 'denominator', 'records', 'unknown'] as const;

const sum = (cells: readonly Cell[], of: (cell: Cell) => number | null): number =>
  cells.reduce((n, c) => n + (of(c) ?? 0), 0);

const none: Halves = { numerator: 0, denominator: 0, records: 0, unknown: 0 };

/** Asks for every KPI of the scope and of its parts. A scope without parts gives nothing. */
export async function wholes(
  { asker, tables }: Pick<Opened, 'asker' | 'tables'>,
  scope: string,
  of: { years: readonly number[]; grain: 'year' | 'quarter' | 'month'; seen: Seen },
): Promise<Whole[]> {
  const { kind, ...seen } = of.seen;
  const counts = ['study_sessions', 'visits', 'volunteers', 'volunteer_hours'];
  const question = {
    kpi: seen.per ? counts : kpis.map((k) => k.id),
    unit: scope,
    years: [...of.years],
    grain: of.grain,
    ...seen,
    ...(kind === null ? {} : { kind: [...kind] }),
  };
  const whole = await asker.query(question);
  const parts = await asker.query({ ...question, by: 'unit' });
  const codes = [...new Set(parts.cells.map((c) => c.unit))];
  if (codes.join() === scope) return [];
  const own = new Own(tables, scope, codes, of.seen);
  const byPlace = groupedBy(parts.cells, (c) => `${c.kpi} ${c.period}`);
  const found: Whole[] = [];
  for (const cell of whole.cells) {
    const kpi = kpiById.get(cell.kpi);
    if (!kpi) throw new Error(`no KPI ${cell.kpi}`);
    found.push({
      kpi,
      whole: cell,
      parts: byPlace.get(`${cell.kpi} ${cell.period}`) ?? [],
      reportsItself: own.coverage(kpi, cell.period).due > 0,
      own: await ownHalves(kpi, own, cell, { asker, seen: of.seen }),
      place: placeOf(cell, of.seen),
    });
  }
  return found;
}

async function ownHalves(
  kpi: Kpi,
  own: Own,
  cell: Cell,
  { asker, seen }: { asker: Asker; seen: Seen },
): Promise<Halves> {
  if (isRecordKpi(kpi)) {
    const { numerator, denominator, records, unknown } = own.figure(kpi, cell.period);
    return { numerator: numerator ?? 0, denominator: denominator ?? 0, records, unknown };
  }
  const { covered, due } = own.coverage(kpi, cell.period);
  if (kpi.from === 'coverage') return { numerator: covered, denominator: due, records: due, unknown: 0 };
  // Slots of the scope's own: only where it reports itself.
  if (due === 0) return none;
  const { kind, ...how } = seen;
  const { rows } = await asker.records({
    kpi: cell.kpi,
    unit: cell.unit,
    period: cell.period,
    ...how,
    ...(kind === null ? {} : { kind: [...kind] }),
    limit: 1000,
  });
  const mine = rows.filter((r) => own.isOwn(r.unit, r.date.slice(0, 7)));
  const total = (field: string): number => mine.reduce((n, r) => n + Number(r[field]), 0);
  return {
    numerator: total('met'),
    denominator: total('due'),
    records: mine.length,
    unknown: total('unknown'),
  };
}

/** Where a scope is not the sum of its parts and its own. */
export function sumFaults({ kpi, whole, parts, own, place }: Whole, seen: Seen): string[] {
  const faults: string[] = [];
  const isPerMember = kpi.type === 'per_member' || seen.per !== undefined;
  for (const half of halves) {
    // Members of a branch that moved, and reported in only one of its places, are not all in the parts.
    if (half === 'denominator' && isPerMember) continue;
    const together = sum(parts, (c) => c[half]) + own[half];
    if (!near(whole[half] ?? 0, together)) faults.push(`${place}: ${half} ${whole[half]}, parts ${together}`);
  }
  return faults;
}

/** Where a rate does not lie between those of its parts, the scope's own among them. */
export function rateFaults({ kpi, whole, parts, own, reportsItself, place }: Whole, seen: Seen): string[] {
  if (whole.value === null || kpi.type === 'median') return [];
  if (kpi.type === 'count' && seen.per === undefined) return [];
  const rest = (whole.denominator ?? 0) - sum(parts, (c) => c.denominator);
  const rates = [
    ...parts.map((c) => ({ above: c.numerator ?? 0, below: c.denominator ?? 0 })),
    { above: own.numerator, below: reportsItself && rest > 1e-9 ? rest : 0 },
  ]
    .filter((r) => r.below > 0)
    .map((r) => r.above / r.below);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  const isBetween = whole.value >= least - 1e-9 && whole.value <= most + 1e-9;
  return isBetween ? [] : [`${place}: ${whole.value}, of its parts ${rates.join(', ')}`];
}
