import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { RecordRow } from '../../shared/api.ts';
import type { DueKpi } from '../../shared/kpi.ts';
import { kindByCode, type Family } from '../../shared/kinds.ts';
import { firstDay, lastDay, monthOf, monthsFrom } from '../../shared/period.ts';
import { existsIn } from '../../shared/unit.ts';
import type { Asked } from '../../shared/query.ts';
import { slotEvents } from './answer.ts';
import type { Frame, Place, Window } from './frame.ts';
import { toRow, type Behind } from './record-row.ts';
import { eventIds, fillersOf, fillingOf, slotsOf, type Slot } from './slots.ts';

type Row = Behind & { row: RecordRow };

/** Rows of a figure that is made from what is due: slots of the norms, or unit-months of a ledger. */
export async function dueRows(
  db: Kysely<Database>,
  frame: Frame,
  kpi: DueKpi,
  { place, kind, window }: { place: Place; kind: Asked['kind']; window: Window },
): Promise<Row[]> {
  if (kpi.from === 'coverage') return unitMonthRows(frame, place, window);
  const events = await slotEvents(db, frame, [place], [window]);
  const slots = slotsOf(frame, place, window, events, kind);
  const filled = await filling(db, frame, slots);
  return slots.map((slot) => ({
    numerator: slot.met,
    denominator: slot.due,
    unknown: slot.unknown,
    row: {
      id: `${slot.unit}-${slot.kind}-${slot.period}`,
      family: 'activity',
      unit: slot.unit,
      date: slot.to,
      kind: slot.kind,
      title: kindByCode.get(slot.kind)?.name.zh ?? null,
      source: null,
      period: slot.period,
      due: slot.due,
      met: slot.met,
      unknown: slot.unknown,
      norm: slot.norm,
      records: filled(slot),
    },
  }));
}

/** The ids of the events that fill each slot. */
async function filling(
  db: Kysely<Database>,
  frame: Frame,
  slots: readonly Slot[],
): Promise<(slot: Slot) => string[]> {
  const days = slots.flatMap((s) => [s.from, s.to]).sort();
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined) return () => [];
  const layouts = new Map(monthsFrom(monthOf(from), monthOf(to)).map((m) => [frame.tree.layoutName(m), m]));
  const units = [...new Set(slots.map((s) => s.unit))].flatMap((branch) =>
    [...layouts.values()].flatMap((m) => fillersOf(frame, branch, m)),
  );
  const ids = await eventIds(db, frame, [...new Set(units)], { from, to });
  return (slot) => fillingOf(frame, slot, ids);
}

function unitMonthRows(frame: Frame, place: Place, window: Window): Row[] {
  return frame.unitMonths(place, 'activity', window.months).map(({ unit, month, covered }) => ({
    numerator: covered ? 1 : 0,
    denominator: 1,
    unknown: 0,
    row: {
      id: `${unit.code}-${month}`,
      family: 'activity',
      unit: unit.code,
      date: firstDay(month),
      kind: null,
      title: null,
      source: null,
      period: month,
      covered,
    },
  }));
}

/** The headcounts in force, each with how many of the period's months it stands for. */
export async function headcountRows(
  db: Kysely<Database>,
  frame: Frame,
  { place, family, window }: { place: Place; family: Family; window: Window },
): Promise<Row[]> {
  const members = frame.members(place, family, window.months);
  if (members.size === 0) return [];
  const rows = await db
    .selectFrom('headcount')
    .selectAll()
    .where('unit', 'in', [...members.keys()])
    .orderBy('date')
    .orderBy('id')
    .execute();
  return [...members].flatMap(([code, weighed]) => {
    const unit = frame.tree.byCode.get(code);
    const of = rows.filter((r) => r.unit === code);
    if (!unit) return [];
    const inForce = window.months
      .filter((m) => existsIn(unit, { from: firstDay(m), to: lastDay(m) }))
      .flatMap((month) => of.findLast((r) => r.date <= firstDay(month)) ?? []);
    const total = inForce.reduce((n, r) => n + r.members, 0);
    return [...new Set(inForce)].map((r) => {
      const months = inForce.filter((other) => other === r).length;
      const share = (weighed * r.members * months) / total;
      return {
        numerator: null,
        denominator: share,
        unknown: 0,
        row: { ...toRow('headcount', r), months, share },
      };
    });
  });
}
