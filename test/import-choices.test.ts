import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../db/connect.ts';
import { recordTables } from '../db/types.ts';
import { checkDatabase } from '../server/commands/check.ts';
import { Refusal } from '../server/errors.ts';
import { answer } from '../server/queries/answer.ts';
import { dataVersion } from '../server/queries/centre.ts';
import { importEffect } from '../server/queries/import-effect.ts';
import { checkImport, commitImport, undoImport } from '../server/queries/imports.ts';
import { correctRecord, removeRecord, restoreRecord } from '../server/queries/record-edits.ts';
import { importUnits } from '../server/queries/units.ts';
import type { CommitChoices, ImportReply } from '../shared/imports.ts';
import { kpis } from '../shared/kpis.ts';
import { engines, freshDatabase } from './engines.ts';
import { unitsCsv } from './served.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const heading = '时间,类型,主题,应到,实到';
const ledger = (name: string, rows: readonly string[]) => ({
  name: `东港站${name}.csv`,
  bytes: bytes([heading, ...rows].join('\n')),
});
const none: CommitChoices = { replace: [], twins: [] };

/** The figures and rows of a centre with the units of the tests, and what is done to it. */
function centre({ db, dialect }: Awaited<ReturnType<typeof freshDatabase>>) {
  const clock = { now: new Date('2025-01-10T02:00:00Z') };
  const doer = { now: () => clock.now, actor: 'office' };
  return {
    at: (day: string) => void (clock.now = new Date(`${day}T02:00:00Z`)),
    units: () => importUnits(db, bytes(unitsCsv), 'units.csv', doer),
    check: (...files: { name: string; bytes: Uint8Array }[]) => checkImport(db, { files }, doer),
    commit: ({ id }: Pick<ImportReply, 'id'>, choices: Partial<CommitChoices> = {}) =>
      commitImport(db, id, doer, { choices: { ...none, ...choices } }),
    undo: ({ id }: Pick<ImportReply, 'id'>, edited?: 'keep' | 'drop') => undoImport(db, id, doer, edited),
    correct: (id: string, fields: Record<string, number>) =>
      correctRecord(db, { unit: 'A', id }, { family: 'activity', fields, why: '核对签到表后改正' }, doer),
    remove: (id: string) => removeRecord(db, { unit: 'A', id }, { why: '并非本支部的会议' }, doer),
    restore: (id: string) => restoreRecord(db, { unit: 'A', id }, { why: '删错了，恢复' }, doer),
    /** Every row that figures are made of, without the version that a row which has come back is given anew. */
    async rows() {
      const all: Record<string, string[]> = {};
      for (const table of [...recordTables, 'activity_kind', 'coverage'] as const)
        all[table] = (await db.selectFrom(table).selectAll().execute())
          .map((r) => JSON.stringify({ ...r, version: 0 }))
          .toSorted();
      return all;
    },
    /** Of each meeting its day, title and how many were present. */
    async meetings() {
      const rows = await db
        .selectFrom('activity')
        .select(['date', 'title', 'present'])
        .orderBy('date')
        .orderBy('title')
        .orderBy('present')
        .execute();
      return rows.map(({ date, title, present }) => [date.slice(5), title, present].join(' '));
    },
    /** Every figure of the year, of the centre and month by month of the branch. */
    async figures(knownOn?: string) {
      const kpi = kpis.map((k) => k.id);
      const known = knownOn ? { knownOn } : {};
      const of = [
        { kpi, years: [2024], ...known },
        { kpi, unit: 'A', years: [2024], grain: 'month' as const, ...known },
      ];
      const cells = [];
      for (const question of of) cells.push(...(await answer(db, question)).cells);
      return cells;
    },
    async expectClean() {
      for (const finding of await checkDatabase({ db, dialect }))
        expect(finding, finding.detail).toMatchObject({ ok: true });
    },
  };
}

const refusal = async (of: Promise<unknown>): Promise<[number, string | undefined]> => {
  const error: unknown = await of.then(
    () => null,
    (e: unknown) => e,
  );
  if (!(error instanceof Refusal)) throw new Error('was not refused', { cause: error });
  return [error.status, error.errors[0]?.path];
};

