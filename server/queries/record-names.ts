import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { RecordPage } from '../../shared/record-edit.ts';
import type { Report } from '../import/report.ts';
import { columnName } from '../ledger/sheet.ts';
import type { Place } from './record-store.ts';

/** The names that are kept with a record, under the headings of its row; null where none are. */
export async function namesOf(db: Kysely<Database>, { unit, id }: Place): Promise<RecordPage['names']> {
  const kept = await db
    .selectFrom('record_names')
    .select('names')
    .where('unit', '=', unit)
    .where('record_id', '=', id)
    .executeTakeFirst();
  if (!kept) return null;
  const headings = await headingsOf(db, id);
  return Object.entries(JSON.parse(kept.names) as Record<string, string>).map(([at, text]) => ({
    heading: headings.get(Number(at)) ?? columnName(Number(at)),
    text,
  }));
}

/** The headings over a record's row. The number tells the import that brought it, even after a move to another. */
async function headingsOf(db: Kysely<Database>, id: string): Promise<ReadonlyMap<number, string>> {
  const [importId = 0, fileNo, sheetNo, row = 0] = id.split('-').map(Number);
  const from = await db.selectFrom('import').select('report').where('id', '=', importId).executeTakeFirst();
  const sheets = from ? (JSON.parse(from.report) as Report).sheets : [];
  const table = sheets.findLast(
    (s) => s.key.startsWith(`${fileNo}-${sheetNo}-`) && (s.header?.to ?? 0) < row,
  );
  return new Map((table?.columns ?? []).map((c) => [c.at, c.heading]));
}
