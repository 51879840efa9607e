import { slotNorms, type SlotNorm } from '../../shared/norms.ts';
import { daysOf, monthsTouched } from './calendar.ts';
import type { OracleCentre, OracleUnit } from './centre.ts';

export type SlotSum = { due: number; met: number; unknown: number; rows: number };

const two = (n: number): string => String(n).padStart(2, '0');

/** The norm's own periods that end in the days asked for. */
function periodsEnding(norm: SlotNorm, from: string, to: string): string[] {
  const year = from.slice(0, 4);
  const all =
    norm.every === 'year'
      ? [year]
      : norm.every === 'quarter'
        ? [1, 2, 3, 4].map((q) => `${year}-Q${q}`)
        : Array.from({ length: 12 }, (_, m) => `${year}-${two(m + 1)}`);
  return all.filter((p) => daysOf(p).to >= from && daysOf(p).to <= to);
}

const existsThroughout = (unit: OracleUnit, from: string, to: string): boolean =>
  (unit.opened_on ?? '0000') <= from && (unit.closed_on ?? '9999') >= to;

function wanted(
  norm: SlotNorm,
  branch: OracleUnit,
  centre: OracleCentre,
  days: { from: string; to: string },
): number {
  if (!existsThroughout(branch, days.from, days.to)) return 0;
  if (norm.minMembers !== undefined) {
    const members = centre.membersOn(branch.code, days.from);
    if (members !== null && members < norm.minMembers) return 0;
  }
  if (norm.per === 'branch') return 1;
  return centre
    .children(branch.code)
    .filter((g) => g.level === 'group' && existsThroughout(g, days.from, days.to)).length;
}

/** What the norms asked of one branch in the days, and what of it was done; seen from `cut`. */
export function slotsOf(
  branch: OracleUnit,
  centre: OracleCentre,
  asked: { from: string; to: string; cut: string; kinds: readonly string[] | null },
): SlotSum {
  const sum: SlotSum = { due: 0, met: 0, unknown: 0, rows: 0 };
  for (const norm of slotNorms) {
    if (asked.kinds !== null && !asked.kinds.includes(norm.kind)) continue;
    for (const period of periodsEnding(norm, asked.from, asked.to)) {
      const days = daysOf(period);
      if (days.to > asked.cut) continue;
      const n = wanted(norm, branch, centre, days);
      if (n === 0) continue;
      const events = centre
        .withGroups(branch)
        .flatMap((u) => centre.recordsOf('activity', u.code, days.from, days.to))
        .filter((r) => r.kinds.includes(norm.kind)).length;
      const met = Math.min(n, events);
      const reported = monthsTouched(days.from, days.to).every((m) =>
        centre.isCovered(branch, 'activity', m),
      );
      sum.met += met;
      sum.due += reported ? n : met;
      sum.unknown += reported ? 0 : n - met;
      sum.rows++;
    }
  }
  return sum;
}
