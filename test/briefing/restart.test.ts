import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { connect } from '../../db/connect.ts';
import type { Shell } from '../../server/commands/command.ts';
import { run } from '../../server/program.ts';
import { createBriefing, getBriefing } from '../../server/queries/briefings.ts';
import { briefingFile } from '../../server/queries/briefing-files.ts';
import { sealBriefing } from '../../server/queries/briefing-seal.ts';
import { rendererHere } from '../../server/snapshot/render-thread.ts';
import { briefingBody, briefingFormats } from '../../shared/briefing.ts';
import { unitsCsv } from '../served.ts';
import { ledgers } from './office.ts';

const folder = mkdtempSync(join(tmpdir(), 'hangbiao-briefing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const url = `sqlite:${join(folder, 'hangbiao.db')}`;
const by = {
  now: () => new Date('2026-10-01T08:00:00Z'),
  who: { name: '党办', role: 'admin' },
  renderer: rendererHere,
  publicUrl: 'https://hangbiao.example.cn',
} as const;

async function command(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const shell: Shell = {
    env: { DATABASE_URL: url, DATA_DIR: folder },
    from: folder,
    lang: 'en',
    now: by.now,
    version: 'test',
    clientDir: folder,
    out: (text) => void (said.out += `${text}\n`),
    err: (text) => void (said.err += `${text}\n`),
  };
  return { code: await run(words, shell), ...said };
}
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('a briefing is the same after a late import and a restart, and is made again on the command line', async () => {
  writeFileSync(join(folder, 'units.csv'), unitsCsv);
  for (const [name, text] of Object.entries(ledgers)) writeFileSync(join(folder, `${name}.csv`), text);
  await command('units', 'import', 'units.csv');
  await command('import', 'spring.csv', '--unit', 'A', '--year', '2025');
  const items = [{ is: 'view', view: 'yoy', query: { kpi: 'visits', unit: 'A' } }];
  let { db } = await connect(url);
  const { id } = await createBriefing(db, briefingBody.parse({ title: '走访简报', items }), by);
  const { sha256 } = await sealBriefing(db, id, by);
  const hashes = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const format of [...briefingFormats, 'json'] as const)
      found.push(sha((await briefingFile(db, { id, format }, by)).bytes));
    return found;
  };
  const before = await hashes();
  expect(before.at(-1)).toBe(sha256);
  await db.destroy();

  expect((await command('import', 'late.csv', '--unit', 'A', '--year', '2025')).code).toBe(0);
  ({ db } = await connect(url));
  expect(await hashes()).toEqual(before);
  // Not by what is kept alone: made anew of the seals they are the same.
  await db.deleteFrom('briefing_file').execute();
  expect(await hashes()).toEqual(before);
  await db.destroy();

  const made = await command('briefing', 'make', id, '--out', 'q4.docx', '--json');
  expect([made.code, made.err]).toEqual([0, '']);
  const reply = JSON.parse(made.out) as { id: string; former: string; file: string };
  expect(reply).toMatchObject({ former: id, maker: 'cli', file: join(folder, 'q4.docx') });
  ({ db } = await connect(url));
  const { bytes } = await briefingFile(db, { id: reply.id, format: 'docx' }, by);
  expect(sha(readFileSync(reply.file))).toBe(sha(bytes));
  expect((await getBriefing(db, reply.id, by.who)).snapshots).toHaveLength(1);
  await db.destroy();
});
