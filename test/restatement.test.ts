import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { restatement } from '../server/queries/restatement.ts';
import { importUnits } from '../server/queries/units.ts';
import {
  changesReply,
  restatementQuestion,
  restatementReply,
  type Reason,
  type Restatement,
  type Step,
} from '../shared/restatement.ts';
import { engines, freshDatabase } from './engines.ts';
import { office, twoBranches } from './office.ts';
import { served, type Served } from './served.ts';

// What the dashboard said then, against now: a history made by the real importer under a set clock.
const tell = (db: Db, params: Record<string, unknown>): Promise<Restatement> =>
  restatement(db, restatementQuestion.parse(params));

/** The steps of the one figure as [value, numerator, denominator]. */
const moves = (told: Restatement): Record<string, (number | null)[]> =>
  Object.fromEntries(
    (told.figures[0]?.steps ?? []).map((s) => [s.code, [s.value, s.numerator, s.denominator]]),
  );
const because = (told: Restatement, code: Step['code']): Reason[] =>
  told.figures[0]?.steps.find((s) => s.code === code)?.because ?? [];

describe.each(engines)('then and now on %s', (engine) => {
  let db: Db;
  let close = async (): Promise<void> => {};
  const knownOn = '2025-04-30';
  beforeAll(async () => {
    ({ db, close } = await freshDatabase(engine));
    await twoBranches(office(db));
  });
  afterAll(() => close());

  test('a count: 3 then, 2 late, one more by the replaced file, 3 in new months, 9 now', async () => {
    const told = await tell(db, { kpi: ['visits'], period: '2025', knownOn });
    expect(told).toMatchObject({
      unit: 'C',
      then: { version: 6, at: '2025-04-30T15:59:00.000Z', asOf: '2025-03-31' },
      now: { version: 21, asOf: '2025-06-30' },
      journalFrom: '2025-04-10T02:00:00.000Z',
      changesTotal: 15,
    });
    const [figure] = told.figures;
    expect([figure?.then?.value, figure?.then?.status, figure?.now?.value, figure?.now?.status]).toEqual([
      3,
      'partial',
      9,
      'ok',
    ]);
    expect(moves(told)).toEqual({
      late: [2, 2, null],
      corrections: [1, 1, null],
      definitions: [0, 0, null],
      movement: [3, 3, null],
    });
    expect(because(told, 'late')).toEqual([
      {
        type: 'ledger',
        how: 'added',
        what: 'import',
        importId: 5,
        files: ['B走访台账.csv'],
        unit: 'B',
        family: 'visit',
        months: ['2025-01', '2025-02', '2025-03'],
        records: 2,
        version: 7,
        at: '2025-05-12T02:00:00.000Z',
        actor: 'office',
      },
    ]);
    // Two rows of the file stand as before; one went and two came.
    expect(because(told, 'corrections')).toMatchObject([
      { how: 'added', what: 'import', unit: 'A', months: ['2025-03'], records: 2, version: 13 },
      { how: 'removed', what: 'undo', importId: 1, unit: 'A', records: 1, version: 10 },
    ]);
    expect(because(told, 'definitions')).toEqual([]);
    expect(because(told, 'movement')).toMatchObject([
      { type: 'days', from: '2025-04-01', to: '2025-06-30', records: 3 },
      { type: 'ledger', unit: 'A', months: ['2025-04', '2025-05', '2025-06'], records: 2 },
      { type: 'ledger', unit: 'B', months: ['2025-04', '2025-05', '2025-06'], records: 1 },
    ]);
  });

  test('a rate: 71/80, 81/90, 94/110, 119/140; a new norm of it is named and moves nothing', async () => {
    const told = await tell(db, { kpi: ['attendance_rate'], period: '2025', knownOn: '2025-04-29' });
    expect(told.then.version).toBe(5);
    const cells = told.figures[0]?.steps.map((s) => [s.from?.numerator, s.from?.denominator]);
    expect(cells).toEqual([
      [71, 80],
      [81, 90],
      [94, 110],
      [94, 110],
    ]);
    expect(told.figures[0]?.now).toMatchObject({ numerator: 119, denominator: 140, value: 119 / 140 });
    expect(moves(told)).toEqual({
      late: [expect.closeTo(81 / 90 - 71 / 80, 12), 10, 10],
      corrections: [expect.closeTo(94 / 110 - 81 / 90, 12), 13, 20],
      definitions: [0, 0, 0],
      movement: [expect.closeTo(119 / 140 - 94 / 110, 12), 25, 30],
    });
    expect(because(told, 'definitions')).toEqual([
      {
        type: 'norm',
        unit: null,
        then: null,
        now: {
          zh: '到会率的标准：80.0%，中心决定',
          en: 'norm of Attendance rate: 80.0%, decision of the centre',
        },
        version: 6,
        at: '2025-04-30T15:59:00.000Z',
        actor: 'office',
      },
    ]);
  });

  test('slots: 5/11, the late month 6/14, the meeting added 7/14, no committees 7/8, new months 9/16', async () => {
    const told = await tell(db, { kpi: ['norm_compliance'], period: '2025', knownOn });
    expect(told.figures[0]?.then).toMatchObject({ numerator: 5, denominator: 11, status: 'partial' });
    expect(told.figures[0]?.now).toMatchObject({ numerator: 9, denominator: 16, status: 'ok' });
    expect(moves(told)).toEqual({
      late: [expect.closeTo(6 / 14 - 5 / 11, 12), 1, 3],
      corrections: [expect.closeTo(1 / 14, 12), 1, 0],
      definitions: [expect.closeTo(7 / 8 - 7 / 14, 12), 0, -6],
      movement: [expect.closeTo(9 / 16 - 7 / 8, 12), 2, 8],
    });
    expect(because(told, 'definitions')).toMatchObject([
      { type: 'norm', then: null, now: { zh: '支部委员会：不要求，中心决定' }, version: 16 },
    ]);
  });

  test('a median: 10 days, still 10 with the late items, 20 as corrected, 4 now', async () => {
    const told = await tell(db, { kpi: ['rectification_median_days'], period: '2025', knownOn });
    expect(moves(told)).toEqual({
      late: [0, 1, 2],
      corrections: [10, 0, 0],
      definitions: [0, 0, 0],
      movement: [-16, 3, 2],
    });
    expect([told.figures[0]?.then?.value, told.figures[0]?.now?.value]).toEqual([10, 4]);
    expect(because(told, 'movement')).toContainEqual({
      type: 'closed',
      from: '2025-04-01',
      to: '2025-06-30',
      records: 3,
    });
  });

  test('what was not reported has no difference of values; its numerators add up', async () => {
    const told = await tell(db, { kpi: ['visits'], unit: 'B', period: '2025-Q1', knownOn });
    expect(told.figures[0]?.then).toMatchObject({ value: null, numerator: null, status: 'none' });
    expect(told.figures[0]?.now).toMatchObject({ value: 2, status: 'ok' });
    expect(moves(told)).toEqual({
      late: [null, 2, null],
      corrections: [0, 0, null],
      definitions: [0, 0, null],
      movement: [0, 0, null],
    });
  });

  test('a period that had not begun is movement wholly; one day for both sides knows no movement', async () => {
    const later = await tell(db, { kpi: ['visits'], unit: 'A', period: '2025-05', knownOn });
    expect(later.figures[0]?.then?.status).toBe('na');
    expect(moves(later)['movement']).toEqual([null, 1, null]);
    const asOf = await tell(db, { kpi: ['visits'], period: '2025', knownOn, asOf: '2025-03-31' });
    expect([asOf.then.asOf, asOf.now.asOf, asOf.figures[0]?.now?.value]).toEqual([
      '2025-03-31',
      '2025-03-31',
      6,
    ]);
    expect(moves(asOf)['movement']).toEqual([0, 0, null]);
    expect(because(asOf, 'movement')).toEqual([]);
  });

  test('parts of a scope add up to it, step by step; a version may be named instead of a day', async () => {
    const kpi = ['visits', 'attendance_rate', 'norm_compliance', 'ledger_completeness'];
    const whole = await tell(db, { kpi, period: '2025', version: '6' });
    const parts = await tell(db, { kpi, period: '2025', version: '6', by: 'unit' });
    expect(parts.figures.map((f) => f.unit)).toEqual(kpi.flatMap(() => ['A', 'B']));
    for (const figure of whole.figures)
      for (const [i, step] of figure.steps.entries()) {
        const of = parts.figures.filter((f) => f.kpi === figure.kpi).map((f) => f.steps[i]);
        for (const half of ['numerator', 'denominator'] as const)
          expect(of.reduce((n, s) => n + (s?.[half] ?? 0), 0)).toBe(step[half] ?? 0);
      }
  });

  test('before anything was known, all is late; nothing has changed since now', async () => {
    const never = await tell(db, { kpi: ['visits'], period: '2025', knownOn: '2025-01-31' });
    expect(never.then).toEqual({ version: 0, at: null, asOf: '2025-06-30' });
    expect(never.figures[0]?.then).toBeNull();
    expect(moves(never)).toEqual({
      late: [null, 9, null],
      corrections: [0, 0, null],
      definitions: [0, 0, null],
      movement: [0, 0, null],
    });
    expect(because(never, 'late').filter((r) => r.type === 'new_unit')).toMatchObject([
      { unit: 'C', version: 1 },
      { unit: 'A', version: 1 },
      { unit: 'B', version: 1 },
    ]);
    const now = await tell(db, { kpi: ['visits'], period: '2025', knownOn: '2026-01-01' });
    expect(now.changesTotal).toBe(0);
    expect(now.figures[0]?.steps.flatMap((s) => s.because)).toEqual([]);
    expect(now.figures[0]?.then).toEqual(now.figures[0]?.now);
  });
});

