import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Granted } from '../server/auth/roles.ts';
import { createSnapshot } from '../server/queries/snapshot-create.ts';
import { drift } from '../server/queries/snapshot-drift.ts';
import { snapshotFile } from '../server/queries/snapshot-files.ts';
import { getSnapshot, listSnapshots, withdrawSnapshot } from '../server/queries/snapshots.ts';
import { rendererHere } from '../server/snapshot/render-thread.ts';
import { variantOf } from '../server/snapshot/variant.ts';
import { problemReply } from '../shared/api.ts';
import { snapshotMeta, snapshotsReply, type SnapshotMeta } from '../shared/snapshots.ts';
import { form, jsonBody, served, unitsCsv, visitsCsv, type Served } from './served.ts';

let s: Served;
const as = (role: Granted, path: string, init?: RequestInit): Promise<Response> =>
  s.as(role, `/api${path}`, init);
const seal = async (role: Granted, body: object): Promise<SnapshotMeta> =>
  snapshotMeta.parse(await (await as(role, '/snapshots', jsonBody(body))).json());
const found = async (q: string): Promise<string[]> =>
  snapshotsReply
    .parse(await (await as('auditor', `/snapshots?q=${encodeURIComponent(q)}`)).json())
    .snapshots.map((m) => m.id);
const refused = async (reply: Response): Promise<[number, string | undefined]> => {
  const { errors } = problemReply.parse(await reply.json());
  return [reply.status, errors?.[0]?.path];
};
const patch = (value: unknown): RequestInit => ({ ...jsonBody(value), method: 'PATCH' });

let yoy: SnapshotMeta;
let compare: SnapshotMeta;
beforeAll(async () => {
  s = await served();
  await as('admin', '/units', form({ 'units.csv': unitsCsv }));
  const sent = (await (
    await as('admin', '/imports', form({ '走访.csv': visitsCsv }, { unit: 'A', year: '2025' }))
  ).json()) as { id: number };
  await as('admin', `/imports/${sent.id}/commit`, { method: 'POST' });
  yoy = await seal('leader', {
    view: 'yoy',
    query: { kpi: 'visits', unit: 'A' },
    note: '给书记看',
    title: '一季度走访',
  });
  compare = await seal('admin', { view: 'compare', query: { kpi: 'attendance_rate' }, lang: 'en' });
});
afterAll(() => s.close());

describe('the list', () => {
  test.each([
    ['走访', () => [yoy.id]],
    ['给书记', () => [yoy.id]],
    ['donggang', () => [yoy.id]],
    ['zfcs', () => [yoy.id]],
    ['Attendance', () => [compare.id]],
    ['leader', () => [yoy.id]],
    ['引航中心', () => [compare.id]],
    ['没有这样的', () => []],
  ])('is searched for %s', async (q, ids) => expect(await found(q)).toEqual(ids()));

  test('takes another name and remarks beside the seal, which keeps its own', async () => {
    const before = await (await as('leader', `/snapshots/${yoy.id}.json`)).text();
    const reply = await as('leader', `/snapshots/${yoy.id}`, patch({ title: ' 会议用图 ', note: '第二页' }));
    expect(snapshotMeta.parse(await reply.json())).toMatchObject({
      title: '一季度走访',
      listing: { title: '会议用图', note: '第二页', by: 'leader', at: '2026-10-01T08:00:00.000Z' },
      sha256: yoy.sha256,
    });
    expect(await found('会议用图')).toEqual([yoy.id]);
    await as('leader', `/snapshots/${yoy.id}`, patch({ title: null }));
    expect(await found('会议用图')).toEqual([]);
    expect(await (await as('leader', `/snapshots/${yoy.id}.json`)).text()).toBe(before);
  });

  test.each([
    [{}, 422],
    [{ title: 'x'.repeat(201) }, 422],
    [{ title: 'a\u0007b' }, 422],
    [{ name: 'x' }, 422],
  ])('refuses %j', async (body, status) => {
    expect((await as('admin', `/snapshots/${yoy.id}`, patch(body))).status).toBe(status);
  });
});

