import { SaxesParser } from 'saxes';
import { damaged, Unreadable } from '../unreadable.ts';

/** What a reader does at each tag of a part. Names come without their prefix: `x:row` is `row`. */
export type Tags = {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
};

const plain = (name: string): string => {
  const at = name.indexOf(':');
  return at < 0 ? name : name.slice(at + 1);
};

// Characters, not bytes: small enough that the rows of a piece are few.
const piece = 1 << 18;

/**
 * Reads a part's XML piece by piece, and comes back after each, so that a long sheet is never held as a whole.
 * No document type is followed: an entity that XML itself does not know is a fault.
 * @throws Unreadable where the XML is not well-formed
 */
export function* walk(bytes: Uint8Array, tags: Tags): Generator<void> {
  const parser = new SaxesParser<{ position: false }>({ position: false });
  parser.on('opentag', ({ name, attributes }) =>
    tags.open(plain(name), attributes as Readonly<Record<string, string>>),
  );
  if (tags.close) parser.on('closetag', ({ name }) => tags.close?.(plain(name)));
  if (tags.text) {
    parser.on('text', (text) => tags.text?.(text));
    parser.on('cdata', (text) => tags.text?.(text));
  }
  parser.on('error', (error) => {
    throw error;
  });
  const decoder = new TextDecoder(encodingOf(bytes));
  try {
    for (let at = 0; at < bytes.length; at += piece) {
      parser.write(decoder.decode(bytes.subarray(at, at + piece), { stream: true }));
      yield;
    }
    parser.write(decoder.decode()).close();
  } catch (error) {
    if (!(error instanceof Unreadable))
      throw damaged('文件损坏，表格内容不完整', 'the file is damaged: its XML is broken');
    throw error;
  }
  yield;
}

/** A small part at once. @throws Unreadable */
export function read(bytes: Uint8Array, tags: Tags): void {
  for (const _ of walk(bytes, tags));
}

const encodingOf = (bytes: Uint8Array): string =>
  bytes[0] === 0xff && bytes[1] === 0xfe
    ? 'utf-16le'
    : bytes[0] === 0xfe && bytes[1] === 0xff
      ? 'utf-16be'
      : 'utf-8';
