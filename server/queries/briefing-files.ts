import { createHash } from 'node:crypto';
import type { Db } from '../../db/connect.ts';
import type { BriefingFormat } from '../../shared/briefing.ts';
import { typeOf } from '../../shared/snapshot-formats.ts';
import { chartsOf } from '../briefing/sealed.ts';
import type { FileReply } from '../http-file.ts';
import type { Renderer } from '../snapshot/render-thread.ts';
import { briefingSeal } from './briefings.ts';
import { fileTitle } from './snapshot-files.ts';
import type { SnapshotAsker } from './snapshots.ts';

type Asking = { readonly who: SnapshotAsker; readonly renderer: Renderer; readonly now: () => Date };

/**
 * A sealed briefing as a file. It is made once, of the seals alone, and kept: whoever asks again gets the same bytes.
 * @throws Refusal 404, 409 for a draft, 422 where the file would be too large
 */
export async function briefingFile(
  db: Db,
  { id, format }: { readonly id: string; readonly format: BriefingFormat | 'json' },
  { who, renderer, now }: Asking,
): Promise<FileReply> {
  const { text, seal } = await briefingSeal(db, id, who);
  const fileName = `${fileTitle(seal.title)}-${id}.${format}`;
  const type = typeOf(format);
  if (format === 'json') return { type, bytes: new TextEncoder().encode(text), fileName };
  const kept = await keptFile(db, id, format);
  if (kept) return { ...kept, fileName };
  const charts: string[] = [];
  for (const chart of chartsOf(seal)) {
    const row = await db
      .selectFrom('snapshot')
      .select('sealed')
      .where('id', '=', chart.id)
      .executeTakeFirstOrThrow();
    charts.push(row.sealed);
  }
  const bytes = await renderer.makeBriefing({ text, charts, format });
  // Of two that were made at once the first is the file.
  await db
    .insertInto('briefing_file')
    .values({
      briefing_id: id,
      format,
      type,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: Buffer.from(bytes),
      made_at: now().toISOString(),
    })
    .onConflict((c) => c.columns(['briefing_id', 'format']).doNothing())
    .execute();
  return { ...((await keptFile(db, id, format)) ?? { type, bytes }), fileName };
}

const keptFile = (
  db: Db,
  id: string,
  format: BriefingFormat,
): Promise<{ type: string; bytes: Uint8Array } | undefined> =>
  db
    .selectFrom('briefing_file')
    .select(['type', 'bytes'])
    .where('briefing_id', '=', id)
    .where('format', '=', format)
    .executeTakeFirst();
