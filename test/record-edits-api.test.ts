import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form, jsonBody, served, unitsCsv, visitsCsv, type Served } from './served.ts';

describe('records by hand over HTTP', () => {
  let s: Served;
  beforeAll(async () => {
    s = await served();
    await s.as(
      'admin',
      '/api/units',
      form({ 'units.csv': `${unitsCsv}\nD,老港党支部,C,branch,,2024-12-31,` }),
    );
    const reply = await s.as('admin', '/api/imports', form({ '走访2025.csv': visitsCsv }, { unit: 'A' }));
    const { id } = (await reply.json()) as { id: number };
    await s.as('admin', `/api/imports/${id}/commit`, { method: 'POST' });
  });
  afterAll(() => s.close());

  const send = async (path: string, body: unknown, role: 'admin' | 'leader' = 'admin') => {
    const reply = await s.as(role, path, jsonBody(body));
    const told = (await reply.json()) as { errors?: { path: string }[] } & Record<string, unknown>;
    return { status: reply.status, told, paths: (told.errors ?? []).map((e) => e.path) };
  };
  const whole = { unit: 'A', date: '2025-05-05', kinds: ['theme_day'], expected: 20, present: 18 };
  const visit = { unit: 'A', date: '2025-05-05', kind: 'enterprise_visit' };
  const problem = { unit: 'A', date: '2025-05-05', title: '台账不全' };
  const faulty: [string, string, object, string[]][] = [
    ['nothing', 'activity', {}, ['unit', 'date', 'kinds']],
    ['a unit that is not', 'activity', { ...whole, unit: 'Z' }, ['unit']],
    ['a day that is not', 'activity', { ...whole, date: '2025-02-30' }, ['date']],
    ['a far day', 'activity', { ...whole, date: '2027-10-03' }, ['date']],
    ['an end before it', 'activity', { ...whole, endDate: '2025-05-04' }, ['endDate']],
    ['a closed unit', 'activity', { ...whole, unit: 'D' }, ['date']],
    ['no kind', 'activity', { ...whole, kinds: [] }, ['kinds']],
    ['a visit’s kind', 'activity', { ...whole, kinds: ['enterprise_visit'] }, ['kinds']],
    ['too many', 'activity', { ...whole, present: 21 }, ['present']],
    ['at least too many', 'activity', { ...whole, present: null, presentMin: 21 }, ['presentMin']],
    ['a bound beside its figure', 'activity', { ...whole, presentMin: 3 }, ['presentMin']],
    ['too many absences', 'activity', { ...whole, onDuty: 2, excused: 1 }, ['excused']],
    ['half a person', 'activity', { ...whole, expected: 20.5 }, ['expected']],
    ['less than nobody', 'activity', { ...whole, exempt: -1 }, ['exempt']],
    ['a crowd', 'activity', { ...whole, expected: 1_000_001 }, ['expected']],
    ['endless hours', 'activity', { ...whole, hours: 745 }, ['hours']],
    ['text for a number', 'activity', { ...whole, present: '18' }, ['present']],
    ['a control character', 'activity', { ...whole, note: 'a\u0000b' }, ['note']],
    ['more resolved than raised', 'visit', { ...visit, raised: 1, resolved: 2 }, ['resolved']],
    ['a kind of meeting', 'visit', { ...visit, kind: 'theme_day' }, ['kind']],
    ['closed before raised', 'rectification', { ...problem, closedOn: '2025-05-04' }, ['closedOn']],
    [
      'extended backwards',
      'rectification',
      { ...problem, dueOn: '2025-06-30', extendedTo: '2025-06-01' },
      ['extendedTo'],
    ],
    ['no members', 'headcount', { unit: 'A', date: '2025-05-05', members: null }, ['members']],
  ];
  test.each(faulty)('%s is refused at its field', async (_, family, fields, paths) => {
    const reply = await send('/api/records', { family, fields });
    expect([reply.status, reply.paths]).toEqual([422, paths.map((p) => `fields.${p}`)]);
  });

  test('figures at their very bounds are taken', async () => {
    const { status } = await send('/api/records', {
      family: 'activity',
      fields: { ...whole, date: '2027-10-02', expected: 1_000_000, present: 1_000_000, hours: 744 },
    });
    expect(status).toBe(201);
  });

  test('who may read may not write; what is not there is 404; a change says why', async () => {
    const entered = await send('/api/records', { family: 'visit', fields: visit, why: '补录' });
    expect(entered.status).toBe(201);
    const path = `/api/records/A/${String(entered.told['id'])}`;
    const change = { family: 'visit', fields: { participants: 4 }, why: '补人数' };
    for (const [at, body] of [
      ['/api/records', { family: 'visit', fields: visit }],
      [path, change],
      [`${path}/remove`, { why: '重复' }],
      [`${path}/restore`, { why: '误删' }],
    ] as const)
      expect((await send(at, body, 'leader')).status, at).toBe(403);
    expect((await s.as('leader', path)).status).toBe(200);
    expect((await s.ask(path)).status).toBe(401);

    for (const why of ['', '  ', '长'.repeat(301)]) {
      const correction = await send(path, { ...change, why });
      expect([correction.status, correction.paths]).toEqual([422, ['why']]);
      const removal = await send(`${path}/remove`, { why });
      expect([removal.status, removal.paths]).toEqual([422, ['why']]);
    }
    const moved = await send(path, { ...change, fields: { unit: 'B' } });
    expect([moved.status, moved.paths]).toEqual([422, ['fields.unit']]);
    expect((await send(path, { ...change, family: 'activity', fields: {} })).paths).toEqual(['family']);
    expect((await send(path, { ...change, ifVersion: 1 })).status).toBe(409);
    expect((await send(path, change)).told).toMatchObject({ changed: true });
    expect((await send(`${path}/remove`, { why: '重复' })).status).toBe(200);
    expect((await send(path, change)).status).toBe(404);
    expect((await send(`${path}/restore`, { why: '误删' })).status).toBe(200);

    for (const nowhere of ['/api/records/A/9-1-1-1', '/api/records/Z/1-1-1-2', '/api/imports/99/edits'])
      expect((await s.as('leader', nowhere)).status, nowhere).toBe(404);
    const edits = await s.as('leader', `/api/imports/${String(entered.told['id']).split('-')[0]}/edits`);
    expect(await edits.json()).toMatchObject({ edits: [{ why: '补人数', ledger: 'visit' }] });
  });
});
