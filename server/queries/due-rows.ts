import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { RecordRow } from '../../shared/api.ts';
import type { DueKpi } from '../../shared/kpi.ts';
import { kindByCode } from '../../shared/kinds.ts';
import { firstDay } from '../../shared/period.ts';
import type { Asked } from '../../shared/query.ts';
import { membersOf, yearsAround } from './answer.ts';
import type { Frame, Window } from './frame.ts';
import { toRow, type Behind } from './record-row.ts';
import { countEvents, normedBranches, slotsOf, type Slot } from './slots.ts';

type Row = Behind & { row: RecordRow };

/** Rows of a figure that is made from what is due: slots of the norms, or unit-months of a ledger. */
export async function dueRows(
  db: Kysely<Database>,
  frame: Frame,
  kpi: DueKpi,
  asked: Asked,
  window: Window,
): Promise<Row[]> {
  if (kpi.from === 'coverage') return unitMonthRows(frame, asked.unit, window);
  const branches = normedBranches(frame, asked.unit);
  const events = await countEvents(db, frame, branches, yearsAround([window]));
  const slots = branches.flatMap((b) => slotsOf(frame, b, window, events, asked.kind));
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
      records: filled.get(slot) ?? [],
    },
  }));
}

/** The ids of the events that fill each slot. */
async function filling(
  db: Kysely<Database>,
  frame: Frame,
  slots: readonly Slot[],
): Promise<Map<Slot, string[]>> {
  const filled = new Map<Slot, string[]>();
  const units = [...new Set(slots.map((s) => s.unit))].flatMap((b) =>
    frame.tree.subtree(b).map((u) => ({ code: u.code, branch: b })),
  );
  if (units.length === 0) return filled;
  const branchOf = new Map(units.map((u) => [u.code, u.branch]));
  const events = await db
    .selectFrom('activity_kind as k')
    .innerJoin('activity as r', (j) => j.onRef('r.unit', '=', 'k.unit').onRef('r.id', '=', 'k.activity_id'))
    .select(['r.unit', 'r.id', 'r.date', 'k.kind'])
    .where('r.unit', 'in', [...branchOf.keys()])
    .where('r.date', '>=', slots.map((s) => s.from).sort()[0] ?? '')
    .where(
      'r.date',
      '<=',
      slots
        .map((s) => s.to)
        .sort()
        .at(-1) ?? '',
    )
    .orderBy('r.date')
    .orderBy('r.id')
    .execute();
  for (const slot of slots) {
    const ids = events
      .filter(
        (e) =>
          e.kind === slot.kind &&
          branchOf.get(e.unit) === slot.unit &&
          e.date >= slot.from &&
          e.date <= slot.to,
      )
      .map((e) => e.id);
    filled.set(slot, ids);
  }
  return filled;
}

function unitMonthRows(frame: Frame, scope: string, window: Window): Row[] {
  return frame.reporting(scope, 'activity').flatMap((unit) =>
    frame.unitMonths(unit, 'activity', window.months).map(({ month, covered }) => ({
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
    })),
  );
}

/** The headcounts in force, each with how many of the period's months it stands for. */
export async function headcountRows(
  db: Kysely<Database>,
  frame: Frame,
  scope: string,
  window: Window,
): Promise<Row[]> {
  const means = membersOf(frame, scope, window);
  if (means.size === 0) return [];
  const rows = await db
    .selectFrom('headcount')
    .selectAll()
    .where('unit', 'in', [...means.keys()])
    .orderBy('date')
    .orderBy('id')
    .execute();
  return [...means.keys()].flatMap((code) => {
    const unit = frame.tree.byCode.get(code);
    const of = rows.filter((r) => r.unit === code);
    if (!unit) return [];
    const inForce = frame
      .unitMonths(unit, 'headcount', window.months)
      .flatMap(({ month }) => of.findLast((r) => r.date <= firstDay(month)) ?? []);
    return [...new Set(inForce)].map((r) => {
      const months = inForce.filter((other) => other === r).length;
      const share = (r.members * months) / inForce.length;
      return {
        numerator: null,
        denominator: share,
        unknown: 0,
        row: { ...toRow('headcount', r), months, share },
      };
    });
  });
}
