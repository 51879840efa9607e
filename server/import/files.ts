import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/types.ts';
import type { Limits } from '../ledger/unreadable.ts';

// Bytes: a statement's own copy of a piece is as large again.
const PIECE = 1024 * 1024;

/** A file as it was sent: in memory, or where the upload has put it. */
export type SentFile = { readonly name: string } & (
  { readonly bytes: Uint8Array } | { readonly path: string }
);

export type FileNote = { readonly name: string; readonly sha256: string; readonly bytes: number };

/** A file that was just sent, as far as it is kept: as long as it is there, it need not be put together again. */
export const sentBytes = (file: SentFile, { bytes: most }: Pick<Limits, 'bytes'>): Uint8Array =>
  ('bytes' in file ? file.bytes : readFileSync(file.path)).subarray(0, most + 1);

/** The file from its beginning, so that a long one is not held as a whole. A driver binds Buffers; these are views. */
async function* piecesOf(file: SentFile): AsyncGenerator<Buffer> {
  if ('path' in file) {
    yield* createReadStream(file.path, { highWaterMark: PIECE }) as AsyncIterable<Buffer>;
    return;
  }
  const { buffer, byteOffset, length } = file.bytes;
  const whole = Buffer.from(buffer, byteOffset, length);
  for (let at = 0; at < length; at += PIECE) yield whole.subarray(at, at + PIECE);
}

/**
 * Keeps an import's files until it is committed or dropped. Of one over the limit only so much is kept that its reader
 * sees it is too large.
 * @returns what is known of each
 */
export async function keepFiles(
  db: Kysely<Database>,
  importId: number,
  files: readonly SentFile[],
  { bytes: most }: Pick<Limits, 'bytes'>,
): Promise<FileNote[]> {
  const notes: FileNote[] = [];
  for (const [i, file] of files.entries()) {
    const hash = createHash('sha256');
    let length = 0;
    let piece = 0;
    const keep = async (bytes: Buffer): Promise<void> =>
      void (await db
        .insertInto('import_file')
        .values({ import_id: importId, file_no: i + 1, piece: piece++, bytes })
        .execute());
    for await (const bytes of piecesOf(file)) {
      hash.update(bytes);
      if (length <= most) await keep(bytes.subarray(0, most + 1 - length));
      length += bytes.length;
    }
    // An empty file is kept as well.
    if (piece === 0) await keep(Buffer.alloc(0));
    notes.push({ name: file.name, sha256: hash.digest('hex'), bytes: length });
  }
  return notes;
}

/** A kept file, whole again. */
export async function keptFile(db: Kysely<Database>, importId: number, fileNo: number): Promise<Uint8Array> {
  const count = await db
    .selectFrom('import_file')
    .select((e) => e.fn.countAll<number>().as('pieces'))
    .where('import_id', '=', importId)
    .where('file_no', '=', fileNo)
    .executeTakeFirstOrThrow();
  const pieces: Uint8Array[] = [];
  for (let piece = 0; piece < Number(count.pieces); piece++) {
    const { bytes } = await db
      .selectFrom('import_file')
      .select('bytes')
      .where('import_id', '=', importId)
      .where('file_no', '=', fileNo)
      .where('piece', '=', piece)
      .executeTakeFirstOrThrow();
    pieces.push(bytes);
  }
  return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces);
}

export const dropFiles = async (db: Kysely<Database>, importId: number): Promise<void> =>
  void (await db.deleteFrom('import_file').where('import_id', '=', importId).execute());
