import { read, set_cptable, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { runInNewContext } from 'node:vm';
import { inflateRawSync } from 'node:zlib';
import { serialDate } from './dates.ts';
import { type Cell, type Merge, type Sheet, type SheetRow } from './sheet.ts';
import { visible } from './text.ts';
import { Unreadable, type Limits } from './unreadable.ts';

// Workbooks older than Excel 97 keep their text in the code page of the machine.
set_cptable(codepages);

/** The sheets of an xlsx or xls file; formulas give their stored results, dates stay serials. */
export function workbookSheets(file: string, bytes: Uint8Array, bounds: Limits): Sheet[] {
  const packed = bytes[0] === 0x50;
  const book = parse(packed ? unpackedWithin(bytes, bounds) : bytes);
  if (book.SheetNames.length > bounds.sheets)
    throw new Unreadable(
      'file.too_large',
      `工作表多于 ${bounds.sheets} 张`,
      `the file has more than ${bounds.sheets} sheets`,
    );
  const hidden = book.Workbook?.Sheets ?? [];
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  let room = bounds.cells;
  return book.SheetNames.map((name, i) => {
    // A sheet of the name `__proto__` lies where a plain object keeps its prototype; it is a sheet all the same.
    const sheet = Object.hasOwn(book.Sheets, name) || name === '__proto__' ? book.Sheets[name] : undefined;
    const rows = sheet ? rowsOf(sheet, date1904) : [];
    for (const { cells } of rows) room -= cells.size;
    if (room < 0) throw tooManyCells(bounds);
    return {
      file,
      name: visible(name),
      hidden: (hidden[i]?.Hidden ?? 0) !== 0,
      date1904,
      rows,
      merges: mergesOf(sheet),
    };
  });
}

// A damaged xls of 5 KB can hold the parser for minutes; a sound one of 1 MB takes it a tenth of a second.
const leastTime = 3000;
const bytesPerMs = 2000;

/** Runs to the end, or is stopped after so many milliseconds. Of `vm`, its time limit alone is used: no sandbox. */
const within = <T>(ms: number, run: () => T): T =>
  runInNewContext('run()', { run }, { timeout: Math.ceil(ms) }) as T;

function parse(bytes: Uint8Array): WorkBook {
  try {
    const book = within(leastTime + bytes.length / bytesPerMs, () =>
      read(bytes, {
        type: 'array',
        cellDates: false,
        cellFormula: false,
        cellHTML: false,
        cellText: false,
        cellNF: true,
        nodim: true,
      }),
    );
    if (book.SheetNames.length > 0) return book;
  } catch (error) {
    if (error instanceof Error && /password|encrypt/i.test(error.message))
      throw new Unreadable(
        'file.unreadable',
        '文件有密码，请去掉密码后再交',
        'the file is protected by a password',
      );
  }
  throw new Unreadable('file.unreadable', '文件损坏或不是工作簿', 'the file is damaged, or is no workbook');
}

// Parts that hold no cell: pictures, macros, links to other files.
const useless =
  /^xl\/(media|embeddings|drawings|externalLinks|printerSettings|charts|ctrlProps|activeX)\/|^xl\/vbaProject\.bin$|^customXml\//i;

/**
 * The same workbook with its parts stored plain, after each was inflated under a limit. A zip can say less than it
 * holds, so the declared sizes are summed first and then held to. Styled cells with nothing in them are dropped
 * before the parser sees them.
 */
function unpackedWithin(bytes: Uint8Array, bounds: Limits): Uint8Array {
  const parts = new Map<string, { compression: number; size: number }>();
  let declared = 0;
  try {
    unzipSync(bytes, {
      filter: ({ name, compression, originalSize }) => {
        declared += originalSize;
        parts.set(name, { compression, size: originalSize });
        return false;
      },
    });
  } catch {
    throw new Unreadable('file.unreadable', '文件不完整', 'the file is cut short or damaged');
  }
  if (declared > bounds.unpacked || parts.size > 10_000) throw tooLarge();
  if (![...parts.keys()].some((name) => /^\/?xl\/workbook\./i.test(name)))
    throw new Unreadable('file.unreadable', '压缩包里没有工作簿', 'this zip file holds no workbook');
  // The part's own bytes, still deflated: `unzipSync` inflates without a limit, `inflateRawSync` with one.
  const out: Zippable = {};
  let room = bounds.cells;
  for (const [name, packed] of localParts(bytes)) {
    const part = parts.get(name);
    if (!part || useless.test(name)) continue;
    const plain = part.compression === 0 ? packed : inflate(packed, part.size);
    const sheet = /^\/?xl\/worksheets\/[^/]*\.(xml|bin)$/i.exec(name);
    const filled = sheet?.[1]?.toLowerCase() === 'xml' ? withoutEmptyCells(plain) : plain;
    // The parser takes seconds for a million cells: what is too much is refused before it.
    if (sheet) room -= sheet[1]?.toLowerCase() === 'xml' ? cellsIn(filled) : filled.length / leastCellBytes;
    if (room < 0) throw tooManyCells(bounds);
    if (!sheet && !/sharedStrings/i.test(name) && plain.length > bounds.beside)
      throw new Unreadable('file.too_large', `${name} 过大`, `${name} is too large to be part of a ledger`);
    out[name] = [filled, { level: 0 }];
  }
  return zipSync(out);
}

const tooManyCells = ({ cells }: Limits): Unreadable =>
  new Unreadable('file.too_large', '单元格过多', `the file has more than ${cells} filled cells`);

// A number in a binary sheet: type, length, column, style, value.
const leastCellBytes = 14;

function cellsIn(xml: Uint8Array): number {
  const text = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength);
  let cells = 0;
  for (let at = text.indexOf('<c '); at >= 0; at = text.indexOf('<c ', at + 3)) cells++;
  return cells;
}

