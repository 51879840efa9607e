import type { Db } from '../../db/connect.ts';
import { activity, record, smallCentre } from '../records-by-hand.ts';

/** A centre of a few branches whose records are written down here, once: tests count them with code of their own. */

export type Meeting = {
  readonly unit: string;
  readonly date: string;
  readonly kinds: readonly string[];
  readonly title: string;
  readonly expected: number | null;
  readonly present: number | null;
  readonly on_duty: number | null;
  readonly exempt: number;
  readonly unexcused: number | null;
  readonly hours: number | null;
};
export type Visit = {
  readonly unit: string;
  readonly date: string;
  readonly kind: string;
  readonly title: string;
  readonly raised: number | null;
  readonly resolved: number | null;
};
export type Service = {
  readonly unit: string;
  readonly date: string;
  readonly title: string;
  readonly participants: number | null;
  readonly participants_min: number | null;
  readonly hours: number | null;
};
export type Problem = {
  readonly unit: string;
  readonly date: string;
  readonly title: string;
  readonly nature: 'deadline' | 'long_term';
  readonly due_on: string | null;
  readonly reported_on: string | null;
  readonly closed_on: string | null;
};

const two = (n: number): string => String(n).padStart(2, '0');
const months = (year: number, last: number): string[] =>
  Array.from({ length: last }, (_, i) => `${year}-${two(i + 1)}`);

const meeting = (
  unit: string,
  date: string,
  kinds: readonly string[],
  title: string,
  more: Partial<Meeting> = {},
): Meeting => ({
  unit,
  date,
  kinds,
  title,
  expected: 20,
  present: 17,
  on_duty: 2,
  exempt: 0,
  unexcused: 1,
  hours: 2,
  ...more,
});

/** A through two years: 2024 whole, 2025 to the end of September. */
const ofA: Meeting[] = [...months(2024, 12), ...months(2025, 9)].flatMap((month, i) => [
  meeting('A', `${month}-10`, ['theme_day'], `江豚保护 ${i}`, { present: 15 + (i % 5) }),
  meeting('A', `${month}-20`, ['collective_study'], `学习条例 ${i}`, { present: 14 + (i % 3), hours: 1.5 }),
  // No committee in April.
  ...(month.endsWith('-04')
    ? []
    : [
        meeting('A', `${month}-05`, ['committee_meeting'], `研究工作 ${i}`, {
          expected: 5,
          present: 5,
          on_duty: 0,
          unexcused: 0,
          hours: null,
        }),
      ]),
]);

export const meetings: readonly Meeting[] = [
  ...ofA,
  meeting('A', '2025-02-25', ['general_meeting', 'party_lecture'], '书记讲党课', { hours: 1 }),
  meeting('A', '2025-05-25', ['general_meeting'], '第二季度党员大会', { present: null, unexcused: null }),
  meeting('A', '2024-02-25', ['general_meeting'], '去年大会', {}),
  meeting('A', '2025-06-12', ['heart_talk'], '与张三谈心谈话', {
    expected: null,
    present: null,
    on_duty: null,
    unexcused: null,
    hours: null,
  }),
  // Branches beside it, each at a rate of its own.
  ...['B', 'D', 'E', 'F'].flatMap((unit, i) =>
    [...months(2024, 12), ...months(2025, 9)].map((month) =>
      meeting(unit, `${month}-11`, ['theme_day'], `${unit} ${month}`, { present: 12 + 2 * i }),
    ),
  ),
  // N opened in March 2025; Q took P in at the end of June.
  ...months(2025, 9)
    .slice(2)
    .map((month) => meeting('N', `${month}-18`, ['theme_day'], `N ${month}`)),
  ...[...months(2024, 12), ...months(2025, 9)].map((month) =>
    meeting('Q', `${month}-12`, ['theme_day'], `Q ${month}`),
  ),
  ...[...months(2024, 12), ...months(2025, 6)].map((month) =>
    meeting('P', `${month}-13`, ['theme_day'], `P ${month}`),
  ),
];

export const visits: readonly Visit[] = [
  { unit: 'A', date: '2025-01-15', kind: 'enterprise_visit', title: '甲公司', raised: 6, resolved: 5 },
  { unit: 'A', date: '2025-03-15', kind: 'enterprise_visit', title: '乙公司', raised: 7, resolved: 4 },
  { unit: 'A', date: '2025-04-15', kind: 'research_visit', title: '丙码头', raised: null, resolved: null },
  { unit: 'A', date: '2025-05-15', kind: 'condolence_visit', title: '李四', raised: 0, resolved: 0 },
  { unit: 'A', date: '2024-03-15', kind: 'enterprise_visit', title: '甲公司', raised: 5, resolved: 5 },
  { unit: 'A', date: '2024-09-15', kind: 'condolence_visit', title: '王五', raised: 0, resolved: 0 },
  // After the same days.
  { unit: 'A', date: '2024-11-15', kind: 'enterprise_visit', title: '丁公司', raised: 9, resolved: 1 },
];

