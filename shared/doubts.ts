import type { Measure } from './condition.ts';
import type { Context, Doubt } from './context.ts';
import { presenceCodes } from './contradictions.ts';
import { isRecordKpi, ledgerOf, type Kpi, type Part } from './kpi.ts';
import { earlier, monthOf, rangeOf, sameDay, yearOfDay } from './period.ts';
import type { Asked, Cell } from './query.ts';
import type { Lang, Text } from './text.ts';
import type { UnitTree } from './unit.ts';

/** How the cell was asked for: what cuts its period, and when the centre's year begins. */
type Cut = Pick<Asked, 'asOf' | 'toDate' | 'yearStart'>;

/**
 * The contradictions that a cell's figure rests on: those in the KPI's ledger, of the units that stood
 * under the cell's unit in the month, in the months that the figure counts.
 * @param context of the answer that the cell is of
 * @param cut as the answer understood the question; absent: whole calendar periods
 */
export function doubtsBehind(
  kpi: Kpi,
  cell: Pick<Cell, 'unit' | 'period' | 'within'>,
  { doubts }: Pick<Context, 'doubts'>,
  tree: UnitTree,
  cut?: Cut,
): Doubt[] {
  // Contradictions are what the one counts, and whether a ledger was handed in is true whatever it says.
  if (kpi.from === 'contradiction' || kpi.from === 'coverage') return [];
  const { from, to } = monthsOf(cell.period, cut);
  const family = ledgerOf(kpi);
  const isStock = kpi.over === 'stock';
  const isPresent = countsThosePresent(kpi);
  const units = new Map<string, ReadonlySet<string>>();
  const stood = (month: string): ReadonlySet<string> => {
    const known = units.get(month);
    if (known) return known;
    const isIn = tree.isPartOf(cell.unit, cell.within, month);
    const made = new Set(isIn ? tree.subtreeIn(cell.unit, month).map((u) => u.code) : []);
    units.set(month, made);
    return made;
  };
  return doubts.filter(
    (d) =>
      d.family === family &&
      d.month <= to &&
      (isStock || d.month >= from) &&
      (isPresent || !presenceCodes.has(d.code)) &&
      stood(isStock ? to : d.month).has(d.unit),
  );
}

function monthsOf(period: string, cut: Cut | undefined): { from: string; to: string } {
  const start = cut?.yearStart ?? 1;
  const { from, to } = rangeOf(period, start);
  const end = !cut ? to : cut.toDate ? sameDay(yearOfDay(from, start), cut.asOf, start) : cut.asOf;
  const last = cut ? earlier(end, cut.asOf) : end;
  return { from: monthOf(from), to: monthOf(earlier(to, last)) };
}

const fieldsOf = (measure: Measure): readonly string[] => {
  if ('sum' in measure) return [measure.sum];
  if ('product' in measure) return measure.product;
  return 'minus' in measure ? measure.minus : [];
};

/** A number of events stands whoever came to them; a figure of those who came does not. */
function countsThosePresent(kpi: Kpi): boolean {
  if (!isRecordKpi(kpi)) return false;
  const parts: readonly (Part | { label: Text })[] =
    kpi.type === 'count' ? [kpi.numerator] : [kpi.numerator, kpi.denominator];
  return parts.some((p) => 'measure' in p && fieldsOf(p.measure).some((f) => persons.has(f)));
}
const persons: ReadonlySet<string> = new Set(['present', 'expected']);

/** How many contradictions they are: what is found in several months or units together counts once. */
export function countDoubts(doubts: readonly Doubt[]): number {
  const seen = new Set<string>();
  return doubts.reduce((n, d) => {
    if (d.once === undefined) return n + d.count;
    const key = `${d.code} ${d.once}`;
    if (seen.has(key)) return n;
    seen.add(key);
    return n + 1;
  }, 0);
}

/** `其中 2 条矛盾`; empty where there are none. */
export function doubtsInWords(doubts: readonly Doubt[], lang: Lang): string {
  const n = countDoubts(doubts);
  if (n === 0) return '';
  if (lang === 'zh') return `其中 ${n} 条矛盾`;
  return `rests on ${n} ${n === 1 ? 'contradiction' : 'contradictions'}`;
}