const tooLarge = (): Unreadable =>
  new Unreadable('file.too_large', '解压后超过 100 MB', 'the file unpacks to more than 100 MB');

function inflate(packed: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: size + 1 });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new Unreadable('file.unreadable', '文件损坏', 'the file is damaged');
  }
}

/** Each part's packed bytes, by the central directory (local headers may leave sizes out). */
function* localParts(bytes: Uint8Array): Generator<readonly [string, Uint8Array]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Unreadable('file.unreadable', '文件不完整', 'the file is cut short');
  let at = view.getUint32(end + 16, true);
  for (let n = view.getUint16(end + 10, true); n > 0; n--) {
    const size = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    yield [name, bytes.subarray(start, start + size)];
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

const withoutEmptyCells = (xml: Uint8Array): Uint8Array =>
  Buffer.from(
    Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength)
      .toString('utf8')
      .replace(/<c\b[^<>]*\/>/g, '')
      .replace(/<c\b[^<>]*>(?:<v\s*\/>|<v>\s*<\/v>)?<\/c>/g, '')
      .replace(/<row\b[^<>]*(?:\/>|>\s*<\/row>)/g, ''),
    'utf8',
  );

function rowsOf(sheet: WorkSheet, date1904: boolean): SheetRow[] {
  const rows = new Map<number, Map<number, Cell>>();
  for (const key of Object.keys(sheet)) {
    const at = /^([A-Z]{1,3})(\d{1,7})$/.exec(key);
    if (!at) continue;
    const cell = cellOf(sheet[key] as CellObject, date1904);
    if (!cell) continue;
    const row = Number(at[2]) - 1;
    const column = [...(at[1] ?? '')].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;
    const cells = rows.get(row);
    if (cells) cells.set(column, cell);
    else rows.set(row, new Map([[column, cell]]));
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([row, cells]) => ({ row, cells: new Map([...cells].sort(([a], [b]) => a - b)) }));
}

function cellOf({ t, v, z }: CellObject, date1904: boolean): Cell | null {
  if (t === 'n' && typeof v === 'number' && Number.isFinite(v)) {
    const format = formatOf(z);
    const date = format === 'date' ? serialDate(v, date1904) : null;
    return { text: date ?? String(Number(v.toPrecision(12))), number: v, format };
  }
  if (t === 'e') return { text: '#', number: null, format: null };
  const text = visible(String(v ?? ''));
  return text === '' ? null : { text, number: null, format: null };
}

/** Whether a number format shows a day (`yyyy"年"m"月"`) or only a time of day (`[h]:mm`). */
function formatOf(format: CellObject['z']): Cell['format'] {
  if (typeof format !== 'string') return null;
  const letters = format
    .replace(/"[^"]*"|\\.|_./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/general/gi, '');
  if (/[yde]/i.test(letters) && !/^[0#?.,]*e[+-]/i.test(letters)) return 'date';
  if (/[hs]/i.test(letters)) return 'time';
  return /m/i.test(letters) ? 'date' : null;
}

const mergesOf = (sheet: WorkSheet | undefined): Merge[] =>
  (sheet?.['!merges'] ?? []).map(({ s, e }) => ({ top: s.r, bottom: e.r, left: s.c, right: e.c }));
