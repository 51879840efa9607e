import type { Branch } from './centre.ts';
import type { Service, Visit } from './fieldwork.ts';
import type { Meeting } from './meetings.ts';
import type { Random } from './random.ts';
import type { Problem } from './rectifications.ts';

/**
 * What is wrong or wanting in real ledgers, put into the demonstration on purpose: figures
 * withheld or rounded, dates that say a third of a month, and now and then a contradiction.
 */
export const faults = ['present_gt_expected', 'duplicate', 'date.invalid'] as const;
type Fault = (typeof faults)[number];

/** The contradiction that a branch's meetings ledger of the year has, if any. */
function faultOf(branch: Pick<Branch, 'position'>, year: number): Fault | null {
  const turn = branch.position + year;
  return turn % 4 === 0 ? (faults[Math.floor(turn / 4) % faults.length] ?? null) : null;
}

/** A span of months without a ledger in the middle of a year, or null. */
export function gapOf(branch: Pick<Branch, 'position'>, year: number): { from: string; to: string } | null {
  if (branch.position === 3 && year === 2023) return { from: `${year}-04`, to: `${year}-05` };
  if (branch.position === 8 && year === 2025) return { from: `${year}-08`, to: `${year}-09` };
  if (branch.position === 6 && year === 2026) return { from: `${year}-04`, to: `${year}-05` };
  if (branch.position % 50 === 21 && year % 3 === 0) return { from: `${year}-02`, to: `${year}-04` };
  return null;
}

/** One branch never handed in its visits of one year. */
export const visitsMissing = (branch: Pick<Branch, 'position'>, year: number): boolean =>
  branch.position % 20 === 5 && year === 2024;

/** 6月31日 where the title says the year, else with its year. */
const noSuchDay = (branch: Branch, year: number): string =>
  branch.habit.title ? '6月31日' : `${year}年6月31日`;

function third(date: string, branch: Branch): string {
  const day = Number(date.slice(8));
  const of = day <= 10 ? '上旬' : day <= 20 ? '中旬' : '下旬';
  return `${branch.habit.title ? '' : `${date.slice(0, 4)}年`}${Number(date.slice(5, 7))}月${of}`;
}

/**
 * Once each, what no ledger shows by itself: a branch that had everybody present all year; more people at
 * a general meeting than members (the neighbours were counted too); an event that two branches held together
 * and each wrote down; and a total that does not add up.
 */
const fullYear = { position: 9, year: 2024 };
const overfull = { position: 5, year: 2025, month: '03', guests: 5 };
const heldTogether = {
  year: 2025,
  day: '2025-05-22',
  place: '航道处趸船',
  topics: new Map([
    [6, '航道养护联学共建'],
    [13, '与白浪站航道养护联学共建'],
  ]),
};
const miscount = { position: 4, year: 2025, by: 10 };

/** What the clerk's total of those expected is wrong by. */
export const miscountOf = ({ position }: Pick<Branch, 'position'>, year: number): number =>
  position === miscount.position && year === miscount.year ? miscount.by : 0;

function planted(meetings: readonly Meeting[], { position }: Branch, year: number): Meeting[] {
  const nobodyAbsent = { onDuty: 0, excused: 0, unexcused: 0 };
  if (position === fullYear.position && year === fullYear.year)
    return meetings.map((m) => ({ ...m, present: m.expected, ...nobodyAbsent }));
  const topic = year === heldTogether.year ? heldTogether.topics.get(position) : undefined;
  const month = topic === undefined ? overfull.month : heldTogether.day.slice(5, 7);
  const kind = topic === undefined ? 'general_meeting' : 'theme_day';
  const at = meetings.findIndex(
    (m) => m.date.slice(5, 7) === month && m.kinds.includes(kind) && !m.writtenPresent && !m.writtenDate,
  );
  const found = meetings[at];
  if (found === undefined) return [...meetings];
  if (topic !== undefined)
    return meetings
      .with(at, { ...found, date: heldTogether.day, lastDay: null, topic, place: heldTogether.place })
      .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  if (position !== overfull.position || year !== overfull.year) return [...meetings];
  const all = found.expected + overfull.guests;
  return meetings.with(at, { ...found, expected: all, present: all, ...nobodyAbsent });
}

/** The meetings as the ledger has them. */
export function asKept(
  meetings: readonly Meeting[],
  branch: Branch,
  year: number,
  random: Random,
): Meeting[] {
  const noted = meetings.map((m): Meeting => {
    if (random.chance(0.015)) return { ...m, writtenPresent: random.pick(['*', '若干', '**名']) };
    if (m.lastDay === null && random.chance(0.006)) return { ...m, writtenDate: third(m.date, branch) };
    return m;
  });
  const kept = planted(noted, branch, year);
  const fault = faultOf(branch, year);
  const at = kept.findIndex(
    (m) => m.date.slice(5, 7) === '06' && m.lastDay === null && !m.writtenDate && !m.writtenPresent,
  );
  const victim = kept[at];
  if (fault === null || victim === undefined) return kept;
  if (fault === 'duplicate') kept.splice(at, 0, victim);
  else if (fault === 'present_gt_expected')
    kept[at] = { ...victim, present: victim.expected + 1, onDuty: 0, excused: 0, unexcused: 0 };
  else kept[at] = { ...victim, writtenDate: noSuchDay(branch, year) };
  return kept;
}

const roughly = (n: number): string => `${Math.floor(n / 10) * 10}余人`;

export function visitsAsKept(visits: readonly Visit[], random: Random): Visit[] {
  return visits.map((v) =>
    random.chance(0.04) ? { ...v, writtenParticipants: random.pick(['若干', '*', '**名']) } : v,
  );
}

/** Once, a service was held together with the quarter, and nobody counted beyond fifty. */
const withTheQuarter = (branch: Branch, year: number): boolean => branch.position % 9 === 1 && year % 2 === 0;

export function servicesAsKept(
  services: readonly Service[],
  branch: Branch,
  year: number,
  random: Random,
): Service[] {
  return services.map((s, i) => {
    if (i === 0 && withTheQuarter(branch, year)) return { ...s, writtenParticipants: '50余人' };
    if (!random.chance(0.07)) return s;
    return {
      ...s,
      writtenParticipants:
        s.participants >= 10
          ? random.pick([roughly(s.participants), '若干'])
          : random.pick(['若干', '**名', '*']),
    };
  });
}

/** One branch has written a closure on a day before the problem was found. */
export function problemsAsKept(problems: readonly Problem[], branch: Branch, year: number): Problem[] {
  const careless = branch.position % 20 === 6 && year === 2025;
  const at = careless ? problems.findIndex((p) => p.closed !== null) : -1;
  return problems.map((p, i) => (i === at ? { ...p, closed: `${year - 1}-12-20` } : p));
}
