import type { Insertable, Kysely } from 'kysely';
import { newId as anId } from '../ids.ts';
import type { Db } from '../../db/connect.ts';
import type { Database, SnapshotFileTable, SnapshotTable } from '../../db/types.ts';
import type { SnapshotMeta } from '../../shared/snapshots.ts';
import { readerHere, type Reader } from '../reader/reader.ts';
import type { Renderer } from '../snapshot/render-thread.ts';
import { canonicalJson, sha256, type Sealed } from '../snapshot/sealed.ts';
import { variantOf } from '../snapshot/variant.ts';
import { fileRow } from './snapshot-files.ts';
import type { SealMaking, SnapshotBody } from './snapshot-seal.ts';
import { getSnapshot, type SnapshotAsker } from './snapshots.ts';

export type Sealing = {
  readonly now: () => Date;
  readonly who: SnapshotAsker;
  readonly renderer: Renderer;
  /** Where questions are asked; absent: here. */
  readonly reader?: Reader | undefined;
  /** The address by which the pages are reached: the start of the snapshot's short one. */
  readonly publicUrl: string;
  /** Names the snapshot: at least 12 characters that an address can hold. */
  readonly newId?: () => string;
};

/** What the seal of one more snapshot says of its making. */
export const makingOf = ({ now, who, publicUrl, newId = () => anId(12) }: Sealing): SealMaking => ({
  id: newId(),
  at: now().toISOString(),
  maker: who.name,
  publicUrl,
});

/**
 * Seals a chart: what was asked, the answers, the words, and who made it when from which data. Its picture is
 * made at once, by the program that showed it.
 * @throws Refusal 400 where the query does not parse, 422 where it names what does not exist
 */
export async function createSnapshot(db: Db, body: SnapshotBody, by: Sealing): Promise<SnapshotMeta> {
  const { reader = readerHere(db) } = by;
  const sealed = await reader.seal(body, makingOf(by));
  const rows = await rowsOf(sealed, by);
  await db.transaction().execute((trx) => keepSnapshot(trx, rows));
  return getSnapshot(db, sealed.id, by.who);
}

export type SnapshotRows = {
  readonly snapshot: Insertable<SnapshotTable>;
  readonly picture: Insertable<SnapshotFileTable>;
};

/** A seal as it is stored, with its picture: made before it is written, since nobody else can write meanwhile. */
export async function rowsOf(sealed: Sealed, { renderer, now }: Sealing): Promise<SnapshotRows> {
  const text = canonicalJson(sealed);
  const variant = variantOf('svg');
  const bytes = await renderer.make(text, variant);
  return {
    snapshot: {
      id: sealed.id,
      created_at: sealed.createdAt,
      maker: sealed.maker,
      view: sealed.view,
      title: sealed.title,
      note: sealed.note,
      data_version: sealed.dataVersion,
      sha256: sha256(text),
      sealed: text,
      units: JSON.stringify([sealed.state.unit, ...(sealed.state.beside ?? [])]),
      kpi: sealed.kpi.id,
      lang: sealed.lang,
      link: sealed.link,
    },
    picture: fileRow(sealed.id, variant, { bytes, now: now() }),
  };
}

export async function keepSnapshot(
  trx: Kysely<Database>,
  { snapshot, picture }: SnapshotRows,
): Promise<void> {
  await trx.insertInto('snapshot').values(snapshot).execute();
  await trx.insertInto('snapshot_file').values(picture).execute();
}
