import type { RecordRow } from '../../../shared/api.ts';
import { slotNorms } from '../../../shared/norms.ts';
import { periodsOf, rangeOf } from '../../../shared/period.ts';

/** `short`: due and not held. `unknown`: no ledger says. `future`: not due yet. `na`: the norm does not apply. */
export type SlotState = 'met' | 'short' | 'unknown' | 'future' | 'na';

export type SlotCell = {
  readonly period: string;
  /** How many months wide. */
  readonly months: number;
  readonly state: SlotState;
  readonly met: number;
  readonly due: number;
};

export type SlotLine = {
  readonly kind: string;
  readonly cells: readonly SlotCell[];
  readonly met: number;
  readonly due: number;
};

const width = { month: 1, quarter: 3, year: 12 } as const;
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

function cellOf(period: string, months: number, slot: RecordRow | undefined, asOf: string): SlotCell {
  if (!slot) {
    const state = rangeOf(period).to > asOf ? 'future' : 'na';
    return { period, months, state, met: 0, due: 0 };
  }
  const met = numberOf(slot['met']);
  const due = numberOf(slot['due']);
  const state = met < due ? 'short' : numberOf(slot['unknown']) > 0 ? 'unknown' : 'met';
  return { period, months, state, met, due };
}

/**
 * The slots of one branch and year as lines of a table, one a norm, each twelve months wide.
 * @param slots rows of `norm_compliance`
 */
export function slotLines(slots: readonly RecordRow[], year: number, asOf: string): SlotLine[] {
  const byPlace = new Map(slots.map((s) => [`${s.kind} ${String(s['period'])}`, s]));
  return slotNorms.map(({ kind, every }) => {
    const cells = periodsOf(year, every).map((period) =>
      cellOf(period, width[every], byPlace.get(`${kind} ${period}`), asOf),
    );
    return {
      kind,
      cells,
      met: cells.reduce((n, c) => n + c.met, 0),
      due: cells.reduce((n, c) => n + c.due, 0),
    };
  });
}
