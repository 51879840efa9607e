import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer } from '../server/queries/answer.ts';
import { checkImport } from '../server/queries/import-check.ts';
import { commitImport } from '../server/queries/imports.ts';
import { importUnits } from '../server/queries/units.ts';
import { rectificationReply, type Cohort, type RectificationReply } from '../shared/cohorts.ts';
import type { RecordsReply } from '../shared/api.ts';
import type { Cell } from '../shared/query.ts';
import { engines } from './engines.ts';
import { importDemo } from './oracle/demo.ts';
import { record, smallCentre } from './records-by-hand.ts';
import { served, type Served } from './served.ts';

const asked = async (app: Served, params: string): Promise<RectificationReply> => {
  const reply = await app.as('leader', `/api/rectification?${params}`);
  expect(reply.status, await reply.clone().text()).toBe(200);
  return rectificationReply.parse(await reply.json());
};
const cohort = ({ cohorts }: RectificationReply, year: number): Cohort => {
  const found = cohorts.find((c) => c.year === year);
  if (!found) throw new Error(`no cohort ${year}`);
  return found;
};

describe.each(engines)('a ledger worked by hand, on %s', (engine) => {
  let app: Served;
  beforeAll(async () => {
    app = await served(engine);
    const folder = new URL('ledgers/rectification-extended/', import.meta.url);
    const name = '东港站2022年整改台账.csv';
    await importUnits(app.db, readFileSync(new URL('units.csv', folder)), 'units.csv');
    const bytes = readFileSync(new URL(encodeURIComponent(name), folder));
    const { id } = await checkImport(
      app.db,
      { files: [{ name, bytes }] },
      { now: () => new Date('2024-11-20T08:00:00Z'), actor: 'test' },
    );
    await commitImport(app.db, id);
  });
  afterAll(() => app?.close());

  test('as of a day in the year: what came later is not there, what was closed later is open', async () => {
    const reply = await asked(app, 'unit=DG&asOf=2022-08-25');
    expect(reply.cohorts).toEqual([
      {
        year: 2022,
        status: 'ok',
        coverage: { covered: 8, due: 8 },
        raised: 6,
        closed: 2,
        reported: 2,
        open: 2,
        extended: 3,
        overdue: 3,
        greatestAge: 86,
        longTerm: 1,
        recurrences: 1,
        onTime: 1,
        due: 5,
        withoutDue: 0,
        medianDays: null,
        censored: 4,
      },
    ]);
    expect(reply.overdue.map((i) => [i.title, i.dueOn, i.extendedTo, i.age, i.state])).toEqual([
      ['标识陈旧', '2022-05-31', '2022-08-31', 86, 'open'],
      ['台账缺项', '2022-07-31', '2022-09-30', 25, 'reported'],
      ['党费公示不及时', '2022-08-20', null, 5, 'reported'],
    ]);
    expect(reply.recurrences.map((r) => [r.item.date, r.earlier.title, r.earlier.closedOn, r.days])).toEqual([
      ['2022-06-08', '会议记录不全', '2022-03-25', 75],
    ]);
    expect(reply.longTerm.map((i) => i.title)).toEqual(['工学矛盾突出']);
  });

  test('at the end of the year', async () => {
    expect(cohort(await asked(app, 'unit=DG&asOf=2022-12-31'), 2022)).toMatchObject({
      raised: 7,
      closed: 3,
      reported: 1,
      open: 3,
      extended: 3,
      overdue: 3,
      greatestAge: 214,
      onTime: 1,
      due: 6,
      withoutDue: 1,
      medianDays: null,
      censored: 4,
    });
  });

  test('each item leads to its row', async () => {
    const { overdue } = await asked(app, 'unit=DG&asOf=2022-12-31');
    expect(overdue[0]?.source).toEqual({
      importId: 1,
      file: '东港站2022年整改台账.csv',
      sheet: expect.any(String),
      row: 5,
    });
  });

  test('a year that no ledger covers is not reported, which is not none', async () => {
    const reply = await asked(app, 'unit=DG&years=2023,2021,2022&asOf=2023-03-31');
    expect(reply.cohorts.map((c) => [c.year, c.status, c.raised, c.overdue, c.coverage])).toEqual([
      [2021, 'none', null, null, { covered: 0, due: 12 }],
      [2022, 'ok', 7, 3, { covered: 12, due: 12 }],
      [2023, 'none', null, null, { covered: 0, due: 3 }],
    ]);
    // The others of the centre have handed in nothing at all.
    expect(cohort(await asked(app, 'unit=XG&years=2022&asOf=2022-12-31'), 2022).status).toBe('none');
    expect(cohort(await asked(app, 'years=2022&asOf=2022-12-31'), 2022).status).toBe('partial');
    // A year to come: nothing is due.
    expect(cohort(await asked(app, 'unit=DG&years=2030&asOf=2022-12-31'), 2030).status).toBe('na');
  });

  test('without years, from the first that was reported', async () => {
    expect((await asked(app, 'unit=DG&asOf=2024-06-30')).cohorts.map((c) => c.year)).toEqual([
      2022, 2023, 2024,
    ]);
    expect((await asked(app, 'unit=XG&asOf=2024-06-30')).cohorts.map((c) => c.year)).toEqual([2024]);
    expect((await asked(app, 'unit=DG&asOf=2019-06-30')).cohorts).toMatchObject([
      { year: 2019, status: 'none' },
    ]);
  });

  test.each([
    ['unit=NOBODY', 422],
    ['asOf=2022-02-30', 400],
    ['years=later', 400],
    ['kpi=visits', 400],
  ])('refuses %s', async (params, status) => {
    expect((await app.as('leader', `/api/rectification?${params}`)).status).toBe(status);
  });

  test('is for those who are signed in', async () => {
    expect((await app.ask('/api/rectification')).status).toBe(401);
  });
});

