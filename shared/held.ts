import type { Context, HeldNorm } from './context.ts';
import { isSmall } from './format.ts';
import { isPercent, meetsNorm, type Kpi } from './kpi.ts';
import { rangeOf } from './period.ts';
import type { Cell } from './query.ts';

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

/**
 * How a figure stands to its norm. `later`: a sum that may still come to it before its year is over.
 * Null where there is none, no figure, or too few to judge by.
 * @param isOver the figure's period has ended on the as-of day
 */
export function standsToNorm(
  kpi: Kpi,
  cell: Pick<Cell, 'value' | 'denominator'>,
  { norm, isOver }: { readonly norm: number | null; readonly isOver: boolean },
): 'met' | 'missed' | 'later' | null {
  const met = isSmall(kpi, cell) ? null : meetsNorm(kpi, cell.value, norm);
  if (met === null) return null;
  if (!isOver && !isHeldAnyDay(kpi) && met !== (kpi.better === 'up')) return 'later';
  return met ? 'met' : 'missed';
}
