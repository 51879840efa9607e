import { afterEach, expect, test } from 'vitest';
import { rendererHere, renderThread, type Renderer } from '../server/snapshot/render-thread.ts';
import { canonicalJson } from '../server/snapshot/sealed.ts';
import { variantOf } from '../server/snapshot/variant.ts';
import { views } from '../shared/charts/views.ts';
import { madeInput, madeTree, spread01 } from './charts/made.ts';
import { sealOf } from './sealed.ts';
import { usualCases } from './snapshot-centres.ts';

const small = canonicalJson(usualCases.find((c) => c.name === 'trend')!.seal('zh'));
/** Very many units by month: more than a thread of little memory can draw. */
const large = (): string =>
  canonicalJson(
    sealOf(
      'heatmap',
      madeInput(
        views.heatmap,
        { kpi: 'norm_compliance' },
        ({ unit, period }) => ({ numerator: Math.round(9 * spread01(unit, period)), denominator: 10 }),
        madeTree(1500),
      ),
    ),
  );

let thread: Renderer | null = null;
afterEach(async () => {
  await thread?.close();
  thread = null;
});

test('the thread makes what would be made here, one after another', async () => {
  thread = renderThread();
  const variants = [
    variantOf('svg'),
    variantOf('png', { theme: 'print', scale: 1 }),
    variantOf('pdf', { paper: 'wide' }),
    variantOf('csv'),
  ];
  const made = await Promise.all(variants.map((v) => thread!.make(small, v)));
  for (const [i, variant] of variants.entries())
    expect(Buffer.from(made[i]!).equals(Buffer.from(await rendererHere.make(small, variant)))).toBe(true);
});

test('so many wait and no more; those in the queue are made', async () => {
  thread = renderThread({ most: 2 });
  const all = await Promise.allSettled(
    Array.from({ length: 5 }, () => thread!.make(small, variantOf('svg'))),
  );
  expect(all.map((a) => a.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
  expect(all.at(-1)).toMatchObject({ reason: { status: 429 } });
});

test('what takes too long is refused by name, and the next is made by a thread anew', async () => {
  thread = renderThread({ seconds: 0.05 });
  await expect(thread.make(small, variantOf('png'))).rejects.toMatchObject({
    status: 422,
    message: 'the .png could not be made: it took more than 0.05 seconds',
  });
  await thread.close();
  thread = renderThread();
  expect((await thread.make(small, variantOf('svg'))).length).toBeGreaterThan(1000);
});

test('what takes too much memory ends the thread and not the server; the next is made', async () => {
  thread = renderThread({ memory: 80 });
  await expect(thread.make(large(), variantOf('pdf'))).rejects.toMatchObject({
    status: 422,
    message: 'the .pdf could not be made: it took more memory than it may',
  });
  expect((await thread.make(small, variantOf('svg'))).length).toBeGreaterThan(1000);
});

test('a picture of too many pixels is refused with the scale that fits', async () => {
  const tall = canonicalJson(
    sealOf(
      'compare',
      madeInput(
        views.compare,
        { kpi: 'attendance_rate' },
        () => ({ numerator: 80, denominator: 100 }),
        madeTree(300),
      ),
    ),
  );
  await expect(rendererHere.make(tall, variantOf('png', { scale: 4 }))).rejects.toMatchObject({
    status: 422,
    errors: [{ path: 'scale', message: 'at most 2 for this one' }],
  });
});

test('a seal that cannot be read is a fault of ours, and costs one thread', async () => {
  thread = renderThread();
  await expect(thread.make('{"format":"hangbiao-snapshot/2"}', variantOf('svg'))).rejects.toThrow();
  expect((await thread.make(small, variantOf('svg'))).length).toBeGreaterThan(1000);
  await thread.close();
  await expect(thread.make(small, variantOf('svg'))).rejects.toThrow('closing');
});
