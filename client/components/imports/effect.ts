import { formatCellLong, formatChange, isSmall, type Seen } from '../../../shared/format.ts';
import type { EffectReply } from '../../../shared/imports.ts';
import type { Kpi } from '../../../shared/kpi.ts';
import { statuses } from '../../../shared/codes.ts';
import type { Cell } from '../../../shared/query.ts';
import type { Lang } from '../../../shared/text.ts';

export type Moved = EffectReply['moved'][number];
/** How a figure moves: an amount, or that it begins or ceases to be there. */
export type Shift = { readonly is: 'new' | 'lost' | 'none' } | { readonly is: 'by'; readonly text: string };

/** A figure of the reply as a cell, for it is written as cells are. A state that is none of a cell's is `none`. */
function cellOf(moved: Moved, which: 'before' | 'after'): Cell {
  const { status, ...halves } = moved[which];
  return {
    ...halves,
    kpi: moved.kpi,
    unit: moved.unit,
    period: moved.period,
    status: statuses.find((s) => s === status) ?? 'none',
    records: 0,
    unknown: 0,
    coverage: { covered: 0, due: 0 },
  };
}

/** `92.3%（36/39）`, `— 未报`. */
export const figureText = (
  kpi: Kpi,
  moved: Moved,
  which: 'before' | 'after',
  { lang, ...seen }: Seen & { readonly lang: Lang },
): string => formatCellLong(kpi, cellOf(moved, which), lang, seen);

/** Over a few the fraction stands for itself: a change in percentage points would be noise. */
export function shiftOf(kpi: Kpi, moved: Moved, lang: Lang): Shift {
  const { before, after } = moved;
  if (before.value === null && after.value === null) return { is: 'none' };
  if (before.value === null || after.value === null) return { is: before.value === null ? 'new' : 'lost' };
  const cells = [cellOf(moved, 'before'), cellOf(moved, 'after')];
  if (kpi.type !== 'median' && cells.some((c) => isSmall(kpi, c))) return { is: 'none' };
  const delta = after.value - before.value;
  const relative = before.value === 0 ? null : delta / before.value;
  const text = formatChange(
    kpi,
    { delta, relative, verdict: 'comparable', reasons: [], because: null },
    lang,
  );
  return { is: 'by', text };
}
