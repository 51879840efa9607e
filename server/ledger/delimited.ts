import { textCell, type Cell, type Sheet, type SheetRow } from './sheet.ts';
import { visible } from './text.ts';
import { Unreadable, type Limits } from './unreadable.ts';

/** A text file as one sheet named after it. Row numbers are logical rows: a quoted cell may hold line breaks. */
export function delimitedSheet(file: string, bytes: Uint8Array, bounds: Limits): Sheet {
  const text = decode(bytes);
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(text))
    throw new Unreadable(
      'file.unreadable',
      '这是网页或 XML，请用表格软件另存为 xlsx',
      'this is a web page or XML; save it as xlsx from a spreadsheet program',
    );
  const declared = /^sep=(.)\r?\n/i.exec(text);
  const body = declared ? text.slice(declared[0].length) : text;
  const rows: SheetRow[] = [];
  let filled = 0;
  let row = -1;
  for (const fields of splitRows(body, declared?.[1] ?? separatorOf(body))) {
    row++;
    const cells = new Map<number, Cell>();
    fields.forEach((field, column) => {
      const seen = field === '' ? '' : visible(field);
      if (seen !== '') cells.set(column, textCell(seen));
    });
    filled += cells.size;
    if (filled > bounds.cells)
      throw new Unreadable(
        'file.too_large',
        '单元格过多',
        `the file has more than ${bounds.cells} filled cells`,
      );
    if (cells.size > 0) rows.push({ row, cells });
  }
  return {
    file,
    name: file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''),
    hidden: false,
    date1904: false,
    rows,
    merges: [],
  };
}

/** UTF-16 by its mark, UTF-8 if it is valid as such, GB18030 otherwise, and line by line where a file mixes them. */
function decode(bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  refuseBinary(bytes);
  const whole = strict('utf-8', bytes) ?? (mixes(bytes) ? null : strict('gb18030', bytes));
  if (whole !== null) return whole;
  return linesOf(bytes)
    .map((line) => {
      const text = strict('utf-8', line) ?? strict('gb18030', line);
      if (text === null)
        throw new Unreadable(
          'file.unreadable',
          '文字编码无法识别，请另存为 UTF-8',
          'the encoding of the text is not known; save it as UTF-8',
        );
      return text;
    })
    .join('\n');
}

function strict(encoding: 'utf-8' | 'gb18030', bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

// No byte of a GB18030 or UTF-8 character is a line feed.
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let i = bytes.indexOf(10); i >= 0; i = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, i));
    start = i + 1;
  }
  lines.push(bytes.subarray(start));
  return lines;
}

/** A line of GB18030 is hardly ever valid UTF-8 with two Han characters in it; such a line is UTF-8. */
const mixes = (bytes: Uint8Array): boolean =>
  linesOf(bytes).some((line) => /\p{Script=Han}.*\p{Script=Han}/u.test(strict('utf-8', line) ?? ''));

function refuseBinary(bytes: Uint8Array): void {
  let controls = 0;
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++;
  if (controls > Math.max(8, bytes.length / 100))
    throw new Unreadable('file.unreadable', '这不是文本或表格文件', 'this is neither text nor a spreadsheet');
}

/** The mark that stands most often outside quotes in the first rows. */
function separatorOf(text: string): string {
  const head = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const marks = [',', '\t', ';', '，'];
  const times = marks.map((mark) => head.split(mark).length - 1);
  // The full-width comma is punctuation of Chinese; it parts fields only where nothing else does.
  const plain = Math.max(...times.slice(0, 3));
  return marks[times.indexOf(plain > 0 ? plain : Math.max(...times))] ?? ',';
}

// As many as a sheet of a spreadsheet can have.
const mostColumns = 16_384;

/** Row by row, so that a file of nothing but line ends is never held as rows. */
function* splitRows(text: string, separator: string): Generator<readonly string[]> {
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endField = (): void => {
    if (row.length === mostColumns)
      throw new Unreadable(
        'file.too_large',
        `一行多于 ${mostColumns} 列`,
        `a row has more than ${mostColumns} columns`,
      );
    row.push(field);
    field = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (c === '"' && field.trim() === '') {
      field = '';
      quoted = true;
    } else if (c === separator) endField();
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++;
      endField();
      yield row;
      row = [];
    } else field += c;
  }
  if (field === '' && row.length === 0) return;
  endField();
  yield row;
}
