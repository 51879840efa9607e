import { isUtf8 } from 'node:buffer';
import { damaged } from './unreadable.ts';

const piece = 1 << 20;

/**
 * The text of a file, piece by piece: UTF-16 by its mark, UTF-8 if it is valid as such, GB18030 otherwise, and line by
 * line where a file mixes them.
 * @throws Unreadable where it is no text, also while pieces are read
 */
export function decoded(bytes: Uint8Array): Iterable<string> {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return pieces(bytes, new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'));
  refuseBinary(bytes);
  if (isUtf8(bytes)) return pieces(bytes, new TextDecoder('utf-8'));
  if (!mixes(bytes) && isGb18030(bytes)) return pieces(bytes, new TextDecoder('gb18030'));
  return mixedLines(bytes);
}

function* pieces(bytes: Uint8Array, decoder: InstanceType<typeof TextDecoder>): Generator<string> {
  for (let at = 0; at < bytes.length; at += piece)
    yield decoder.decode(bytes.subarray(at, at + piece), { stream: true });
  yield decoder.decode();
}

function isGb18030(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  try {
    for (const _ of pieces(bytes, decoder));
    return true;
  } catch {
    return false;
  }
}

function* mixedLines(bytes: Uint8Array): Generator<string> {
  for (const line of linesOf(bytes)) {
    const text = strict('utf-8', line) ?? strict('gb18030', line);
    if (text === null)
      throw damaged(
        '文字编码无法识别，请另存为 UTF-8',
        'the encoding of the text is not known; save it as UTF-8',
      );
    yield `${text}\n`;
  }
}

function strict(encoding: 'utf-8' | 'gb18030', bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

// No byte of a GB18030 or UTF-8 character is a line feed.
function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0;
  for (let i = bytes.indexOf(10); i >= 0; i = bytes.indexOf(10, start)) {
    yield bytes.subarray(start, i);
    start = i + 1;
  }
  if (start < bytes.length) yield bytes.subarray(start);
}

/** A line of GB18030 is hardly ever valid UTF-8 with two Han characters in it; such a line is UTF-8. */
function mixes(bytes: Uint8Array): boolean {
  for (const line of linesOf(bytes))
    if (isUtf8(line) && /\p{Script=Han}.*\p{Script=Han}/u.test(strict('utf-8', line) ?? '')) return true;
  return false;
}

function refuseBinary(bytes: Uint8Array): void {
  let controls = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++;
  }
  if (controls > Math.max(8, bytes.length / 100))
    throw damaged('这不是文本或表格文件', 'this is neither text nor a spreadsheet');
}
