import { read, set_cptable, type CellObject, type WorkBook, type WorkSheet } from '@e965/xlsx';
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { zipSync, type Zippable } from 'fflate';
import { runInNewContext } from 'node:vm';
import { serialDate } from './dates.ts';
import { type Cell, type Merge, type Sheet, type SheetRow } from './sheet.ts';
import { visible } from './text.ts';
import { damaged, tooLarge, Unreadable, type Limits } from './unreadable.ts';
import { formatOf } from './xlsx/styles.ts';
import { unpack, type Entry } from './zip.ts';

// Workbooks older than Excel 97 keep their text in the code page of the machine.
set_cptable(codepages);

/** The sheets of an .xls or .xlsb; formulas give their stored results, dates stay serials. @throws Unreadable */
export function binarySheets(file: string, bytes: Uint8Array, bounds: Limits): Sheet[] {
  const book = parse(bytes);
  if (book.SheetNames.length > bounds.sheets) throw tooLarge.sheets(bounds);
  const hidden = book.Workbook?.Sheets ?? [];
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  let room = bounds.cells;
  return book.SheetNames.map((name, i) => {
    // A sheet of the name `__proto__` lies where a plain object keeps its prototype; it is a sheet all the same.
    const sheet = Object.hasOwn(book.Sheets, name) || name === '__proto__' ? book.Sheets[name] : undefined;
    const rows = sheet ? rowsOf(sheet, date1904) : [];
    for (const { cells } of rows) room -= cells.size;
    if (room < 0) throw tooLarge.cells(bounds);
    if (rows.length > bounds.rows) throw tooLarge.rows(bounds);
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

// Parts that hold no cell: pictures, macros, links to other files.
const useless =
  /^xl\/(media|embeddings|drawings|externalLinks|printerSettings|charts|ctrlProps|activeX)\/|^xl\/vbaProject\.bin$|^customXml\//i;

// A number in a binary sheet: type, length, column, style, value.
const leastCellBytes = 14;

/** An .xlsb with its parts stored plain, after each was inflated under its limit. @throws Unreadable */
export function unpackedBinary(entries: ReadonlyMap<string, Entry>, bounds: Limits): Uint8Array {
  const out: Zippable = {};
  let room = bounds.cells;
  for (const [name, entry] of entries) {
    if (useless.test(name)) continue;
    const plain = unpack(entry, bounds);
    const isSheet = /^\/?xl\/worksheets\/[^/]*$/i.test(name);
    if (isSheet) room -= plain.length / leastCellBytes;
    if (room < 0) throw tooLarge.cells(bounds);
    if (!isSheet && !/sharedStrings/i.test(name) && plain.length > bounds.beside) throw tooLarge.beside(name);
    out[name] = [plain, { level: 0 }];
  }
  return zipSync(out);
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
  throw damaged('文件损坏或不是工作簿', 'the file is damaged, or is no workbook');
}

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
    const format = typeof z === 'string' ? formatOf(z) : null;
    const date = format === 'date' ? serialDate(v, date1904) : null;
    return { text: date ?? String(Number(v.toPrecision(12))), number: v, format };
  }
  if (t === 'e') return { text: '#', number: null, format: null };
  const text = visible(String(v ?? ''));
  return text === '' ? null : { text, number: null, format: null };
}

const mergesOf = (sheet: WorkSheet | undefined): Merge[] =>
  (sheet?.['!merges'] ?? []).map(({ s, e }) => ({ top: s.r, bottom: e.r, left: s.c, right: e.c }));
