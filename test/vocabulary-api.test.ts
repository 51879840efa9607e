import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vocabularyReply, vocabularyRow } from '../shared/imports.ts';
import { form, jsonBody, served, unitsCsv, type Served } from './served.ts';

describe('the vocabulary by HTTP', () => {
  let s: Served;
  const draft = { what: 'kind', scope: 'activity', word: '茶话会', means: 'heart_talk' };
  beforeAll(async () => {
    s = await served();
    await s.as('admin', '/api/units', form({ 'units.csv': unitsCsv }));
  });
  afterAll(() => s.close());

  test('is read by all, taught and revoked by the office alone', async () => {
    expect((await s.ask('/api/vocabulary')).status).toBe(401);
    for (const role of ['leader', 'auditor'] as const) {
      expect((await s.as(role, '/api/vocabulary', jsonBody(draft))).status).toBe(403);
      expect((await s.as(role, '/api/vocabulary/1', { method: 'DELETE' })).status).toBe(403);
    }
    const said = await s.as('admin', '/api/vocabulary', jsonBody(draft));
    expect(said.status).toBe(201);
    const row = vocabularyRow.parse(await said.json());
    expect(row).toMatchObject({ ...draft, actor: 'admin' });
    const { words } = vocabularyReply.parse(await (await s.as('auditor', '/api/vocabulary')).json());
    expect(words).toEqual([row]);
    const gone = await s.as('admin', `/api/vocabulary/${row.id}`, { method: 'DELETE' });
    expect([gone.status, await gone.json()]).toEqual([200, row]);
    for (const id of [row.id, 'x', '0'])
      expect((await s.as('admin', `/api/vocabulary/${id}`, { method: 'DELETE' })).status).toBe(404);
  });

  test('what cannot be is 422, with the field', async () => {
    for (const [body, path] of [
      [{ ...draft, means: 'tea' }, 'means'],
      [{ ...draft, word: '  ' }, 'word'],
      [{ ...draft, word: '3.14' }, 'word'],
      [{ ...draft, what: 'figure' }, 'what'],
      [{ what: 'unit', scope: '', word: '一号码头', means: 'ZZ' }, 'means'],
    ] as const) {
      const reply = await s.as('admin', '/api/vocabulary', jsonBody(body));
      const { errors } = (await reply.json()) as { errors: { path: string }[] };
      expect([reply.status, errors.map((e) => e.path)]).toEqual([422, [path]]);
    }
    expect(await (await s.as('admin', '/api/vocabulary')).json()).toEqual({ words: [] });
  });
});