describe.each(engines)('a past of its own on %s', (engine) => {
  test('what was closed since is told of the items of the figure, and not of others', async () => {
    const { db, close } = await freshDatabase(engine);
    const o = office(db);
    o.at('2025-07-01T02:00:00Z');
    await o.units(['C,引航中心,,centre,,,', 'A,东港引航站党支部,C,branch,2010-01-01,,']);
    // Of 2024, closed in 2025; of 2025, closed in May.
    await o.hand(
      'A',
      'rectification',
      ['2024-01', '2025-06'],
      [
        '甲,2024-12-05,2025-06-30,2025-05-15',
        '乙,2025-02-01,2025-06-30,2025-05-03',
        '丙,2025-02-02,长期,2025-05-04',
      ],
    );
    const asked = { kpi: ['rectification_closure_rate', 'rectification_overdue'], asOf: '2025-06-30' };
    const told = await tell(db, { ...asked, period: '2025', knownOn: '2025-07-02' });
    expect(because(told, 'movement')).toEqual([]);
    o.at('2025-08-01T02:00:00Z');
    await o.hand('A', 'visit', ['2025-07', '2025-07'], ['2025-07-08,企业走访,甲,2,0,0']);
    await o.hand('A', 'rectification', ['2025-07', '2025-07'], ['丁,2025-07-01,2025-07-20,2025-07-10']);
    await db
      .updateTable('rectification')
      .set({ closed_on: '2025-07-09' })
      .where('title', 'in', ['甲', '乙', '丙'])
      .execute();
    const since = await tell(db, { kpi: asked.kpi, period: '2025', knownOn: '2025-07-02' });
    const closed = since.figures.map((f) =>
      f.steps.find((s) => s.code === 'movement')?.because.find((r) => r.type === 'closed'),
    );
    // 乙 and 丁 are of 2025; of what lies open at the end 甲 is one too.
    expect(closed.map((r) => r && 'records' in r && r.records)).toEqual([2, 3]);
    await close();
  });

  test('in today’s structure the reasons are of the units that stand there today', async () => {
    const { db, close } = await freshDatabase(engine);
    const o = office(db);
    o.at('2025-08-01T02:00:00Z');
    const list = [
      'code,name,parent,level,opened_on,closed_on,merged_into,valid_from',
      'C,引航中心,,centre,,,,',
      'S,南港党总支,C,branch,,,,',
      'T,北港党总支,C,branch,,,,',
      // Long after the period that is asked for.
      'A,东港引航站党支部,S,branch,,,,',
      'A,东港引航站党支部,T,branch,,,,2025-07-01',
    ];
    await importUnits(db, new TextEncoder().encode(list.join('\n')), 'units.csv', {
      now: () => new Date('2025-08-01T02:00:00Z'),
      actor: 'office',
    });
    o.at('2025-08-05T02:00:00Z');
    await o.hand('A', 'visit', ['2023-01', '2023-03'], ['2023-02-08,企业走访,甲,2,0,0']);
    const told = await tell(db, {
      kpi: ['visits'],
      unit: 'T',
      period: '2023-Q1',
      asOf: '2023-03-31',
      structure: 'today',
      knownOn: '2025-08-02',
    });
    expect(moves(told)['late']).toEqual([null, 1, null]);
    expect(because(told, 'late')).not.toEqual([]);
    await close();
  });

  test('a past of hundreds of units is laid out, whatever the order of parents and children', async () => {
    const { db, close } = await freshDatabase(engine);
    const o = office(db);
    o.at('2025-01-05T02:00:00Z');
    const names = Array.from({ length: 600 }, (_, i) => `B${i}`);
    await o.units(['C,引航中心,,centre,,,', ...names.map((b) => `${b},${b}支部,C,branch,2010-01-01,,`)]);
    await o.hand('B7', 'visit', ['2025-01', '2025-01'], ['2025-01-02,企业走访,甲,2,0,0']);
    o.at('2025-03-05T02:00:00Z');
    // The root changes, so that what it was is laid out after its children.
    await o.units(['C,江海引航中心,,centre,,,']);
    const told = await tell(db, { kpi: ['visits'], period: '2025', knownOn: '2025-02-01' });
    expect([told.figures[0]?.then?.value, told.figures[0]?.now?.value]).toEqual([1, 1]);
    await close();
  });
});