describe('an empty centre', () => {
  test('has nothing to say', async () => {
    const app = await served();
    expect((await app.as('leader', '/api/rectification')).status).toBe(422);
    await app.close();
  });
});

describe('a unit that moved', () => {
  let app: Served;
  beforeAll(async () => {
    app = await served();
    await smallCentre(
      app.db,
      [
        { code: 'C', parent: null },
        { code: 'S1', parent: 'C' },
        { code: 'S2', parent: 'C' },
        { code: 'A', parent: 'S2' },
        { code: 'B', parent: 'S1' },
      ],
      [
        ['A', 'rectification', '2022-01', '2022-12'],
        ['B', 'rectification', '2022-01', '2022-12'],
      ],
    );
    await app.db
      .insertInto('unit_past')
      .values({ unit: 'A', until_on: '2022-06-30', name: 'A', parent: 'S1' })
      .execute();
    const item = (date: string, title: string, closed_on: string | null) =>
      record(app.db, 'rectification', 'A', date, {
        approximate: 0,
        title,
        due_on: '2022-05-31',
        closed_on,
      } as never);
    await item('2022-03-01', '甲', '2022-04-01');
    await item('2022-03-02', '乙', null);
    await item('2022-09-01', '甲', null);
  });
  afterAll(() => app?.close());

  test('leaves its cohort where it was raised and takes what is overdue along, as the KPIs do', async () => {
    const of = async (unit: string) => {
      const reply = await asked(app, `unit=${unit}&asOf=2022-12-31`);
      const { raised, recurrences } = cohort(reply, 2022);
      return { raised, recurrences, overdue: reply.overdue.length };
    };
    expect(await of('S1')).toEqual({ raised: 2, recurrences: 0, overdue: 0 });
    // The problem came back, though the first time was elsewhere.
    expect(await of('S2')).toEqual({ raised: 1, recurrences: 1, overdue: 2 });
    expect(await of('C')).toEqual({ raised: 3, recurrences: 1, overdue: 2 });
    for (const unit of ['S1', 'S2', 'C']) {
      const { cells } = await answer(app.db, {
        kpi: ['rectification_closure_rate', 'rectification_overdue'],
        unit,
        years: [2022],
        asOf: '2022-12-31',
      });
      const { raised, overdue } = await of(unit);
      expect([raised, overdue], unit).toEqual([cells[0]?.denominator, cells[1]?.value]);
    }
  });

  test('is asked about in today’s structure too', async () => {
    const reply = await asked(app, 'unit=S2&asOf=2022-12-31&structure=today');
    expect(cohort(reply, 2022).raised).toBe(3);
  });
});

