import { sql, type Kysely } from 'kysely';
import type { Database, SavedViewTable } from '../../db/types.ts';
import type { Selectable } from 'kysely';
import type { SavedView, ViewBody, ViewPatch } from '../../shared/desk.ts';
import type { Who } from '../auth/session.ts';
import { Refusal } from '../errors.ts';
import { keptSince } from './kept.ts';

/** Of one person. More than anyone names, fewer than would fill a disk. */
const MOST = 200;

type Asker = Pick<Who, 'name' | 'role'>;
type Row = Selectable<SavedViewTable>;

/** One's own; and of what is shared, the office's is every officer's. */
const mayChange = (row: Pick<Row, 'owner' | 'shared'>, who: Asker): boolean =>
  row.owner === who.name || (row.shared === 1 && who.role === 'admin');

const said = (row: Row, who: Asker): SavedView => ({
  id: row.id,
  name: row.name,
  address: row.address,
  shared: row.shared === 1,
  owner: row.owner,
  mine: mayChange(row, who),
  createdAt: row.created_at,
  removed: row.removed_at !== null,
});

/** One's own, and those shared by the office; by name. */
export async function listViews(db: Kysely<Database>, who: Asker): Promise<SavedView[]> {
  const rows = await db
    .selectFrom('saved_view')
    .selectAll()
    .where('removed_at', 'is', null)
    .where((e) => e.or([e('owner', '=', who.name), e('shared', '=', 1)]))
    .orderBy('id')
    .execute();
  // Engines sort Chinese each in its own way.
  return rows.map((row) => said(row, who)).toSorted((a, b) => a.name.localeCompare(b.name, 'zh'));
}

function refuseSharing(shared: boolean | undefined, who: Asker): void {
  if (shared === undefined || who.role === 'admin') return;
  throw new Refusal(403, 'only the office shares a view with all', [
    { path: 'shared', message: `is not for the role ${who.role}` },
  ]);
}

/** @throws Refusal 403 for sharing by others than the office, 422 for one view too many */
export async function saveView(
  db: Kysely<Database>,
  { name, address, shared = false }: ViewBody,
  { who, now }: { who: Asker; now: () => Date },
): Promise<SavedView> {
  if (shared) refuseSharing(shared, who);
  return db.transaction().execute(async (trx) => {
    await trx.deleteFrom('saved_view').where('removed_at', '<', keptSince(now())).execute();
    const { n } = await trx
      .selectFrom('saved_view')
      .select(sql<number>`cast(count(*) as integer)`.as('n'))
      .where('owner', '=', who.name)
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (n >= MOST)
      throw new Refusal(422, `there are ${MOST} views already: remove one first`, [
        { path: 'name', message: `would be one more than ${MOST}` },
      ]);
    const row = await trx
      .insertInto('saved_view')
      .values({
        owner: who.name,
        name,
        address,
        shared: shared ? 1 : 0,
        created_at: now().toISOString(),
        removed_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return said(row, who);
  });
}

/**
 * Renames, shares, removes, or brings back.
 * @throws Refusal 404 for one that is not there or not to be seen, 403 for another's
 */
export async function changeView(
  db: Kysely<Database>,
  { id, patch }: { id: number; patch: ViewPatch },
  { who, now }: { who: Asker; now: () => Date },
): Promise<SavedView> {
  return db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('saved_view').selectAll().where('id', '=', id).executeTakeFirst();
    const isSeen =
      row &&
      (row.owner === who.name || (row.shared === 1 && (row.removed_at === null || who.role === 'admin')));
    if (!isSeen)
      throw new Refusal(404, `there is no saved view ${id}`, [{ path: 'id', message: 'is not there' }]);
    if (!mayChange(row, who))
      throw new Refusal(403, 'this view is the office’s', [{ path: 'id', message: 'is another’s' }]);
    if (patch.shared === true) refuseSharing(patch.shared, who);
    const { name = row.name, address = row.address, shared = row.shared === 1, removed } = patch;
    const removedAt = removed === undefined ? row.removed_at : removed ? now().toISOString() : null;
    const changed = await trx
      .updateTable('saved_view')
      .set({ name, address, shared: shared ? 1 : 0, removed_at: removedAt })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return said(changed, who);
  });
}
