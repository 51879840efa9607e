import type { Db } from '../../db/connect.ts';
import { demoLedgers, type DemoOptions } from '../../db/demo/demo.ts';
import type { ImportReply } from '../../shared/imports.ts';
import { checkImport } from '../../server/queries/import-check.ts';
import { commitImport } from '../../server/queries/imports.ts';
import { importUnits } from '../../server/queries/units.ts';

const now = (): Date => new Date('2026-10-08T02:00:00Z');

/** The demonstration through the importer that users use, as one import. */
export async function importDemo(db: Db, options: DemoOptions): Promise<ImportReply> {
  const [units, ...ledgers] = demoLedgers(options);
  if (!units) throw new Error('the demonstration has no units');
  await importUnits(db, units.bytes, units.name);
  const checked = await checkImport(db, { files: ledgers }, { now, actor: 'test' });
  await commitImport(db, checked.id);
  return checked;
}
