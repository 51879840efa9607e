import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { peersOf } from '../../shared/charts/peers.ts';
import type { Kpi } from '../../shared/kpi.ts';
import { monthOf } from '../../shared/period.ts';
import type { ReviewFigure } from '../../shared/review.ts';
import { answer } from '../queries/answer.ts';
import type { Asking } from './asking.ts';

/** A figure by which units of any size can stand beside each other, and of which one direction is good. */
const isRated = (kpi: Kpi): boolean => kpi.better !== 'neutral' && kpi.type !== 'count';

/**
 * The middle half of the branches that stand beside the unit, without their names. Null for what is no rate,
 * and where fewer than four can be compared.
 */
export async function bandOf(
  db: Kysely<Database>,
  kpi: Kpi,
  { tree, unit, year, asOf, yearStart }: Asking,
): Promise<ReviewFigure['band']> {
  const parent = tree.parentIn(unit, monthOf(asOf));
  if (!isRated(kpi) || parent === null || unit.level === 'group') return null;
  const years = [year - 1, year];
  const cut = { kpi: [kpi.id], unit: parent, years, asOf, toDate: true };
  const beside = await answer(db, { ...cut, by: 'unit' });
  const state = { kpi: kpi.id, unit: parent, years, asOf, grain: 'year', yearStart } as const;
  const { band, compared } = peersOf({ state, tree, answers: [beside] });
  return band === null ? null : { low: band[0], high: band[1], units: compared.length };
}
