import * as XLSX from '@e965/xlsx';
import iconv from 'iconv-lite';
import { daysBetween } from '../../shared/period.ts';

/** A spreadsheet cell: text, a number, or a day kept as a serial number with a date format. */
export type Cell = string | number | { readonly day: string } | null;

export type Sheet = {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  /** Areas like `A1:F1`. */
  readonly merges: readonly string[];
};

/** Excel's day 1 is 1 January 1900, and it counts a 29 February 1900 that never was. */
export const serialOf = (date: string): number => daysBetween('1899-12-30', date);

const DAY_FORMAT = 'yyyy-mm-dd';

function worksheet(sheet: Sheet): XLSX.WorkSheet {
  const made: XLSX.WorkSheet = {};
  let widest = 0;
  sheet.rows.forEach((row, r) =>
    row.forEach((cell, c) => {
      widest = Math.max(widest, c);
      if (cell === null || cell === '') return;
      made[XLSX.utils.encode_cell({ r, c })] =
        typeof cell === 'string'
          ? { t: 's', v: cell }
          : typeof cell === 'number'
            ? { t: 'n', v: cell }
            : { t: 'n', v: serialOf(cell.day), z: DAY_FORMAT };
    }),
  );
  made['!ref'] = XLSX.utils.encode_range({
    s: { r: 0, c: 0 },
    e: { r: Math.max(0, sheet.rows.length - 1), c: widest },
  });
  if (sheet.merges.length > 0) made['!merges'] = sheet.merges.map((area) => XLSX.utils.decode_range(area));
  return made;
}

/** The workbook's bytes; the same sheets give the same bytes. */
export function workbookBytes(sheets: readonly Sheet[], type: 'xlsx' | 'xls'): Uint8Array {
  // Else the table of formats is whatever the workbook read or written before has left in the library.
  const book: XLSX.WorkBook & { SSF: Record<number, string> } = {
    ...XLSX.utils.book_new(),
    SSF: { 0: 'General', 164: DAY_FORMAT },
  };
  for (const sheet of sheets) XLSX.utils.book_append_sheet(book, worksheet(sheet), sheet.name);
  // Otherwise the properties carry the day of the writing.
  book.Props = { CreatedDate: new Date(0), ModifiedDate: new Date(0) };
  const written: unknown = XLSX.write(book, {
    type: 'array',
    bookType: type === 'xls' ? 'biff8' : 'xlsx',
    compression: true,
  });
  return new Uint8Array(written as ArrayBuffer);
}

function csvCell(cell: Cell): string {
  const text = cell === null ? '' : typeof cell === 'object' ? cell.day : String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Comma-separated text as Excel saves it: CRLF, in GBK or in UTF-8 with a byte-order mark. */
export function csvBytes(rows: Sheet['rows'], encoding: 'gbk' | 'utf8'): Uint8Array {
  const text = rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
  return new Uint8Array(iconv.encode(text, encoding, { addBOM: encoding === 'utf8' }));
}
