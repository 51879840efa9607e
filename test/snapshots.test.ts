import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { Refusal } from '../server/errors.ts';
import { changing } from '../server/queries/centre.ts';
import { createSnapshot } from '../server/queries/snapshot-create.ts';
import { drift as driftOf } from '../server/queries/snapshot-drift.ts';
import { snapshotFile as fileOf } from '../server/queries/snapshot-files.ts';
import { getSnapshot as get, listSnapshots as list } from '../server/queries/snapshots.ts';
import type { FileReply } from '../server/http-file.ts';
import { rendererHere } from '../server/snapshot/render-thread.ts';
import type { Sealed } from '../server/snapshot/sealed.ts';
import { renderSheet } from '../server/snapshot/sheet.ts';
import { variantOf } from '../server/snapshot/variant.ts';
import { viewIds } from '../shared/views.ts';
import { engines, freshDatabase } from './engines.ts';
import { activity, smallCentre } from './records-by-hand.ts';

const who = { name: '党办', role: 'admin' } as const;
const by = {
  now: () => new Date('2025-10-08T02:30:00Z'),
  who,
  renderer: rendererHere,
  publicUrl: 'http://127.0.0.1:8080',
};
const snapshotFile = async (db: Db, id: string, format: string): Promise<FileReply> =>
  fileOf(db, id, variantOf(format), by);
const drift = (db: Db, id: string) => driftOf(db, id, { who });
const listSnapshots = (db: Db) => list(db, who);
const getSnapshot = (db: Db, id: string) => get(db, id, who);
const text = ({ bytes }: { bytes: Uint8Array }): string => new TextDecoder().decode(bytes);
const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(Refusal);
  return error as Refusal;
};

async function fill(db: Db): Promise<void> {
  await smallCentre(
    db,
    [
      { code: 'C', parent: null },
      { code: 'A', parent: 'C' },
      { code: 'B', parent: 'C' },
    ],
    [
      ['A', 'activity', '2024-01', '2025-09'],
      ['B', 'activity', '2024-01', '2025-09'],
      ['A', 'rectification', '2024-01', '2025-09'],
    ],
  );
  for (const date of ['2024-03-05', '2025-03-04', '2025-03-18'])
    await activity(db, 'A', date, ['party_lecture'], { expected: 20, present: 18, hours: 1 });
  await activity(db, 'B', '2025-06-30', ['theme_day'], { expected: 12, present: 12 });
}

