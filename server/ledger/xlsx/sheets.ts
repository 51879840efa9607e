import type { Sheet } from '../sheet.ts';
import { visible } from '../text.ts';
import { tooLarge, type Limits } from '../unreadable.ts';
import type { Entry } from '../zip.ts';
import { bookOf } from './book.ts';
import { Parts } from './parts.ts';
import { mergesOf, rowsOf } from './rows.ts';
import { sharedStrings } from './strings.ts';
import { stylesOf } from './styles.ts';

/**
 * The sheets of an .xlsx, one after the other; of formulas their stored results, dates stay serials.
 * A sheet's rows must be read before the next sheet is asked for.
 * @throws Unreadable, also while rows are read
 */
export function* xlsxSheets(
  file: string,
  entries: ReadonlyMap<string, Entry>,
  workbook: string,
  bounds: Limits,
): Generator<Sheet> {
  const parts = new Parts(entries, bounds);
  const book = bookOf(parts, workbook);
  if (book.sheets.length > bounds.sheets) throw tooLarge.sheets(bounds);
  const strings = book.strings && parts.has(book.strings) ? sharedStrings(parts.part(book.strings)) : [];
  const styles = stylesOf(book.styles ? parts.beside(book.styles) : null);
  const room = { cells: bounds.cells };
  for (const { name, hidden, path } of book.sheets) {
    const { date1904 } = book;
    // What is hidden is not read; that it is there is said.
    const bytes = hidden ? null : parts.part(path);
    yield {
      file,
      name: visible(name),
      hidden,
      date1904,
      merges: bytes ? mergesOf(bytes) : [],
      rows: bytes ? rowsOf(bytes, { strings, styles, date1904, bounds, room }) : [],
    };
  }
}
