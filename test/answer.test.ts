import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer } from '../server/queries/answer.ts';
import { importUnits } from '../server/queries/units.ts';
import { heldNorm } from '../shared/held.ts';
import { medianDays } from '../shared/median-days.ts';
import { records } from '../server/queries/records.ts';
import type { Cell, Question } from '../shared/query.ts';
import { engines, freshDatabase } from './engines.ts';
import { office } from './office.ts';
import { activity, record, smallCentre } from './records-by-hand.ts';

// Figures worked out by hand, so that engine and oracle cannot be wrong together.
describe.each(engines)('figures on %s', (engine) => {
  const opened = freshDatabase(engine);
  afterAll(async () => (await opened).close());

  const ask = async (kpi: string, more: Partial<Question> = {}): Promise<Cell[]> =>
    (await answer((await opened).db, { kpi: [kpi], unit: 'A', years: [2022], ...more })).cells;
  const one = async (kpi: string, more: Partial<Question> = {}): Promise<Cell> => {
    const [cell] = await ask(kpi, more);
    if (!cell) throw new Error('no cell');
    return cell;
  };

  beforeAll(async () => {
    const { db } = await opened;
    await smallCentre(
      db,
      [
        { code: 'C', parent: null },
        { code: 'A', parent: 'C' },
        { code: 'B', parent: 'C' },
        { code: 'OLD', parent: 'C', closed_on: '2021-12-31' },
        { code: 'G1', parent: 'A', level: 'group' },
        { code: 'G2', parent: 'A', level: 'group' },
      ],
      [
        ['A', 'activity', '2022-01', '2022-06'],
        ['A', 'volunteering', '2022-01', '2022-12'],
        ['A', 'visit', '2022-01', '2022-12'],
        ['A', 'rectification', '2021-01', '2022-12'],
        ['B', 'activity', '2022-01', '2022-12'],
      ],
    );
    await record(db, 'headcount', 'A', '2022-01-01', { members: 30 });
    await record(db, 'headcount', 'A', '2022-04-01', { members: 33 });
    await activity(db, 'A', '2022-01-31', ['theme_day'], {
      expected: 30,
      present: 24,
      on_duty: 3,
      excused: 2,
      unexcused: 1,
      hours: 2,
    });
    await activity(db, 'A', '2022-02-28', ['general_meeting', 'party_lecture'], {
      expected: 30,
      present: 27,
      hours: 1,
    });
    await activity(db, 'A', '2022-03-31', ['committee_meeting'], { expected: 5, present: null, hours: 1 });
    await activity(db, 'A', '2022-04-01', ['group_meeting'], {
      expected: 8,
      present: 8,
      on_duty: 0,
      unexcused: 0,
    });
    await activity(db, 'B', '2022-05-01', ['collective_study'], { expected: 10, present: 9, hours: 3 });
    await record(db, 'volunteering', 'A', '2022-03-05', { participants: 12, hours: 3 });
    await record(db, 'volunteering', 'A', '2022-04-05', { participants_min: 50, hours: 2 });
    await record(db, 'volunteering', 'A', '2022-05-05', {});
    await record(db, 'visit', 'A', '2022-03-05', { kind: 'enterprise_visit', raised: 3, resolved: 2 });
    await record(db, 'visit', 'A', '2022-04-05', { kind: 'research_visit' });
    await record(db, 'visit', 'A', '2022-11-05', { kind: 'research_visit', raised: 0, resolved: 0 });
    await record(db, 'rectification', 'A', '2021-11-05', { due_on: '2021-12-31', closed_on: '2022-01-15' });
    await record(db, 'rectification', 'A', '2022-06-01', { due_on: '2022-06-01', nature: 'immediate' });
    await record(db, 'rectification', 'A', '2022-06-01', { nature: 'long_term' });
    await record(db, 'rectification', 'A', '2022-10-08', { due_on: '2022-10-15', closed_on: '2022-10-12' });
    await record(db, 'contradiction', 'A', '2022-07-01', { family: 'visit', code: 'date.invalid' });
  });

  test('a count counts an event with two kinds once', async () => {
    expect(await one('study_sessions')).toMatchObject({
      value: 2,
      numerator: 2,
      denominator: null,
      records: 2,
      status: 'partial',
      coverage: { covered: 6, due: 12 },
    });
  });

  test('a month without a ledger is not reported, a reported month without events is zero', async () => {
    const months = await ask('study_sessions', { grain: 'month' });
    expect(months.map((c) => [c.value, c.status])).toEqual([
      [1, 'ok'],
      [1, 'ok'],
      [0, 'ok'],
      [0, 'ok'],
      [0, 'ok'],
      [0, 'ok'],
      ...Array.from({ length: 6 }, () => [null, 'none']),
    ]);
  });

  test('a unit that is closed is not applicable, and due nothing', async () => {
    expect(await one('visits', { unit: 'OLD' })).toMatchObject({
      value: null,
      status: 'na',
      coverage: { covered: 0, due: 0 },
    });
  });

  test('a rate leaves an unknown row out of both halves', async () => {
    expect(await one('attendance_rate')).toMatchObject({
      numerator: 59,
      denominator: 68,
      unknown: 1,
      records: 4,
    });
    expect(await one('available_attendance_rate')).toMatchObject({
      numerator: 32,
      denominator: 35,
      unknown: 2,
    });
    expect(await one('unexcused_rate')).toMatchObject({ numerator: 1, denominator: 38, unknown: 2 });
  });

  test('a parent is the sum of its children, halves apart', async () => {
    expect(await one('attendance_rate', { unit: 'C' })).toMatchObject({ numerator: 68, denominator: 78 });
    const parts = await ask('attendance_rate', { unit: 'C', by: 'unit' });
    expect(parts.map((c) => [c.unit, c.numerator, c.denominator])).toEqual([
      ['A', 59, 68],
      ['B', 9, 10],
      ['OLD', null, null],
    ]);
  });

  test('hours per member divide by the mean of the headcounts at the start of each month', async () => {
    // (24×2 + 27×1) ÷ ((30×3 + 33×9)/12); branch B has no headcount and stays out of both halves.
    expect(await one('study_hours_per_member')).toMatchObject({
      numerator: 75,
      denominator: 32.25,
      records: 2,
      unknown: 0,
    });
    expect(await one('study_hours_per_member', { unit: 'C' })).toMatchObject({
      numerator: 75,
      denominator: 32.25,
      records: 3,
      unknown: 1,
    });
  });

  test('a lower bound adds to a sum and counts among the unknown', async () => {
    expect(await one('volunteers')).toMatchObject({ value: 62, unknown: 2, records: 3 });
    expect(await one('volunteer_hours')).toMatchObject({ value: 136, unknown: 2 });
  });

  test('nothing raised gives no rate, and is not zero', async () => {
    expect(await one('visit_issues_resolved_rate')).toMatchObject({
      numerator: 2,
      denominator: 3,
      unknown: 1,
    });
    const months = await ask('visit_issues_resolved_rate', { grain: 'month' });
    expect(months[10]).toMatchObject({
      period: '2022-11',
      value: null,
      numerator: 0,
      denominator: 0,
      status: 'na',
    });
  });

  test('rectification is told by the year in which raised, as of a day', async () => {
    expect(await one('rectification_closure_rate', { years: [2021], asOf: '2022-12-31' })).toMatchObject({
      numerator: 1,
      denominator: 1,
    });
    expect(await one('rectification_closure_rate', { years: [2021], asOf: '2022-01-14' })).toMatchObject({
      numerator: 0,
      denominator: 1,
    });
    expect(await one('rectification_closure_rate', { asOf: '2022-12-31' })).toMatchObject({
      numerator: 1,
      denominator: 2,
    });
    expect(await one('rectification_on_time_rate', { years: [2021], asOf: '2022-12-31' })).toMatchObject({
      numerator: 0,
      denominator: 1,
    });
    expect(await one('rectification_on_time_rate', { asOf: '2022-12-31' })).toMatchObject({
      numerator: 1,
      denominator: 2,
    });
  });

  test('overdue is a stock: past due on the last day, whenever raised', async () => {
    const months = await ask('rectification_overdue', { grain: 'month', asOf: '2022-12-31' });
    expect(months.map((c) => c.value)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
    expect(await one('rectification_overdue', { years: [2021], asOf: '2022-12-31' })).toMatchObject({
      value: 0,
    });
    // On its due day an item is not past due yet.
    expect(await one('rectification_overdue', { asOf: '2022-06-01' })).toMatchObject({ value: 0 });
  });

  test('slots: met of due, by the end of their own period, as far as the ledger reaches', async () => {
    // Jan–Jun: theme day 1/6, committee 1/6, general meeting 1/2 quarters, group meetings 1/12 (two groups).
    // Jul–Dec and the year's two slots are not reported, and nothing known fills them.
    expect(await one('norm_compliance', { asOf: '2022-12-31' })).toMatchObject({
      numerator: 4,
      denominator: 26,
      unknown: 6 + 6 + 2 + 12 + 2,
    });
    const june = await one('norm_compliance', { asOf: '2022-06-29', toDate: false });
    expect(june).toMatchObject({ numerator: 4, denominator: 5 + 5 + 1 + 10 });
    expect(await one('norm_compliance', { asOf: '2022-12-31', kind: ['general_meeting'] })).toMatchObject({
      numerator: 1,
      denominator: 2,
      unknown: 2,
    });
  });

  test('no committee is asked of a branch under seven members', async () => {
    const { db } = await opened;
    await record(db, 'headcount', 'B', '2022-07-01', { members: 6 });
    expect(await one('norm_compliance', { unit: 'B', kind: ['committee_meeting'] })).toMatchObject({
      numerator: 0,
      denominator: 6,
    });
    await db.deleteFrom('headcount').where('unit', '=', 'B').execute();
  });

  test('completeness is unit-months; contradictions are counted where they are found', async () => {
    expect(await one('ledger_completeness', { unit: 'C' })).toMatchObject({
      numerator: 18,
      denominator: 24,
      value: 0.75,
      status: 'partial',
    });
    expect(await one('contradictions')).toMatchObject({ value: 1 });
  });

  test('to date cuts every year at the same day', async () => {
    expect(await one('study_sessions', { years: [2022], asOf: '2023-02-27', toDate: true })).toMatchObject({
      value: 1,
      coverage: { covered: 2, due: 2 },
    });
    expect(await one('study_sessions', { years: [2022], asOf: '2024-02-29', toDate: true })).toMatchObject({
      value: 2,
    });
  });

  test.each(['year', 'quarter', 'month'] as const)('records sum to the cell, by %s', async (grain) => {
    const { db } = await opened;
    const { kpis } = await import('../shared/kpis.ts');
    for (const unit of ['C', 'A', 'G1'])
      for (const toDate of [false, true]) {
        const { cells } = await answer(db, {
          kpi: kpis.map((k) => k.id),
          unit,
          years: [2021, 2022],
          grain,
          asOf: '2022-10-20',
          toDate,
        });
        for (const c of cells) {
          const behind = await records(db, {
            kpi: c.kpi,
            unit,
            period: c.period,
            asOf: '2022-10-20',
            toDate,
          });
          expect({ kpi: c.kpi, period: c.period, total: behind.total, ...behind.sums }).toEqual({
            kpi: c.kpi,
            period: c.period,
            total: c.records,
            numerator: c.numerator,
            denominator: c.denominator,
            unknown: c.unknown,
          });
        }
      }
  });

  test('records page by cursor, and each half can be asked for', async () => {
    const { db } = await opened;
    const first = await records(db, { kpi: 'attendance_rate', unit: 'A', period: '2022', limit: 3 });
    const second = await records(db, {
      kpi: 'attendance_rate',
      unit: 'A',
      period: '2022',
      limit: 3,
      cursor: first.next ?? '',
    });
    expect([first.rows.length, second.rows.length, second.next, first.total]).toEqual([3, 1, null, 4]);
    expect([...first.rows, ...second.rows].map((r) => r.date)).toEqual([
      '2022-01-31',
      '2022-02-28',
      '2022-03-31',
      '2022-04-01',
    ]);
    const late = await records(db, {
      kpi: 'rectification_closure_rate',
      unit: 'A',
      period: '2022',
      asOf: '2022-12-31',
      part: 'numerator',
    });
    expect(late).toMatchObject({
      total: 1,
      sums: { numerator: 1, denominator: 2 },
      rows: [{ closedOn: '2022-10-12' }],
    });
    const members = await records(db, {
      kpi: 'study_hours_per_member',
      unit: 'A',
      period: '2022',
      part: 'denominator',
    });
    expect(members.rows.map((r) => [r.members, r.months, r.share])).toEqual([
      [30, 3, 7.5],
      [33, 9, 24.75],
    ]);
    await expect(records(db, { kpi: 'visits', period: '2022', cursor: 'forged' })).rejects.toThrow(/cursor/);
  });
});

test('a norm that binds, does not, and binds again is two stretches', async () => {
  const { db, close } = await freshDatabase('sqlite');
  const o = office(db);
  const bytes = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));
  // A stands under S, which has a norm of its own, but for 2022.
  const list = bytes(
    'code,name,parent,level,opened_on,closed_on,merged_into,valid_from',
    'C,引航中心,,centre,,,,',
    'S,东港引航站,C,branch,,,,',
    'A,甲支部,S,branch,,,,',
    'A,甲支部,C,branch,,,,2022-01-01',
    'A,甲支部,S,branch,,,,2023-01-01',
  );
  await importUnits(db, list, 'units.csv');
  await o.norm({ kpi: 'attendance_rate', layer: 'unit', unit: 'S', value: 0.9 });
  await o.hand('A', 'activity', ['2021-01', '2023-12'], ['2021-03-01,主题党日,一,20,18']);
  const asked = { kpi: ['attendance_rate'], unit: 'A', years: [2021, 2022, 2023] };
  const { context } = await answer(db, { ...asked, asOf: '2023-12-31' });
  expect(context.norms.map((n) => [n.unit, n.from, n.to, n.value])).toEqual([
    ['A', '2021-01-01', '2021-12-31', 0.9],
    ['A', '2023-01-01', '2023-12-31', 0.9],
  ]);
  expect(heldNorm(context, { kpi: 'attendance_rate', unit: 'A', period: '2022' })).toBeNull();
  await close();
});

describe('Kaplan–Meier median', () => {
  const closed = (days: number) => ({ days, closed: true, cases: 1 });
  const open = (days: number) => ({ days, closed: false, cases: 1 });
  test('without open cases is the lower of the two middle ones', () => {
    expect(medianDays([closed(1), closed(2), closed(3), closed(4)])).toBe(2);
    expect(medianDays([closed(5), closed(9), closed(1)])).toBe(5);
  });
  test('counts an open case while it is at risk and does not drop it', () => {
    // S(2)=3/4, open at 3, S(5)=3/4·1/2=3/8 ≤ 1/2.
    expect(medianDays([closed(2), open(3), closed(5), open(9)])).toBe(5);
    expect(medianDays([closed(2), open(9), open(9), open(9)])).toBeNull();
  });
  test('of nothing is nothing', () => expect(medianDays([])).toBeNull());
});
