import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect, connectToRead, type Db } from '../db/connect.ts';
import { readerHere, readThread, type Reader } from '../server/reader/reader.ts';
import { renderThread } from '../server/snapshot/render-thread.ts';
import { docxOf } from '../server/review/docx.ts';
import { engines, freshDatabase } from './engines.ts';
import { someBranches } from './review/branches.ts';

/** The thread that reads ledgers for seals and reviews, beside one that does it here. */

const made = { by: 'test', at: new Date('2025-10-08T02:00:00Z'), origin: 'https://hb.example' };
const making = {
  id: 'abcdefghijklmnop',
  at: '2025-10-08T02:00:00.000Z',
  maker: 'test',
  publicUrl: 'https://hb.example',
};
const asked = { unit: 'A', year: 2025, asOf: '2025-09-30' };

describe.each(engines)('the reader on %s', (engine) => {
  let db: Db;
  let url: string;
  let apart: Reader & { close(): Promise<void> };
  let close: () => Promise<void>;
  beforeAll(async () => {
    if (engine === 'sqlite') {
      const folder = mkdtempSync(join(tmpdir(), 'hangbiao-reader-'));
      url = `sqlite:${join(folder, 'a.db')}`;
      ({ db } = await connect(url));
      close = async () => {
        await db.destroy();
        rmSync(folder, { recursive: true });
      };
    } else {
      const connection = await freshDatabase('postgres');
      ({ db, close } = connection);
      const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
      url = inject('postgresUrl').replace(/postgres$/, rows[0]?.name ?? '');
    }
    await someBranches(db);
    apart = readThread(url);
  });
  afterAll(async () => {
    await apart?.close();
    await close?.();
  });

  test('gives what would be given here: seals, charts of a briefing, and reviews', async () => {
    const here = readerHere(db);
    const body = { view: 'compare', query: { kpi: 'attendance_rate' }, lang: 'zh' } as const;
    const seal = await here.seal(body, making);
    expect(seal.answers[0]?.cells.length).toBeGreaterThan(5);
    expect(await apart.seal(body, making)).toEqual(seal);
    const outline = {
      items: [
        { is: 'heading', text: '一' },
        { is: 'view', view: 'yoy', query: {}, title: null, comment: null },
        { is: 'view', view: 'heatmap', query: {}, title: null, comment: null },
      ],
      lang: 'zh',
      makings: [making, { ...making, id: 'bbbbbbbbbbbb' }, { ...making, id: 'cccccccccccc' }],
    } as const;
    const charts = await here.charts(outline);
    expect(charts.charts.map((c) => c.id)).toEqual(['bbbbbbbbbbbb', 'cccccccccccc']);
    expect(await apart.charts(outline)).toEqual(charts);
    for (const lang of ['zh', 'en'] as const) {
      const review = await here.review(asked, made, lang);
      expect(review.paper.notes.length).toBeGreaterThan(20);
      expect(await apart.review(asked, made, lang)).toEqual(review);
    }
  });

  test('sees what has been written since, and refuses by name as here', async () => {
    const before = await apart.review(asked, made, 'zh');
    await db.updateTable('unit').set({ name: '新港引航站党支部' }).where('code', '=', 'A').execute();
    expect((await apart.review(asked, made, 'zh')).fileName).toBe('新港引航站党支部2025年度述职材料.docx');
    await db.updateTable('unit').set({ name: '东港引航站党支部' }).where('code', '=', 'A').execute();
    expect(await apart.review(asked, made, 'zh')).toEqual(before);
    await expect(apart.review({ ...asked, unit: 'NONE' }, made, 'zh')).rejects.toMatchObject({ status: 404 });
    await expect(apart.review({ ...asked, unit: 'OLD' }, made, 'zh')).rejects.toMatchObject({ status: 422 });
    const wrong = { view: 'compare', query: { kpi: 'happiness' } } as const;
    const refusal = await readerHere(db)
      .seal(wrong, making)
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'Refusal' });
    const { status, message, errors } = refusal as { status: number; message: string; errors: unknown };
    await expect(apart.seal(wrong, making)).rejects.toMatchObject({ status, message, errors });
    expect((await apart.review(asked, made, 'zh')).paper).toEqual(before.paper);
  });

  test('can write nothing', async () => {
    const reading = connectToRead(url);
    try {
      await expect(reading.db.updateTable('unit').set({ name: 'x' }).execute()).rejects.toThrow(
        /read-?only/i,
      );
    } finally {
      await reading.db.destroy();
    }
  });

  test('leaves this thread to others, and its connection too', async () => {
    const busyWith = async (reader: Reader): Promise<{ busy: number; answered: number }> => {
      await reader.review(asked, made, 'zh');
      let answered = 0;
      let going = true;
      const asking = (async () => {
        while (going) {
          await sql`select count(*) from unit`.execute(db);
          await new Promise((resolve) => setTimeout(resolve, 5));
          answered++;
        }
      })();
      const before = performance.eventLoopUtilization();
      for (let i = 0; i < 3; i++) await reader.review(asked, made, 'zh');
      const busy = performance.eventLoopUtilization(before).active;
      going = false;
      await asking;
      return { busy, answered };
    };
    const here = await busyWith(readerHere(db));
    const there = await busyWith(apart);
    // How long this thread was at work, beside what it does for a reader of its own: however fast the machine is.
    expect(there.busy / here.busy).toBeLessThan(0.5);
    expect(there.answered).toBeGreaterThan(3);
  });

  test('refuses where too many wait, and what takes too long, and goes on', async () => {
    const narrow = readThread(url, { most: 1 });
    try {
      const all = await Promise.allSettled([1, 2, 3, 4].map(() => narrow.review(asked, made, 'zh')));
      expect(all.filter((a) => a.status === 'rejected').map((a) => a.reason)).toMatchObject([
        { status: 429 },
        { status: 429 },
      ]);
      expect((await narrow.review(asked, made, 'zh')).fileName).toContain('述职材料');
    } finally {
      await narrow.close();
    }
    const hurried = readThread(url, { seconds: 0.01 });
    try {
      await expect(hurried.review(asked, made, 'zh')).rejects.toMatchObject({
        status: 422,
        message: 'the review could not be written: it took more than 0.01 seconds',
      });
    } finally {
      await hurried.close();
    }
  });

  test('the paper is written by the thread that makes files, as here', async () => {
    const { paper } = await apart.review(asked, made, 'zh');
    const thread = renderThread();
    try {
      expect(Buffer.from(await thread.makeReview(paper)).equals(Buffer.from(await docxOf(paper)))).toBe(true);
    } finally {
      await thread.close();
    }
  });
});
