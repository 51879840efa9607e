import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Database } from '../../db/types.ts';
import type { nextQuestionSchema, NextReply, NextSlot } from '../../shared/due.ts';
import type { Every } from '../../shared/norms.ts';
import { kpiById } from '../../shared/kpis.ts';
import {
  addDays,
  daysBetween,
  firstDay,
  monthOf,
  monthsFrom,
  periodOf,
  rangeOf,
  yearOfDay,
} from '../../shared/period.ts';
import { questionSchema, type Asked } from '../../shared/query.ts';
import type { Unit } from '../../shared/unit.ts';
import { cellsOf } from './answer.ts';
import { dataVersion } from './centre.ts';
import { Frame, windowOf } from './frame.ts';
import { unitsWithin } from './slot-states.ts';
import { askedOf, countEvents, heldOf, normedKinds, type EventCounts, type NormPeriod } from './slots.ts';
import { understand } from './understand.ts';
import { normOf } from './year-slots.ts';

/** A yearly meeting is spoken of from this many days before the year's end. */
const YEAR_NOTICE_DAYS = 100;
const OVERDUE = 'rectification_overdue';

/**
 * What falls due next, seen from the day after the as-of day: of every branch of the scope the
 * meetings of the running month, quarter and (in its last hundred days) year that it has not held yet,
 * and the items of rectification that run out within the days.
 * @throws Refusal 422 where the unit is unknown or no ledger has been imported
 */
export async function dueNext(
  db: Kysely<Database>,
  { days, ...question }: z.output<typeof nextQuestionSchema>,
): Promise<NextReply> {
  const { asked, tree } = await understand(db, questionSchema.parse({ ...question, kpi: [OVERDUE] }));
  const frame = await Frame.load(db, tree);
  const { unit, asOf } = asked;
  const from = addDays(asOf, 1);
  const since = firstDay(`${from.slice(0, 4)}-01`);
  const events = await countEvents(db, frame, unitsWithin(frame, unit, { from: since, to: from }), {
    from: since,
    to: asOf,
  });
  const branches = frame.reportingIn({ unit }, 'activity', monthOf(from)).filter((u) => u.level === 'branch');
  const running = runningPeriods(from);
  const found = running.flatMap((period) =>
    normedKinds(frame).flatMap((kind) =>
      branches.flatMap((branch) => openSlot(frame, branch, { ...period, kind }, { asOf, events }) ?? []),
    ),
  );
  return {
    query: { unit, asOf, from, days },
    dataVersion: await dataVersion(db),
    slots: found.filter((s) => s.met < s.wanted).toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0)),
    asked: askedIn(found),
    items: await itemsOf(db, tree.subtreeIn(unit, monthOf(from)), { from: asOf, to: addDays(asOf, days) }),
    overdue: await overdueOf(db, frame, asked),
  };
}

/** The norms' periods in which the day lies; the year only when its end is in sight. */
const runningPeriods = (day: string): NormPeriod[] =>
  (['month', 'quarter', 'year'] as const)
    .map((every: Every) => ({ every, period: periodOf(day, every) }))
    .filter(
      ({ every, period }) => every !== 'year' || daysBetween(day, rangeOf(period).to) <= YEAR_NOTICE_DAYS,
    );

/** What is asked of a branch in a running period, met or not; null where nothing is. */
function openSlot(
  frame: Frame,
  branch: Unit,
  of: NormPeriod & { kind: string },
  { asOf, events }: { asOf: string; events: EventCounts },
): NextSlot | null {
  const asked = askedOf(frame, branch, of);
  if (asked === null || asked.wanted === 0) return null;
  const { from, to } = rangeOf(of.period);
  const { met } = heldOf(frame, branch, { kind: of.kind, from, to, wanted: asked.wanted }, events);
  const begun = from <= asOf ? monthsFrom(monthOf(from), monthOf(asOf)) : [];
  const isReported = begun.every((m) => frame.isCovered(branch, 'activity', m));
  return {
    unit: branch.code,
    ...of,
    by: to,
    wanted: asked.wanted,
    met,
    state: isReported ? 'open' : 'unknown',
    norm: normOf(asked.norm),
  };
}

function askedIn(slots: readonly NextSlot[]): NextReply['asked'] {
  const sums = new Map<string, NextReply['asked'][number]>();
  for (const { kind, period, by, met, wanted } of slots) {
    const sum = sums.get(`${kind} ${period}`) ?? { kind, period, by, branches: 0, met: 0 };
    sums.set(`${kind} ${period}`, {
      ...sum,
      branches: sum.branches + 1,
      met: sum.met + (met >= wanted ? 1 : 0),
    });
  }
  return [...sums.values()];
}

/**
 * Open items whose time runs out in the days, both included. The as-of day itself is among them: what
 * runs out on it is not overdue yet, and would otherwise be nowhere.
 */
async function itemsOf(
  db: Kysely<Database>,
  units: readonly Unit[],
  { from, to }: { from: string; to: string },
): Promise<NextReply['items']> {
  const rows = await db
    .selectFrom('rectification')
    .select((e) => [
      'unit',
      'id',
      'title',
      'due_on',
      'extended_to',
      e.fn.coalesce('extended_to', 'due_on').as('by'),
    ])
    .where(
      'unit',
      'in',
      units.map((u) => u.code),
    )
    .where('date', '<=', from)
    .where((e) => e.or([e('closed_on', 'is', null), e('closed_on', '>', from)]))
    .where((e) => e.or([e('nature', 'is', null), e('nature', '<>', 'long_term')]))
    .where((e) => e.between(e.fn.coalesce('extended_to', 'due_on'), from, to))
    .orderBy('by')
    .orderBy('unit')
    .orderBy('id')
    .execute();
  return rows.flatMap(({ unit, id, title, due_on, extended_to, by }) =>
    by === null ? [] : [{ unit, id, title, dueOn: due_on ?? by, extendedTo: extended_to, by }],
  );
}

/** The figure that the cards show: open past due on the as-of day. */
async function overdueOf(db: Kysely<Database>, frame: Frame, asked: Asked): Promise<number | null> {
  const kpi = kpiById.get(OVERDUE);
  if (!kpi) throw new Error(`no KPI "${OVERDUE}"`);
  const year = String(yearOfDay(asked.asOf, asked.yearStart));
  const [cell] = await cellsOf(db, frame, kpi, {
    asked,
    windows: [windowOf(year, asked.asOf, false, asked.yearStart)],
    scopes: [{ unit: asked.unit }],
    kind: null,
  });
  return cell?.value ?? null;
}