describe.each(engines)('choices of an import on %s', (engine) => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let db: Db;
  let c: ReturnType<typeof centre>;
  beforeEach(async () => {
    fresh = await freshDatabase(engine);
    ({ db } = fresh);
    c = centre(fresh);
    await c.units();
  });
  afterEach(() => fresh.close());

  describe('the same event twice', () => {
    const ours = ledger('2024年三会一课', [
      '2024-03-05,主题党日、党课,学习条例,20,18',
      '2024-04-06,支委会,四月,5,5',
    ]);
    const theirs = ledger('2024年主题党日', [
      '2024-03-05,主题党日,《学习条例》,20,17',
      '2024-05-07,主题党日,五月,20,19',
    ]);

    test('in two files it is found, and told with what differs', async () => {
      const { twins, twinsTotal } = await c.check(ours, theirs);
      expect(twinsTotal).toBe(1);
      expect(twins).toMatchObject([
        {
          unit: 'A',
          ledger: 'activity',
          date: '2024-03-05',
          first: {
            file: ours.name,
            row: 2,
            title: '学习条例',
            record: null,
            importId: null,
            figures: { present: 18 },
          },
          second: { file: theirs.name, row: 2, record: null, importId: null, figures: { present: 17 } },
        },
      ]);
      expect(Object.keys(twins[0]?.first.figures ?? {}).toSorted()).toEqual(['kinds', 'present', 'title']);
    });

    test.each([
      ['both', ['03-05 《学习条例》 17', '03-05 学习条例 18']],
      ['first', ['03-05 学习条例 18']],
      ['second', ['03-05 《学习条例》 17']],
    ] as const)('of two files, %s', async (keep, march) => {
      const before = await c.rows();
      const checked = await c.check(ours, theirs);
      const { records } = await c.commit(checked, { twins: [{ id: checked.twins[0]?.id ?? '', keep }] });
      expect(records).toBe(march.length + 2);
      expect((await c.meetings()).toSorted()).toEqual([...march, '04-06 四月 5', '05-07 五月 19'].toSorted());
      await c.expectClean();
      await c.undo(checked);
      expect(await c.rows()).toEqual(before);
    });

    test.each([
      ['both', ['03-05 《学习条例》 17', '03-05 学习条例 18']],
      ['first', ['03-05 学习条例 18']],
      ['second', ['03-05 《学习条例》 17']],
    ] as const)('of a file and what is stored, %s; and back again', async (keep, march) => {
      const stored = await c.check(ours);
      await c.commit(stored);
      const before = await c.rows();
      const figures = await c.figures();
      const checked = await c.check(theirs);
      expect(checked.twins).toMatchObject([
        { first: { record: `${stored.id}-1-1-2`, importId: stored.id }, second: { record: null, row: 2 } },
      ]);
      await c.commit(checked, { twins: [{ id: checked.twins[0]?.id ?? '', keep }] });
      expect((await c.meetings()).toSorted()).toEqual([...march, '04-06 四月 5', '05-07 五月 19'].toSorted());
      await c.expectClean();
      await c.undo(checked);
      expect(await c.rows()).toEqual(before);
      expect(await c.figures()).toEqual(figures);
      await c.expectClean();
    });

    test('said nothing of, both are stored', async () => {
      const checked = await c.check(ours, theirs);
      expect((await c.commit(checked)).records).toBe(4);
    });

    test.each([
      ['another day', '2024-03-06,主题党日,学习条例,20,17'],
      ['another kind', '2024-03-05,支委会,学习条例,20,17'],
      ['another title', '2024-03-05,主题党日,参观纪念馆,20,17'],
      ['the same to the letter', '2024-03-05,主题党日、党课,学习条例,20,18'],
    ])('%s is none', async (_, row) => {
      expect((await c.check(ours, ledger('2024年主题党日', [row]))).twins).toEqual([]);
      await c.commit(await c.check(ours));
      expect((await c.check(ledger('2024年主题党日', [row]))).twins).toEqual([]);
    });

    test('another unit is none, nor are two rows of one table', async () => {
      const other = { ...theirs, name: '西港站2024年主题党日.csv' };
      expect((await c.check(ours, other)).twins).toEqual([]);
      const rows = ['2024-03-05,主题党日,学习条例,20,18', '2024-03-05,主题党日,学习条例,20,17'];
      expect((await c.check(ledger('2024年三会一课', rows))).twins).toEqual([]);
    });
  });

  describe('a corrected ledger in place of the old', () => {
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
      first = await c.check(old);
      await c.commit(first);
    });

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

  describe('a record removed by hand', () => {
    const file = ledger('2024年三会一课', [
      '2024-01-10,主题党日,一月,20,18',
      '2024-02-10,主题党日,二月,20,16',
    ]);

    test('does not come back by the same file, nor by one that takes its place', async () => {
      const first = await c.check(file);
      await c.commit(first);
      await c.remove(`${first.id}-1-1-2`);
      const again = await c.check(file);
      expect(again.sheets).toMatchObject([{ accepted: 0, duplicates: 2 }]);
      expect((await c.commit(again)).records).toBe(0);
      const corrected = ledger('2024年三会一课（更正）', [
        '2024-01-10,主题党日,一月,20,18',
        '2024-02-10,主题党日,二月,20,17',
      ]);
      const second = await c.check(corrected);
      const [offer] = second.replaces;
      expect(offer).toMatchObject({ stored: 1, same: 0, added: 0, changed: 1, gone: 0 });
      await c.commit(second, {
        replace: offer ? [{ unit: offer.unit, ledger: offer.ledger, from: offer.from, to: offer.to }] : [],
      });
      expect(await c.meetings()).toEqual(['02-10 二月 17']);
      await c.expectClean();
    });

    test('and restored is there like any other: its import taken back, its file brings it again', async () => {
      const first = await c.check(file);
      await c.commit(first);
      await c.remove(`${first.id}-1-1-2`);
      await c.restore(`${first.id}-1-1-2`);
      await c.undo(first);
      const again = await c.check(file);
      expect(again.sheets).toMatchObject([{ accepted: 2, duplicates: 0 }]);
      expect((await c.commit(again)).records).toBe(2);
    });
  });

  test('what was stored at the check, and was taken back before the commit, is stored by it', async () => {
    const rows = ['2024-01-10,主题党日,一月,20,18', '2024-02-10,主题党日,二月,20,16'];
    const first = await c.check(ledger('2024年三会一课', rows));
    await c.commit(first);
    const second = await c.check(ledger('2024年三会一课全', [...rows, '2024-03-10,主题党日,三月,20,17']));
    expect(second.sheets).toMatchObject([{ accepted: 1, duplicates: 2 }]);
    await c.undo(first);
    expect((await c.commit(second)).records).toBe(3);
    expect(await c.meetings()).toEqual(['01-10 一月 18', '02-10 二月 16', '03-10 三月 17']);
  });
});