describe('who may', () => {
  test('change or withdraw: who made it, and the office; not another, not the auditor', async () => {
    for (const [role, id, status] of [
      ['leader', compare.id, 403],
      ['auditor', compare.id, 403],
      ['admin', yoy.id, 200],
    ] as const) {
      expect((await as(role, `/snapshots/${id}`, patch({ note: '备注' }))).status, role).toBe(status);
      if (status === 403)
        expect((await as(role, `/snapshots/${id}/withdraw`, jsonBody({ reason: 'x' }))).status).toBe(403);
    }
    const mine = snapshotsReply.parse(await (await as('leader', '/snapshots')).json()).snapshots;
    expect(mine.map((m) => [m.id, m.mine]).sort()).toEqual(
      [
        [yoy.id, true],
        [compare.id, false],
      ].sort(),
    );
  });

  test('withdraw: once, with a reason; the files stay, and the list says so', async () => {
    const { id } = await seal('leader', { view: 'trend', query: { kpi: 'visits' } });
    const before = await (await as('leader', `/snapshots/${id}.svg`)).text();
    expect(await refused(await as('leader', `/snapshots/${id}/withdraw`, jsonBody({ reason: ' ' })))).toEqual(
      [422, 'reason'],
    );
    const reply = await as('leader', `/snapshots/${id}/withdraw`, jsonBody({ reason: '数据有误' }));
    expect(snapshotMeta.parse(await reply.json()).withdrawn).toEqual({
      by: 'leader',
      at: '2026-10-01T08:00:00.000Z',
      reason: '数据有误',
    });
    expect((await as('admin', `/snapshots/${id}/withdraw`, jsonBody({ reason: 'again' }))).status).toBe(409);
    expect(await (await as('auditor', `/snapshots/${id}.svg`)).text()).toBe(before);
    const { snapshots } = snapshotsReply.parse(await (await as('auditor', '/snapshots')).json());
    expect(snapshots.find((m) => m.id === id)?.withdrawn?.reason).toBe('数据有误');
  });

  test('see: a branch what is of its own units and what it made; the rest is not there', async () => {
    const by = { now: () => s.clock.now, renderer: rendererHere, publicUrl: 'http://h' };
    const branch = { name: '东港站', role: 'branch', unit: 'A' } as const;
    const office = { name: 'admin', role: 'admin' } as const;
    const make = async (query: object, who: typeof branch | typeof office = office): Promise<string> =>
      (await createSnapshot(s.db, { view: 'beside', query: { kpi: 'visits', ...query } }, { ...by, who })).id;
    const own = await make({ unit: 'A' });
    const whole = await make({ unit: 'C' });
    const other = await make({ unit: 'B' });
    // Of its own unit by its scope, but another's figures stand in it.
    const beside = await make({ unit: 'A', beside: 'A,B' });
    const made = await make({ unit: 'C' }, branch);
    const seen = (await listSnapshots(s.db, branch)).map((m) => m.id);
    expect([own, whole, other, beside, made].map((id) => seen.includes(id))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
    const unseen: (() => Promise<unknown>)[] = [whole, other, beside].flatMap((id) => [
      () => getSnapshot(s.db, id, branch),
      () => drift(s.db, id, { who: branch }),
      () => snapshotFile(s.db, id, variantOf('svg'), { ...by, who: branch }),
      () => snapshotFile(s.db, id, variantOf('json'), { ...by, who: branch }),
      () => withdrawSnapshot(s.db, { id, reason: 'x' }, { ...by, who: branch }),
    ]);
    for (const look of unseen) await expect(look()).rejects.toMatchObject({ status: 404 });
    // Without a unit a branch sees what it made alone.
    expect((await listSnapshots(s.db, { ...branch, unit: null })).map((m) => m.id)).toEqual([made]);
  });

  test('nobody who has not signed in', async () => {
    for (const path of [`/api/snapshots/${yoy.id}.pdf`, `/api/snapshots/${yoy.id}`, '/api/snapshots?q=x'])
      expect((await s.ask(path)).status, path).toBe(401);
  });
});

describe('the short address', () => {
  test('leads to the snapshot on its page, and to nowhere else', async () => {
    expect(yoy.link).toBe(`http://127.0.0.1:8080/s/${yoy.id}`);
    const reply = await s.ask(`/s/${yoy.id}`);
    expect([reply.status, reply.headers.get('location')]).toEqual([302, `/snapshots#${yoy.id}`]);
    for (const path of ['/s/%2F%2Fevil.example', '/s/a%0d%0ab', '/s/..%2f..', `/s/${'x'.repeat(65)}`])
      expect((await s.ask(path)).status, path).toBe(404);
  });
});

describe('the choices of a file', () => {
  test.each([
    ['svg', 'image/svg+xml'],
    ['svg?theme=dark', 'image/svg+xml'],
    ['png?scale=1&theme=print', 'image/png'],
    ['pdf?paper=wide', 'application/pdf'],
    ['csv', 'text/csv'],
    ['json', 'application/json'],
  ])('.%s is given', async (file, type) => {
    const reply = await as('auditor', `/snapshots/${yoy.id}.${file}`);
    expect([reply.status, reply.headers.get('content-type')?.split(';')[0]]).toEqual([200, type]);
  });

  test('stand in the name of the file, in Chinese by RFC 5987', async () => {
    const reply = await as('leader', `/snapshots/${yoy.id}.png?theme=dark&scale=4`);
    expect(decodeURIComponent(reply.headers.get('content-disposition') ?? '')).toContain(
      `filename*=UTF-8''一季度走访-${yoy.id}-dark-4x.png`,
    );
  });

  test.each([
    ['svg?theme=sepia', 400, 'theme'],
    ['png?scale=3', 400, 'scale'],
    ['png?scale=2e0', 400, 'scale'],
    ['pdf?paper=a3', 400, 'paper'],
    ['svg?scale=2', 400, 'scale'],
    ['csv?theme=dark', 400, 'theme'],
    ['json?paper=a4', 400, 'paper'],
    ['png?width=99999', 400, 'width'],
    ['svg?theme=dark&theme=print', 400, 'theme'],
    ['exe', 404, 'format'],
  ])('.%s is refused by name', async (file, status, path) => {
    expect(await refused(await as('leader', `/snapshots/${yoy.id}.${file}`))).toEqual([status, path]);
  });
});
