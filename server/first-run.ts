import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Db } from '../db/connect.ts';
import { writeDemo } from '../db/demo/demo.ts';
import { markDemo } from './queries/centre.ts';
import { checkImport } from './queries/import-check.ts';
import { commitImport } from './queries/imports.ts';
import { importUnits } from './queries/units.ts';

/** Stands while the demo is being loaded, so that a start that was broken off is taken up again. */
const UNFINISHED = 'demo_unfinished';

/** A database without units, or one whose demo was not loaded to its end. */
export async function wantsDemo(db: Db): Promise<boolean> {
  const unfinished = await db
    .selectFrom('setting')
    .select('key')
    .where('key', '=', UNFINISHED)
    .executeTakeFirst();
  if (unfinished) return true;
  return (await db.selectFrom('unit').select('code').limit(1).executeTakeFirst()) === undefined;
}

/**
 * Writes the demo centre's ledgers to `folder`, for people to open, and imports them as anybody's
 * ledgers are imported: one import a folder. What is already there is not taken twice.
 */
export async function loadDemo(
  db: Db,
  { folder, now, say }: { folder: string; now: () => Date; say: (line: string) => void },
): Promise<void> {
  await db
    .insertInto('setting')
    .values({ key: UNFINISHED, value: '1' })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
  await markDemo(db);
  const [units, ...names] = writeDemo(folder);
  say(`演示台账 · demonstration ledgers: ${join(folder, '/')} (${names.length})`);
  const read = (name: string): { name: string; bytes: Buffer } => ({
    name,
    bytes: readFileSync(join(folder, name)),
  });
  if (units) await importUnits(db, read(units).bytes, units);
  for (const group of new Set(names.map(dirname))) {
    const files = names.filter((name) => dirname(name) === group).map(read);
    const { id } = await checkImport(db, { files }, { now, actor: 'demo' });
    const { records } = await commitImport(db, id);
    say(`  ${group === '.' ? '' : `${group}: `}${files.length} 个文件 files, ${records} 条记录 records`);
  }
  await db.deleteFrom('setting').where('key', '=', UNFINISHED).execute();
}