describe('the figures of the demonstration', () => {
  const years = [2020, 2021, 2022, 2023, 2024, 2025, 2026];
  let app: Served;
  beforeAll(async () => {
    app = await served();
    await importDemo(app.db, {});
  });
  afterAll(() => app?.close());

  /** What the KPIs say of the same scope, year and day. */
  async function kpisOf(unit: string, asOf: string): Promise<(kpi: string, year: number) => Cell> {
    const { cells } = await answer(app.db, {
      kpi: [
        'rectification_closure_rate',
        'rectification_on_time_rate',
        'rectification_overdue',
        'rectification_median_days',
      ],
      unit,
      years,
      asOf,
    });
    return (kpi, year) => cells.find((c) => c.kpi === kpi && c.period === String(year))!;
  }

  test.each([
    ['HJ', '2026-09-30'],
    ['HJ', '2024-02-29'],
    ['HJ', '2021-07-15'],
    ['QS', '2026-09-30'],
    ['QS', '2023-05-31'],
    ['HZ2', '2025-12-31'],
    ['HZ2', '2020-03-01'],
  ])('of %s on %s are the KPIs’', async (unit, asOf) => {
    const reply = await asked(app, `unit=${unit}&years=${years.join(',')}&asOf=${asOf}`);
    const kpi = await kpisOf(unit, asOf);
    let reported = 0;
    for (const c of reply.cohorts) {
      const closure = kpi('rectification_closure_rate', c.year);
      const onTime = kpi('rectification_on_time_rate', c.year);
      expect([c.closed, c.raised], `${c.year} closed`).toEqual([closure.numerator, closure.denominator]);
      expect([c.onTime, c.due], `${c.year} on time`).toEqual([onTime.numerator, onTime.denominator]);
      expect(c.medianDays, `${c.year} median`).toBe(kpi('rectification_median_days', c.year).value);
      expect(c.coverage).toEqual(closure.coverage);
      if (c.raised === null) continue;
      reported++;
      expect((c.closed ?? 0) + (c.reported ?? 0) + (c.open ?? 0)).toBe(c.raised);
    }
    expect(reported).toBeGreaterThan(0);
    const now = kpi('rectification_overdue', Number(asOf.slice(0, 4)));
    expect(reply.overdue).toHaveLength(now.value ?? 0);
    expect(reply.cohorts.reduce((n, c) => n + (c.overdue ?? 0), 0)).toBe(reply.overdue.length);
    expect(reply.overdue.map((i) => i.age)).toEqual(
      reply.overdue.map((i) => i.age).toSorted((a, b) => b - a),
    );
  });

  test('show every state: extended, reported and not verified, open, back again, without end', async () => {
    const { cohorts, ...lists } = await asked(app, 'asOf=2026-09-30');
    const total = (key: 'extended' | 'reported' | 'open' | 'overdue' | 'longTerm' | 'recurrences'): number =>
      cohorts.reduce((n, c) => n + (c[key] ?? 0), 0);
    for (const key of ['extended', 'reported', 'open', 'overdue', 'longTerm', 'recurrences'] as const)
      expect(total(key), key).toBeGreaterThan(0);
    expect(lists.recurrences).toHaveLength(total('recurrences'));
    expect(lists.longTerm).toHaveLength(total('longTerm'));
    // A few, not half of all.
    expect(total('recurrences')).toBeLessThan(25);
  });

  test('the records of the closure rate are the items of the cohort', async () => {
    const { cohorts } = await asked(app, 'unit=QS&years=2025&asOf=2026-09-30');
    const reply = await app.as(
      'leader',
      '/api/records?kpi=rectification_closure_rate&unit=QS&period=2025&asOf=2026-09-30&limit=1000',
    );
    const { total, rows } = (await reply.json()) as RecordsReply;
    expect(total).toBe(cohorts[0]?.raised);
    expect(rows[0]).toMatchObject({ dueOn: expect.any(String), nature: expect.any(String) });
    expect(Object.keys(rows[0] ?? {})).toEqual(
      expect.arrayContaining(['extendedTo', 'reportedOn', 'closedOn']),
    );
  });
});
