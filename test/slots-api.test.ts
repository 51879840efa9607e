import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NextReply, Pace, PaceReply, SlotRow, SlotsReply } from '../shared/due.ts';
import type { RecordsReply } from '../shared/api.ts';
import type { Answer, Cell } from '../shared/query.ts';
import { engines } from './engines.ts';
import { importDemo } from './oracle/demo.ts';
import { activity, newVersion, record, smallCentre } from './records-by-hand.ts';
import { served, type Served } from './served.ts';

const sum = (rows: readonly SlotRow[], half: 'met' | 'due' | 'unknown', to: string): number =>
  rows.filter((r) => r.to <= to).reduce((n, r) => n + r[half], 0);

/** Asks the API as somebody who may read. */
const asking =
  (app: () => Served) =>
  async <T>(path: string): Promise<T> => {
    const reply = await app().as('leader', `/api${path}`);
    expect(reply.status, path).toBe(200);
    return (await reply.json()) as T;
  };

/** The figure of norm_compliance that the slots of a scope and year must come to. */
async function compliance(
  ask: <T>(path: string) => Promise<T>,
  of: { unit: string; year: number; asOf: string },
): Promise<Pick<Cell, 'numerator' | 'denominator' | 'unknown'>> {
  const path = `/query?kpi=norm_compliance&unit=${of.unit}&years=${of.year}&asOf=${of.asOf}`;
  const [cell] = (await ask<Answer>(path)).cells;
  if (!cell) throw new Error('no cell');
  // A period that is not applicable has no halves: nothing is due, and nothing met.
  return { numerator: cell.numerator ?? 0, denominator: cell.denominator ?? 0, unknown: cell.unknown };
}