describe('the API of then and now', () => {
  let s: Served;
  beforeAll(async () => {
    s = await served();
    const o = office(s.db);
    o.at('2025-03-01T02:00:00Z');
    await o.units(['C,引航中心,,centre,,,', 'A,东港引航站党支部,C,branch,2010-01-01,,']);
    await o.hand('A', 'visit', ['2025-01', '2025-02'], ['2025-01-08,企业走访,甲,2,0,0']);
    o.at('2025-03-20T02:00:00Z');
    await o.hand('A', 'visit', ['2025-01', '2025-03'], ['2025-02-08,企业走访,乙,2,0,0']);
  });
  afterAll(() => s.close());
  const body = async (path: string): Promise<unknown> => {
    const reply = await s.as('leader', path);
    expect(reply.status, path).toBe(200);
    return reply.json();
  };

  test('then and now over the wire; the question as known on a day names its version', async () => {
    const told = restatementReply.parse(
      await body('/api/restatement?kpi=visits,attendance_rate&period=2025&knownOn=2025-03-10'),
    );
    expect(told.figures.map((f) => [f.kpi, f.then?.value, f.now?.value])).toEqual([
      ['visits', 1, 2],
      ['attendance_rate', null, null],
    ]);
    const known = await body('/api/query?kpi=visits&years=2025&knownOn=2025-03-10');
    expect(known).toMatchObject({
      query: { knownOn: '2025-03-10', asOf: '2025-02-28' },
      dataVersion: 2,
      cells: [{ value: 1 }],
    });
    expect(await body('/api/query?kpi=visits&years=2025')).toMatchObject({
      query: { knownOn: null, asOf: '2025-03-31' },
      dataVersion: 3,
    });
  });

  test('the journal comes page by page, the latest first', async () => {
    const first = changesReply.parse(await body('/api/changes?limit=2'));
    expect(first).toMatchObject({
      total: 3,
      dataVersion: 3,
      journalFrom: '2025-03-01T02:00:00.000Z',
      next: 2,
    });
    expect(first.changes.map((c) => [c.version, c.what, c.importId, c.files])).toEqual([
      [3, 'import', 2, ['A走访台账.csv']],
      [2, 'import', 1, ['A走访台账.csv']],
    ]);
    const rest = changesReply.parse(await body('/api/changes?limit=2&before=2'));
    expect(rest.changes.map((c) => [c.version, c.what, c.detail])).toEqual([[1, 'units', 'units.csv']]);
    expect(rest.next).toBeNull();
  });

  test.each([
    ['/api/restatement?period=2025&knownOn=2025-03-10', 400, 'kpi'],
    ['/api/restatement?kpi=visits&knownOn=2025-03-10', 400, 'period'],
    ['/api/restatement?kpi=visits&period=2025-13&knownOn=2025-03-10', 400, 'period'],
    ['/api/restatement?kpi=visits&period=2025', 400, 'knownOn'],
    ['/api/restatement?kpi=visits&period=2025&knownOn=2025-03-10&version=1', 400, 'knownOn'],
    ['/api/restatement?kpi=visits&period=2025&knownOn=2025-02-30', 400, 'knownOn'],
    ['/api/restatement?kpi=visits&period=2025&version=first', 400, 'version'],
    ['/api/restatement?kpi=visits&period=2025&version=1&by=kind', 400, 'by'],
    ['/api/restatement?kpi=visits&period=2025&version=1&per=member', 400, 'per'],
    ['/api/restatement?kpi=visits&period=2025&version=4', 404, 'version'],
    ['/api/restatement?kpi=nothing&period=2025&version=1', 422, 'kpi'],
    ['/api/restatement?kpi=visits&unit=X&period=2025&version=1', 422, 'unit'],
    ['/api/restatement?kpi=visits&kind=nothing&period=2025&version=1', 422, 'kind'],
    ['/api/query?kpi=visits&knownOn=2025-13-01', 400, 'knownOn'],
    ['/api/query?kpi=visits&unit=A&knownOn=2024-12-31', 422, 'knownOn'],
    ['/api/changes?limit=0', 400, 'limit'],
    ['/api/changes?limit=500', 400, 'limit'],
    ['/api/changes?before=last', 400, 'before'],
  ])('%s is refused with %i at %s', async (path, status, at) => {
    const reply = await s.as('leader', path);
    expect(reply.status).toBe(status);
    expect(((await reply.json()) as { errors: { path: string }[] }).errors[0]?.path).toBe(at);
  });

  test('a day on which nothing was known is refused as such, with the day on which the journal begins', async () => {
    const reply = await s.as('leader', '/api/query?kpi=visits&unit=A&knownOn=2025-02-28');
    expect([reply.status, await reply.json()]).toMatchObject([
      422,
      {
        errors: [
          {
            path: 'knownOn',
            message: 'nothing was known on 2025-02-28; the journal begins on 2025-03-01',
          },
        ],
      },
    ]);
  });

  test('nobody reads the journal without signing in', async () => {
    for (const path of ['/api/changes', '/api/restatement?kpi=visits&period=2025&version=1'])
      expect((await s.ask(path)).status).toBe(401);
  });
});

test('a past too large to be laid out is refused, and says how large it is', async () => {
  const s = await served();
  const o = office(s.db);
  o.at('2025-03-01T02:00:00Z');
  await o.units(['C,引航中心,,centre,,,', 'A,东港引航站党支部,C,branch,2010-01-01,,']);
  o.at('2025-03-20T02:00:00Z');
  await o.hand('A', 'visit', ['2025-01', '2025-03'], ['2025-02-08,企业走访,乙,2,0,0']);
  await s.db
    .insertInto('past')
    .columns(['table_name', 'added', 'removed', 'row'])
    .expression(
      sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 150000)
          select 'visit', 0, 2, '{}' from n`,
    )
    .execute();
  for (const path of [
    '/api/restatement?kpi=visits&period=2025&knownOn=2025-03-10',
    '/api/query?kpi=visits&knownOn=2025-03-10',
  ]) {
    const reply = await s.as('leader', path);
    expect([reply.status, await reply.json()]).toMatchObject([
      422,
      {
        errors: [
          { path: 'knownOn', message: '150001 records would have to be laid out anew; at most 150000 are' },
        ],
      },
    ]);
  }
  await s.close();
});
