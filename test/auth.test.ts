import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Granted } from '../server/auth/roles.ts';
import { issue } from '../server/auth/tokens.ts';
import { engines } from './engines.ts';
import { form, jsonBody, served, today, unitsCsv, type Served } from './served.ts';

const cookieOf = (reply: Response): string => (reply.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const link = (s: Served, role: Granted = 'admin') =>
  issue(s.db, { purpose: 'sign_in', role, name: role }, { now: today });
async function signIn(s: Served, role?: Granted): Promise<string> {
  return cookieOf(await s.ask(`/sign-in/${await link(s, role)}`));
}
const later = (days: number): Date => new Date(today.getTime() + days * 86_400_000);

describe.each(engines)('sign-in on %s', (engine) => {
  let s: Served;
  beforeAll(async () => void (s = await served(engine, { attempts: 1000 })));
  afterAll(() => s.close());

  test('a link works once, and leads to the overview with a cookie that scripts cannot read', async () => {
    const secret = await link(s);
    const first = await s.ask(`/sign-in/${secret}`);
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    expect(first.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/);
    const cookie = cookieOf(first);
    expect(await (await s.ask('/api/session', { headers: { cookie } })).json()).toEqual({
      name: 'admin',
      role: 'admin',
    });

    const second = await s.ask(`/sign-in/${secret}`);
    expect(second.status).toBe(410);
    expect(await second.text()).toMatch(/hangbiao -- link/);
    expect(second.headers.get('set-cookie')).toBeNull();
  });

  test('of many clicks at once one gets in', async () => {
    const secret = await link(s);
    const replies = await Promise.all(Array.from({ length: 6 }, () => s.ask(`/sign-in/${secret}`)));
    expect(replies.map((r) => r.status).sort()).toEqual([303, 410, 410, 410, 410, 410]);
  });

  test('a link is good for a day, and looking at it by HEAD does not use it up', async () => {
    const [old, fresh] = [await link(s), await link(s)];
    s.clock.now = later(1.01);
    expect((await s.ask(`/sign-in/${old}`)).status).toBe(410);
    s.clock.now = today;
    expect((await s.ask(`/sign-in/${fresh}`, { method: 'HEAD' })).status).toBe(204);
    expect((await s.ask(`/sign-in/${fresh}`)).status).toBe(303);
  });

  test('an unknown link is 401', async () => expect((await s.ask('/sign-in/nonsense')).status).toBe(401));

  test('a session ends after 30 days, and by signing out', async () => {
    const cookie = await signIn(s);
    s.clock.now = later(30.1);
    expect((await s.ask('/api/units', { headers: { cookie } })).status).toBe(401);
    s.clock.now = later(29.9);
    expect((await s.ask('/api/units', { headers: { cookie } })).status).toBe(200);
    s.clock.now = today;
    const out = await s.ask('/api/session', {
      method: 'DELETE',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(await out.json()).toEqual({ signedOut: true });
    expect((await s.ask('/api/units', { headers: { cookie } })).status).toBe(401);
  });

  test('only the hash of a secret is stored', async () => {
    const secret = await s.tokenOf('admin');
    const rows = await s.db.selectFrom('token').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(3));
  });
});

describe('rights', () => {
  let s: Served;
  beforeAll(async () => void (s = await served('sqlite', { attempts: 1000 })));
  afterAll(() => s.close());

  test.each([
    '/api/units',
    '/api/session',
    '/api/catalogue',
    '/api/centre',
    '/api/query?kpi=visits',
    '/api/records?kpi=visits&period=2025',
    '/api/imports',
    '/api/imports/1',
    '/api/snapshots',
    '/api/snapshots/x.svg',
  ])('%s is 401 without a sign-in', async (path) => {
    const reply = await s.ask(path);
    expect(reply.status).toBe(401);
    expect(reply.headers.get('content-type')).toMatch('application/problem+json');
  });

  test.each(['/api/health', '/api/openapi.json'])('%s is open', async (path) =>
    expect((await s.ask(path)).status).toBe(200),
  );

  test('a body is not read for one who may not send it', async () => {
    expect((await s.ask('/api/imports', { method: 'POST', body: 'not a form' })).status).toBe(401);
    expect((await s.as('leader', '/api/imports', { method: 'POST', body: 'not a form' })).status).toBe(403);
  });

  test.each(['leader', 'auditor'] as const)('%s reads and does not write', async (role) => {
    expect((await s.as(role, '/api/units')).status).toBe(200);
    for (const [path, init] of [
      ['/api/units', form({ 'units.csv': unitsCsv })],
      ['/api/imports', form({ 'a.csv': 'x' })],
      ['/api/imports/1/commit', { method: 'POST' }],
      ['/api/imports/1', { method: 'DELETE' }],
    ] as const)
      expect((await s.as(role, path, init)).status).toBe(403);
    expect(await (await s.as(role, '/api/units')).json()).toEqual({ units: [] });
  });

  test('a wrong token is refused, also beside a good cookie', async () => {
    const cookie = await signIn(s);
    for (const authorization of ['Bearer hb_wrong', 'Basic YTpi', 'Bearer'])
      expect((await s.ask('/api/units', { headers: { cookie, authorization } })).status).toBe(401);
  });

  test('a session secret is no API token, and an API token no cookie', async () => {
    const secret = (await signIn(s)).split('=')[1] ?? '';
    expect((await s.ask('/api/units', { headers: { authorization: `Bearer ${secret}` } })).status).toBe(401);
    const cookie = `hangbiao_session=${await s.tokenOf('admin')}`;
    expect((await s.ask('/api/units', { headers: { cookie } })).status).toBe(401);
  });

  test('a password is refused with the way to get in', async () => {
    const reply = await s.ask('/api/session', jsonBody({ name: 'a', password: 'b' }));
    expect(reply.status).toBe(401);
    expect((await reply.json()).detail).toMatch(/link/);
  });

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
  ])('a cookie changes data only from our own pages: %o → %i', async (headers, status) => {
    const reply = await s.ask('/api/units', {
      ...form({ 'units.csv': unitsCsv }),
      headers: { cookie: await signIn(s), ...headers },
    });
    expect(reply.status).toBe(status);
  });

  test('a token needs no origin', async () => {
    const reply = await s.as('admin', '/api/units', {
      ...form({ 'units.csv': unitsCsv }),
      headers: { origin: 'http://other.example' },
    });
    expect(reply.status).toBe(200);
  });

  test('after too many wrong links, 429', async () => {
    const strict = await served('sqlite', { attempts: 3 });
    try {
      const statuses: number[] = [];
      for (let i = 0; i < 4; i++) statuses.push((await strict.ask(`/sign-in/wrong${i}`)).status);
      expect(statuses).toEqual([401, 401, 401, 429]);
      const wrong = jsonBody({ name: 'a', password: 'b' });
      for (let i = 0; i < 3; i++) expect((await strict.ask('/api/session', wrong)).status).toBe(401);
      const limited = await strict.ask('/api/session', wrong);
      expect([limited.status, (await limited.json()).status]).toEqual([429, 429]);
    } finally {
      await strict.close();
    }
  });
});

describe('the Host header', () => {
  const statusFor = (port: number, host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/api/health', headers: { host } }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      })
        .on('error', reject)
        .end();
    });

  test('is held against DNS rebinding on loopback', async () => {
    const s = await served();
    try {
      for (const host of ['localhost', 'localhost:5173', '127.0.0.1:1', '[::1]:8080'])
        expect(await statusFor(s.port, host)).toBe(200);
      for (const host of [
        'evil.example',
        'localhost.evil.example',
        '127.0.0.1.evil.example:8080',
        '10.0.0.1',
      ])
        expect(await statusFor(s.port, host)).toBe(403);
    } finally {
      await s.close();
    }
  });

  test('is free where the server is there for others', async () => {
    const s = await served('sqlite', { host: '0.0.0.0' });
    try {
      expect(await statusFor(s.port, 'hangbiao.example')).toBe(200);
    } finally {
      await s.close();
    }
  });
});
