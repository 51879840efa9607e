import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { between } from '../server/queries/differences.ts';
import { holdingsAt } from '../server/queries/holdings.ts';
import { worldAt } from '../server/queries/known.ts';
import { settings } from '../server/queries/settings.ts';
import { engines } from './engines.ts';
import { exemption, never, ruled, source, type Ruled } from './ruled.ts';
import { jsonBody } from './served.ts';

const unset = { yearStart: 1, timeZone: 'Asia/Shanghai', keepNames: false, halfDay: null, day: null };

describe.each(engines)('the rules on %s', (engine) => {
  let s: Ruled;
  beforeAll(async () => void (s = await ruled(engine)));
  afterAll(() => s.close());

  test('are those of a new centre, and told to whoever may read', async () => {
    for (const role of ['admin', 'leader', 'auditor'] as const) {
      const { norms, exemptions, definitionChanges, settings } = await s.rules(role);
      expect(norms.length).toBe(9);
      expect(norms.every((n) => n.version === 0 && n.source.en !== '')).toBe(true);
      expect([exemptions, definitionChanges]).toEqual([[], []]);
      expect(settings).toEqual(unset);
    }
  });

  test('are written by the office alone', async () => {
    const before = await s.everything();
    for (const role of ['leader', 'auditor'] as const)
      for (const [path, body] of [
        ['/api/rules', exemption],
        ['/api/rules/preview', { change: exemption }],
        ['/api/settings', { yearStart: 4 }],
      ] as const)
        expect([role, path, (await s.as(role, path, jsonBody(body))).status]).toEqual([role, path, 403]);
    expect((await s.ask('/api/rules')).status).toBe(401);
    expect(await s.everything()).toBe(before);
  });

  test('an exemption is added, changed and removed; each change is counted, told of, and can be taken back', async () => {
    expect(await s.halves('A')).toEqual([[9, 12]]);
    const was = await s.version();
    const added = await s.write(exemption);
    expect(added).toMatchObject({ changed: true, dataVersion: was + 1 });
    expect((await s.rules()).exemptions).toEqual([{ ...exemption.row, id: added.id, version: was + 1 }]);
    expect(await s.halves('A')).toEqual([[6, 6]]);

    const changed = await s.write({
      ...exemption,
      action: 'change',
      id: added.id,
      row: { ...exemption.row, to: null },
    });
    expect(changed.dataVersion).toBe(was + 2);
    expect(await s.halves('A')).toEqual([[0, 0]]);
    const { db } = s;
    const past = await db.selectFrom('past').selectAll().where('table_name', '=', 'exemption').execute();
    expect(past.map((p) => [p.added, p.removed, (JSON.parse(p.row) as { to_on: string }).to_on])).toEqual([
      [was + 1, was + 2, '2025-06-30'],
    ]);

    // Undone, it is again what it was; undone with the change that made it, it is gone.
    await s.write(changed.undo);
    expect(await s.halves('A')).toEqual([[6, 6]]);
    const removed = await s.write({ what: 'exemption', action: 'remove', id: added.id });
    expect((await s.rules()).exemptions).toEqual([]);
    expect(await s.halves('A')).toEqual([[9, 12]]);
    await s.write(removed.undo);
    expect(await s.halves('A')).toEqual([[6, 6]]);
    const [again] = (await s.rules()).exemptions;
    await s.write({ what: 'exemption', action: 'remove', id: again?.id });

    const journal = await db
      .selectFrom('change')
      .selectAll()
      .where('version', '>', was)
      .orderBy('version')
      .execute();
    expect(journal.map((c) => [c.version - was, c.actor, c.what])).toEqual(
      [1, 2, 3, 4, 5, 6].map((n) => [n, 'admin', 'exemption']),
    );
    expect(journal[0]?.detail).toBe('add theme_day A 2025-01-01 – 2025-06-30');
  });

  test('a row changed by somebody else since is a conflict, one that is not there is not found', async () => {
    const added = await s.write(exemption);
    await s.write({
      ...exemption,
      action: 'change',
      id: added.id,
      row: { ...exemption.row, reason: '另有原因' },
    });
    expect(await s.refused(added.undo)).toEqual([409, []]);
    await s.write({ what: 'exemption', action: 'remove', id: added.id });
    expect(await s.refused(added.undo)).toEqual([404, []]);
    expect(await s.refused({ what: 'norm', action: 'remove', id: 4711 })).toEqual([404, []]);
  });

  test('what stands so already is no change', async () => {
    const [norm] = (await s.rules()).norms;
    if (!norm) throw new Error('no norm');
    const { id, version: _, ...row } = norm;
    const before = await s.everything();
    expect(await s.write({ what: 'norm', action: 'change', id, row })).toMatchObject({
      changed: false,
      undo: null,
    });
    expect(await s.write({ yearStart: 1 }, '/api/settings')).toMatchObject({ changed: false });
    expect(await s.everything()).toBe(before);
  });

  test('a central norm is ended, overruled by the centre, and lifted for one unit', async () => {
    const central = (await s.rules()).norms.find((n) => 'kind' in n && n.kind === 'theme_day');
    if (!central) throw new Error('no norm of theme days');
    const { id, version: _, ...row } = central;
    const ended = await s.write({ what: 'norm', action: 'change', id, row: { ...row, to: '2025-03-31' } });
    expect(await s.halves('C')).toEqual([[3 + 2, 3 + 3]]);
    await s.write(ended.undo);

    const quarterly = await s.write({
      what: 'norm',
      action: 'add',
      row: { layer: 'centre', kind: 'theme_day', every: 'quarter', source, strength: 'local' },
    });
    expect(await s.halves('C')).toEqual([[3 + 1, 4 + 4]]);
    const lifted = await s.write(never);
    expect(await s.halves('C')).toEqual([[1, 4]]);
    expect((await s.rules()).norms.find((n) => n.id === lifted.id)).toMatchObject({
      source: { zh: source.zh, en: source.zh },
      every: 'never',
      per: 'branch',
      minMembers: null,
    });
    await s.write(lifted.undo);
    await s.write(quarterly.undo);
    expect(await s.halves('C')).toEqual([[9 + 2, 24]]);
  });

  test('settings are kept, with what they were', async () => {
    const { db } = s;
    const was = await s.version();
    const set = await s.write({ yearStart: 4, timeZone: 'Asia/Urumqi' }, '/api/settings');
    expect((await s.rules()).settings).toEqual({ ...unset, yearStart: 4, timeZone: 'Asia/Urumqi' });
    const past = await db.selectFrom('past').selectAll().where('table_name', '=', 'setting').execute();
    expect(past.map((p) => [p.removed, JSON.parse(p.row)])).toEqual([
      [was + 1, { key: 'yearStart', value: '1', version: 0 }],
      [was + 1, { key: 'timeZone', value: 'Asia/Shanghai', version: 0 }],
    ]);
    if (set.undo?.what !== 'setting') throw new Error('nothing to undo');
    await s.write(set.undo.row, '/api/settings');
    expect((await s.rules()).settings).toEqual(unset);
  });

  test('what is set for imports is kept likewise; what is unknown is so again', async () => {
    const { db } = s;
    const was = await s.version();
    const set = await s.write({ keepNames: true, halfDay: 3.5, day: 7 }, '/api/settings');
    expect((await s.rules()).settings).toEqual({ ...unset, keepNames: true, halfDay: 3.5, day: 7 });
    expect(set.undo).toMatchObject({ row: { keepNames: false, halfDay: null, day: null } });
    const again = await s.write({ day: null }, '/api/settings');
    expect((await s.rules()).settings).toEqual({ ...unset, keepNames: true, halfDay: 3.5 });
    expect(again.undo).toMatchObject({ row: { day: 7 } });

    const past = await db
      .selectFrom('past')
      .selectAll()
      .where('table_name', '=', 'setting')
      .where('removed', '>', was)
      .orderBy('id')
      .execute();
    expect(past.map((p) => [p.removed - was, JSON.parse(p.row) as { key: string; value: string }])).toEqual([
      [1, { key: 'keepNames', value: 'false', version: 0 }],
      [1, { key: 'halfDay', value: '', version: 0 }],
      [1, { key: 'day', value: '', version: 0 }],
      [2, { key: 'day', value: '7', version: 0 }],
    ]);
    const journal = await db
      .selectFrom('change')
      .selectAll()
      .where('version', '>', was)
      .orderBy('version')
      .execute();
    expect(journal.map((c) => [c.what, c.detail])).toEqual([
      ['setting', 'keepNames=true halfDay=3.5 day=7'],
      ['setting', 'day='],
    ]);

    // The past is laid out as it was; no figure depends on these, so that nothing has moved by them.
    const then = await worldAt(db, was, settings);
    expect(then).toEqual(unset);
    const { rules } = between(await holdingsAt(db, was), await holdingsAt(db, 'now'));
    expect(rules).toEqual([]);
    if (set.undo?.what !== 'setting') throw new Error('nothing to undo');
    await s.write(set.undo.row, '/api/settings');
    expect((await s.rules()).settings).toEqual(unset);
  });
});
