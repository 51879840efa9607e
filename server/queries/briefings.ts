import type { Insertable, Kysely, Selectable } from 'kysely';
import { newId } from '../ids.ts';
import type { Db } from '../../db/connect.ts';
import type { BriefingTable, Database } from '../../db/types.ts';
import type { BriefingBody, BriefingItem, BriefingMeta, BriefingReply } from '../../shared/briefing.ts';
import { chartsOf, outlineOf, readBriefing, type BriefingSeal } from '../briefing/sealed.ts';
import { Refusal } from '../errors.ts';
import type { SnapshotAsker } from './snapshots.ts';

/** Drafts and sealed briefings: kept, listed, changed while they are drafts. Sealing is in briefing-seal.ts. */

export type BriefingRow = Selectable<BriefingTable>;
export type BriefingDoing = { readonly who: SnapshotAsker; readonly now: () => Date };
type Doing = BriefingDoing;

const isOwn = (row: Pick<BriefingRow, 'maker'>, who: SnapshotAsker): boolean =>
  who.role === 'admin' || (who.role !== 'auditor' && row.maker === who.name);

/** A draft is its maker's and the office's; sealed ones are for all who read all. */
const maySee = (row: Pick<BriefingRow, 'maker' | 'sealed_at'>, who: SnapshotAsker): boolean =>
  isOwn(row, who) || (row.sealed_at !== null && who.role !== 'branch');

const itemsOf = (row: Pick<BriefingRow, 'outline'>): BriefingItem[] =>
  JSON.parse(row.outline) as BriefingItem[];

const metaOf = (row: Omit<BriefingRow, 'sealed'>, who: SnapshotAsker): BriefingMeta => ({
  id: row.id,
  title: row.title,
  occasion: row.occasion,
  lang: row.lang === 'en' ? 'en' : 'zh',
  maker: row.maker,
  createdAt: row.created_at,
  changedAt: row.changed_at,
  sealedAt: row.sealed_at,
  sha256: row.sha256,
  dataVersion: row.data_version,
  items: itemsOf(row).length,
  former: row.former,
  schedule: row.schedule,
  mine: row.sealed_at === null && isOwn(row, who),
});

const listed = [
  'id',
  'title',
  'occasion',
  'lang',
  'maker',
  'created_at',
  'changed_at',
  'outline',
  'sealed_at',
  'sha256',
  'data_version',
  'former',
  'schedule',
] as const;

/** The briefings that the asker may see, those that were changed last first. */
export async function listBriefings(db: Db, who: SnapshotAsker): Promise<BriefingMeta[]> {
  const rows = await db
    .selectFrom('briefing')
    .select(listed)
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.filter((row) => maySee(row, who)).map((row) => metaOf(row, who));
}

/** @throws Refusal 404, also for one that the asker may not see */
export async function briefingRow(
  db: Kysely<Database>,
  id: string,
  who: SnapshotAsker,
): Promise<BriefingRow> {
  const row = await db.selectFrom('briefing').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined || !maySee(row, who))
    throw new Refusal(404, `There is no briefing "${id}"`, [{ path: 'id', message: 'is not a briefing' }]);
  return row;
}

/** Of a sealed one its seal, and its text byte for byte. @throws Refusal 404, and 409 for a draft */
export async function briefingSeal(
  db: Kysely<Database>,
  id: string,
  who: SnapshotAsker,
): Promise<{ readonly text: string; readonly sha256: string; readonly seal: BriefingSeal }> {
  const { sealed, sha256 } = await briefingRow(db, id, who);
  if (sealed === null || sha256 === null) throw new Refusal(409, 'the briefing is a draft: seal it first');
  return { text: sealed, sha256, seal: readBriefing(sealed) };
}

/** A briefing with its outline; of a sealed one as it was sealed. @throws Refusal 404 */
export async function getBriefing(db: Db, id: string, who: SnapshotAsker): Promise<BriefingReply> {
  const row = await briefingRow(db, id, who);
  const meta = metaOf(row, who);
  if (row.sealed === null) return { ...meta, outline: itemsOf(row), snapshots: [] };
  const seal = readBriefing(row.sealed);
  const charts = chartsOf(seal);
  const titles = await db
    .selectFrom('snapshot')
    .select(['id', 'title'])
    .where('id', 'in', ['', ...charts.map((c) => c.id)])
    .execute();
  const titleOf = new Map(titles.map((t) => [t.id, t.title]));
  return {
    ...meta,
    outline: outlineOf(seal),
    snapshots: charts.map(({ id: own, sha256 }) => ({ id: own, title: titleOf.get(own) ?? own, sha256 })),
  };
}

export const newBriefingId = (): string => newId(12);

/** A draft as a row. */
export const draftRow = (
  { title, occasion, lang, items }: BriefingBody,
  { who, now }: Doing,
  of: { readonly former?: string; readonly schedule?: string } = {},
): Insertable<BriefingTable> => ({
  id: newBriefingId(),
  title,
  occasion: occasion || null,
  lang,
  maker: who.name,
  created_at: now().toISOString(),
  changed_at: now().toISOString(),
  outline: JSON.stringify(items),
  sealed_at: null,
  sealed: null,
  sha256: null,
  data_version: null,
  former: of.former ?? null,
  schedule: of.schedule ?? null,
});

/** Begins a draft. */
export async function createBriefing(db: Db, body: BriefingBody, by: Doing): Promise<BriefingReply> {
  const row = draftRow(body, by);
  await db.insertInto('briefing').values(row).execute();
  return getBriefing(db, row.id, by.who);
}

export type BriefingPatch = { readonly [K in keyof BriefingBody]?: BriefingBody[K] | undefined };

/** The row of a draft that the asker may change. @throws Refusal 404, 403, and 409 for a sealed one */
export async function draftOf(db: Kysely<Database>, id: string, who: SnapshotAsker): Promise<BriefingRow> {
  const row = await briefingRow(db, id, who);
  if (row.sealed_at !== null) throw new Refusal(409, 'the briefing is sealed: what it holds stays as it is');
  if (!isOwn(row, who)) throw new Refusal(403, 'only who made the briefing, or the office, may do this');
  return row;
}

/** Changes a draft; what is absent stays. @throws Refusal 404, 403, 409 where it is sealed */
export async function changeBriefing(
  db: Db,
  { id, patch }: { readonly id: string; readonly patch: BriefingPatch },
  { who, now }: Doing,
): Promise<BriefingReply> {
  await draftOf(db, id, who);
  const { title, occasion, lang, items } = patch;
  const { numUpdatedRows } = await db
    .updateTable('briefing')
    .set({
      ...(title === undefined ? {} : { title }),
      ...(occasion === undefined ? {} : { occasion: occasion || null }),
      ...(lang === undefined ? {} : { lang }),
      ...(items === undefined ? {} : { outline: JSON.stringify(items) }),
      changed_at: now().toISOString(),
    })
    .where('id', '=', id)
    .where('sealed_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Refusal(409, 'the briefing has been sealed meanwhile');
  return getBriefing(db, id, who);
}

/** Takes a draft away. @throws Refusal 404, 403, 409 where it is sealed */
export async function removeBriefing(db: Db, id: string, who: SnapshotAsker): Promise<{ removed: true }> {
  await draftOf(db, id, who);
  await db.deleteFrom('briefing').where('id', '=', id).where('sealed_at', 'is', null).execute();
  return { removed: true };
}
