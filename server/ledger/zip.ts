import { unzipSync } from 'fflate';
import { inflateRawSync } from 'node:zlib';
import { damaged, tooLarge, type Limits } from './unreadable.ts';

/** One file in a zip, still packed. */
export type Entry = {
  readonly name: string;
  /** As the zip declares it: it can lie. */
  readonly size: number;
  readonly compression: number;
  readonly packed: Uint8Array;
};

const mostEntries = 10_000;

/**
 * What a zip holds, by name. The declared sizes are summed first and refused over the limit; `unpack` holds each to it.
 * @throws Unreadable cut short, damaged, or too large
 */
export function entriesOf(bytes: Uint8Array, bounds: Limits): Map<string, Entry> {
  const sizes: { compression: number; size: number }[] = [];
  let declared = 0;
  try {
    unzipSync(bytes, {
      filter: ({ compression, originalSize }) => {
        declared += originalSize;
        sizes.push({ compression, size: originalSize });
        return false;
      },
    });
  } catch {
    throw damaged('文件不完整', 'the file is cut short or damaged');
  }
  if (declared > bounds.unpacked || sizes.length > mostEntries) throw tooLarge.unpacked(bounds);
  const entries = new Map<string, Entry>();
  let i = 0;
  for (const [name, packed] of localParts(bytes)) {
    const found = sizes[i++];
    if (found && !name.endsWith('/')) entries.set(name, { name, packed, ...found });
  }
  return entries;
}

/** The entry's bytes, and no more of them than it declared. @throws Unreadable */
export function unpack({ packed, compression, size }: Entry, bounds: Limits): Uint8Array {
  if (compression === 0) return packed;
  if (compression !== 8) throw damaged('压缩方式不支持', 'the zip is packed in a way that is not supported');
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.min(size, bounds.unpacked) + 1 });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge.unpacked(bounds);
    throw damaged();
  }
}

/** Each part's packed bytes, by the central directory (local headers may leave sizes out). */
function* localParts(bytes: Uint8Array): Generator<readonly [string, Uint8Array]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw damaged('文件不完整', 'the file is cut short');
  try {
    let at = view.getUint32(end + 16, true);
    for (let n = view.getUint16(end + 10, true); n > 0; n--) {
      const size = view.getUint32(at + 20, true);
      const nameLength = view.getUint16(at + 28, true);
      const isUtf8 = (view.getUint16(at + 8, true) & 0x800) !== 0;
      const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength), isUtf8);
      const local = view.getUint32(at + 42, true);
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      yield [name, bytes.subarray(start, start + size)];
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  } catch (error) {
    if (error instanceof RangeError) throw damaged('文件不完整', 'the file is cut short or damaged');
    throw error;
  }
}

/** Windows packs Chinese names in GBK without saying so. */
function nameOf(bytes: Uint8Array, isUtf8: boolean): string {
  if (isUtf8) return new TextDecoder().decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