describe.each(engines)('slots, pace and what is next, by hand, on %s', (engine) => {
  let app: Served;
  const ask = asking(() => app);
  const AS_OF = '2022-09-30';

  beforeAll(async () => {
    app = await served(engine);
    const { db } = app;
    // A has two groups and hands in up to August; B opens in mid-April; S is small and hands in nothing.
    await smallCentre(
      db,
      [
        { code: 'C', parent: null },
        { code: 'A', parent: 'C' },
        { code: 'G1', parent: 'A', level: 'group' },
        { code: 'G2', parent: 'A', level: 'group' },
        { code: 'B', parent: 'C', opened_on: '2022-04-15' },
        { code: 'S', parent: 'C' },
        { code: 'OLD', parent: 'C', closed_on: '2020-12-31' },
      ],
      [
        ['A', 'activity', '2021-01', '2022-08'],
        ['B', 'activity', '2022-04', '2022-09'],
        ['C', 'rectification', '2022-01', '2022-09'],
      ],
    );
    await record(db, 'headcount', 'A', '2021-01-01', { members: 20 });
    await record(db, 'headcount', 'B', '2022-04-15', { members: 12 });
    await record(db, 'headcount', 'S', '2021-01-01', { members: 6 });
    for (const month of ['01', '02', '04', '05', '06', '07', '08', '09'])
      await activity(db, 'A', `2022-${month}-10`, ['theme_day'], { present: 18, hours: 2 });
    for (const month of ['01', '02', '03', '04', '05', '06'])
      await activity(db, 'A', `2021-${month}-10`, ['theme_day'], { present: 10, hours: 2 });
    await activity(db, 'B', '2022-05-20', ['committee_meeting']);
    await activity(db, 'A', '2022-02-20', ['general_meeting', 'party_lecture']);
    await activity(db, 'G1', '2022-01-12', ['group_meeting']);
    await activity(db, 'G2', '2022-01-13', ['group_meeting']);
    await activity(db, 'G1', '2022-08-12', ['group_meeting']);
    await db
      .insertInto('exemption')
      .values({
        unit: 'A',
        kind: 'organisational_life',
        from_on: '2022-01-01',
        to_on: '2022-12-31',
        reason: '支部换届',
        decided_by: '党办',
        decided_on: '2021-12-20',
      })
      .execute();
    await db
      .insertInto('norm')
      .values({
        layer: 'unit',
        unit: 'A',
        kind: 'party_lecture',
        kpi: null,
        every: 'quarter',
        per: 'branch',
        min_members: null,
        value: null,
        from_on: '2022-04-01',
        to_on: null,
        source_zh: '本支部约定',
        source_en: 'own practice',
        strength: 'local',
        note: null,
      })
      .execute();
  });
  afterAll(() => app?.close());

  const slots = async (params: string): Promise<SlotRow[]> =>
    (await ask<SlotsReply>(`/slots?years=2022&asOf=${AS_OF}&${params}`)).rows;
  const states = (rows: readonly SlotRow[], kind: string, unit = 'A'): string[] =>
    rows.filter((r) => r.kind === kind && r.unit === unit).map((r) => `${r.period} ${r.state}`);

  test('each month, quarter and year of each kind is in one state', async () => {
    const rows = await slots('unit=A');
    expect(states(rows, 'theme_day').map((s) => s.slice(5))).toEqual([
      '01 met',
      '02 met',
      '03 missed',
      '04 met',
      '05 met',
      '06 met',
      '07 met',
      '08 met',
      // Held, though the month's ledger is not handed in.
      '09 met',
      '10 not_due',
      '11 not_due',
      '12 not_due',
    ]);
    expect(states(rows, 'committee_meeting')[8]).toBe('2022-09 unknown');
    expect(states(rows, 'general_meeting')).toEqual([
      '2022-Q1 met',
      '2022-Q2 missed',
      '2022-Q3 unknown',
      '2022-Q4 not_due',
    ]);
    expect(states(rows, 'organisational_life')).toEqual(['2022 exempt']);
    expect(states(rows, 'member_appraisal')).toEqual(['2022 not_due']);
    // Quarterly since April, by a norm of its own.
    expect(states(rows, 'party_lecture').map((s) => s.slice(0, 7))).toEqual([
      '2022-Q2',
      '2022-Q3',
      '2022-Q4',
    ]);
  });

  test('says by which norm, by whose decision, and which events fill it', async () => {
    const rows = await slots('unit=A');
    const of = (kind: string, period: string): SlotRow | undefined =>
      rows.find((r) => r.kind === kind && r.period === period);
    expect(of('organisational_life', '2022')).toMatchObject({
      wanted: 0,
      due: 0,
      exemption: { reason: '支部换届', decidedBy: '党办', decidedOn: '2021-12-20', to: '2022-12-31' },
      records: [],
    });
    expect(of('party_lecture', '2022-Q2')?.norm).toMatchObject({
      layer: 'unit',
      strength: 'local',
      source: { zh: '本支部约定' },
    });
    expect(of('group_meeting', '2022-01')).toMatchObject({ state: 'met', wanted: 2, met: 2, due: 2 });
    expect(of('group_meeting', '2022-08')).toMatchObject({ state: 'missed', wanted: 2, met: 1, due: 2 });
    const filled = of('group_meeting', '2022-01')?.records ?? [];
    expect(filled).toHaveLength(2);
    const path = `/records?kpi=norm_compliance&unit=A&kind=group_meeting&period=2022-01&asOf=${AS_OF}`;
    const { rows: behind } = await ask<RecordsReply>(path);
    expect(behind.map((r) => r['records'])).toEqual([filled]);
  });

  test('why nothing is asked: not there throughout, too few members, no groups', async () => {
    const rows = await slots('unit=C&by=unit');
    expect(new Set(rows.map((r) => r.unit))).toEqual(new Set(['A', 'B', 'S']));
    expect(states(rows, 'theme_day', 'B').slice(2, 6)).toEqual([
      '2022-03 not_there',
      '2022-04 not_there',
      '2022-05 missed',
      '2022-06 missed',
    ]);
    expect(states(rows, 'general_meeting', 'B')[1]).toBe('2022-Q2 not_there');
    expect(states(rows, 'group_meeting', 'B')[5]).toBe('2022-06 no_groups');
    expect(states(rows, 'committee_meeting', 'S')[0]).toBe('2022-01 few_members');
    expect(states(rows, 'committee_meeting', 'S')[11]).toBe('2022-12 few_members');
  });

  test('several branches are one row by kind and period, unless asked apart', async () => {
    const rows = await slots('unit=C');
    expect(new Set(rows.map((r) => r.unit))).toEqual(new Set(['C']));
    const of = (kind: string, period: string): SlotRow | undefined =>
      rows.find((r) => r.kind === kind && r.period === period);
    expect(of('theme_day', '2022-03')).toMatchObject({
      state: 'missed',
      wanted: 2,
      met: 0,
      due: 1,
      unknown: 1,
      branches: [
        { state: 'missed', count: 1 },
        { state: 'unknown', count: 1 },
        { state: 'not_there', count: 1 },
      ],
      norm: { layer: 'central' },
    });
    expect(of('theme_day', '2022-10')).toMatchObject({ state: 'not_due', wanted: 3, due: 0 });
  });

  test.each(['2022-09-30', '2022-08-15', '2021-06-30', '2022-12-31', '2023-06-30'])(
    'what is due, met and unknown by %s is norm_compliance',
    async (asOf) => {
      for (const unit of ['C', 'A', 'B', 'S', 'OLD'])
        for (const year of [2021, 2022])
          for (const by of ['', '&by=unit']) {
            const { rows } = await ask<SlotsReply>(`/slots?unit=${unit}&years=${year}&asOf=${asOf}${by}`);
            const { numerator, denominator, unknown } = await compliance(ask, { unit, year, asOf });
            expect([sum(rows, 'met', asOf), sum(rows, 'due', asOf), sum(rows, 'unknown', asOf)]).toEqual([
              numerator,
              denominator,
              unknown,
            ]);
          }
    },
  );

  const paceOf = async (params: string): Promise<Pace[]> =>
    (await ask<PaceReply>(`/pace?asOf=${AS_OF}&${params}`)).pace;

  test('the pace of a branch, by hand', async () => {
    const [norms, hours] = await paceOf('unit=A');
    // In the year: theme day 12, committee 12, group meetings 24, general meeting 4, party lecture 3, appraisal 1.
    // Due by now and known: 9 + 8 + 16 + 2 + 1; theme day of September is known though its ledger is not in.
    expect(norms).toMatchObject({
      kpi: 'norm_compliance',
      unit: 'A',
      year: 2022,
      now: { numerator: 8 + 0 + 3 + 1 + 0, denominator: 56 },
      due: { numerator: 36, denominator: 56 },
      unknown: 1 + 2 + 1 + 1,
      status: 'partial',
      course: { value: 12 / 36, least: 12 / 41, most: 17 / 41 },
      // Last year: twelve theme days, committees, 24 group meetings, 4 general meetings and two a year.
      before: { numerator: 6, denominator: 54, asOf: '2021-09-30', unknown: 0 },
    });
    expect(hours).toMatchObject({
      kpi: 'study_hours_per_member',
      norm: 32,
      now: { numerator: 8 * 36, denominator: 20, value: 14.4 },
      due: { value: 24 },
      before: { value: 6 },
      course: { value: 19.2, least: 19.2, most: null },
      // September, and the lecture whose hours are not written down.
      unknown: 2,
    });
  });

  test('parts add up to their scope, and what is not reported is not zero', async () => {
    const [whole] = await paceOf('unit=C');
    const parts = (await paceOf('unit=C&by=unit')).filter((p) => p.kpi === 'norm_compliance');
    expect(parts.map((p) => p.unit)).toEqual(['A', 'B', 'S', 'OLD']);
    for (const half of ['now', 'due', 'before'] as const)
      for (const part of ['numerator', 'denominator'] as const)
        expect(parts.reduce((n, p) => n + (p[half][part] ?? 0), 0)).toBe(whole?.[half][part]);
    const of = (unit: string): Pace | undefined => parts.find((p) => p.unit === unit);
    expect(of('S')).toMatchObject({ status: 'none', because: 'not_reported', now: { value: null } });
    expect(of('OLD')).toMatchObject({ status: 'na', because: 'nothing_asked', now: { value: null } });
    // B did not exist last year.
    expect(of('B')?.before).toMatchObject({ value: null, because: 'nothing_asked' });
  });

  test('what is next: not yet held, by branch; of what is not reported nothing is known', async () => {
    const { slots: open, query, asked } = await ask<NextReply>('/next?unit=C&asOf=2022-08-31');
    expect(query).toEqual({ unit: 'C', asOf: '2022-08-31', from: '2022-09-01', days: 45 });
    expect(open.map((s) => `${s.by} ${s.kind} ${s.unit} ${s.met}/${s.wanted} ${s.state}`)).toEqual([
      '2022-09-30 committee_meeting A 0/1 open',
      '2022-09-30 committee_meeting B 0/1 open',
      '2022-09-30 group_meeting A 0/2 open',
      '2022-09-30 theme_day A 0/1 open',
      '2022-09-30 theme_day B 0/1 open',
      '2022-09-30 theme_day S 0/1 open',
      '2022-09-30 general_meeting A 0/1 open',
      '2022-09-30 general_meeting B 0/1 open',
      '2022-09-30 general_meeting S 0/1 unknown',
      '2022-09-30 party_lecture A 0/1 open',
    ]);
    expect(asked.find((a) => a.kind === 'theme_day')).toMatchObject({ branches: 3, met: 0 });
  });

  test('within a running period what is held is off the list; a group meeting counts by groups', async () => {
    const { slots: open } = await ask<NextReply>('/next?unit=A&asOf=2022-08-20');
    expect(open.map((s) => `${s.by} ${s.kind} ${s.met}/${s.wanted} ${s.state}`)).toEqual([
      '2022-08-31 committee_meeting 0/1 open',
      '2022-08-31 group_meeting 1/2 open',
      '2022-09-30 general_meeting 0/1 open',
      '2022-09-30 party_lecture 0/1 open',
    ]);
  });

  test('the year comes into sight a hundred days before its end; who is exempt is not asked', async () => {
    const yearly = async (asOf: string): Promise<string[]> =>
      (await ask<NextReply>(`/next?unit=C&asOf=${asOf}`)).slots
        .filter((s) => s.every === 'year')
        .map((s) => `${s.kind} ${s.unit} ${s.state}`);
    // From 22 September it is a hundred days to 31 December.
    expect(await yearly('2022-09-21')).not.toEqual([]);
    expect(await yearly('2022-09-20')).toEqual([]);
    expect(await yearly('2022-09-30')).toEqual([
      'organisational_life S unknown',
      'member_appraisal A unknown',
      'member_appraisal S unknown',
    ]);
  });

  test('items of rectification that run out, and how many are overdue', async () => {
    const { db } = app;
    const raise = (title: string, columns: object): Promise<string> =>
      record(db, 'rectification', 'A', '2022-05-01', { title, ...columns });
    await raise('late', { due_on: '2022-09-29' });
    await raise('today', { due_on: '2022-09-30' });
    await raise('soon', { due_on: '2022-10-15' });
    await raise('last', { due_on: '2022-11-14' });
    await raise('far', { due_on: '2022-11-15' });
    await raise('extended', { due_on: '2022-08-31', extended_to: '2022-10-20' });
    await raise('closed', { due_on: '2022-10-15', closed_on: '2022-09-15' });
    await raise('lasting', { due_on: '2022-10-15', nature: 'long_term' });
    await record(db, 'rectification', 'B', '2022-10-05', { title: 'later', due_on: '2022-10-20' });
    await newVersion(db);
    const reply = await ask<NextReply>(`/next?unit=C&asOf=${AS_OF}`);
    expect(reply.items.map((i) => `${i.by} ${i.title} ${i.extendedTo ?? '-'}`)).toEqual([
      '2022-09-30 today -',
      '2022-10-15 soon -',
      '2022-10-20 extended 2022-10-20',
      '2022-11-14 last -',
    ]);
    const path = `/query?kpi=rectification_overdue&unit=C&years=2022&asOf=${AS_OF}`;
    const [cell] = (await ask<Answer>(path)).cells;
    expect(reply.overdue).toBe(cell?.value);
    expect(reply.overdue).toBeGreaterThan(0);
    expect((await ask<NextReply>(`/next?unit=C&asOf=${AS_OF}&days=15`)).items).toHaveLength(2);
    await db.deleteFrom('rectification').execute();
  });

  test('a question that cannot be is refused with its place', async () => {
    const refused = async (path: string): Promise<[number, string | undefined]> => {
      const reply = await app.as('leader', `/api${path}`);
      const { errors } = (await reply.json()) as { errors?: { path: string }[] };
      return [reply.status, errors?.[0]?.path];
    };
    expect(await refused('/slots?unit=NOPE')).toEqual([422, 'unit']);
    expect(await refused('/pace?unit=NOPE')).toEqual([422, 'unit']);
    expect(await refused('/next?unit=NOPE')).toEqual([422, 'unit']);
    expect(await refused('/slots?by=kind')).toEqual([400, 'by']);
    expect(await refused('/pace?asOf=2022-02-30')).toEqual([400, 'asOf']);
    expect(await refused('/next?days=0')).toEqual([400, 'days']);
    expect((await app.ask('/api/pace')).status).toBe(401);
  });

  test('in a year that begins in September norms keep to the calendar', async () => {
    const { db } = app;
    await db.insertInto('setting').values({ key: 'yearStart', value: '9' }).execute();
    const asOf = '2022-08-31';
    for (const unit of ['C', 'A']) {
      const { rows } = await ask<SlotsReply>(`/slots?unit=${unit}&years=2021&asOf=${asOf}`);
      expect(
        [...new Set(rows.map((r) => r.period))].filter((p) => p.includes('Q') || p.length === 4),
      ).toEqual(['2021-Q3', '2021-Q4', '2022-Q1', '2022-Q2', '2021']);
      const { numerator, denominator } = await compliance(ask, { unit, year: 2021, asOf });
      expect([sum(rows, 'met', asOf), sum(rows, 'due', asOf)]).toEqual([numerator, denominator]);
      const [norms] = (await ask<PaceReply>(`/pace?unit=${unit}&asOf=${asOf}`)).pace;
      expect(norms).toMatchObject({
        year: 2021,
        gone: 1,
        now: { numerator },
        due: { numerator: denominator },
      });
    }
    await db.deleteFrom('setting').where('key', '=', 'yearStart').execute();
  });
});

