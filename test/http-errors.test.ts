import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disposition } from '../server/http-file.ts';
import { FILES_MAX } from '../server/http.ts';
import { limits } from '../server/ledger/unreadable.ts';
import { problemReply } from '../shared/api.ts';
import { form, jsonBody, served, unitsCsv, type Served } from './served.ts';

const LEAST = 10_000;

describe('errors over HTTP', () => {
  let s: Served;
  beforeAll(async () => {
    s = await served('sqlite', { limits: { ...limits, bytes: LEAST } });
    await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }));
  });
  afterAll(() => s.close());

  const cases: [what: string, path: string, init: RequestInit, status: number, place?: string][] = [
    ['no KPI', '/api/query', {}, 400, 'kpi'],
    ['a year that is none', '/api/query?kpi=visits&years=abc', {}, 400, 'years'],
    [
      'too many years',
      `/api/query?kpi=visits&years=${Array.from({ length: 31 }, (_, i) => 1990 + i).join(',')}`,
      {},
      422,
      'years',
    ],
    ['a parameter that is not known', '/api/query?kpi=visits&colour=red', {}, 400, 'colour'],
    ['a parameter twice', '/api/query?kpi=visits&unit=A&unit=B', {}, 400, 'unit'],
    ['a day that is none', '/api/query?kpi=visits&asOf=2025-02-30', {}, 400, 'asOf'],
    ['a flag that is none', '/api/query?kpi=visits&toDate=maybe', {}, 400, 'toDate'],
    ['a year out of reach', '/api/query?kpi=visits&years=1066', {}, 422, 'years'],
    ['an unknown KPI', '/api/query?kpi=joy&years=2025', {}, 422, 'kpi'],
    ['an unknown unit', '/api/query?kpi=visits&years=2025&unit=Z', {}, 422, 'unit'],
    ['a negative limit', '/api/records?kpi=visits&period=2025&limit=-1', {}, 400, 'limit'],
    ['a huge limit', '/api/records?kpi=visits&period=2025&limit=100000', {}, 400, 'limit'],
    ['a period that is none', '/api/records?kpi=visits&period=2025-Q5', {}, 400, 'period'],
    ['an address that is none', '/api/nothing', {}, 404],
    ['a path that does not decode', '/api/imports/%E0%A4%A', {}, 400],
    ['an import that is not there', '/api/imports/77', {}, 404],
    ['an import that is no number', '/api/imports/abc', {}, 404, 'id'],
    ['a snapshot in a format that is not made', '/api/snapshots/abc.exe', {}, 404, 'format'],
    ['a method that is not for the address', '/api/health', { method: 'POST' }, 405],
    ['a body that is not JSON', '/api/snapshots', jsonBody('{"view":'), 400, 'body'],
    [
      'a body with a field that is not known',
      '/api/snapshots',
      jsonBody({ view: 'yoy', query: {}, colour: 1 }),
      400,
      'colour',
    ],
    [
      'a title with a character that is none',
      '/api/snapshots',
      jsonBody({ view: 'yoy', query: {}, title: 'a\u0000b' }),
      400,
      'title',
    ],
    ['a view that is not known', '/api/snapshots', jsonBody({ view: 'pie', query: {} }), 400, 'view'],
    [
      'a body of another type',
      '/api/snapshots',
      { method: 'POST', body: 'view=yoy', headers: { 'content-type': 'text/plain' } },
      415,
      'Content-Type',
    ],
    [
      'a body that is too large',
      '/api/snapshots',
      jsonBody({ view: 'yoy', query: {}, note: 'x'.repeat(1_100_000) }),
      413,
    ],
    ['an import that is no form', '/api/imports', jsonBody({}), 415, 'Content-Type'],
    ['an import without a file', '/api/imports', form({}, { unit: 'A' }), 400, 'file'],
    [
      'an import with a year that is none',
      '/api/imports',
      form({ 'a.csv': 'x' }, { year: '20x5' }),
      400,
      'year',
    ],
    [
      'an import with a field that is not known',
      '/api/imports',
      form({ 'a.csv': 'x' }, { colour: 'red' }),
      400,
      'colour',
    ],
    [
      'an import for a unit that is not there',
      '/api/imports',
      form({ 'a.csv': 'x' }, { unit: 'Z' }),
      422,
      'unit',
    ],
    [
      'a file that is too large',
      '/api/imports',
      form({ 'a.csv': new Uint8Array(2 * LEAST + 1) }),
      413,
      'file',
    ],
    [
      'too many files',
      '/api/imports',
      form(Object.fromEntries(Array.from({ length: FILES_MAX + 1 }, (_, i) => [`${i}.csv`, 'x']))),
      413,
    ],
    [
      'a form that ends early',
      '/api/imports',
      {
        method: 'POST',
        body: '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx',
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
      },
      400,
    ],
    [
      'a form without a boundary',
      '/api/imports',
      { method: 'POST', body: 'x', headers: { 'content-type': 'multipart/form-data' } },
      400,
    ],
    ['a list of units with faults', '/api/units', form({ 'units.csv': 'code,name\nA,b' }), 422],
    ['two lists of units', '/api/units', form({ 'a.csv': unitsCsv, 'b.csv': unitsCsv }), 400, 'file'],
  ];
  test.each(cases)('%s: %s', async (_what, path, init, status, place) => {
    const before = (await (await s.ask('/api/health')).json()).dataVersion;
    const reply = await s.as('admin', path, init);
    const body = problemReply.parse(await reply.json());
    expect([reply.status, body.status, reply.headers.get('content-type')]).toEqual([
      status,
      status,
      'application/problem+json; charset=utf-8',
    ]);
    if (place !== undefined) expect(body.errors?.map((e) => e.path)).toContain(place);
    expect(JSON.stringify(body)).not.toMatch(/node_modules|at \w+ \(|\/work\//);
    expect((await (await s.ask('/api/health')).json()).dataVersion).toBe(before);
  });

  test('what goes wrong here is 500 and says nothing but where it is logged', async () => {
    const broken = await served();
    await broken.db.schema.dropTable('snapshot').execute();
    const reply = await broken.as('admin', '/api/snapshots');
    const body = await reply.json();
    expect([reply.status, body.title]).toEqual([500, 'Internal Server Error']);
    expect(body.detail).toMatch(/^something went wrong here; it is in the log under [0-9a-f-]{36}$/);
    await broken.close();
  });
});

