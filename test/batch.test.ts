import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BATCH_MAX } from '../shared/batch.ts';
import { form, jsonBody, served, unitsCsv, visitsCsv, type Served } from './served.ts';

describe('several readings in one request', () => {
  let s: Served;
  beforeAll(async () => {
    s = await served();
    await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }));
    const sent = await s.as('admin', '/api/imports', form({ '走访台账.csv': visitsCsv }, { unit: 'A' }));
    const { id } = (await sent.json()) as { id: number };
    await s.as('admin', `/api/imports/${id}/commit`, { method: 'POST' });
  });
  afterAll(() => s.close());

  type Reply = { status: number; body: unknown };
  const batch = async (requests: unknown, role: 'admin' | 'leader' = 'leader'): Promise<Response> =>
    s.as(role, '/api/batch', jsonBody({ requests }));
  const replies = async (requests: unknown): Promise<Reply[]> =>
    ((await (await batch(requests)).json()) as { replies: Reply[] }).replies;

  test('are answered in their order, each as its address alone would', async () => {
    const asked = [
      { path: '/query', params: { kpi: 'visits', years: 2025, by: 'unit' } },
      { path: '/centre' },
      { path: '/units' },
      { path: '/query', params: { kpi: 'visits', years: '2025', grain: 'month' } },
      { path: '/query', params: { kpi: 'visits', years: 2025, by: 'unit' } },
    ];
    const alone = [
      '/api/query?kpi=visits&years=2025&by=unit',
      '/api/centre',
      '/api/units',
      '/api/query?kpi=visits&years=2025&grain=month',
      '/api/query?kpi=visits&years=2025&by=unit',
    ];
    const bodies = await Promise.all(alone.map(async (path) => (await s.as('leader', path)).json()));
    expect(await replies(asked)).toEqual(bodies.map((body) => ({ status: 200, body })));
    // Not because all are empty.
    expect(JSON.stringify(bodies[0])).toContain('"value":2');
  });

  test('are asked anew after a change of data', async () => {
    const asked = [{ path: '/query', params: { kpi: 'visits', unit: 'B', years: 2025 } }];
    const valueOf = async (): Promise<unknown> =>
      ((await replies(asked))[0]?.body as { cells: { value: number | null }[] } | undefined)?.cells[0]?.value;
    expect(await valueOf()).toBeNull();
    const sent = await s.as('admin', '/api/imports', form({ '走访.csv': visitsCsv }, { unit: 'B' }));
    const { id } = (await sent.json()) as { id: number };
    await s.as('admin', `/api/imports/${id}/commit`, { method: 'POST' });
    expect(await valueOf()).toBe(2);
  });

  test.each([
    ['an address that is none', { path: '/nowhere' }, 404, ''],
    ['a parameter that is wrong', { path: '/query', params: { kpi: 'visits', years: 'x' } }, 400, 'years'],
    ['what cannot be', { path: '/query', params: { kpi: 'joy', years: 2025 } }, 422, 'kpi'],
    ['a file', { path: '/snapshots/1.png' }, 404, ''],
    ['a stream', { path: '/imports/1/events' }, 404, ''],
    ['another batch', { path: '/batch' }, 404, ''],
    ['a path that cannot be decoded', { path: '/records/%E0%A4%A/1' }, 404, ''],
    ['a path that climbs', { path: '/../sign-in/x' }, 404, ''],
  ])('%s is refused in its place, and the others are answered', async (_, wrong, status, path) => {
    const [first, second] = await replies([wrong, { path: '/units' }]);
    expect(first?.status).toBe(status);
    expect(first?.body).toMatchObject({ status, ...(path ? { errors: [{ path }] } : {}) });
    expect(second?.status).toBe(200);
  });

  test.each([
    ['none', [], 'requests'],
    ['too many', Array.from({ length: BATCH_MAX + 1 }, () => ({ path: '/units' })), 'requests'],
    ['no path', [{ path: 'units' }], 'requests.0.path'],
    ['a method', [{ path: '/units', method: 'DELETE' }], 'requests.0.method'],
  ])('%s is refused as a whole', async (_, requests, path) => {
    const reply = await batch(requests);
    expect(reply.status).toBe(400);
    const { errors } = (await reply.json()) as { errors: { path: string }[] };
    expect(errors[0]?.path).toBe(path);
  });

  test('gives nobody more than the addresses do', async () => {
    const nobody = await s.ask('/api/batch', jsonBody({ requests: [{ path: '/units' }] }));
    expect(nobody.status).toBe(401);
    const auditor = await s.as('auditor', '/api/batch', jsonBody({ requests: [{ path: '/vocabulary' }] }));
    const alone = await s.as('auditor', '/api/vocabulary');
    const { replies: found } = (await auditor.json()) as { replies: Reply[] };
    expect(found[0]?.status).toBe(alone.status);
  });
});
