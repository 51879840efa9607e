import type { Selectable } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { SnapshotTable } from '../../db/types.ts';
import { kpiById } from '../../shared/kpis.ts';
import type { SnapshotMeta } from '../../shared/snapshots.ts';
import { UnitTree } from '../../shared/unit.ts';
import type { ViewId } from '../../shared/views.ts';
import type { Role } from '../auth/roles.ts';
import { Refusal } from '../errors.ts';
import { folded, scoreOf } from '../find/matching.ts';
import { listUnits } from './units.ts';

/** Who asks for snapshots. A branch has a unit of its own. */
export type SnapshotAsker = {
  readonly name: string;
  readonly role: Role;
  readonly unit?: string | null;
};

type Row = Omit<Selectable<SnapshotTable>, 'sealed'> & {
  readonly lang: string;
  readonly link: string | null;
};

/** Its own making, and the office may put any right. */
const mayChange = (row: Pick<Row, 'maker'>, who: SnapshotAsker): boolean =>
  who.role === 'admin' || (who.role !== 'auditor' && row.maker === who.name);

/** All see all but a branch: it sees what it made, and what is of its own units alone. */
function maySee(row: Pick<Row, 'maker' | 'units'>, who: SnapshotAsker, tree: UnitTree): boolean {
  if (who.role !== 'branch') return true;
  if (row.maker === who.name) return true;
  if (who.unit == null) return false;
  const own = new Set(tree.subtree(who.unit).map((u) => u.code));
  return unitsOf(row).every((unit) => own.has(unit));
}

const unitsOf = (row: Pick<Row, 'units'>): string[] => JSON.parse(row.units) as string[];

const columns = [
  'id',
  'created_at',
  'maker',
  'view',
  'title',
  'note',
  'data_version',
  'sha256',
  'units',
  'kpi',
  'lang',
  'link',
  'listed_title',
  'remarks',
  'listed_at',
  'listed_by',
  'withdrawn_at',
  'withdrawn_by',
  'withdrawn_why',
] as const;

const metaOf = (row: Row, who: SnapshotAsker): SnapshotMeta => ({
  id: row.id,
  url: `/api/snapshots/${row.id}.svg`,
  sha256: row.sha256,
  dataVersion: row.data_version,
  createdAt: row.created_at,
  view: row.view as ViewId,
  title: row.title,
  note: row.note,
  maker: row.maker,
  lang: row.lang === 'en' ? 'en' : 'zh',
  unit: unitsOf(row)[0] ?? '',
  kpi: row.kpi,
  link: row.link,
  listing:
    row.listed_at === null
      ? null
      : { title: row.listed_title, note: row.remarks, by: row.listed_by ?? '', at: row.listed_at },
  withdrawn:
    row.withdrawn_at === null
      ? null
      : { by: row.withdrawn_by ?? '', at: row.withdrawn_at, reason: row.withdrawn_why ?? '' },
  mine: mayChange(row, who),
});

/**
 * The snapshots that the asker may see, the newest first, withdrawn ones among them.
 * @param q looked for in titles, notes and makers, and in the names of figures and units; pinyin too
 */
export async function listSnapshots(db: Db, who: SnapshotAsker, q = ''): Promise<SnapshotMeta[]> {
  const rows = await db
    .selectFrom('snapshot')
    .select(columns)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  const tree = new UnitTree(await listUnits(db));
  const typed = folded(q);
  return rows
    .filter((row) => maySee(row, who, tree) && (typed === '' || answersTo(row, typed, tree)))
    .map((row) => metaOf(row, who));
}

function answersTo(row: Row, typed: string, tree: UnitTree): boolean {
  const kpi = kpiById.get(row.kpi);
  const units = unitsOf(row).map((code) => tree.byCode.get(code)?.name ?? code);
  const names = [row.title, row.listed_title, row.maker, kpi?.name.zh, kpi?.name.en, ...units];
  return (
    row.id === typed ||
    names.some((name) => name != null && scoreOf(name, typed) > 0) ||
    [row.note, row.remarks].some((note) => note !== null && folded(note).includes(typed))
  );
}

/** What is not to be seen is not told from what is not there: an id that was guessed tells nothing. */
const unknown = (id: string): Refusal =>
  new Refusal(404, `There is no snapshot "${id}"`, [{ path: 'id', message: 'is not a snapshot' }]);

async function rowOf(db: Db, id: string, who: SnapshotAsker): Promise<Row> {
  const row = await db.selectFrom('snapshot').select(columns).where('id', '=', id).executeTakeFirst();
  if (row === undefined || !maySee(row, who, new UnitTree(await listUnits(db)))) throw unknown(id);
  return row;
}

/** @throws Refusal 404, also for one that the asker may not see */
export const getSnapshot = async (db: Db, id: string, who: SnapshotAsker): Promise<SnapshotMeta> =>
  metaOf(await rowOf(db, id, who), who);

/** The seal itself, byte for byte. @throws Refusal 404, also for one that the asker may not see */
export async function sealedText(db: Db, id: string, who: SnapshotAsker): Promise<string> {
  await rowOf(db, id, who);
  const row = await db.selectFrom('snapshot').select('sealed').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw unknown(id);
  return row.sealed;
}

async function owned(db: Db, id: string, who: SnapshotAsker): Promise<Row> {
  const row = await rowOf(db, id, who);
  if (!mayChange(row, who)) throw new Refusal(403, 'only who made the snapshot, or the office, may do this');
  return row;
}

type Doing = { readonly who: SnapshotAsker; readonly now: () => Date };
const written = (text: string | null | undefined): string | null => text || null;

/**
 * What a snapshot is called in the list, and remarks on it. The seal keeps its own words.
 * @param listing what is absent stays; null or empty takes it away
 * @throws Refusal 404, 403
 */
export async function listSnapshotAs(
  db: Db,
  {
    id,
    listing,
  }: { id: string; listing: { title?: string | null | undefined; note?: string | null | undefined } },
  { who, now }: Doing,
): Promise<SnapshotMeta> {
  await owned(db, id, who);
  await db
    .updateTable('snapshot')
    .set({
      ...(listing.title === undefined ? {} : { listed_title: written(listing.title) }),
      ...(listing.note === undefined ? {} : { remarks: written(listing.note) }),
      listed_at: now().toISOString(),
      listed_by: who.name,
    })
    .where('id', '=', id)
    .execute();
  return getSnapshot(db, id, who);
}

/**
 * Withdraws a snapshot: it stays, with its files as they were, and says that it holds no more and why.
 * @throws Refusal 404, 403, 409 where it has been withdrawn before
 */
export async function withdrawSnapshot(
  db: Db,
  { id, reason }: { id: string; reason: string },
  { who, now }: Doing,
): Promise<SnapshotMeta> {
  await owned(db, id, who);
  const { numUpdatedRows } = await db
    .updateTable('snapshot')
    .set({ withdrawn_at: now().toISOString(), withdrawn_by: who.name, withdrawn_why: reason })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Refusal(409, 'the snapshot has been withdrawn before');
  return getSnapshot(db, id, who);
}