describe.each(engines)('slots and pace of the demonstration on %s', (engine) => {
  let app: Served;
  const ask = asking(() => app);
  beforeAll(async () => {
    app = await served(engine);
    await importDemo(app.db, { branches: 6, years: 3, seed: 7 });
  });
  afterAll(() => app?.close());

  test('come to the figures of /api/query for every unit, year and structure', async () => {
    const { units } = await ask<{ units: { code: string }[] }>('/units');
    const asOf = '2026-09-30';
    for (const { code } of units)
      for (const structure of ['then', 'today']) {
        const { rows } = await ask<SlotsReply>(
          `/slots?unit=${code}&years=2024,2025,2026&asOf=${asOf}&structure=${structure}`,
        );
        const { cells } = await ask<Answer>(
          `/query?kpi=norm_compliance&unit=${code}&years=2024,2025,2026&asOf=${asOf}&structure=${structure}`,
        );
        const halves = cells.reduce(
          (n, c) => [n[0] + (c.numerator ?? 0), n[1] + (c.denominator ?? 0)] as const,
          [0, 0] as readonly [number, number],
        );
        expect([code, sum(rows, 'met', asOf), sum(rows, 'due', asOf)]).toEqual([code, ...halves]);
      }
  });

  test('the pace is made of the same figures, now and last year', async () => {
    const { units } = await ask<{ units: { code: string }[] }>('/units');
    const asOf = '2026-08-31';
    for (const { code } of units) {
      const [norms, hours] = (await ask<PaceReply>(`/pace?unit=${code}&asOf=${asOf}`)).pace;
      const { cells } = await ask<Answer>(
        `/query?kpi=norm_compliance,study_hours_per_member&unit=${code}&years=2025,2026&asOf=${asOf}&toDate=1`,
      );
      const [before, now, hoursBefore, hoursNow] = cells;
      expect([code, norms?.now.numerator, norms?.due.numerator, norms?.before.numerator]).toEqual([
        code,
        now?.numerator ?? 0,
        now?.denominator ?? 0,
        before?.numerator ?? 0,
      ]);
      expect([hours?.now.value, hours?.before.value]).toEqual([hoursNow?.value, hoursBefore?.value]);
    }
  });

  test('there is something to see: a course, a difference to last year, and what is next', async () => {
    const { pace } = await ask<PaceReply>('/pace?by=unit');
    expect(pace.filter((p) => p.course.value !== null).length).toBeGreaterThan(4);
    expect(pace.some((p) => p.now.value !== null && p.now.value < (p.due.value ?? 0))).toBe(true);
    const next = await ask<NextReply>('/next');
    expect(new Set(next.slots.map((s) => s.every))).toEqual(new Set(['month', 'quarter', 'year']));
    expect(next.slots.map((s) => s.by)).toEqual(next.slots.map((s) => s.by).sort());
  });
});