describe('pages', () => {
  let s: Served;
  let clientDir: string;
  beforeAll(async () => {
    clientDir = await mkdtemp(join(tmpdir(), 'hangbiao-pages-'));
    await mkdir(join(clientDir, 'assets'));
    await writeFile(join(clientDir, 'index.html'), '<title>航标</title>');
    await writeFile(join(clientDir, 'assets', 'a-1234.js'), 'export {}');
    await writeFile(join(clientDir, '..', `${clientDir.split('/').pop()}-secret`), 'secret');
    s = await served('sqlite', { clientDir });
  });
  afterAll(async () => {
    await s.close();
    await rm(clientDir, { recursive: true });
    await rm(`${clientDir}-secret`);
  });
  const html = { headers: { accept: 'text/html' } };

  test.each(['/', '/yoy?years=2025', '/units/A.1', '/snapshots'])(
    '%s is drawn by the one page',
    async (path) => {
      const reply = await s.ask(path, html);
      expect([reply.status, await reply.text(), reply.headers.get('cache-control')]).toEqual([
        200,
        '<title>&#33322;&#26631;</title>',
        'private, no-cache',
      ]);
    },
  );

  test('hashed files are kept for good, and a missing one is no page', async () => {
    const found = await s.ask('/assets/a-1234.js');
    expect([found.status, found.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect((await s.ask('/assets/b.js', html)).status).toBe(404);
    expect((await s.ask('/favicon.ico', { headers: { accept: 'image/*' } })).status).toBe(404);
  });

  test('nothing outside the folder is served', async () => {
    for (const path of ['/..%2f', '/assets/..%2f..%2f', '/%2e%2e/']) {
      const reply = await s.ask(`${path}${clientDir.split('/').pop()}-secret`);
      expect(await reply.text()).not.toBe('secret');
    }
  });

  test('every reply is guarded: no foreign script, no frame, no name of the server', async () => {
    for (const path of ['/', '/api/health', '/api/nothing']) {
      const { headers } = await s.ask(path, html);
      expect(headers.get('content-security-policy')).toMatch(/default-src 'self';.*script-src 'self';/);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });
});

test.each([
  ['图 2025.svg', `inline; filename="_ 2025.svg"; filename*=UTF-8''%E5%9B%BE%202025.svg`],
  ['a"b\r\nX: y.csv', `inline; filename="a_b__X_ y.csv"; filename*=UTF-8''a_b__X_%20y.csv`],
  ['../../etc/passwd', `inline; filename=".._.._etc_passwd"; filename*=UTF-8''.._.._etc_passwd`],
  ["100%'(1).png", `inline; filename="100_'(1).png"; filename*=UTF-8''100%25%27%281%29.png`],
])('the file name %j cannot break its header', (name, header) =>
  expect(disposition('inline', name)).toBe(header),
);

describe('days at the edges of the calendar', () => {
  let s: Served;
  beforeAll(async () => {
    s = await served();
    await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }));
  });
  afterAll(() => s.close());

  test.each([1, 4])(
    'are answered, or refused by name, where the year begins with month %i',
    async (yearStart) => {
      const set = await s.as('admin', '/api/settings', jsonBody({ yearStart }));
      expect(set.status, await set.text()).toBe(200);
      const kpi = 'study_sessions,norm_compliance,rectification_overdue,study_hours_per_member';
      const said: string[] = [];
      for (const asOf of [
        '1900-01-01',
        '1901-12-31',
        '1902-01-01',
        '1902-05-31',
        '2997-03-31',
        '2997-12-31',
        '2999-12-31',
      ])
        for (const path of [
          `/api/query?kpi=${kpi}&asOf=${asOf}`,
          `/api/query?kpi=${kpi}&asOf=${asOf}&years=${asOf.slice(0, 4)}&grain=month&toDate=1`,
          `/api/records?kpi=study_sessions&period=${asOf.slice(0, 4)}&asOf=${asOf}`,
          `/api/pace?asOf=${asOf}`,
          `/api/next?asOf=${asOf}`,
          `/api/slots?asOf=${asOf}`,
          `/api/rectification?asOf=${asOf}`,
          `/api/contradictions?asOf=${asOf}`,
          `/api/restatement?kpi=${kpi}&period=2025&version=1&asOf=${asOf}`,
        ]) {
          const reply = await s.as('leader', path);
          const isKnown = asOf > '1902' && asOf < '2998';
          const places =
            reply.status === 422
              ? (problemReply.parse(await reply.json()).errors?.map((e) => e.path) ?? [])
              : [];
          const isRight = isKnown ? reply.status === 200 : reply.status === 422 && places.includes('asOf');
          if (!isRight) said.push(`${path} ${reply.status} ${places.join()}`);
        }
      expect(said).toEqual([]);
    },
  );
});
