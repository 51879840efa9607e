import { createHash } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Db } from '../../db/connect.ts';
import type { SnapshotFileTable } from '../../db/types.ts';
import { typeOf, usual, waysOf, type Variant } from '../../shared/snapshot-formats.ts';
import type { FileReply } from '../http-file.ts';
import type { Renderer } from '../snapshot/render-thread.ts';
import { keyOf } from '../snapshot/variant.ts';
import { getSnapshot, sealedText, type SnapshotAsker } from './snapshots.ts';

/** A file as it is kept. */
export const fileRow = (
  id: string,
  variant: Variant,
  { bytes, now }: { readonly bytes: Uint8Array; readonly now: Date },
): Insertable<SnapshotFileTable> => ({
  snapshot_id: id,
  variant: keyOf(variant),
  type: typeOf(variant.format),
  sha256: createHash('sha256').update(bytes).digest('hex'),
  bytes: Buffer.from(bytes),
  made_at: now.toISOString(),
});

type Asking = { readonly who: SnapshotAsker; readonly renderer: Renderer; readonly now: () => Date };

/**
 * A snapshot as a file. It is made once, of the seal alone, and kept: whoever asks again gets the same bytes, also
 * from a later version of this program.
 * @throws Refusal 404 where there is no such snapshot for the asker, 422 where the file would be too large
 */
export async function snapshotFile(
  db: Db,
  id: string,
  variant: Variant,
  { who, renderer, now }: Asking,
): Promise<FileReply> {
  const { title } = await getSnapshot(db, id, who);
  const fileName = `${fileTitle(title)}-${id}${suffixOf(variant)}.${variant.format}`;
  const type = typeOf(variant.format);
  const kept = await keptFile(db, id, variant);
  if (kept) return { ...kept, fileName };
  const text = await sealedText(db, id, who);
  // The seal is its own file: a second copy could differ from it.
  if (variant.format === 'json') return { type, bytes: new TextEncoder().encode(text), fileName };
  const bytes = await renderer.make(text, variant);
  // Of two that were made at once the first is the file.
  await db
    .insertInto('snapshot_file')
    .values(fileRow(id, variant, { bytes, now: now() }))
    .onConflict((c) => c.columns(['snapshot_id', 'variant']).doNothing())
    .execute();
  return { ...((await keptFile(db, id, variant)) ?? { type, bytes }), fileName };
}

const keptFile = (
  db: Db,
  id: string,
  variant: Variant,
): Promise<{ type: string; bytes: Uint8Array } | undefined> =>
  db
    .selectFrom('snapshot_file')
    .select(['type', 'bytes'])
    .where('snapshot_id', '=', id)
    .where('variant', '=', keyOf(variant))
    .executeTakeFirst();

/** `-dark-4x`: the choices that are not the usual ones. */
const suffixOf = (variant: Variant): string =>
  waysOf(variant.format)
    .filter((way) => variant[way] !== usual[way])
    .map((way) => (way === 'scale' ? `-${variant.scale}x` : `-${variant[way]}`))
    .join('');

/** A title as a file's name: no separator, no control character, not endless. */
export const fileTitle = (title: string): string =>
  [...title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '')].slice(0, 60).join('') || 'snapshot';
