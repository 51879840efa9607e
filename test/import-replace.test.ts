import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { Refusal } from '../server/errors.ts';
import { dataVersion } from '../server/queries/centre.ts';
import { importEffect } from '../server/queries/import-effect.ts';
import type { CommitChoices, ImportReply } from '../shared/imports.ts';
import { centre, ledger, none } from './choosing.ts';
import { engines, freshDatabase } from './engines.ts';

const refusal = async (of: Promise<unknown>): Promise<[number, string | undefined]> => {
  const error: unknown = await of.then(
    () => null,
    (e: unknown) => e,
  );
  if (!(error instanceof Refusal)) throw new Error('was not refused', { cause: error });
  return [error.status, error.errors[0]?.path];
};

describe.each(engines)('a corrected ledger in place of the old on %s', (engine) => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let db: Db;
  let c: ReturnType<typeof centre>;
  const old = ledger('2024年三会一课', [
    '2024-01-10,主题党日,一月,20,18',
    '2024-02-10,主题党日、党课,二月,20,16',
    '2024-03-10,支委会,三月,5,5',
    '2024-04-10,主题党日,四月,20,21',
    '2024-05-10,主题党日,五月,20,20',
    '2024-05-10,主题党日,五月,20,20',
  ]);
  const corrected = ledger('2024年三会一课（更正）', [
    '2024-01-10,主题党日,一月,20,18',
    '2024-02-10,主题党日、党课,二月,20,19',
    '2024-04-10,主题党日,四月,20,20',
    '2024-05-10,主题党日,五月,20,20',
    '2024-06-10,党员大会,六月,20,15',
  ]);
  const span = { unit: 'A', ledger: 'activity', from: '2024-01', to: '2024-12' } as const;
  const now = ['01-10 一月 18', '02-10 二月 19', '04-10 四月 20', '05-10 五月 20', '06-10 六月 15'];
  let first: ImportReply;
  beforeEach(async () => {
    fresh = await freshDatabase(engine);
    ({ db } = fresh);
    c = centre(fresh);
    await c.units();
    first = await c.check(old);
    await c.commit(first);
  });

  afterEach(() => fresh.close());

  test('is offered with what would come, change and go', async () => {
    const { replaces } = await c.check(corrected);
    expect(replaces).toMatchObject([
      { ...span, stored: 4, same: 2, added: 2, changed: 1, gone: 1, edited: 0 },
    ]);
    expect(replaces[0]?.rows).toEqual([
      {
        is: 'changed',
        date: '2024-02-10',
        title: '二月',
        row: 3,
        record: `${first.id}-1-1-3`,
        edited: false,
        fields: [{ field: 'present', from: 16, to: 19 }],
      },
      {
        is: 'gone',
        date: '2024-03-10',
        title: '三月',
        row: null,
        record: `${first.id}-1-1-4`,
        edited: false,
        fields: [],
      },
      { is: 'added', date: '2024-04-10', title: '四月', row: 4, record: null, edited: false, fields: [] },
      { is: 'added', date: '2024-06-10', title: '六月', row: 6, record: null, edited: false, fields: [] },
    ]);
  });

  test('the figures are those of the new ledger alone; undone, the old are back to the letter', async () => {
    const [rows, figures] = [await c.rows(), await c.figures()];
    const second = await c.check(corrected);
    expect((await c.commit(second, { replace: [span] })).records).toBe(3);
    expect(await c.meetings()).toEqual(now);
    await c.expectClean();

    const other = await freshDatabase(engine);
    const alone = centre(other);
    await alone.units();
    await alone.commit(await alone.check(corrected));
    const unversioned = <T extends object>(cells: readonly T[]) => JSON.parse(JSON.stringify(cells)) as T[];
    expect(unversioned(await c.figures())).toEqual(unversioned(await alone.figures()));
    await other.close();

    await c.undo(second);
    expect(await c.rows()).toEqual(rows);
    expect(await c.figures()).toEqual(figures);
    await c.expectClean();
  });

  test('without being chosen it is added to the old', async () => {
    await c.commit(await c.check(corrected));
    expect(await c.meetings()).toHaveLength(7);
  });

  test('what was answered before it, is still answered of that day', async () => {
    const before = await c.figures();
    c.at('2025-02-20');
    const second = await c.check(corrected);
    await c.commit(second, { replace: [span] });
    const between = await c.figures();
    c.at('2025-03-20');
    await c.undo(second);
    expect(between).not.toEqual(before);
    expect(await c.figures('2025-02-19')).toEqual(before);
    expect(await c.figures('2025-03-01')).toEqual(between);
    expect(await c.figures()).toEqual(before);
  });

  test('the old import is taken back before the new: its rows do not come back', async () => {
    const second = await c.check(corrected);
    await c.commit(second, { replace: [span] });
    await c.undo(first);
    expect(await c.meetings()).toEqual(['02-10 二月 19', '04-10 四月 20', '06-10 六月 15']);
    await c.undo(second);
    expect(await c.meetings()).toEqual([]);
    expect(Object.values(await c.rows()).flat()).toEqual([]);
    await c.expectClean();
  });

  test('what takes the place of a replacement, keeps away what that had replaced', async () => {
    const second = await c.check(corrected);
    await c.commit(second, { replace: [span] });
    const third = await c.check(ledger('2024年三会一课（再更正）', ['2024-01-10,主题党日,新一月,20,17']));
    await c.commit(third, { replace: [span] });
    expect(await c.meetings()).toEqual(['01-10 新一月 17']);
    await c.undo(second);
    expect(await c.meetings()).toEqual(['01-10 新一月 17']);
    await c.undo(third);
    expect(await c.meetings()).toEqual(['01-10 一月 18', '02-10 二月 16', '03-10 三月 5', '05-10 五月 20']);
    await c.expectClean();
  });

  test('what was removed by hand in between stays removed', async () => {
    const second = await c.check(corrected);
    await c.commit(second, { replace: [span] });
    await c.undo(second);
    await c.remove(`${first.id}-1-1-4`);
    const third = await c.check(ledger('2024年三会一课（再更正）', ['2024-01-10,主题党日,新一月,20,17']));
    await c.commit(third, { replace: [span] });
    expect(await c.meetings()).toEqual(['01-10 新一月 17']);
    await c.undo(third);
    expect(await c.meetings()).toEqual(['01-10 一月 18', '02-10 二月 16', '05-10 五月 20']);
    await c.expectClean();
  });

  test('a record that was corrected by hand is marked, and comes back as it was corrected', async () => {
    const id = `${first.id}-1-1-3`;
    await c.correct(id, { present: 17 });
    const rows = await c.rows();
    const second = await c.check(corrected);
    expect(second.replaces).toMatchObject([{ changed: 1, edited: 1 }]);
    expect(second.replaces[0]?.rows.filter((r) => r.edited)).toMatchObject([
      { is: 'changed', record: id, fields: [{ field: 'present', from: 17, to: 19 }] },
    ]);
    await c.commit(second, { replace: [span] });
    expect(await c.meetings()).toEqual(now);
    await c.undo(second);
    expect(await c.rows()).toEqual(rows);
  });

  test('a choice that is not offered is refused, and nothing is stored', async () => {
    const second = await c.check(corrected);
    const [rows, version] = [await c.rows(), await dataVersion(db)];
    const wrong: [Partial<CommitChoices>, string][] = [
      [{ replace: [{ ...span, to: '2025-01' }] }, 'replace.0'],
      [{ replace: [span, { ...span, unit: 'B' }] }, 'replace.1'],
      [{ replace: [{ ...span, ledger: 'visit' }] }, 'replace.0'],
      [{ twins: [{ id: `r${first.id}-1-1-2/1-2`, keep: 'second' }] }, 'twins.0'],
    ];
    for (const [choices, path] of wrong)
      expect(await refusal(c.commit(second, choices))).toEqual([422, path]);
    expect(await c.rows()).toEqual(rows);
    expect(await dataVersion(db)).toBe(version);
    expect((await c.commit(second, { replace: [span] })).records).toBe(3);
  });

  test('the effect of a choice is told before it is made', async () => {
    const second = await c.check(corrected);
    const rows = await c.rows();
    const choices = { ...none, replace: [span] };
    const { moved } = await importEffect(db, second.id, choices);
    expect(moved).toContainEqual({
      kpi: 'attendance_rate',
      unit: 'A',
      period: '2024',
      before: { value: 59 / 65, numerator: 59, denominator: 65, status: expect.any(String) as string },
      after: { value: 92 / 100, numerator: 92, denominator: 100, status: expect.any(String) as string },
    });
    expect(await c.rows()).toEqual(rows);
  });
});
