import { decoded } from './encoding.ts';
import type { Sheet, SheetRow } from './sheet.ts';
import { TextCells } from './text-cells.ts';
import { hidesNothing, isSeen, trimmed, visible } from './text.ts';
import { damaged, tooLarge, Unreadable, type Limits } from './unreadable.ts';

/**
 * A text file as one sheet named after it, its rows read as they are asked for. Row numbers are logical rows: a quoted
 * cell may hold line breaks.
 * @throws Unreadable, also while rows are read
 */
export function delimitedSheet(file: string, bytes: Uint8Array, bounds: Limits): Sheet {
  const text = new Pieces(decoded(bytes));
  const head = text.peek(20_000);
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(head))
    throw damaged(
      '这是网页或 XML，请用表格软件另存为 xlsx',
      'this is a web page or XML; save it as xlsx from a spreadsheet program',
    );
  const declared = /^sep=(.)\r?\n/i.exec(head);
  if (declared) text.skip(declared[0].length);
  const separator = declared?.[1] ?? separatorOf(head);
  return {
    file,
    name: file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''),
    hidden: false,
    date1904: false,
    rows: rowsOf(text, separator, bounds),
    merges: [],
  };
}

function* rowsOf(text: Pieces, separator: string, bounds: Limits): Generator<SheetRow> {
  let row = -1;
  let rows = 0;
  let room = bounds.cells;
  for (const fields of fieldsOf(text, separator)) {
    row++;
    const cells = new TextCells(fields);
    if (cells.size === 0) continue;
    room -= cells.size;
    if (room < 0) throw tooLarge.cells(bounds);
    if (++rows > bounds.rows) throw tooLarge.rows(bounds);
    yield { row, cells };
  }
}

/** A text that comes in pieces, of which the first may be looked at before they are taken. */
class Pieces {
  private head = '';
  private readonly rest: Iterator<string>;

  constructor(pieces: Iterable<string>) {
    this.rest = pieces[Symbol.iterator]();
  }

  peek(length: number): string {
    while (this.head.length < length) {
      const next = this.rest.next();
      if (next.done) break;
      this.head += next.value;
    }
    return this.head.slice(0, length);
  }

  skip(length: number): void {
    this.head = this.head.slice(length);
  }

  /** The next piece; null at the end. */
  next(): string | null {
    if (this.head !== '') {
      const piece = this.head;
      this.head = '';
      return piece;
    }
    const next = this.rest.next();
    return next.done ? null : next.value;
  }
}

/** The mark that stands most often outside quotes in the first rows. */
function separatorOf(head: string): string {
  const plain = head.replace(/"[^"]*"/g, '');
  const marks = [',', '\t', ';', '，'];
  const times = marks.map((mark) => plain.split(mark).length - 1);
  // The full-width comma is punctuation of Chinese; it parts fields only where nothing else does.
  const most = Math.max(...times.slice(0, 3));
  return marks[times.indexOf(most > 0 ? most : Math.max(...times))] ?? ',';
}

// As many as a sheet of a spreadsheet can have.
const mostColumns = 16_384;
// Characters that a cell may hold before a quote is taken for one that is never closed: Excel's limit, many times over.
const longestRow = 64 * 1024 * 1024;

/** Row by row, so that a file of nothing but line ends is never held as rows; of each field what is seen. */
function* fieldsOf(text: Pieces, separator: string): Generator<readonly string[]> {
  const quoted = new QuotedRow(separator);
  let open = '';
  for (let piece = text.next(); piece !== null; piece = text.next()) {
    // A line end at the very end of a piece may be the first half of one.
    let lines = open + piece;
    open = '';
    if (lines.endsWith('\r')) {
      lines = lines.slice(0, -1);
      open = '\r';
    }
    const ends = new LineEnds(lines);
    let at = 0;
    while (at < lines.length) {
      if (quoted.isOpen || lines.charCodeAt(at) === 34) {
        at = quoted.read(lines, at);
        if (quoted.isOpen) break;
        yield quoted.take();
        continue;
      }
      const end = ends.after(at);
      if (end < 0) break;
      const line = lines.slice(at, end);
      if (line.includes('"')) {
        at = quoted.read(lines, at);
        if (quoted.isOpen) break;
        yield quoted.take();
        continue;
      }
      yield plainFields(line, separator);
      at = lines.charCodeAt(end) === 13 && lines.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
    }
    if (!quoted.isOpen) open = lines.slice(at) + open;
    if (open.length > longestRow) throw tooManyColumns();
  }
  const last = open.replace(/\r$/, '');
  if (quoted.isOpen) {
    quoted.end();
    yield quoted.take();
  } else if (last !== '') {
    quoted.read(last, 0);
    quoted.end();
    yield quoted.take();
  }
}

/** The next line end in a text, whichever of its two signs comes first; each is looked for once. */
class LineEnds {
  private lf = -1;
  private cr = -1;

  constructor(private readonly text: string) {}

  /** @returns -1 where there is none */
  after(from: number): number {
    if (this.lf < from && this.lf !== none) this.lf = found(this.text.indexOf('\n', from));
    if (this.cr < from && this.cr !== none) this.cr = found(this.text.indexOf('\r', from));
    const next = Math.min(this.lf, this.cr);
    return next === none ? -1 : next;
  }
}

const none = Number.POSITIVE_INFINITY;
const found = (at: number): number => (at < 0 ? none : at);

function plainFields(line: string, separator: string): readonly string[] {
  const fields = line.split(separator);
  if (fields.length > mostColumns) throw tooManyColumns();
  return isSeen(line) ? fields : fields.map(hidesNothing(line) ? trimmed : visible);
}

const tooManyColumns = (): Unreadable =>
  new Unreadable(
    'file.too_large',
    `一行多于 ${mostColumns} 列`,
    `a row has more than ${mostColumns} columns`,
  );

/** A row with quotes, character by character; it may go on in the next piece. */
class QuotedRow {
  private fields: string[] = [];
  private field = '';
  private inQuotes = false;
  /** A quote was the last character: a second one would be a quote in the text. */
  private wasQuote = false;
  isOpen = false;

  constructor(private readonly separator: string) {}

  /** Reads to the end of the row, or of the piece. @returns where the next row begins */
  read(text: string, from: number): number {
    this.isOpen = true;
    for (let i = from; i < text.length; i++) {
      const c = text[i] as string;
      if (this.wasQuote) {
        this.wasQuote = false;
        if (c === '"') {
          this.field += c;
          continue;
        }
        this.inQuotes = false;
      }
      if (this.inQuotes) {
        if (c === '"') this.wasQuote = true;
        else this.field += c;
      } else if (c === '"' && this.field.trim() === '') {
        this.field = '';
        this.inQuotes = true;
      } else if (c === this.separator) this.endField();
      else if (c === '\n' || c === '\r') {
        this.end();
        return c === '\r' && text[i + 1] === '\n' ? i + 2 : i + 1;
      } else this.field += c;
    }
    return text.length;
  }

  private endField(): void {
    if (this.fields.length === mostColumns) throw tooManyColumns();
    this.fields.push(this.field);
    this.field = '';
  }

  end(): void {
    this.endField();
    this.inQuotes = false;
    this.wasQuote = false;
    this.isOpen = false;
  }

  take(): readonly string[] {
    const fields = this.fields.map(visible);
    this.fields = [];
    return fields;
  }
}
