import type { Context, HeldNorm } from './context.ts';
import { isPercent, type Kpi } from './kpi.ts';
import { rangeOf } from './period.ts';

/** Is a figure held against its norm on any day? A share is, and what stands at the day's end; a sum, once its year is over. */
export const isHeldAnyDay = (kpi: Kpi): boolean => isPercent(kpi) || kpi.over === 'stock';

/**
 * The norm against which a unit's figure of a period is held; null where nothing is asked of it. A
 * period is held against the norm of its own last day; while it is not over, the context has for it
 * that of the as-of day.
 */
export function heldNorm(
  context: Pick<Context, 'norms'>,
  { kpi, unit, period }: { readonly kpi: string; readonly unit: string; readonly period: string },
  yearStart = 1,
): HeldNorm | null {
  const end = rangeOf(period, yearStart).to;
  return (
    context.norms.find(
      (n) =>
        n.kpi === kpi &&
        n.unit === unit &&
        (n.from === null || n.from <= end) &&
        (n.to === null || n.to >= end),
    ) ?? null
  );
}
