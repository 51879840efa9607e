import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { Context, Gap, HeldNorm, UnitEvent } from '../../shared/context.ts';
import type { Family } from '../../shared/kinds.ts';
import { ledgerOf, type Kpi } from '../../shared/kpi.ts';
import { deciding } from '../../shared/norms.ts';
import { addDays, addMonths, monthOf, type DateRange } from '../../shared/period.ts';
import type { Asked } from '../../shared/query.ts';
import type { Unit } from '../../shared/unit.ts';
import { doubtsOf } from './doubts.ts';
import type { Frame, Place, Window } from './frame.ts';
import { ruleChanges } from './rule-changes.ts';

type Asking = {
  readonly asked: Asked;
  readonly kpis: readonly Kpi[];
  readonly windows: readonly Window[];
  readonly scopes: readonly Place[];
};

/** What must be known to judge the figures of an answer. */
export async function contextOf(db: Kysely<Database>, frame: Frame, of: Asking): Promise<Context> {
  const days = of.windows.flatMap((w) => [w.from, w.end]).sort();
  const range = { from: days[0] ?? of.asked.asOf, to: days.at(-1) ?? of.asked.asOf };
  const units = unitsIn(frame, of);
  const families = [...new Set(of.kpis.map(ledgerOf))];
  const asOf = of.asked.asOf < range.to ? of.asked.asOf : range.to;
  return {
    gaps: [
      ...families.flatMap((family) => gapsOf(frame, of, family)),
      ...of.kpis.filter((kpi) => kpi.type === 'per_member').flatMap((kpi) => headcountGaps(frame, of, kpi)),
    ],
    events: units.flatMap((u) => eventsOf(frame, u, range)),
    norms: of.kpis.flatMap((kpi) => of.scopes.flatMap((s) => heldNorms(frame, kpi, s.unit, of.windows))),
    changes: ruleChanges(frame, of, { units, range }),
    doubts: await doubtsOf(db, {
      units: units.map((u) => u.code),
      families,
      from: range.from,
      to: asOf,
    }),
  };
}

/** Every unit that stood in the scope at some time of the question, and what merged into or out of it. */
function unitsIn(frame: Frame, { asked, windows }: Asking): Unit[] {
  const months = new Map(
    [...windows.flatMap((w) => w.months), monthOf(asked.asOf)].map((m) => [frame.tree.layoutName(m), m]),
  );
  const codes = new Set(
    [...months.values()].flatMap((m) => frame.tree.subtreeIn(asked.unit, m).map((u) => u.code)),
  );
  return frame.tree.units.filter((u) => codes.has(u.code));
}

/** Missing months of each reporting unit, those that follow each other as one. */
function gapsOf(frame: Frame, { asked, windows }: Asking, family: Family): Gap[] {
  const months = [...new Set(windows.flatMap((w) => w.months))].sort();
  const gaps: { unit: string; family: Family; from: string; to: string }[] = [];
  const last = new Map<string, (typeof gaps)[number]>();
  for (const { unit, month, covered } of frame.unitMonths({ unit: asked.unit }, family, months)) {
    if (covered) continue;
    const before = last.get(unit.code);
    if (before && addMonths(before.to, 1) === month) before.to = month;
    else {
      const gap = { unit: unit.code, family, from: month, to: month };
      gaps.push(gap);
      last.set(unit.code, gap);
    }
  }
  return gaps;
}

/** Units that handed in the ledger and whose members are not known at all in a period: they are in neither half. */
function headcountGaps(frame: Frame, { asked, windows }: Asking, kpi: Kpi): Gap[] {
  const family = ledgerOf(kpi);
  return windows.flatMap(({ months }) =>
    frame.reporting({ unit: asked.unit }, family, months).flatMap(({ unit, months: own }) => {
      const handedIn = own.filter((m) => frame.isCovered(unit, family, m));
      const [from, to] = [handedIn[0], handedIn.at(-1)];
      const isUnknown = frame.meanHeadcount(unit, months) === null;
      return from && to && isUnknown ? [{ unit: unit.code, family: 'headcount' as const, from, to }] : [];
    }),
  );
}

function eventsOf(frame: Frame, unit: Unit, range: DateRange): UnitEvent[] {
  const events: UnitEvent[] = [];
  const add = (on: string | null, type: UnitEvent['type'], other: string | null, code = unit.code): void => {
    if (on !== null && on > range.from && on <= range.to) events.push({ unit: code, on, type, other });
  };
  const splitFrom = unit.splitFrom ?? null;
  add(unit.openedOn, splitFrom === null ? 'opened' : 'split_off', splitFrom);
  const gone = unit.closedOn === null ? null : addDays(unit.closedOn, 1);
  add(gone, unit.mergedInto === null ? 'closed' : 'merged', unit.mergedInto);
  for (const other of frame.tree.units) {
    if (other.mergedInto === unit.code && other.closedOn !== null)
      add(addDays(other.closedOn, 1), 'took_in', other.code);
    if (other.splitFrom === unit.code) add(other.openedOn, 'split', other.code);
  }
  (unit.past ?? []).forEach((past, i) => {
    const next = unit.past?.[i + 1] ?? unit;
    const on = addDays(past.until, 1);
    if (past.parent !== next.parent) add(on, 'moved', past.parent);
    if (past.name !== next.name) add(on, 'renamed', past.name);
  });
  return events;
}

/** What one unit's figure is held against, in stretches of periods with the same norm. */
function heldNorms(frame: Frame, kpi: Kpi, unit: string, windows: readonly Window[]): HeldNorm[] {
  const norms = frame.rules.valueNorms.filter((n) => n.kpi === kpi.id);
  if (norms.length === 0) return [];
  const held: (HeldNorm & { id: number })[] = [];
  let lastId: number | null = null;
  for (const window of [...windows].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    // While a period runs, by what binds on the day to which it is looked at: no norm judges before it begins.
    const day = window.to < window.from ? window.end : window.to;
    const path = frame.tree.pathIn(unit, monthOf(day)).map((u) => u.code);
    const norm = deciding(norms, path, day);
    const last = held.at(-1);
    // A period without a norm ends the stretch, whatever binds after it.
    const isGoingOn = last !== undefined && norm !== null && lastId === norm.id;
    lastId = norm?.id ?? null;
    if (norm === null) continue;
    if (isGoingOn) {
      held[held.length - 1] = { ...last, to: window.end };
      continue;
    }
    const { id, value, layer, strength, source, note } = norm;
    held.push({
      id,
      kpi: kpi.id,
      unit,
      from: window.from,
      to: window.end,
      since: norm.from,
      value,
      layer,
      strength,
      source,
      note,
    });
  }
  return held.map(({ id: _id, ...norm }) => norm);
}
