import { delimitedSheet } from './delimited.ts';
import type { Sheet } from './sheet.ts';
import { visible } from './text.ts';
import { damaged, limits, tooLarge, type Limits } from './unreadable.ts';
import { binarySheets, unpackedBinary } from './workbook.ts';
import { xlsxSheets } from './xlsx/sheets.ts';
import { entriesOf, unpack, type Entry } from './zip.ts';

/** A ledger's file, its sheets not yet read. A zip stands for the files in it. */
export type LedgerFile = {
  readonly name: string;
  /** The sheets one after the other; what they hold is read as it is asked for. @throws Unreadable */
  sheets(): Iterable<Sheet>;
};

/**
 * A file as ledgers: xlsx, xls, text with commas, tabs or semicolons in UTF-8, UTF-16 or GB18030, or a zip of those.
 * What a file is, its first bytes say before its name. Nothing is read before it is asked for.
 */
export function* ledgerFiles(
  name: string,
  bytes: Uint8Array,
  bounds: Limits = limits,
): Generator<LedgerFile> {
  const entries = zipOfLedgers(bytes, bounds);
  if (entries === null) {
    yield { name, sheets: () => sheetsOf(name, bytes, bounds) };
    return;
  }
  const folder = name.replace(/\.zip$/i, '');
  for (const entry of entries)
    yield {
      name: `${folder}/${visible(entry.name).replaceAll('\\', '/')}`,
      sheets: () => sheetsOf(entry.name, unpack(entry, bounds), bounds),
    };
}

// What a Mac or Windows puts into a zip beside its files; `./` and `../` are no hidden files.
const litter = /(^|\/)(__MACOSX\/|\.(?!\.?\/)|~\$|Thumbs\.db$|desktop\.ini$)/i;

const ledgerName = /\.(xlsx|xlsm|xlsb|xls|csv|txt|tsv)$/i;

/** The files of a zip that is no workbook; null for anything else. */
function zipOfLedgers(bytes: Uint8Array, bounds: Limits): readonly Entry[] | null {
  if (!isZip(bytes) || bytes.length > bounds.bytes) return null;
  let entries: ReadonlyMap<string, Entry>;
  try {
    entries = entriesOf(bytes, bounds);
  } catch {
    // Said when its sheets are asked for.
    return null;
  }
  if (workbookIn(entries) !== null || isOffice(entries)) return null;
  const files = [...entries.values()].filter((e) => !litter.test(e.name));
  // A zip of other things is refused as one, not file by file.
  return files.length > bounds.files || !files.some((e) => ledgerName.test(e.name)) ? null : files;
}

const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);
const isOffice = (entries: ReadonlyMap<string, Entry>): boolean =>
  entries.has('[Content_Types].xml') || entries.has('mimetype');
const workbookIn = (entries: ReadonlyMap<string, Entry>): string | null =>
  [...entries.keys()].find((name) => /^\/?xl[/\\]workbook\.(xml|bin)$/i.test(name)) ?? null;

function sheetsOf(name: string, bytes: Uint8Array, bounds: Limits): Iterable<Sheet> {
  if (bytes.length > bounds.bytes) throw tooLarge.bytes(bounds);
  if (bytes.length === 0) throw damaged('文件是空的', 'the file is empty');
  if (isZip(bytes)) {
    const entries = entriesOf(bytes, bounds);
    const workbook = workbookIn(entries);
    if (workbook === null) throw noWorkbook(entries, bounds);
    return /bin$/i.test(workbook)
      ? binarySheets(name, unpackedBinary(entries, bounds), bounds)
      : xlsxSheets(name, entries, workbook, bounds);
  }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return binarySheets(name, bytes, bounds);
  const other = foreign.find(([, magic]) => startsWith(bytes, magic));
  if (other)
    throw damaged(
      `这是 ${other[0]} 文件，不是台账；请交 xlsx、xls、csv、txt 或 zip`,
      `this is a ${other[0]} file, no ledger; give xlsx, xls, csv, txt or zip`,
    );
  // Old systems save text as .xls, and Excel opens it; an .xlsx that is no workbook was damaged or renamed.
  if (/\.xls[xmb]$/i.test(name))
    throw damaged('这不是 Excel 工作簿，或已损坏', 'this is no workbook, or is damaged');
  if (/\.zip$/i.test(name)) throw damaged('这不是 zip 压缩包，或已损坏', 'this is no zip, or is damaged');
  return [delimitedSheet(name, bytes, bounds)];
}

function noWorkbook(entries: ReadonlyMap<string, Entry>, bounds: Limits): Error {
  if (entries.size > bounds.files && !isOffice(entries)) return tooLarge.files(bounds);
  return damaged('压缩包里没有台账', 'this zip file holds no ledger');
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);

/** What is often renamed or dropped by mistake, named so that its sender knows what was sent. */
const foreign: readonly (readonly [string, readonly number[]])[] = [
  ['Windows EXE', [0x4d, 0x5a]],
  ['ELF', [0x7f, 0x45, 0x4c, 0x46]],
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  ['GIF', [0x47, 0x49, 0x46, 0x38]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['gzip', [0x1f, 0x8b]],
  ['Mach-O', [0xcf, 0xfa, 0xed, 0xfe]],
];