export const services: readonly Service[] = [
  { unit: 'A', date: '2025-03-05', title: '江滩清漂', participants: 18, participants_min: null, hours: 2 },
  { unit: 'A', date: '2025-06-05', title: '护学', participants: null, participants_min: 50, hours: 1.5 },
  { unit: 'A', date: '2024-03-05', title: '江滩清漂', participants: 15, participants_min: null, hours: 2 },
  { unit: 'A', date: '2024-12-05', title: '义诊', participants: 30, participants_min: null, hours: 3 },
];

const problem = (date: string, title: string, more: Partial<Problem> = {}): Problem => ({
  unit: 'A',
  date,
  title,
  nature: 'deadline',
  due_on: null,
  reported_on: null,
  closed_on: null,
  ...more,
});
export const problems: readonly Problem[] = [
  problem('2025-01-08', '记录不全', { due_on: '2025-03-01', closed_on: '2025-02-20' }),
  problem('2025-02-08', '签字不齐', { due_on: '2025-04-01', closed_on: '2025-05-10' }),
  problem('2025-03-08', '计划不具体', { due_on: '2025-06-30', reported_on: '2025-06-20' }),
  problem('2025-08-08', '考勤不及时', { due_on: '2025-12-31' }),
  problem('2024-02-08', '学时不足', { due_on: '2024-06-30', closed_on: '2024-06-01' }),
  // Closed after the same days of last year, and open then.
  problem('2024-05-08', '材料缺页', { due_on: '2024-08-31', closed_on: '2024-12-20' }),
  problem('2025-01-20', '在船党员参学难', { nature: 'long_term' }),
];

export const headcounts = [
  { unit: 'A', date: '2024-01-01', members: 20 },
  { unit: 'A', date: '2025-04-10', members: 24 },
  ...['B', 'D', 'E', 'F', 'Q', 'P'].map((unit) => ({ unit, date: '2024-01-01', members: 20 })),
  { unit: 'N', date: '2025-03-15', members: 12 },
] as const;

/** Months that ledgers cover. A's visits of September 2025 are not handed in; of U nothing is. */
export const covered: readonly [string, string, string, string][] = [
  ['A', 'activity', '2024-01', '2025-09'],
  ['A', 'visit', '2024-01', '2025-08'],
  ['A', 'volunteering', '2024-01', '2025-09'],
  ['A', 'rectification', '2024-01', '2025-09'],
  ...['B', 'D', 'E', 'F', 'Q'].map((u): [string, string, string, string] => [
    u,
    'activity',
    '2024-01',
    '2025-09',
  ]),
  ['P', 'activity', '2024-01', '2025-06'],
  ['N', 'activity', '2025-03', '2025-09'],
];

export async function someBranches(db: Db): Promise<void> {
  await smallCentre(
    db,
    [
      { code: 'C', parent: null },
      ...['A', 'B', 'D', 'E', 'F', 'Q', 'U'].map((code) => ({ code, parent: 'C' })),
      { code: 'N', parent: 'C', opened_on: '2025-03-15' },
      { code: 'P', parent: 'C', closed_on: '2025-06-30' },
      { code: 'R', parent: 'C', closed_on: '2024-12-31' },
      { code: 'OLD', parent: 'C', closed_on: '2020-12-31' },
    ],
    covered,
  );
  await db.updateTable('unit').set({ merged_into: 'Q' }).where('code', '=', 'P').execute();
  await db.updateTable('unit').set({ name: '东港引航站党支部' }).where('code', '=', 'A').execute();
  for (const { unit, date, kinds, ...columns } of meetings) await activity(db, unit, date, kinds, columns);
  for (const { unit, date, ...columns } of visits) await record(db, 'visit', unit, date, columns);
  for (const { unit, date, ...columns } of services) await record(db, 'volunteering', unit, date, columns);
  for (const { unit, date, ...columns } of problems) await record(db, 'rectification', unit, date, columns);
  for (const { unit, date, members } of headcounts) await record(db, 'headcount', unit, date, { members });
  const twice = { family: 'visit', code: 'duplicate', cell: null, value: null };
  await record(db, 'contradiction', 'A', '2025-03-15', twice);
}
