import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listImports } from '../server/queries/imports.ts';
import { centre, ledger } from './choosing.ts';
import { engines, freshDatabase } from './engines.ts';

describe.each(engines)('choices of an import on %s', (engine) => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let c: ReturnType<typeof centre>;
  const open = async (): Promise<void> => {
    fresh = await freshDatabase(engine);
    c = centre(fresh);
    await c.units();
  };
  const close = (): Promise<void> => fresh.close();

  describe('the same event twice, and the same row', () => {
    beforeAll(open);
    afterAll(close);
    beforeEach(async () => {
      for (const { id, status } of await listImports(fresh.db))
        if (status === 'checked' || status === 'committed') await c.undo({ id });
    });
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

  describe('a record removed by hand', () => {
    beforeEach(open);
    afterEach(close);
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
});
