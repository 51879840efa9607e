import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import { CHANGES_MAX, type ChangeRow, type ChangesReply } from '../../shared/restatement.ts';
import { dataVersion } from './centre.ts';
import { journalBegin } from './known.ts';

/** The journal of the data, the latest change first, page by page. */
export async function listChanges(
  db: Kysely<Database>,
  { limit, before }: { limit: number; before?: number | undefined },
): Promise<ChangesReply> {
  const { rows, total } = await changesBetween(db, { before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return {
    total,
    dataVersion: await dataVersion(db),
    journalFrom: (await journalBegin(db)).at,
    changes: shown,
    next: rows.length > limit ? (shown.at(-1)?.version ?? null) : null,
  };
}

/**
 * Changes after one version and before another, the latest first.
 * @returns at most `limit` of them, and how many there are
 */
export async function changesBetween(
  db: Kysely<Database>,
  {
    after = -1,
    before,
    limit = CHANGES_MAX,
  }: { after?: number; before?: number | undefined; limit?: number },
): Promise<{ rows: ChangeRow[]; total: number }> {
  const all = db.selectFrom('change').where('version', '>', after);
  const counted = await all.select((e) => e.fn.countAll<number>().as('n')).executeTakeFirst();
  const found = await all
    .selectAll()
    .$if(before !== undefined, (q) => q.where('version', '<', before ?? 0))
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
  const files = await filesOf(
    db,
    found.flatMap((c) => importOf(c) ?? []),
  );
  const rows = found.map((c): ChangeRow => {
    const importId = importOf(c);
    return { ...c, importId, files: importId === null ? [] : (files.get(importId) ?? []) };
  });
  return { rows, total: counted?.n ?? 0 };
}

/** An import and its undoing keep its number as their detail. */
const importOf = ({ what, detail }: { what: string; detail: string | null }): number | null =>
  (what === 'import' || what === 'undo') && /^\d+$/.test(detail ?? '') ? Number(detail) : null;

/** The names of the files of imports. */
export async function filesOf(
  db: Kysely<Database>,
  importIds: readonly number[],
): Promise<Map<number, string[]>> {
  const files = new Map<number, string[]>();
  const ids = [...new Set(importIds)];
  for (let i = 0; i < ids.length; i += 1000) {
    const rows = await db
      .selectFrom('import')
      .select(['id', 'files'])
      .where('id', 'in', ids.slice(i, i + 1000))
      .execute();
    for (const r of rows)
      files.set(
        r.id,
        (JSON.parse(r.files) as { name: string }[]).map((f) => f.name),
      );
  }
  return files;
}
