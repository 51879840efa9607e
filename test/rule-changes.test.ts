import { describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { answer } from '../server/queries/answer.ts';
import { pace } from '../server/queries/pace.ts';
import { listUnits } from '../server/queries/units.ts';
import { judging, type Change } from '../shared/change.ts';
import { sayPace } from '../client/components/pace/said.ts';
import { paceQuestionSchema } from '../shared/due.ts';
import { heldNorm } from '../shared/held.ts';
import { kpiById } from '../shared/kpis.ts';
import type { Question } from '../shared/query.ts';
import { UnitTree } from '../shared/unit.ts';
import { freshDatabase } from './engines.ts';
import { office } from './office.ts';

// What changed in the rules between two years, as the verdict tells it: only what changes something.
async function centre(make: (o: ReturnType<typeof office>) => Promise<unknown>): Promise<Db> {
  const { db } = await freshDatabase('sqlite');
  const o = office(db);
  await o.units([
    'C,引航中心,,centre,,,',
    'A,东港引航站党支部,C,branch,2010-01-01,,',
    'B,西港引航站党支部,C,branch,2010-01-01,,',
  ]);
  const meetings = ['2024-03-05,主题党日,一,20,18', '2025-03-05,主题党日,一,20,19'];
  for (const unit of ['A', 'B']) await o.hand(unit, 'activity', ['2024-01', '2025-12'], meetings);
  await make(o);
  return db;
}

/** 2025 against 2024; with a kind, of that row alone. */
async function changeOf(
  db: Db,
  kpi: string,
  more: Partial<Question> & { row?: string } = {},
): Promise<Change> {
  const { row, ...asked } = more;
  const told = await answer(db, { kpi: [kpi], years: [2024, 2025], asOf: '2025-12-31', ...asked });
  const cells = told.cells.filter((c) => row === undefined || c.kind === row);
  const of = (year: string) => cells.find((c) => c.period === year) ?? null;
  const [then, now] = [of('2024'), of('2025')];
  const found = kpiById.get(kpi);
  if (!now || !found) throw new Error('no figure');
  return judging(told, new UnitTree(await listUnits(db)))(found, now, then);
}
const texts = ({ reasons }: Change): string[] => reasons.map((r) => r.text.zh).toSorted();

describe('norms of meetings', () => {
  test('all that change on one day are told', async () => {
    const db = await centre(async (o) => {
      await o.norm({ kind: 'theme_day', every: 'quarter', from: '2025-01-01' });
      await o.norm({ kind: 'general_meeting', every: 'never', from: '2025-01-01' });
    });
    const all = await changeOf(db, 'norm_compliance');
    expect(all.verdict).toBe('not_comparable');
    expect(texts(all)).toEqual([
      '2025年1月1日起，“主题党日”的规定变更（中心决定）',
      '2025年1月1日起，“支部党员大会”的规定停止执行',
    ]);
    // A figure of other meetings, alone or in its row, is what it was.
    expect((await changeOf(db, 'norm_compliance', { kind: ['committee_meeting'] })).verdict).toBe(
      'comparable',
    );
    const row = (kind: string) => changeOf(db, 'norm_compliance', { by: 'kind', row: kind });
    expect((await row('committee_meeting')).verdict).toBe('comparable');
    expect((await row('theme_day')).verdict).toBe('not_comparable');
    await db.destroy();
  });

  test('one that others overrule, or that is replaced by its like, changes nothing', async () => {
    const db = await centre(async (o) => {
      await o.norm({ kind: 'theme_day', every: 'month', to: '2024-12-31' });
      await o.norm({ kind: 'committee_meeting', every: 'quarter' });
      await o.norm({ kind: 'committee_meeting', layer: 'system', every: 'year', from: '2025-01-01' });
    });
    expect(await changeOf(db, 'norm_compliance')).toMatchObject({ verdict: 'comparable', reasons: [] });
    await db.destroy();
  });

  test('an exemption changes what is asked, of all or of one', async () => {
    const exempt = (o: ReturnType<typeof office>, unit: string) =>
      o.rule({
        what: 'exemption',
        action: 'add',
        row: {
          unit,
          kind: 'theme_day',
          from: '2025-01-01',
          to: null,
          reason: '换届',
          decidedBy: '党办',
          decidedOn: '2024-12-20',
        },
      });
    const all = await centre((o) => exempt(o, 'C'));
    expect(await changeOf(all, 'norm_compliance')).toMatchObject({
      verdict: 'not_comparable',
      because: { zh: '2025年1月1日起，免办“主题党日”（换届）' },
    });
    await all.destroy();
    const one = await centre((o) => exempt(o, 'A'));
    expect(await changeOf(one, 'norm_compliance')).toMatchObject({
      verdict: 'partial',
      because: { zh: '2025年1月1日起，东港站：免办“主题党日”（换届）' },
    });
    expect((await changeOf(one, 'norm_compliance', { unit: 'B' })).verdict).toBe('comparable');
    await one.destroy();
  });
});

describe('what a figure is held against', () => {
  test('changes on the day the next begins, and does not cease', async () => {
    const db = await centre(async (o) => {
      await o.norm({ kpi: 'attendance_rate', value: 0.8, to: '2024-06-30' });
      await o.norm({ kpi: 'attendance_rate', value: 0.9, from: '2024-07-01' });
    });
    expect(texts(await changeOf(db, 'attendance_rate'))).toEqual([
      '2024年7月1日起，对照的标准变更（中心决定）',
    ]);
    await db.destroy();
  });

  test('is not changed by a norm that another overrules', async () => {
    const db = await centre(async (o) => {
      await o.norm({ kpi: 'attendance_rate', value: 0.9 });
      await o.norm({ kpi: 'attendance_rate', layer: 'system', value: 0.7, from: '2024-07-01' });
    });
    expect(texts(await changeOf(db, 'attendance_rate'))).toEqual([]);
    await db.destroy();
  });
});

test('both changes of definition on one day are told', async () => {
  const define = (o: ReturnType<typeof office>, note: string) =>
    o.rule({ what: 'definition', action: 'add', row: { kpi: 'attendance_rate', on: '2025-01-01', note } });
  const db = await centre(async (o) => {
    await define(o, '请假不计应到');
    await define(o, '含列席');
  });
  expect((await changeOf(db, 'attendance_rate')).because?.zh).toMatch(/请假不计应到.*含列席/);
  await db.destroy();
});

test('a branch whose members are not known in one of the years makes a figure per member comparable in part', async () => {
  const db = await centre(async (o) => {
    await o.hand('A', 'headcount', ['2024-01', '2025-12'], ['2024-01,20']);
    await o.hand('B', 'headcount', ['2025-01', '2025-12'], ['2025-01,20']);
  });
  const found = await answer(db, {
    kpi: ['study_hours_per_member'],
    years: [2024, 2025],
    asOf: '2025-12-31',
  });
  expect(found.context.gaps).toEqual([{ unit: 'B', family: 'headcount', from: '2024-01', to: '2024-12' }]);
  const hours = {
    ...found,
    cells: found.cells.map((c) => ({ ...c, value: 3, denominator: 20, unknown: 0 })),
  };
  const [then, now] = hours.cells;
  const kpi = kpiById.get('study_hours_per_member');
  if (!then || !now || !kpi) throw new Error('no figure');
  expect(judging(hours, new UnitTree(await listUnits(db)))(kpi, now, then)).toMatchObject({
    verdict: 'partial',
    because: { zh: '缺西港站 2024年1–12月党员人数台账' },
  });
  await db.destroy();
});

test('a norm that has not begun by the as-of day judges nothing; one that ends before the year does, what stands until then', async () => {
  const db = await centre(async (o) => {
    await o.norm({ kpi: 'attendance_rate', value: 0.8, to: '2025-11-30' });
    await o.norm({ kpi: 'attendance_rate', value: 0.97, from: '2025-12-01' });
  });
  const normOn = async (asOf: string): Promise<(number | undefined)[]> => {
    const { context } = await answer(db, {
      kpi: ['attendance_rate'],
      years: [2024, 2025],
      asOf,
      toDate: true,
    });
    return ['2024', '2025'].map(
      (period) => heldNorm(context, { kpi: 'attendance_rate', unit: 'C', period })?.value,
    );
  };
  expect(await normOn('2025-09-15')).toEqual([0.8, 0.8]);
  expect(await normOn('2025-12-31')).toEqual([0.8, 0.97]);
  await db.destroy();
});

test('where nothing was and nothing is, nothing moved; from nothing to something there is no base', async () => {
  const db = await centre((o) =>
    o.hand('A', 'visit', ['2024-01', '2025-12'], ['2025-03-05,企业走访,甲,2,0,0']),
  );
  expect(await changeOf(db, 'visits', { unit: 'A' })).toMatchObject({ delta: 1, verdict: 'not_comparable' });
  await db.updateTable('visit').set({ date: '2023-03-05' }).execute();
  expect(await changeOf(db, 'visits', { unit: 'A' })).toMatchObject({ delta: 0, verdict: 'comparable' });
  await db.destroy();
});

test('the pace of the year says where last year was asked for otherwise', async () => {
  const db = await centre((o) => o.norm({ kind: 'theme_day', every: 'quarter', from: '2025-01-01' }));
  const told = await pace(db, paceQuestionSchema.parse({ asOf: '2025-09-15' }));
  const of = (kpi: string) => told.pace.find((p) => p.kpi === kpi)?.before.broken?.en;
  expect(of('norm_compliance')).toBe(
    'from 1 Jan 2025, the norm for "Theme day" changed (decision of the centre)',
  );
  expect(of('study_hours_per_member')).toBeUndefined();
  const slots = told.pace.find((p) => p.kpi === 'norm_compliance');
  expect(slots && sayPace(slots, 'zh').line).toContain(
    '（不可比：2025年1月1日起，“主题党日”的规定变更（中心决定））',
  );
  await db.destroy();
});
