import { read, utils } from '@e965/xlsx';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordTables } from '../db/types.ts';
import { here, Work } from '../server/import/work.ts';
import { limits } from '../server/ledger/unreadable.ts';
import { dataVersion } from '../server/queries/centre.ts';
import { effectReply, gridReply, importReply, type GridReply, type ImportReply } from '../shared/imports.ts';
import { held } from './held.ts';
import { form, jsonBody, served, today, unitsCsv, type Served } from './served.ts';

const visits = [
  '时间,类型,走访对象,参加人员,参加人数,困难诉求,办结,内部编号',
  '2025-03-05,企业走访,甲公司,张三丰、李四光,2,2,1,N1',
  '2025-04-31,企业走访,乙公司,王五德,1,1,1,N2',
  '2025-05-06,企业走访,丙公司,赵六顺,若干,1,2,N3',
  '2025年6月上旬,走访慰问,丁,,4余人,0,0,N4',
].join('\n');
const meetings = '时间,类型,主题,应到,实到\n2025-02-10,主题党日,学条例,20,18\n';

describe('an import over HTTP, looked at and checked again', () => {
  const work = held();
  let s: Served;
  beforeAll(async () => {
    s = await served('sqlite', { work: new Work(work.place) });
    work.in(here(s.db, { now: () => today, limits }));
    expect((await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }))).status).toBe(200);
  });
  afterAll(() => s.close());
  beforeEach(async () => {
    const { imports } = (await (await s.as('admin', '/api/imports')).json()) as { imports: ImportReply[] };
    for (const { id, status } of imports)
      if (status === 'checked' || status === 'committed')
        expect((await s.as('admin', `/api/imports/${id}`, { method: 'DELETE' })).status).toBe(200);
  });

  const replyOf = async (reply: Response, status: number): Promise<ImportReply> => {
    const body: unknown = await reply.json();
    expect(reply.status, JSON.stringify(body)).toBe(status);
    return importReply.parse(body);
  };
  const check = async (files: Record<string, string>): Promise<ImportReply> =>
    replyOf(await s.as('admin', '/api/imports', form(files)), 201);
  const again = async (id: number, tables: readonly unknown[]): Promise<Response> =>
    s.as('admin', `/api/imports/${id}/check`, jsonBody({ tables }));
  const commit = async (id: number): Promise<void> =>
    expect((await s.as('admin', `/api/imports/${id}/commit`, { method: 'POST' })).status).toBe(200);
  const faultAt = async (reply: Response): Promise<[number, string | undefined]> => [
    reply.status,
    ((await reply.json()) as { errors?: { path: string }[] }).errors?.[0]?.path,
  ];
  const rows = async (id: number, asked = ''): Promise<GridReply> =>
    gridReply.parse(await (await s.as('admin', `/api/imports/${id}/rows${asked}`)).json());
  const stored = async (): Promise<unknown> => {
    const all: unknown[] = [await dataVersion(s.db)];
    for (const table of [
      ...recordTables,
      'activity_kind',
      'coverage',
      'past',
      'change',
      'record_names',
    ] as const)
      all.push(await s.db.selectFrom(table).selectAll().execute());
    return all;
  };
  const waiting = async (): Promise<number> =>
    (await s.db.selectFrom('import_file').select('piece').execute()).length +
    (await s.db.selectFrom('import_part').select('part').execute()).length;

  test('coverage that is stated is what the commit covers', async () => {
    const { id, sheets } = await check({ '东港站走访.csv': visits });
    expect(sheets).toMatchObject([{ unit: 'A', from: '2025-03', to: '2025-06' }]);
    const stated = { table: sheets[0]?.key, from: '2025-01', to: '2025-09' };
    const after = await replyOf(await again(id, [stated]), 200);
    expect(after.sheets).toMatchObject([{ key: stated.table, unit: 'A', from: '2025-01', to: '2025-09' }]);
    await commit(id);
    const coverage = await s.db
      .selectFrom('coverage')
      .select(['unit', 'family', 'from_month', 'to_month'])
      .execute();
    expect(coverage).toEqual([{ unit: 'A', family: 'visit', from_month: '2025-01', to_month: '2025-09' }]);
  });

  test('a sheet of no known unit is given one, and its rows are taken; the other tables stay', async () => {
    const files = { '台账.csv': meetings, '东港站走访.csv': visits };
    const { id, sheets } = await check(files);
    const at = sheets.findIndex((t) => t.ledger === 'activity');
    expect(sheets[at]).toMatchObject({ unit: null, accepted: 0, rejected: 1 });
    const after = await replyOf(await again(id, [{ table: sheets[at]?.key, unit: 'B' }]), 200);
    expect(after.sheets[at]).toMatchObject({ unit: 'B', accepted: 1, rejected: 0 });
    expect(after.sheets[1 - at]).toEqual(sheets[1 - at]);
    await commit(id);
    expect(await s.db.selectFrom('activity').select(['unit', 'title']).execute()).toEqual([
      { unit: 'B', title: '学条例' },
    ]);
  });

  test('what is stated wrongly is refused at its place, and the import waits as before', async () => {
    const checked = await check({ '东港站走访.csv': visits });
    const table = checked.sheets[0]?.key;
    const wrong: [readonly unknown[], number, string][] = [
      [[{ table: '9-9-9', unit: 'A' }], 422, 'tables.0.table'],
      [
        [
          { table, unit: 'A' },
          { table, unit: 'NOPE' },
        ],
        422,
        'tables.1.unit',
      ],
      [[{ table, from: '2025-06', to: '2025-01' }], 422, 'tables.0.to'],
      [[{ table, from: '2025-13' }], 400, 'tables.0.from'],
    ];
    for (const [tables, status, path] of wrong)
      expect(await faultAt(await again(checked.id, tables)), JSON.stringify(tables)).toEqual([status, path]);
    expect(await faultAt(await again(999, []))).toEqual([404, 'id']);
    expect(await replyOf(await s.as('admin', `/api/imports/${checked.id}`), 200)).toEqual(checked);
    await commit(checked.id);
    expect((await again(checked.id, [])).status).toBe(409);
  });

  test('whoever does not wait hears of it later', async () => {
    work.hold();
    const prefer = { headers: { prefer: 'respond-async' } };
    const sent = await s.as('admin', '/api/imports', { ...form({ '东港站走访.csv': visits }), ...prefer });
    expect([sent.headers.get('preference-applied'), sent.headers.get('location')]).toEqual([
      'respond-async',
      expect.stringMatching(/^\/api\/imports\/\d+$/),
    ]);
    const { id, status, progress } = await replyOf(sent, 202);
    expect([status, progress]).toEqual(['checking', { phase: 'waiting', done: 0, of: null }]);
    expect((await replyOf(await s.as('leader', `/api/imports/${id}`), 200)).status).toBe('checking');
    expect((await s.as('admin', `/api/imports/${id}/check`, jsonBody({ tables: [] }))).status).toBe(409);

    const events = await s.as('leader', `/api/imports/${id}/events`);
    expect(events.headers.get('content-type')).toMatch(/^text\/event-stream/);
    work.release();
    const told = (await events.text()).trim().split('\n\n');
    expect(told[0]).toBe('event: progress\ndata: {"phase":"waiting","done":0,"of":null}');
    expect(told.at(-1)).toBe('event: done\ndata: {"status":"checked"}');
    // Of what is at its end, that is all there is to tell.
    expect(await (await s.as('leader', `/api/imports/${id}/events`)).text()).toBe(`${told.at(-1)}\n\n`);
    const done = await replyOf(await s.as('leader', `/api/imports/${id}`), 200);
    expect([done.status, done.progress, done.sheets.length]).toEqual(['checked', null, 1]);
  });

  test('the grid tells of each line what became of it, and of each cell what it was read as', async () => {
    const { id } = await check({ '东港站走访.csv': visits });
    const { total, lines } = await rows(id);
    expect([total, lines.map((l) => l.row)]).toEqual([5, [1, 2, 3, 4, 5]]);
    expect(lines.map((l) => l.is)).toEqual(['header', 'taken', 'left_out', 'left_out', 'taken']);
    const cell = (row: number, at: number) => lines[row - 1]?.cells.find((c) => c.at === at);
    expect(cell(3, 0)).toMatchObject({
      text: '2025-04-31',
      problems: [{ code: 'date.invalid', severity: 'error' }],
    });
    expect(cell(4, 4)?.text).toBe('若干');
    expect(lines[3]?.cells.flatMap((c) => c.problems.map((p) => [c.at, p.code, p.severity]))).toContainEqual([
      6,
      'count.invalid',
      'error',
    ]);
    expect(cell(5, 0)?.reads?.en).toContain('2025-06-01');
    expect(cell(5, 4)?.reads?.en).toMatch(/4/);
    // A number that is kept as it stands needs no saying.
    expect(cell(2, 4)).toEqual({ at: 4, text: '2', reads: null, problems: [] });

    const page = await rows(id, '?from=1&limit=2');
    expect([page.total, page.lines]).toEqual([5, lines.slice(1, 3)]);
    const left = await rows(id, '?only=left_out');
    expect([left.total, left.lines]).toEqual([2, lines.slice(2, 4)]);
    expect((await rows(id, '?only=left_out&from=1')).lines).toEqual(lines.slice(3, 4));
    expect(await rows(id, '?from=5')).toEqual({ total: 5, lines: [] });
    expect(await faultAt(await s.as('admin', `/api/imports/${id}/rows?table=2`))).toEqual([404, 'table']);
    expect((await s.as('admin', `/api/imports/${id}/rows?limit=501`)).status).toBe(400);
  });

  test('rows that are stored already say so', async () => {
    const first = await check({ '东港站走访.csv': visits });
    await commit(first.id);
    const { id } = await check({ '东港站走访.csv': visits });
    const { lines } = await rows(id);
    expect(lines.map((l) => l.is)).toEqual(['header', 'known', 'left_out', 'left_out', 'known']);
    expect(lines[1]?.problems).toMatchObject([{ code: 'duplicate', severity: 'warning' }]);
  });

  const returned = async (id: number, lang: 'zh' | 'en' = 'zh'): Promise<string[][]> => {
    const reply = await s.as('admin', `/api/imports/${id}/rejected?lang=${lang}`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toContain('spreadsheetml.sheet');
    const book = read(new Uint8Array(await reply.arrayBuffer()));
    return utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0] ?? '']!, { header: 1, defval: '' });
  };

  test('what is left out goes back to the branch, before the commit and after; then without names', async () => {
    const { id } = await check({ '东港站走访.csv': visits });
    const before = await returned(id);
    const [head = [], ...left] = before.slice(-3);
    expect(head.slice(0, 4)).toEqual(['时间', '类型', '走访对象', '参加人员']);
    expect(left.map((row) => [row[0], row[2], row[3]])).toEqual([
      ['2025-04-31', '乙公司', '王五德'],
      ['2025-05-06', '丙公司', '赵六顺'],
    ]);
    await commit(id);
    const after = (await returned(id, 'en')).slice(-2);
    expect(after.map((row) => [row[0], row[2]])).toEqual([
      ['2025-04-31', '乙公司'],
      ['2025-05-06', '丙公司'],
    ]);
    const said = JSON.stringify([
      await rows(id),
      after,
      await s.db.selectFrom('import_part').selectAll().execute(),
    ]);
    for (const name of ['王五德', '赵六顺', '张三丰', '李四光', 'N2']) expect(said).not.toContain(name);
    // Of what was taken nothing waits any more, nor do the files.
    expect((await rows(id)).lines.map((l) => l.is)).toEqual(['header', 'left_out', 'left_out']);
    expect(await s.db.selectFrom('import_file').select('piece').execute()).toEqual([]);
  });

  test('where nothing is left out there is nothing to send back', async () => {
    const { id } = await check({ '东港站三会一课.csv': meetings });
    expect((await s.as('admin', `/api/imports/${id}/rejected`)).status).toBe(409);
    await commit(id);
    expect((await s.as('admin', `/api/imports/${id}/rejected`)).status).toBe(409);
    expect((await s.as('admin', '/api/imports/999/rejected')).status).toBe(404);
  });

  test('dropped, it leaves nothing that waits', async () => {
    const before = await stored();
    const { id } = await check({ '东港站走访.csv': visits });
    expect(await waiting()).toBeGreaterThan(1);
    const reply = await s.as('admin', `/api/imports/${id}`, { method: 'DELETE' });
    expect(await reply.json()).toMatchObject({ id, status: 'dropped', records: 0 });
    expect(await waiting()).toBe(0);
    expect(await stored()).toEqual(before);
    expect((await replyOf(await s.as('admin', `/api/imports/${id}`), 200)).status).toBe('dropped');
    expect((await again(id, [])).status).toBe(409);
  });

  test('its effect is told before the commit, and is what the commit brings', async () => {
    const before = await stored();
    const { id } = await check({ '东港站走访.csv': visits });
    const { moved, total, asOf } = effectReply.parse(
      await (await s.as('admin', `/api/imports/${id}/effect`, { method: 'POST' })).json(),
    );
    expect(await stored()).toEqual(before);
    expect([total, asOf.before, asOf.after]).toEqual([moved.length, null, '2025-06-30']);
    const of = (kpi: string, unit: string) => moved.find((m) => m.kpi === kpi && m.unit === unit);
    expect(of('visits', 'A')).toMatchObject({
      period: '2025',
      before: { numerator: null },
      after: { numerator: 2 },
    });
    expect(of('visit_issues_resolved_rate', 'A')?.after).toMatchObject({
      numerator: 1,
      denominator: 2,
      value: 0.5,
    });
    expect(of('visits', 'C')?.after).toMatchObject({ numerator: 2 });
    expect(moved.filter((m) => m.unit === 'B')).toEqual([]);

    await commit(id);
    for (const { kpi, unit, period, after } of moved) {
      const reply = await s.as(
        'leader',
        `/api/query?kpi=${kpi}&unit=${unit}&years=${period}&asOf=${asOf.after}`,
      );
      const { cells } = (await reply.json()) as {
        cells: { numerator: number; denominator: number; value: number }[];
      };
      expect(cells[0], `${kpi} of ${unit}`).toMatchObject(after);
    }
    expect((await s.as('admin', `/api/imports/${id}/effect`, { method: 'POST' })).status).toBe(409);
  });

  test('a leader may read the import, and nothing more; nobody may read it', async () => {
    const { id } = await check({ '东港站走访.csv': visits });
    const before = await stored();
    const at = `/api/imports/${id}`;
    const post = { method: 'POST' };
    const asked: [string, RequestInit, number][] = [
      [at, {}, 200],
      [`${at}/events`, {}, 200],
      ['/api/imports', {}, 200],
      ['/api/imports', form({ '东港站走访.csv': visits }), 403],
      [`${at}/rows`, {}, 403],
      [`${at}/rejected`, {}, 403],
      [`${at}/effect`, post, 403],
      [`${at}/check`, jsonBody({ tables: [] }), 403],
      [`${at}/commit`, post, 403],
      [at, { method: 'DELETE' }, 403],
    ];
    for (const [path, init, status] of asked) {
      const said = `${init.method ?? 'GET'} ${path}`;
      expect((await s.as('leader', path, init)).status, said).toBe(status);
      expect((await s.ask(path, init)).status, said).toBe(401);
    }
    expect(await stored()).toEqual(before);
    expect((await replyOf(await s.as('admin', at), 200)).status).toBe('checked');
  });
});
