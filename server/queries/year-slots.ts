import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../../db/types.ts';
import { slotStates, type SlotRow, type slotsQuestionSchema, type SlotsReply } from '../../shared/due.ts';
import type { SlotNorm } from '../../shared/norms.ts';
import { questionSchema } from '../../shared/query.ts';
import { Refusal } from '../errors.ts';
import { dataVersion } from './centre.ts';
import { Frame, windowOf, type Window } from './frame.ts';
import { statedSlots, unitsWithin, type StatedSlot } from './slot-states.ts';
import { eventIds, fillingOf, normedKinds, type EventIds } from './slots.ts';
import { understand } from './understand.ts';

/** More rows than a page or a sheet can use. */
const ROWS_MAX = 100_000;
/** Slots of one branch, kind and year, were it asked for at every length: twelve months, four quarters, the year. */
const PERIODS = 17;

/**
 * What the norms ask of a scope in the years, slot by slot: met, missed, unknown, not due, or not
 * asked and why. Over several branches the slots of a kind and period are one row, unless `by` is
 * `unit`. The due and met of the periods that end by the as-of day sum to `norm_compliance`.
 * @throws Refusal 422 where the unit is unknown, no ledger has been imported, or there are too many rows
 */
export async function yearSlots(
  db: Kysely<Database>,
  { by, ...question }: z.output<typeof slotsQuestionSchema>,
): Promise<SlotsReply> {
  const { asked, tree } = await understand(
    db,
    questionSchema.parse({ ...question, kpi: ['norm_compliance'] }),
  );
  const frame = await Frame.load(db, tree);
  const windows = asked.years.map((y) => windowOf(String(y), asked.asOf, false, asked.yearStart));
  refuseTooMany(frame, asked.unit, windows);
  const days = { from: firstOf(windows), to: asked.asOf };
  const ids = await eventIds(db, frame, unitsWithin(frame, asked.unit, days), days);
  const counts = new Map([...ids].map(([place, of]) => [place, of.length]));
  const rows = windows.flatMap((window) => {
    // Of a branch that was not there on any day of the year nothing is said.
    const slots = statedSlots(frame, { unit: asked.unit }, window, counts).filter((s) => {
      const branch = tree.byCode.get(s.unit);
      return (branch?.openedOn ?? '') <= window.end && (branch?.closedOn ?? '9999') >= window.from;
    });
    const single = slots.map((slot) => rowOf(frame, slot, ids));
    const isOne = new Set(slots.map((s) => s.unit)).size <= 1;
    return by === 'unit' || isOne ? single : summed(asked.unit, single, slots);
  });
  const { unit, years, asOf, structure, yearStart } = asked;
  return {
    query: { unit, by: by ?? null, years, asOf, structure, yearStart },
    dataVersion: await dataVersion(db),
    rows,
  };
}

/** The first day that can matter: a norm's year may begin before the centre's. */
const firstOf = (windows: readonly Window[]): string =>
  `${
    windows
      .map((w) => w.from)
      .sort()[0]
      ?.slice(0, 4) ?? '0001'
  }-01-01`;

function refuseTooMany(frame: Frame, unit: string, windows: readonly Window[]): void {
  const branches = windows.reduce(
    (most, w) => Math.max(most, unitsWithin(frame, unit, { from: w.from, to: w.end }).length),
    0,
  );
  const rows = branches * normedKinds(frame).length * windows.length * PERIODS;
  if (rows > ROWS_MAX)
    throw new Refusal(422, 'The question is too large', [
      {
        path: 'years',
        message: `up to ${rows} slots asked for, at most ${ROWS_MAX}; ask for fewer years or units`,
      },
    ]);
}

/** A norm as the wire tells of it. */
export const normOf = ({
  layer,
  source,
  strength,
  note,
  per,
  minMembers,
}: SlotNorm): NonNullable<SlotRow['norm']> => ({
  layer,
  source,
  strength,
  note,
  per,
  minMembers,
});

function rowOf(frame: Frame, { norm, exemption, ...slot }: StatedSlot, ids: EventIds): SlotRow {
  return {
    ...slot,
    norm: normOf(norm),
    exemption:
      exemption === null
        ? null
        : {
            reason: exemption.reason,
            decidedBy: exemption.decidedBy,
            decidedOn: exemption.decidedOn,
            from: exemption.from,
            to: exemption.to,
          },
    records: slot.wanted === 0 ? [] : fillingOf(frame, slot, ids),
    branches: [{ state: slot.state, count: 1 }],
  };
}

/** What a sum is called by: first what asks for somebody's attention. */
const ranks = [
  'missed',
  'unknown',
  'met',
  'not_due',
  'exempt',
  'few_members',
  'no_groups',
  'not_there',
] as const;

/** Rows of the same kind and period as one. `slots` stand in the order of `rows`. */
function summed(scope: string, rows: readonly SlotRow[], slots: readonly StatedSlot[]): SlotRow[] {
  const groups = new Map<string, { rows: SlotRow[]; norms: Set<number> }>();
  rows.forEach((row, i) => {
    const place = `${row.kind} ${row.period}`;
    const group = groups.get(place) ?? { rows: [], norms: new Set<number>() };
    group.rows.push(row);
    group.norms.add(slots[i]?.norm.id ?? 0);
    groups.set(place, group);
  });
  return [...groups.values()].flatMap(({ rows: of, norms }) => {
    const [first] = of;
    if (!first) return [];
    const total = (half: 'wanted' | 'met' | 'due' | 'unknown'): number => of.reduce((n, r) => n + r[half], 0);
    const branches = slotStates
      .map((state) => ({ state, count: of.filter((r) => r.state === state).length }))
      .filter((b) => b.count > 0);
    return {
      ...first,
      unit: scope,
      state: ranks.find((state) => branches.some((b) => b.state === state)) ?? first.state,
      wanted: total('wanted'),
      met: total('met'),
      due: total('due'),
      unknown: total('unknown'),
      norm: norms.size === 1 ? first.norm : null,
      exemption: null,
      records: of.flatMap((r) => r.records),
      branches,
    };
  });
}
