import { daysInMonth, isoDate, monthOf, yearOf } from '../../shared/period.ts';
import { LAST_YEAR, membersIn, type Branch } from './centre.ts';
import type { Random } from './random.ts';
import { rooms, topics } from './topics.ts';

/** One meeting or study session, as it was; how it is written down is the habit's matter. */
export type Meeting = {
  readonly date: string;
  readonly lastDay: string | null;
  readonly kinds: readonly string[];
  readonly group: string | null;
  readonly topic: string;
  readonly online: boolean;
  readonly place: string;
  readonly expected: number;
  readonly present: number;
  readonly onDuty: number;
  readonly excused: number;
  readonly unexcused: number;
  readonly hours: number;
  /** What stands in the cell in place of the day or of the number present. */
  readonly writtenDate?: string;
  readonly writtenPresent?: string;
};

/** Study by the month: little in February, most around 1 July. */
const season = [0.9, 0.4, 1.1, 0.9, 1, 1.8, 1.5, 0.8, 1, 1.1, 1, 0.9];

type Plan = {
  kinds: readonly string[];
  month: number;
  who: 'all' | 'committee' | 'group';
  group?: string;
  hours: number;
};

/** A weekday of the month; the weekend is for ships. */
export function weekday(year: number, month: number, random: Random): string {
  const day = random.int(3, daysInMonth(year, month) - 3);
  const of = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const moved = day + (of === 0 ? 1 : of === 6 ? -1 : 0);
  return isoDate(year, month, moved) ?? `${year}-01-05`;
}

function duties(branch: Branch, year: number, random: Random): Plan[] {
  const { temper, groups } = branch;
  const diligence = Math.min(0.995, temper.diligence - 0.012 * (LAST_YEAR - year));
  const held = (): boolean => random.chance(diligence);
  const plans: Plan[] = [];
  const plan = (
    month: number,
    kinds: readonly string[],
    hours: number,
    who: Plan['who'] = 'all',
    group?: string,
  ): void => {
    plans.push({ month, kinds, hours, who, group });
  };
  for (let month = 1; month <= 12; month++) {
    const size = membersIn(branch, `${year}-${String(month).padStart(2, '0')}`);
    if (size >= 7 && held()) plan(month, ['committee_meeting'], 1, 'committee');
    if (held())
      plan(
        month,
        random.chance(0.12) ? ['theme_day', 'site_study'] : ['theme_day'],
        random.pick([1.5, 2, 2, 3]),
      );
    for (const group of groups) if (held()) plan(month, ['group_meeting'], 1, 'group', group);
    if (month % 3 === 0 && held()) {
      const at = month - random.int(0, 1);
      plan(
        at,
        random.chance(0.35) ? ['general_meeting', 'party_lecture'] : ['general_meeting'],
        random.pick([1, 1.5, 2]),
      );
    }
  }
  const review = random.chance(0.7) ? random.int(1, 2) : 12;
  if (held()) plan(review, ['organisational_life'], 3);
  if (held()) plan(review, ['member_appraisal'], 1.5);
  return plans;
}

function studies(branch: Branch, year: number, random: Random): Plan[] {
  const eager = branch.temper.eagerness * (1 + 0.03 * (year - LAST_YEAR));
  const plans: Plan[] = [];
  season.forEach((weight, i) => {
    const month = i + 1;
    const behindDoors = year === 2020 && month >= 2 && month <= 4;
    for (let n = random.round(0.75 * weight * eager); n > 0; n--)
      plans.push({
        month,
        kinds: [behindDoors ? 'online_study' : 'collective_study'],
        who: 'all',
        hours: random.pick([1, 1.5, 2]),
      });
    if (random.chance(0.3 * weight * eager))
      plans.push({ month, kinds: ['first_topic'], who: 'committee', hours: 0.5 });
  });
  const sometimes: [kind: string, times: number, months: number[], hours: number][] = [
    ['party_lecture', 2.2, [3, 6, 6, 7, 9, 11], 1.5],
    ['expert_lecture', 0.9, [4, 5, 9, 10, 11], 2],
    ['online_study', 1.6, [2, 3, 8, 11, 12], 1],
    ['site_study', 1.3, [4, 6, 7, 9, 10], 3],
    ['heart_talk', 1.5, [1, 2, 6, 9, 12], 1],
    ['oath', 0.7, [6, 7], 0.5],
    ['political_birthday', 1.2, [4, 7, 10], 1],
    ['contest', 0.5, [5, 6, 11], 2],
    ['outreach', 0.6, [5, 8, 10], 1.5],
  ];
  for (const [kind, times, months, hours] of sometimes)
    for (let n = random.round(times * eager); n > 0; n--)
      plans.push({ month: months[random.int(0, months.length - 1)] ?? 6, kinds: [kind], who: 'all', hours });
  return plans;
}

function invited(plan: Plan, branch: Branch, size: number): number {
  if (plan.who === 'committee') return size < 7 ? Math.min(3, size) : size < 30 ? 5 : 7;
  if (plan.who === 'group') return Math.max(3, Math.round(size / branch.groups.length));
  return size;
}

function hold(plan: Plan, branch: Branch, year: number, random: Random): Meeting | null {
  const date = weekday(year, plan.month, random);
  const size = membersIn(branch, monthOf(date));
  if (size === 0) return null;
  const kind = plan.kinds[0] ?? 'other';
  const { attendance, trend } = branch.temper;
  const formal = ['organisational_life', 'member_appraisal', 'committee_meeting'].includes(kind) ? 0.06 : 0;
  const summer = plan.month === 7 || plan.month === 8 ? -0.02 : 0;
  const drawn =
    attendance + trend * (yearOf(date) - LAST_YEAR + 3) + formal + summer + (random.next() - 0.5) * 0.06;
  const expected = invited(plan, branch, size);
  const present = Math.max(1, random.among(expected, Math.min(0.98, Math.max(0.75, drawn))));
  const absent = expected - present;
  const unexcused = random.among(absent, 0.04);
  const onDuty = random.among(absent - unexcused, 0.72);
  const retreat = kind === 'collective_study' && expected > 12 && random.chance(0.1);
  const online = kind === 'online_study' || (year === 2020 && plan.month <= 4 && random.chance(0.6));
  const last = `${monthOf(date)}-${String(Number(date.slice(8)) + 2).padStart(2, '0')}`;
  return {
    date,
    lastDay: retreat && Number(date.slice(8)) + 2 <= 28 ? last : null,
    kinds: plan.kinds,
    group: plan.group ?? null,
    topic: `${plan.group ?? ''}${random.pick(topics[kind] ?? ['其他'])}`,
    online,
    place: online ? '线上会议室' : random.pick(rooms),
    expected,
    present,
    onDuty,
    excused: absent - unexcused - onDuty,
    unexcused,
    hours: plan.hours,
  };
}

/** A branch's meetings and study of one year, in the order of their days. */
export function meetingsOf(branch: Branch, year: number, random: Random): Meeting[] {
  const plans = [
    ...duties(branch, year, random.of('duties')),
    ...studies(branch, year, random.of('studies')),
  ];
  const each = random.of('held');
  return plans
    .flatMap((plan) => hold(plan, branch, year, each) ?? [])
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
