import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../db/connect.ts';
import type { Db } from '../db/connect.ts';
import { createSnapshot } from '../server/queries/snapshot-create.ts';
import { snapshotFile } from '../server/queries/snapshot-files.ts';
import { listSnapshotAs, sealedText, withdrawSnapshot } from '../server/queries/snapshots.ts';
import { rendererHere, type Renderer } from '../server/snapshot/render-thread.ts';
import { readSealed } from '../server/snapshot/sealed.ts';
import { variantOf, type Chosen } from '../server/snapshot/variant.ts';
import { engines, freshDatabase } from './engines.ts';
import { office } from './office.ts';

const who = { name: '党办', role: 'admin' } as const;
const now = (): Date => new Date('2025-04-30T02:30:00Z');
const by = { now, who, renderer: rendererHere, publicUrl: 'https://hangbiao.example.cn' };

/** As a later version of the program might draw: never asked for what is kept. */
const otherProgram: Renderer = {
  make: () => Promise.resolve(new TextEncoder().encode('drawn otherwise')),
  makeBriefing: () => Promise.resolve(new TextEncoder().encode('drawn otherwise')),
  makeReview: () => Promise.resolve(new TextEncoder().encode('drawn otherwise')),
  close: () => Promise.resolve(),
};
const files: readonly [string, Chosen][] = [
  ['svg', {}],
  ['svg', { theme: 'print' }],
  ['png', {}],
  ['png', { theme: 'dark', scale: 1 }],
  ['pdf', {}],
  ['pdf', { paper: 'wide', theme: 'print' }],
  ['csv', {}],
  ['json', {}],
];
const hashes = async (db: Db, id: string, renderer: Renderer): Promise<string[]> => {
  const all: string[] = [];
  for (const [format, chosen] of files) {
    const { bytes } = await snapshotFile(db, id, variantOf(format, chosen), { who, renderer, now });
    all.push(createHash('sha256').update(bytes).digest('hex'));
  }
  return all;
};

async function history(db: Db): Promise<{ id: string; sha256: string; goOn: () => Promise<void> }> {
  const o = office(db);
  o.at('2025-04-10T02:00:00Z');
  await o.units([
    'C,引航中心,,centre,,,',
    'A,东港站,C,branch,2010-01-01,,',
    'B,西港站,C,branch,2010-01-01,,',
  ]);
  await o.hand('A', 'activity', ['2025-01', '2025-03'], ['2025-01-10,主题党日,一,20,18']);
  await o.norm({ kpi: 'attendance_rate', value: 0.8, from: '2024-06-01' });
  const made = await createSnapshot(
    db,
    { view: 'compare', query: { kpi: 'attendance_rate' }, note: '会上用' },
    by,
  );
  const goOn = async (): Promise<void> => {
    o.at('2025-05-10T02:00:00Z');
    await o.hand('B', 'activity', ['2025-01', '2025-03'], ['2025-01-12,主题党日,一,10,2']);
    await o.norm({ kpi: 'attendance_rate', value: 0.95 });
    await listSnapshotAs(db, { id: made.id, listing: { title: '改了名', note: '备注' } }, { who, now });
    await withdrawSnapshot(db, { id: made.id, reason: '数据有误' }, { who, now });
  };
  return { id: made.id, sha256: made.sha256, goOn };
}

describe.each(engines)('files of a snapshot on %s', (engine) => {
  let db: Db;
  let close = async (): Promise<void> => {};
  beforeAll(async () => void ({ db, close } = await freshDatabase(engine)));
  afterAll(() => close());

  test('stay byte for byte after a late import, other rules, another program, and a withdrawal', async () => {
    const { id, sha256, goOn } = await history(db);
    const first = await hashes(db, id, rendererHere);
    expect(new Set(first).size).toBe(files.length);
    expect(first.at(-1)).toBe(sha256);
    await goOn();
    expect(await hashes(db, id, rendererHere)).toEqual(first);
    expect(await hashes(db, id, otherProgram)).toEqual(first);
    // Nothing but the kept bytes stands between these and the seal: made anew of it they are the same.
    await db.deleteFrom('snapshot_file').execute();
    expect(await hashes(db, id, rendererHere)).toEqual(first);
    const kept = await db.selectFrom('snapshot_file').select(['sha256', 'type']).execute();
    expect(kept.map((k) => k.sha256).sort()).toEqual(first.slice(0, -1).sort());
  });
});

test('files are the same after a restart, on the disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hangbiao-kept-'));
  const url = `sqlite:${join(folder, 'h.db')}`;
  try {
    const before = await connect(url);
    const { id } = await history(before.db);
    const first = await hashes(before.db, id, rendererHere);
    await before.db.destroy();
    const after = await connect(url);
    expect(await hashes(after.db, id, otherProgram)).toEqual(first);
    await after.db.destroy();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a seal holds in words what it rests on: coverage, norm since when and by whom, and the short address', async () => {
  const { db, close } = await freshDatabase('sqlite');
  const { id, goOn } = await history(db);
  await goOn();
  const sealed = readSealed(await sealedText(db, id, who));
  expect(sealed.format).toBe('hangbiao-snapshot/2');
  const facts = Object.fromEntries((sealed.facts ?? []).map((f) => [f.key, f.text]));
  expect(facts).toMatchObject({
    scope: '引航中心',
    figure: '到会率',
    measure: '%（分子之和 ÷ 分母之和）',
    asOf: '2025年3月31日',
    years: '2024–2025',
    norm: '≥ 80%，2024年6月1日起（中心决定）',
    note: '会上用',
    snapshot: id,
    link: `https://hangbiao.example.cn/s/${id}`,
    maker: '党办',
  });
  expect(facts.coverage).toMatch(
    /^已报 3\/12 个单位月；缺：东港站 2024年1–3月三会一课台账、西港站 2024年1–3月，2025年1–3月三会一课台账$/,
  );
  await close();
});
