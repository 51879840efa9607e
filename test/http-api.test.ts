import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ZodType } from 'zod';
import { createApi } from '../server/routes.ts';
import * as api from '../shared/api.ts';
import * as sealed from '../shared/snapshots.ts';
import { importReply, importsReply } from '../shared/imports.ts';
import { kpis } from '../shared/kpis.ts';
import { engines } from './engines.ts';
import { form, jsonBody, served, unitsCsv, visitsCsv, type Served } from './served.ts';

describe.each(engines)('the API on %s', (engine) => {
  let s: Served;
  beforeAll(async () => {
    s = await served(engine);
    const units = await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }));
    expect(api.unitsImportReply.parse(await units.json())).toEqual({ units: 3, dataVersion: 1 });
  });
  afterAll(() => s.close());

  const get = async <T>(path: string, schema: ZodType<T>): Promise<T> => {
    const reply = await s.as('leader', path);
    expect(reply.status, path).toBe(200);
    return schema.parse(await reply.json());
  };

  test('a ledger goes in, can be asked for, and comes out again', async () => {
    const checked = await s.as(
      'admin',
      '/api/imports',
      form({ '东港站走访台账2025年度.csv': visitsCsv }, { unit: 'A', year: '2025' }),
    );
    expect(checked.status).toBe(201);
    const report = importReply.parse(await checked.json());
    expect([report.status, report.actor, report.files[0]?.name]).toEqual([
      'checked',
      'admin',
      '东港站走访台账2025年度.csv',
    ]);
    expect(report.sheets.map((sheet) => [sheet.ledger, sheet.unit, sheet.accepted])).toEqual([
      ['visit', 'A', 2],
    ]);

    const commit = await s.as('admin', `/api/imports/${report.id}/commit`, { method: 'POST' });
    const committed = api.commitReply.parse(await commit.json());
    expect(committed).toEqual({ id: report.id, status: 'committed', records: 2, dataVersion: 2 });
    expect((await s.as('admin', `/api/imports/${report.id}/commit`, { method: 'POST' })).status).toBe(409);

    const answer = await get('/api/query?kpi=visits&unit=C&years=2025', api.answerSchema);
    expect(answer.cells.map((c) => [c.unit, c.period, c.value, c.records])).toEqual([['C', '2025', 2, 2]]);
    const behind = await get('/api/records?kpi=visits&unit=C&period=2025', api.recordsReply);
    expect([behind.total, behind.sums.numerator]).toEqual([2, 2]);
    expect((await get('/api/centre', api.centreReply)).years).toEqual([2025]);
    expect((await get('/api/imports', importsReply)).imports.map((i) => i.status)).toEqual(['committed']);
    expect((await get(`/api/imports/${report.id}`, importReply)).records).toBe(2);

    const undone = await s.as('admin', `/api/imports/${report.id}`, { method: 'DELETE' });
    expect(api.undoReply.parse(await undone.json())).toMatchObject({
      status: 'undone',
      records: 2,
      dataVersion: 3,
    });
    const after = await get('/api/query?kpi=visits&unit=C&years=2025', api.answerSchema);
    expect(after.cells.map((c) => [c.value, c.status])).toEqual([[null, 'none']]);
  });

  test('units, catalogue and health are as their schemas say', async () => {
    expect((await get('/api/units', api.unitsReply)).units.map((u) => [u.code, u.parent])).toEqual([
      ['C', null],
      ['A', 'C'],
      ['B', 'C'],
    ]);
    const catalogue = await get('/api/catalogue', api.catalogueReply);
    expect(catalogue.kpis.map((k) => k.id)).toEqual(kpis.map((k) => k.id));
    expect(catalogue.kpis.find((k) => k.id === 'study_hours_per_member')).toMatchObject({
      type: 'ratio',
      unit: '学时',
      norm: 32,
    });
    expect((await get('/api/health', api.healthReply)).version).toBe('test');
    expect((await get('/api/snapshots', sealed.snapshotsReply)).snapshots.every((m) => m.id !== '')).toBe(
      true,
    );
  });

  test('a chart is sealed by a leader, and given out as files', async () => {
    const made = await s.as(
      'leader',
      '/api/snapshots',
      jsonBody({ view: 'yoy', query: { kpi: 'visits', years: '2024,2025' }, title: '走访 "2025"' }),
    );
    expect(made.status).toBe(201);
    const meta = sealed.snapshotMeta.parse(await made.json());
    expect([meta.maker, meta.view]).toEqual(['leader', 'yoy']);
    expect((await get(`/api/snapshots/${meta.id}`, sealed.snapshotMeta)).sha256).toBe(meta.sha256);
    expect((await get(`/api/snapshots/${meta.id}/drift`, sealed.driftReply)).changed).toEqual([]);
    for (const [format, type] of [
      ['svg', 'image/svg+xml'],
      ['png', 'image/png'],
      ['csv', 'text/csv'],
      ['json', 'application/json'],
    ] as const) {
      const file = await s.as('leader', `/api/snapshots/${meta.id}.${format}`);
      expect([file.status, file.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
      expect(file.headers.get('content-disposition')).toMatch(/filename\*=UTF-8''%E8%B5%B0/);
      expect(file.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
    expect((await s.as('auditor', '/api/snapshots', jsonBody({ view: 'yoy', query: {} }))).status).toBe(403);
    expect((await s.as('leader', '/api/snapshots/nothing.svg')).status).toBe(404);
  });

  test('an answer that still holds is not computed again', async () => {
    const path = '/api/query?kpi=visits&years=2025';
    const etag = (await s.as('leader', path)).headers.get('etag') ?? '';
    expect((await s.as('leader', path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await s.as('admin', path, { headers: { 'if-none-match': etag } })).status).toBe(200);
    // The same list again is no change; a new name is.
    await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }));
    expect((await s.as('leader', path, { headers: { 'if-none-match': etag } })).status).toBe(304);
    await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv.replace('东港', '新港') }));
    expect((await s.as('leader', path, { headers: { 'if-none-match': etag } })).status).toBe(200);
    expect((await s.ask(path, { headers: { 'if-none-match': etag } })).status).toBe(401);
  });
});

