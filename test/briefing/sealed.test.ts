import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Changes } from '../../server/briefing/changes.ts';
import { chartsOf, readBriefing, type BriefingSeal } from '../../server/briefing/sealed.ts';
import { readSealed, type Sealed } from '../../server/snapshot/sealed.ts';
import { snapshotMeta } from '../../shared/snapshots.ts';
import type { BriefingReply } from '../../shared/briefing.ts';
import { engines } from '../engines.ts';
import { jsonBody } from '../served.ts';
import { office, patch, refused, type Office } from './office.ts';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const view = (of: object) => ({
  is: 'view',
  view: 'yoy',
  query: { kpi: 'visits', unit: 'A', years: '2024,2025' },
  ...of,
});
const items = [
  { is: 'heading', text: '走访' },
  view({ comment: '请看三月。' }),
  { is: 'text', text: '写在中间。' },
  view({ view: 'compare', query: { kpi: 'visits' } }),
];

describe.each(engines)('a briefing on %s', (engine) => {
  let o: Office;
  let first: BriefingReply;
  beforeAll(async () => {
    o = await office(engine);
    await o.begin();
    first = await o.draft('leader', { items, occasion: '党委会' });
  });
  afterAll(() => o.close());
  const sealOf = async (id: string): Promise<BriefingSeal> =>
    readBriefing((await o.bytes(`/briefings/${id}.json`)).toString('utf8'));
  const chart = async (id: string): Promise<Sealed> =>
    readSealed((await o.bytes(`/snapshots/${id}.json`)).toString('utf8'));

  test('is a draft that only its maker and the office see and change', async () => {
    expect(first).toMatchObject({ sealedAt: null, sha256: null, items: 4, mine: true, occasion: '党委会' });
    expect((await o.as('auditor', `/briefings/${first.id}`)).status).toBe(404);
    const listed = (await (await o.as('auditor', '/briefings')).json()) as { briefings: unknown[] };
    expect(listed.briefings).toEqual([]);
    const renamed = await o.read(await o.as('admin', `/briefings/${first.id}`, patch({ title: '走访简报' })));
    expect([renamed.title, renamed.items, renamed.occasion]).toEqual(['走访简报', 4, '党委会']);
    expect((await o.as('auditor', '/briefings', jsonBody({ title: 'x', items: [] }))).status).toBe(403);
    for (const format of ['pdf', 'json'])
      expect((await o.as('leader', `/briefings/${first.id}.${format}`)).status).toBe(409);
  });

  test.each([
    [{ title: '' }, 'title'],
    [{ items: [{ is: 'view', view: 'pie', query: {} }] }, 'items.0.view'],
    [{ items: [{ is: 'film' }] }, 'items.0.is'],
    [{ lang: 'fr' }, 'lang'],
  ])('refuses %j', async (body, path) => {
    expect(await refused(await o.as('leader', `/briefings/${first.id}`, patch(body)))).toEqual([422, path]);
  });

  test('is sealed as a whole, of one version of the data, and verifies', async () => {
    const sealed = await o.seal('leader', first.id);
    const seal = await sealOf(first.id);
    expect(sha(await o.bytes(`/briefings/${first.id}.json`))).toBe(sealed.sha256);
    expect(seal).toMatchObject({ centre: '引航中心', occasion: '党委会', maker: 'leader', former: null });
    expect(sealed.outline.map((i) => i.is)).toEqual(['heading', 'snapshot', 'text', 'snapshot']);
    for (const { id, sha256 } of chartsOf(seal)) {
      expect(sha(await o.bytes(`/snapshots/${id}.json`))).toBe(sha256);
      expect((await chart(id)).answers.map((a) => a.dataVersion)).toEqual(
        (await chart(id)).answers.map(() => seal.dataVersion),
      );
    }
    expect(sealed.dataVersion).toBe(seal.dataVersion);
    expect(sealed.snapshots.map((s) => s.sha256)).toEqual(chartsOf(seal).map((c) => c.sha256));
    expect((await o.as('auditor', `/briefings/${first.id}`)).status).toBe(200);
    for (const init of [patch({ title: 'x' }), { method: 'DELETE' }])
      expect((await o.as('leader', `/briefings/${first.id}`, init)).status).toBe(409);
    expect((await o.as('leader', `/briefings/${first.id}/seal`, { method: 'POST' })).status).toBe(409);
  });

  test('stays as it is, byte for byte, after late ledgers', async () => {
    const files = ['json', 'pptx', 'docx', 'pdf'].map((f) => `/briefings/${first.id}.${f}`);
    const before = [];
    for (const file of files.slice(0, 3)) before.push(sha(await o.bytes(file)));
    await o.bring('late');
    const after = [];
    for (const file of files.slice(0, 3)) after.push(sha(await o.bytes(file)));
    expect(after).toEqual(before);
    // First made after the import: it is of the seal all the same.
    const paper = await o.bytes(files[3] ?? '');
    await o.db.deleteFrom('briefing_file').execute();
    expect(sha(await o.bytes(files[3] ?? ''))).toBe(sha(paper));
    for (const [i, file] of files.slice(0, 3).entries()) expect(sha(await o.bytes(file))).toBe(before[i]);
    const reply = await o.as('leader', files[1] ?? '');
    expect(decodeURIComponent(reply.headers.get('content-disposition') ?? '')).toContain(
      `UTF-8''走访简报-${first.id}.pptx`,
    );
  });

  test('is made again with what changed marked, cell by cell', async () => {
    const draft = await o.remake('leader', first.id);
    expect(draft).toMatchObject({ sealedAt: null, former: first.id, title: '走访简报' });
    expect(draft.outline[1]).toMatchObject({ is: 'view', comment: '请看三月。' });
    await o.bring('summer');
    const again = await o.seal('leader', draft.id);
    const [then, now] = [await sealOf(first.id), await sealOf(again.id)];
    expect(now.former).toEqual({
      id: first.id,
      sha256: (await o.read(await o.as('leader', `/briefings/${first.id}`))).sha256,
    });
    for (const [i, own] of chartsOf(now).entries()) {
      const former = chartsOf(then)[i]?.id ?? '';
      expect(own.changes).toMatchObject({ former });
      expect(marked(own.changes)).toEqual(oracle(await chart(former), await chart(own.id)));
    }
    const [yoy] = chartsOf(now);
    // One visit of March came late, April stays, and two of August are new.
    expect(yoy?.changes?.says).toContain('与上次（截至 2025年12月31日）相比：');
    expect(yoy?.changes?.says).toContain('3月 2025');
    expect(marked(yoy?.changes ?? null)).toContain('was 1 次');
  });

  test('moves chosen years on with the ledgers', async () => {
    const before = await o.remake('leader', first.id);
    expect(before.outline[1]).toMatchObject({ query: { kpi: ['visits'], years: [2024, 2025] } });
    await o.bring('next');
    const after = await o.remake('leader', first.id);
    expect(after.outline[1]).toMatchObject({ query: { years: [2025, 2026] } });
    expect(after.outline[3]).toMatchObject({ query: { kpi: ['visits'] } });
    expect((await o.as('leader', `/briefings/${after.id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await o.as('leader', `/briefings/${after.id}`)).status).toBe(404);
    expect((await o.as('leader', `/briefings/${before.id}/remake`, { method: 'POST' })).status).toBe(409);
  });

  test('takes snapshots as they are, and refuses withdrawn and unknown ones by their place', async () => {
    const taken = snapshotMeta.parse(
      await (await o.as('leader', '/snapshots', jsonBody({ view: 'yoy', query: { kpi: 'visits' } }))).json(),
    );
    const given = [
      { is: 'heading', text: 'x' },
      { is: 'snapshot', id: taken.id },
    ];
    const { id } = await o.draft('admin', { items: given });
    const whole = await o.seal('admin', id);
    expect(whole.snapshots.map((s) => [s.id, s.sha256])).toEqual([[taken.id, taken.sha256]]);
    expect((await o.remake('admin', id)).outline).toMatchObject(given);
    await o.as('leader', `/snapshots/${taken.id}/withdraw`, jsonBody({ reason: '数错了' }));
    const other = await o.draft('admin', {
      items: [...given, { is: 'snapshot', id: 'nothere' }, view({ query: { kpi: 'joy' } })],
    });
    const reply = await o.as('admin', `/briefings/${other.id}/seal`, { method: 'POST' });
    expect(reply.status).toBe(422);
    const { errors } = (await reply.json()) as { errors: { path: string }[] };
    expect(errors.map((e) => e.path)).toEqual(['items.1', 'items.2', 'items.3.query.kpi']);
    expect((await o.read(await o.as('admin', `/briefings/${other.id}`))).sealedAt).toBeNull();
  });

  test('is sealed once, by whoever comes first', async () => {
    const { id } = await o.draft('admin', { items: [view({})] });
    const replies = await Promise.all(
      [1, 2, 3].map(() => o.as('admin', `/briefings/${id}/seal`, { method: 'POST' })),
    );
    expect(replies.map((r) => r.status).sort()).toEqual([200, 409, 409]);
  });
});

/** `y x was …`, in order. */
const marked = (changes: Changes | null): string =>
  (changes?.cells ?? []).map((c) => `${c.row} ${c.column} was ${c.was ?? 'nothing'}`).join('\n');

/** The same by looking at both tables, cell by cell: a figure is the same where its mark is. */
function oracle(then: Sealed, now: Sealed): string {
  const found: string[] = [];
  const before = then.table.rows.flatMap((r) =>
    r.cells.map((c, x) => ({ c, name: `${r.label} ${then.table.columns[x + 1]}` })),
  );
  now.table.rows.forEach((row, y) =>
    row.cells.forEach((cell, x) => {
      const name = `${row.label} ${now.table.columns[x + 1]}`;
      const was = before.find((b) =>
        cell.mark ? JSON.stringify(b.c.mark) === JSON.stringify(cell.mark) : !b.c.mark && b.name === name,
      )?.c;
      const said = (c: typeof cell | undefined): string | null =>
        c === undefined || c.text === '' || c.text.startsWith('—') || c.status === 'na' || c.status === 'none'
          ? null
          : c.text;
      if (said(was) !== said(cell)) found.push(`${y} ${x} was ${said(was) ?? 'nothing'}`);
    }),
  );
  return found.join('\n');
}
