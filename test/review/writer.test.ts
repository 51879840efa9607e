import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { docxOf } from '../../server/review/docx.ts';
import { paperOf } from '../../server/review/paper-of.ts';
import type { Paper } from '../../server/review/paper.ts';
import { reviewOf } from '../../server/review/report.ts';
import { writerApart } from '../../server/review/writer.ts';
import { freshDatabase } from '../engines.ts';
import { someBranches } from './branches.ts';

describe('the thread that writes reports', () => {
  let connection: Awaited<ReturnType<typeof freshDatabase>>;
  let paper: Paper;
  beforeAll(async () => {
    connection = await freshDatabase('sqlite');
    await someBranches(connection.db);
    const made = { by: 'test', at: new Date('2025-10-08T02:00:00Z'), origin: '' };
    paper = paperOf(await reviewOf(connection.db, { unit: 'A', year: 2025, asOf: '2025-09-30' }, made), 'zh');
  });
  afterAll(() => connection?.close());

  test('writes what is written here, one after another, while this thread goes on', async () => {
    const write = writerApart();
    let longest = 0;
    let last = performance.now();
    const clock = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const written = await Promise.all([write(paper), write(paper)]);
    clearInterval(clock);
    const expected = Buffer.from(await docxOf(paper));
    for (const bytes of written) expect(Buffer.from(bytes).equals(expected)).toBe(true);
    // The writing of one takes longer here; a busy machine is given some room.
    expect(longest).toBeLessThan(250);
  });

  test('refuses where too many wait, and goes on when they are done', async () => {
    const write = writerApart({ most: 1 });
    const first = write(paper);
    expect(() => write(paper)).toThrow(expect.objectContaining({ status: 429 }));
    await first;
    expect((await write(paper)).byteLength).toBeGreaterThan(1000);
  });

  test('ends what takes too long, by name, and goes on', async () => {
    const write = writerApart({ seconds: 0.01 });
    await expect(write(paper)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('seconds'),
    });
    await expect(write(paper)).rejects.toMatchObject({ status: 422 });
  });

  test('a report that cannot be written fails by itself alone', async () => {
    const write = writerApart();
    const broken = { ...paper, blocks: null } as unknown as Paper;
    const results = await Promise.allSettled([write(broken), write(paper)]);
    expect(results.map((r) => r.status)).toEqual(['rejected', 'fulfilled']);
  });
});
