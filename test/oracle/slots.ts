import { daysOf, monthsTouched, type Window } from './calendar.ts';
import type { OracleCentre } from './centre.ts';
import { bindingNorm, isExempt, type OracleNorm } from './norms.ts';
import { groupedBy, type OracleUnit, type Place } from './tree.ts';

export type SlotSum = { due: number; met: number; unknown: number; rows: number };

/** The calendar periods that end with the month, by the norms' three lengths. */
function periodsEndingWith(month: string): { every: string; period: string }[] {
  const [year, nth] = [month.slice(0, 4), Number(month.slice(5))];
  const periods = [{ every: 'month', period: month }];
  if (nth % 3 === 0) periods.push({ every: 'quarter', period: `${year}-Q${nth / 3}` });
  if (nth === 12) periods.push({ every: 'year', period: year });
  return periods;
}

type Days = { from: string; to: string };

const existsThroughout = (unit: OracleUnit, { from, to }: Days): boolean =>
  (unit.opened_on ?? '0000') <= from && (unit.closed_on ?? '9999') >= to;

function wanted(norm: OracleNorm, branch: OracleUnit, centre: OracleCentre, days: Days): number {
  const last = days.to.slice(0, 7);
  if (!existsThroughout(branch, days)) return 0;
  const path = centre.tree.pathIn(branch.code, last);
  if (isExempt(centre.tables.exemptions, { kind: norm.kind ?? '', path, day: days.to })) return 0;
  const members = centre.membersOn(branch.code, days.from);
  if (norm.min_members !== null && members !== null && members < norm.min_members) return 0;
  if (norm.per !== 'group') return 1;
  return centre.tree
    .childrenIn(branch.code, last)
    .filter((g) => g.level === 'group' && existsThroughout(g, days)).length;
}

/** Meetings of the kind that the branch and its party groups held, the groups while they were its own. */
const held = (branch: OracleUnit, centre: OracleCentre, kind: string, months: readonly string[]): number =>
  months
    .flatMap((month) => {
      const { from, to } = daysOf(month);
      const groups = centre.tree.childrenIn(branch.code, month).filter((c) => c.level === 'group');
      return [branch, ...groups].flatMap((u) => centre.recordsOf('activity', u.code, from, to));
    })
    .filter((r) => r.kinds.includes(kind)).length;

/** What the norms asked of the branches of a place in the window, and what of it was done. */
export function slotsOf(
  place: Place,
  centre: OracleCentre,
  window: Window,
  kinds: readonly string[] | null,
): SlotSum {
  const sum: SlotSum = { due: 0, met: 0, unknown: 0, rows: 0 };
  const byKind = groupedBy(centre.tables.norms, (n) => n.kind);
  for (const month of window.months) {
    const last = daysOf(month).to;
    if (last < window.from || last > window.to) continue;
    for (const branch of centre.reportingIn(place, 'activity', month)) {
      if (branch.level !== 'branch') continue;
      for (const [kind, norms] of byKind) {
        if (kind === null || (kinds !== null && !kinds.includes(kind))) continue;
        const norm = bindingNorm(norms, centre.tree.pathIn(branch.code, month), last);
        const of = periodsEndingWith(month).find((p) => p.every === norm?.every);
        if (norm && of) add(sum, norm, branch, centre, of.period);
      }
    }
  }
  return sum;
}

function add(sum: SlotSum, norm: OracleNorm, branch: OracleUnit, centre: OracleCentre, period: string): void {
  const days = daysOf(period);
  const n = wanted(norm, branch, centre, days);
  if (n === 0) return;
  const months = monthsTouched(days.from, days.to);
  const met = Math.min(n, held(branch, centre, norm.kind ?? '', months));
  const reported = months.every((m) => centre.isCovered(branch, 'activity', m));
  sum.met += met;
  sum.due += reported ? n : met;
  sum.unknown += reported ? 0 : n - met;
  sum.rows++;
}
