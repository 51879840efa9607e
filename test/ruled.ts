import { expect } from 'vitest';
import type { Engine } from '../db/dialect.ts';
import type { Granted } from '../server/auth/roles.ts';
import { answerSchema } from '../shared/api.ts';
import type { Answer } from '../shared/query.ts';
import {
  changeReply,
  previewReply,
  rulesReply,
  type ChangeReply,
  type PreviewReply,
  type RulesReply,
} from '../shared/rule-change.ts';
import { activity, record, smallCentre } from './records-by-hand.ts';
import { jsonBody, served, type Served } from './served.ts';

/** A served centre whose rules are changed by HTTP, and changes to make of them. */

export const source = { zh: '中心党委会纪要', en: '' };
export const never = {
  what: 'norm',
  action: 'add',
  row: { layer: 'unit', unit: 'A', kind: 'theme_day', every: 'never', source, strength: 'local' },
} as const;
export const exemption = {
  what: 'exemption',
  action: 'add',
  row: {
    unit: 'A',
    kind: 'theme_day',
    from: '2025-01-01',
    to: '2025-06-30',
    reason: '抗台防汛',
    decidedBy: '中心党委',
    decidedOn: '2025-01-05',
  },
} as const;

/** A and B are branches under C; both hand in 2024 and 2025, and hold theme days now and then. */
async function fill({ db }: Served): Promise<void> {
  await smallCentre(
    db,
    [
      { code: 'C', parent: null },
      { code: 'A', parent: 'C' },
      { code: 'B', parent: 'C' },
    ],
    [
      ['A', 'activity', '2024-01', '2025-12'],
      ['B', 'activity', '2024-01', '2025-12'],
    ],
  );
  for (const month of ['01', '02', '03', '07', '08', '09', '10', '11', '12'])
    await activity(db, 'A', `2025-${month}-05`, ['theme_day']);
  for (const month of ['01', '02']) await activity(db, 'B', `2025-${month}-05`, ['theme_day']);
  for (const unit of ['A', 'B']) await record(db, 'headcount', unit, '2024-01-01', { members: 20 });
  await activity(db, 'A', '2025-03-09', ['collective_study'], { present: 20, hours: 20 });
}

const tables = [
  'norm',
  'exemption',
  'definition_change',
  'setting',
  'change',
  'past',
  'unit',
  'unit_past',
  'coverage',
  'activity',
  'activity_kind',
  'headcount',
  'import',
] as const;

/** All that the database holds, to be compared with what it held. */
async function everything({ db }: Served): Promise<string> {
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
  return rows.map((of, i) => [tables[i], ...of.map((r) => JSON.stringify(r)).sort()].join('\n')).join('\n');
}

export const figure = { layer: 'centre', kpi: 'attendance_rate', value: 0.9, source, strength: 'local' };
/** A norm as `never` or another, but for what is given. */
export const norm = (more: object, of: object = never.row) => ({
  what: 'norm',
  action: 'add',
  row: { ...of, ...more },
});
/** The exemption, but for what is given. */
export const free = (more: object) => ({ ...exemption, row: { ...exemption.row, ...more } });

export async function ruled(engine: Engine) {
  const s = await served(engine);
  await fill(s);
  const rules = async (role: Granted = 'leader'): Promise<RulesReply> =>
    rulesReply.parse(await (await s.as(role, '/api/rules')).json());
  const write = async (change: unknown, path = '/api/rules'): Promise<ChangeReply> => {
    const reply = await s.as('admin', path, jsonBody(change));
    const told: unknown = await reply.json();
    expect(reply.status, JSON.stringify(told)).toBe(200);
    return changeReply.parse(told);
  };
  const refused = async (change: unknown, path = '/api/rules'): Promise<[number, unknown[]]> => {
    const before = await everything(s);
    const reply = await s.as('admin', path, jsonBody(change));
    const told = (await reply.json()) as { errors?: { path: string; message: string }[] };
    expect(await everything(s)).toBe(before);
    return [reply.status, (told.errors ?? []).map((e) => e.path)];
  };
  const preview = async (change: unknown): Promise<PreviewReply> => {
    const reply = await s.as('admin', '/api/rules/preview', jsonBody({ change }));
    const told: unknown = await reply.json();
    expect(reply.status, JSON.stringify(told)).toBe(200);
    return previewReply.parse(told);
  };
  const answer = async (question: string): Promise<Answer> =>
    answerSchema.parse(await (await s.as('leader', `/api/query?${question}`)).json());
  const halves = async (unit: string): Promise<unknown> =>
    (await answer(`kpi=norm_compliance&kind=theme_day&unit=${unit}&years=2025`)).cells.map((c) => [
      c.numerator,
      c.denominator,
    ]);
  const version = async (): Promise<number> => (await answer('kpi=visits')).dataVersion;
  return { ...s, everything: () => everything(s), rules, write, refused, preview, answer, halves, version };
}
export type Ruled = Awaited<ReturnType<typeof ruled>>;