describe.each(engines)('snapshots on %s', (engine) => {
  const opened = freshDatabase(engine).then(async (connection) => {
    await fill(connection.db);
    return connection;
  });
  afterAll(async () => (await opened).close());
  const body = { view: 'yoy' as const, query: { kpi: 'study_sessions', years: '2024,2025' } };

  test('carry the hash of the very bytes of their JSON', async () => {
    const { db } = await opened;
    const made = await createSnapshot(db, body, by);
    const { bytes } = await snapshotFile(db, made.id, 'json');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256);
    expect(made.id).toMatch(/^[\w-]{12,}$/);
    expect(made.createdAt).toBe('2025-10-08T02:30:00.000Z');
    expect(await getSnapshot(db, made.id)).toEqual(made);
    expect(await listSnapshots(db)).toContainEqual(made);
  });

  test('fill in the page’s defaults', async () => {
    const { db } = await opened;
    const made = await createSnapshot(db, { view: 'compare', query: {} }, by);
    const { state } = JSON.parse(text(await snapshotFile(db, made.id, 'json'))) as Sealed;
    expect(state).toEqual({
      unit: 'C',
      kpi: 'study_sessions',
      years: [2024, 2025],
      asOf: '2025-09-30',
      grain: 'month',
    });
  });

  test.each(viewIds)('%s is sealed, drawn the same from its seal, and given as files', async (view) => {
    const { db } = await opened;
    const made = await createSnapshot(
      db,
      { view, query: { years: [2024, 2025], toDate: '0' }, lang: 'en', note: 'a note' },
      by,
    );
    const sealed = JSON.parse(text(await snapshotFile(db, made.id, 'json'))) as Sealed;
    expect(text(await snapshotFile(db, made.id, 'svg'))).toBe(renderSheet(sealed));
    const [table = '', context = ''] = text(await snapshotFile(db, made.id, 'csv')).split('\r\n\r\n');
    const [head = ''] = table.split('\r\n');
    for (const column of sealed.table.columns) expect(head).toContain(column);
    expect(head).toContain(' state');
    // A figure without its origin is no use a year later.
    for (const said of [sealed.title, 'As of', sealed.kpi.definition.en, 'a note', made.id, sealed.maker])
      expect(context.replaceAll('""', '"')).toContain(said);
    expect(sealed.state.whole).toBe(true);
  });

  test('are given as PNG, under a name that any system takes', async () => {
    const { db } = await opened;
    const { id } = await createSnapshot(db, { ...body, title: '../a:b*"c"\n图' }, by);
    const png = await snapshotFile(db, id, 'png');
    expect([png.type, Buffer.from(png.bytes.subarray(1, 4)).toString()]).toEqual(['image/png', 'PNG']);
    expect(png.fileName).toBe(`a-b-c-图-${id}.png`);
  });

  test('hold the figures', async () => {
    const { db } = await opened;
    const made = await createSnapshot(db, { ...body, query: { ...body.query, unit: 'A' } }, by);
    const { answers } = JSON.parse(text(await snapshotFile(db, made.id, 'json'))) as Sealed;
    expect(answers[0]?.cells.find((c) => c.period === '2025-03')?.value).toBe(2);
  });

  test('hold what stands around the figures, and the choices made', async () => {
    const { db } = await opened;
    const query = { kpi: 'study_sessions', years: '2024,2025', structure: 'today', per: 'member' };
    const made = await createSnapshot(db, { view: 'compare', query }, by);
    const { state, answers } = JSON.parse(text(await snapshotFile(db, made.id, 'json'))) as Sealed;
    expect(state).toMatchObject({ structure: 'today', per: 'member' });
    expect(answers[0]?.query).toMatchObject({ structure: 'today', per: 'member', yearStart: 1 });
    expect(Object.keys(answers[0]?.context ?? {}).sort()).toEqual([
      'changes',
      'doubts',
      'events',
      'gaps',
      'norms',
    ]);
    expect((await drift(db, made.id)).changed).toEqual([]);
    const refused = await refusal(
      createSnapshot(db, { view: 'compare', query: { kpi: 'attendance_rate', per: 'member' } }, by),
    );
    expect([refused.status, refused.errors.map((e) => e.path)]).toEqual([422, ['query.per']]);
  });

  test('refuse what does not parse, and what does not exist, by its place', async () => {
    const { db } = await opened;
    const before = (await listSnapshots(db)).length;
    const malformed = await refusal(
      createSnapshot(
        db,
        { view: 'yoy', query: { asOf: '2025-02-30', toDate: 'maybe', unit: 5, colour: 'red' } },
        by,
      ),
    );
    expect([malformed.status, malformed.errors.map((e) => `${e.path} ${e.message}`).sort()]).toEqual([
      400,
      [
        'query.asOf is not a date (YYYY-MM-DD)',
        'query.colour is not a parameter of a page',
        'query.toDate is neither 1 nor 0',
        'query.unit is not text',
      ],
    ]);
    const absent = await refusal(
      createSnapshot(db, { view: 'yoy', query: { kpi: 'happiness', unit: 'Z', kind: ['x'] } }, by),
    );
    expect([absent.status, absent.errors.map((e) => e.path)]).toEqual([
      422,
      ['query.kpi', 'query.kind', 'query.unit'],
    ]);
    const unsplit = await refusal(
      createSnapshot(db, { view: 'composition', query: { kpi: 'volunteers' } }, by),
    );
    expect(unsplit.status).toBe(422);
    expect((await listSnapshots(db)).length).toBe(before);
  });

  test('name the formats that there are', async () => {
    const { db } = await opened;
    const { id } = await createSnapshot(db, body, by);
    for (const format of ['exe', '__proto__', '']) {
      const refused = await refusal(snapshotFile(db, id, format));
      expect([refused.status, refused.errors[0]?.message]).toEqual([
        404,
        'there are svg, png, pdf, pptx, docx, xlsx, csv, json',
      ]);
    }
    expect((await refusal(snapshotFile(db, 'nothere', 'svg'))).status).toBe(404);
    expect((await refusal(getSnapshot(db, 'nothere'))).status).toBe(404);
    expect((await refusal(drift(db, 'nothere'))).status).toBe(404);
  });
});

describe.each(engines)('drift on %s', (engine) => {
  const opened = freshDatabase(engine).then(async (connection) => {
    await fill(connection.db);
    return connection;
  });
  afterAll(async () => (await opened).close());

  test('lists the cells whose figures have changed since, and the picture stays', async () => {
    const { db } = await opened;
    const { id } = await createSnapshot(db, { view: 'yoy', query: { years: '2024,2025' } }, by);
    expect((await drift(db, id)).changed).toEqual([]);
    const svg = text(await snapshotFile(db, id, 'svg'));
    await activity(db, 'B', '2025-06-02', ['party_lecture']);
    await changing(db, { at: '2026-01-01T00:00:00Z', actor: 'test', what: 'setting' }, () =>
      Promise.resolve({ changed: true }),
    );
    const { changed, sealedVersion, currentVersion } = await drift(db, id);
    expect(changed.map(({ sealed, now }) => [sealed.period, sealed.value, now?.value])).toEqual([
      ['2025-06', 1, 2],
    ]);
    expect(currentVersion).toBe(sealedVersion + 1);
    expect(text(await snapshotFile(db, id, 'svg'))).toBe(svg);
  });
});
