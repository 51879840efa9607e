import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Granted } from '../server/auth/roles.ts';
import { issue } from '../server/auth/tokens.ts';
import { notesVersion } from '../server/queries/notes.ts';
import { dataVersion } from '../server/queries/centre.ts';
import { savedView, noteSchema, notesReply, viewsReply, type Note, type SavedView } from '../shared/desk.ts';
import { ownAddress } from '../shared/pages.ts';
import { engines } from './engines.ts';
import { form, jsonBody, served, today, unitsCsv, type Served } from './served.ts';

// What readers keep for themselves and each other, and who may do what with it.
const groupsCsv = `${unitsCsv}\nA1,东港第一党小组,A,group,2010-01-01,,`;
const DAY_MS = 86_400_000;

describe.each(engines)('the desk on %s', (engine) => {
  let s: Served;
  beforeAll(async () => {
    s = await served(engine);
    await s.as('admin', '/api/units', form({ 'units.csv': groupsCsv }));
  });
  afterAll(() => s.close());

  const json = (method: string, value?: unknown): RequestInit => ({
    ...(value === undefined ? {} : jsonBody(value)),
    method,
  });
  /** Another person of the same role. */
  const someone = async (role: Granted, name: string) => {
    const token = await issue(s.db, { purpose: 'api', role, name }, { now: today });
    return (path: string, init: RequestInit = {}) =>
      s.ask(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  };
  const view = async (role: Granted, value: unknown): Promise<SavedView> => {
    const reply = await s.as(role, '/api/views', jsonBody(value));
    expect(reply.status, await reply.clone().text()).toBe(201);
    return savedView.parse(await reply.json());
  };
  const namesFor = async (ask: (path: string) => Promise<Response>): Promise<string[]> =>
    viewsReply.parse(await (await ask('/api/views')).json()).views.map((v) => v.name);
  const statusOf = async (reply: Promise<Response>): Promise<number> => (await reply).status;

  describe('saved views', () => {
    const address = '/yoy?kpi=visits&years=2025%2C2026';

    test('are one’s own; those that the office shares are seen by all', async () => {
      const mine = await view('leader', { name: '  年底走访 ', address });
      expect(mine).toMatchObject({ name: '年底走访', address, shared: false, owner: 'leader', mine: true });
      const office = await view('admin', { name: '班子会用图', address: '/compare', shared: true });
      await view('admin', { name: '草稿', address: '/compare' });

      const other = await someone('leader', '张主任');
      expect(await namesFor((path) => s.as('leader', path))).toEqual(['班子会用图', '年底走访']);
      expect(await namesFor(other)).toEqual(['班子会用图']);
      expect(await namesFor((path) => s.as('auditor', path))).toEqual(['班子会用图']);

      // What is another's is not there; what is shared may be opened and not changed, except by the office.
      expect(await statusOf(other(`/api/views/${mine.id}`, json('DELETE')))).toBe(404);
      expect(await statusOf(other(`/api/views/${mine.id}`, json('PATCH', { name: 'x' })))).toBe(404);
      expect(await statusOf(other(`/api/views/${office.id}`, json('DELETE')))).toBe(403);
      const second = await someone('admin', '李干事');
      const renamed = await second(`/api/views/${office.id}`, json('PATCH', { name: '班子会' }));
      expect(savedView.parse(await renamed.json())).toMatchObject({ name: '班子会', owner: 'admin' });
      expect(await statusOf(second(`/api/views/${mine.id}`, json('DELETE')))).toBe(404);
    });

    test('only the office shares', async () => {
      for (const role of ['leader', 'auditor'] as const) {
        const body = { name: '给大家', address, shared: true };
        const reply = await s.as(role, '/api/views', jsonBody(body));
        expect([reply.status, (await reply.json()).errors[0].path]).toEqual([403, 'shared']);
        const own = await view(role, { ...body, shared: false });
        expect(await statusOf(s.as(role, `/api/views/${own.id}`, json('PATCH', { shared: true })))).toBe(403);
        expect(await namesFor((path) => s.as('admin', path))).not.toContain('给大家');
      }
    });

    test('a removed one comes back within a day, and is gone after it', async () => {
      const made = await view('leader', { name: '会后删', address });
      const at = `/api/views/${made.id}`;
      const gone = savedView.parse(await (await s.as('leader', at, json('DELETE'))).json());
      expect(gone.removed).toBe(true);
      expect(await namesFor((path) => s.as('leader', path))).not.toContain('会后删');
      const back = await s.as('leader', at, json('PATCH', { removed: false }));
      expect(savedView.parse(await back.json())).toEqual(made);
      expect(await namesFor((path) => s.as('leader', path))).toContain('会后删');

      await s.as('leader', at, json('DELETE'));
      s.clock.now = new Date(today.getTime() + 1.1 * DAY_MS);
      await view('leader', { name: '第二天的', address });
      expect(await statusOf(s.as('leader', at, json('PATCH', { removed: false })))).toBe(404);
      s.clock.now = today;
    });

    test.each([
      'https://evil.example/yoy',
      '//evil.example/yoy',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      '/javascript:alert(1)',
      'yoy?kpi=visits',
      '/api/views',
      '/sign-in/abc',
      '/yoy/../api/session',
      '/units/A/../../api/health',
      '/yoy#top',
      '/yoyo',
      '',
      `/yoy?kpi=${'x'.repeat(2000)}`,
    ])('%j is no address of ours', async (wrong) => {
      for (const [path, init] of [
        ['/api/views', jsonBody({ name: '外面', address: wrong })],
        ['/api/views/1', json('PATCH', { address: wrong })],
      ] as const) {
        const reply = await s.as('leader', path, init);
        expect(reply.headers.get('content-type')).toMatch('application/problem+json');
        expect([reply.status, (await reply.json()).errors[0].path]).toEqual([422, 'address']);
      }
    });

    test('every page of ours has an address that can be kept', () => {
      const router = readFileSync(new URL('../client/router.ts', import.meta.url), 'utf8');
      const paths = [...router.matchAll(/\bpath: '(\/[^'(]*)'/g)].map(([, path = '']) =>
        path.replace(/:\w+/g, 'A'),
      );
      expect(paths.length).toBeGreaterThan(10);
      expect(paths.map(ownAddress)).toEqual(paths);
    });

    test.each([
      ['nothing', '  '],
      ['too much', '长'.repeat(81)],
      ['a bell', '响\u0007'],
      ['a line break', '一\n二'],
      ['nothing that PostgreSQL takes', 'a\u0000b'],
      ['what turns the direction of the words after it', 'a\u202Eb'],
    ])('a name that is %s is refused', async (_, name) => {
      const reply = await s.as('leader', '/api/views', jsonBody({ name, address }));
      expect([reply.status, (await reply.json()).errors[0].path]).toEqual([422, 'name']);
    });

    test('what looks like SQL or markup is a name like any other', async () => {
      const name = `'; drop table saved_view; -- <b onload=x>%_\\`;
      expect((await view('auditor', { name, address })).name).toBe(name);
      expect(await namesFor((path) => s.as('auditor', path))).toContain(name);
    });
  });

  describe('notes on a chart’s point', () => {
    const point = { kpi: 'attendance_rate', unit: 'A', period: '2026-03' };
    const note = async (role: Granted, value: unknown): Promise<Note> => {
      const reply = await s.as(role, '/api/notes', jsonBody(value));
      expect(reply.status, await reply.clone().text()).toBe(201);
      return noteSchema.parse(await reply.json());
    };
    const notes = async (query: string, role: Granted = 'auditor'): Promise<Note[]> =>
      notesReply.parse(await (await s.as(role, `/api/notes?${query}`)).json()).notes;
    const bodies = async (query: string): Promise<string[]> => (await notes(query)).map((n) => n.body);

    test('say by whom and when, are read by all of the scope, and change no data', async () => {
      const before = [await dataVersion(s.db), await notesVersion(s.db)] as const;
      const made = await note('leader', { ...point, body: ' 台风停航两周 ' });
      expect(made).toEqual({
        ...point,
        id: made.id,
        body: '台风停航两周',
        author: 'leader',
        createdAt: today.toISOString(),
        day: '2026-10-01',
        editedAt: null,
        mine: true,
        removed: false,
      });
      expect([await dataVersion(s.db), await notesVersion(s.db)]).toEqual([before[0], before[1] + 1]);
      await note('admin', { ...point, unit: 'A1', kind: ['theme_day', 'committee_meeting'], body: '小组的' });
      await note('admin', { ...point, unit: 'B', kpi: 'visits', body: '西港的' });

      expect(await bodies('unit=A')).toEqual(['台风停航两周', '小组的']);
      expect(await bodies('unit=A1')).toEqual(['小组的']);
      expect(await bodies('')).toEqual(['台风停航两周', '小组的', '西港的']);
      expect(await bodies('unit=C&kpi=visits')).toEqual(['西港的']);
      expect(await bodies('unit=C&limit=1')).toEqual(['西港的']);
      expect((await notes('unit=A1'))[0]?.kind).toEqual(['committee_meeting', 'theme_day']);
      expect((await notes('unit=A')).map((n) => n.mine)).toEqual([false, false]);
      expect((await notes('unit=A', 'admin')).map((n) => n.mine)).toEqual([true, true]);
    });

    test('are reworded and removed by their author and by the office, and brought back', async () => {
      const made = await note('leader', { ...point, kpi: 'volunteers', body: '初稿' });
      const at = `/api/notes/${made.id}`;
      const other = await someone('leader', '张主任');
      expect(await statusOf(other(at, json('PATCH', { body: '我改' })))).toBe(403);
      expect(await statusOf(other(at, json('DELETE')))).toBe(403);

      s.clock.now = new Date(today.getTime() + 60_000);
      const edited = noteSchema.parse(
        await (await s.as('leader', at, json('PATCH', { body: '定稿' }))).json(),
      );
      expect([edited.body, edited.createdAt, edited.editedAt]).toEqual([
        '定稿',
        today.toISOString(),
        s.clock.now.toISOString(),
      ]);
      const version = await notesVersion(s.db);
      expect((await s.as('admin', at, json('DELETE'))).status).toBe(200);
      expect(await notesVersion(s.db)).toBe(version + 1);
      expect(await bodies('kpi=volunteers')).toEqual([]);
      // What is removed is not there for those who could not have removed it.
      expect(await statusOf(other(at, json('PATCH', { removed: false })))).toBe(404);
      expect((await s.as('leader', at, json('PATCH', { removed: false }))).status).toBe(200);
      expect(await bodies('kpi=volunteers')).toEqual(['定稿']);
      s.clock.now = today;
    });

    test.each([
      ['kpi', { kpi: 'joy' }],
      ['unit', { unit: 'NOPE' }],
      ['period', { period: '2026-13' }],
      ['period', { period: '2026-03-05' }],
      ['kind', { kind: ['dance'] }],
      ['kind', { kpi: 'ledger_completeness', kind: ['theme_day'] }],
      ['body', { body: ' ' }],
      ['body', { body: 'x'.repeat(501) }],
      ['body', { body: 'a\u0000b' }],
      ['body', { body: '一\u2028二' }],
      ['author', { author: '别人' }],
    ])('a wrong %s is refused by its name: %j', async (path, wrong) => {
      const reply = await s.as('leader', '/api/notes', jsonBody({ ...point, body: '好', ...wrong }));
      expect([reply.status, (await reply.json()).errors[0].path]).toEqual([422, path]);
    });

    test('of an unknown unit there are none to ask for', async () => {
      const reply = await s.as('leader', '/api/notes?unit=NOPE');
      expect([reply.status, (await reply.json()).errors[0].path]).toEqual([422, 'unit']);
      expect(await statusOf(s.as('leader', '/api/notes/999999', json('DELETE')))).toBe(404);
      expect(await statusOf(s.as('leader', '/api/notes/x', json('DELETE')))).toBe(404);
    });
  });

  test('the auditor reads notes and writes none; nobody gets anything without a sign-in', async () => {
    const body = { kpi: 'visits', unit: 'A', period: '2026', body: '好' };
    expect(await statusOf(s.as('auditor', '/api/notes'))).toBe(200);
    expect(await statusOf(s.as('auditor', '/api/notes', jsonBody(body)))).toBe(403);
    expect(await statusOf(s.as('auditor', '/api/notes/1', json('PATCH', { body: 'x' })))).toBe(403);
    expect(await statusOf(s.as('auditor', '/api/notes/1', json('DELETE')))).toBe(403);
    for (const path of ['/api/views', '/api/notes', '/api/find?q=dgz']) {
      expect(await statusOf(s.ask(path)), path).toBe(401);
      if (!path.includes('find')) expect(await statusOf(s.ask(path, jsonBody(body))), path).toBe(401);
    }
    // In a batch a refusal stands in its place.
    const batch = await s.as(
      'auditor',
      '/api/batch',
      jsonBody({ requests: [{ path: '/notes', params: { unit: 'NOPE' } }, { path: '/views' }] }),
    );
    const { replies } = (await batch.json()) as { replies: { status: number }[] };
    expect(replies.map((r) => r.status)).toEqual([422, 200]);
  });
});