describe('the OpenAPI document', () => {
  type Operation = {
    responses: Record<string, unknown>;
    parameters: { name: string; in: string; required: boolean }[];
    operationId: string;
  };
  type Document = { openapi: string; paths: Record<string, Record<string, Operation>> };
  let s: Served;
  let document: Document;
  beforeAll(async () => {
    s = await served();
    document = (await (await s.ask('/api/openapi.json')).json()) as Document;
  });
  afterAll(() => s.close());
  const operations = () => Object.values(document.paths).flatMap((path) => Object.values(path));

  test('has every route, each under a name of its own', () => {
    expect(document.openapi).toBe('3.1.0');
    for (const r of createApi().routes)
      expect(Object.keys(document.paths[r.path.replace(/:(\w+)/g, '{$1}')] ?? {})).toContain(r.method);
    const ids = operations().map((o) => o.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has no reference that leads nowhere', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((m) => m[1] ?? '');
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of refs) {
      let at: unknown = document;
      for (const part of ref.replace(/^#\//, '').split('/'))
        at = (at as Record<string, unknown> | undefined)?.[part];
      expect(at, ref).toBeDefined();
    }
  });

  test('declares each parameter of a path, and the parameters of a question', () => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const { parameters } of Object.values(methods)) {
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
        expect(parameters.filter((p) => p.in === 'path' && p.required).map((p) => p.name)).toEqual(named);
      }
    expect(document.paths['/api/query']?.get?.parameters.map((p) => p.name)).toEqual([
      'kpi',
      'unit',
      'by',
      'years',
      'grain',
      'asOf',
      'toDate',
      'kind',
      'structure',
      'per',
      'knownOn',
    ]);
  });
});
