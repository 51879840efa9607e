import type { Family } from '../../shared/kinds.ts';
import { headerFrom, looksLikeHeading, nameBonus, type Header, type Headed } from './header.ts';
import { MergedCells } from './merged.ts';
import type { BlockRow, Sheet, SheetRow } from './sheet.ts';
import { bare, fold, outsideBrackets } from './text.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A table in a sheet, as its lines are met: its header with the text above it, then its rows. */
export type BlockLine =
  | {
      readonly is: 'begin';
      readonly header: Header;
      readonly title: string;
      readonly above: readonly SheetRow[];
    }
  /** A row of the header, or of the same header once more at a page break. */
  | { readonly is: 'header'; readonly row: SheetRow }
  | { readonly is: 'row'; readonly row: BlockRow };

/** A cheap look before the dear one: does the row hold words that are headings? */
const mayBeHeader = (row: SheetRow, { everyHeading }: Vocabulary): boolean => {
  for (const { text, number } of row.cells.values()) {
    if (number !== null) return false;
    if (text.length > 40) continue;
    const heading = bare(text);
    if (everyHeading.has(heading) || everyHeading.has(outsideBrackets(heading))) return true;
  }
  return false;
};

const textOf = (row: SheetRow): string => [...row.cells.values()].map((c) => c.text).join(' ');

// A header is at most three rows high.
const ahead = 3;
// Lines of one cell that may be the title of the next table; what is more is text, or a list.
const mostTitles = 50;

/**
 * The tables of a sheet, line by line. A header that is repeated at a page break goes on with its table; another begins
 * a new one, whose title are the lines of one cell just above it.
 */
export function* blockLines(sheet: Sheet, vocabulary: Vocabulary): Generator<BlockLine> {
  const rows = new Ahead(sheet.rows, ahead);
  const merged = new MergedCells(sheet.merges);
  let current: Header | null = null;
  let titles: ReadonlySet<string> = new Set();
  let waiting: SheetRow[] = [];
  const row = (of: SheetRow): BlockLine => ({ is: 'row', row: merged.filledDown(of) });
  for (let top = rows.first(); top; top = rows.first()) {
    const header = headerAt(sheet, rows.window, { above: waiting, vocabulary });
    if (!header) {
      rows.take();
      if (current && (top.cells.size > 1 || waiting.length >= mostTitles)) {
        for (const held of waiting) yield row(held);
        waiting = [];
        yield row(top);
      } else {
        waiting.push(top);
        if (!current && waiting.length > mostTitles * 4) waiting.shift();
      }
      continue;
    }
    const isRepeated: boolean = current !== null && sameColumns(current, header);
    if (isRepeated)
      // A page break brings the title once more, too.
      for (const held of waiting)
        yield titles.has(textOf(held)) ? { is: 'header', row: merged.filledDown(held) } : row(held);
    else {
      yield { is: 'begin', header, title: waiting.map(textOf).join('\n'), above: waiting };
      titles = new Set(waiting.map(textOf));
    }
    waiting = [];
    current = isRepeated ? current : header;
    for (let next = rows.first(); next && next.row <= header.to; next = rows.first())
      yield { is: 'header', row: merged.filledDown(rows.take() as SheetRow) };
  }
  if (current) for (const held of waiting) yield row(held);
}

function headerAt(
  sheet: Sheet,
  window: readonly SheetRow[],
  { above, vocabulary }: { above: readonly SheetRow[]; vocabulary: Vocabulary },
): Header | null {
  const [top, next] = window;
  if (!top || !looksLikeHeading(top)) return null;
  const maybe =
    mayBeHeader(top, vocabulary) ||
    (next !== undefined && top.cells.size < 40 && mayBeHeader(next, vocabulary));
  if (!maybe) return null;
  const names = { sheet: sheet.name, title: above.map(textOf).join('\n'), file: sheet.file };
  const bonusOf = (family: Family): number => nameBonus(family, names);
  return headerFrom(sheet.merges, window, { bonusOf, vocabulary });
}

/** Rows with a look at the next few. */
class Ahead {
  private readonly rows: Iterator<SheetRow>;
  readonly window: SheetRow[] = [];

  constructor(rows: Iterable<SheetRow>, most: number) {
    this.rows = rows[Symbol.iterator]();
    for (let i = 0; i < most; i++) this.pull();
  }

  private pull(): void {
    const next = this.rows.next();
    if (!next.done) this.window.push(next.value);
  }

  first(): SheetRow | undefined {
    return this.window[0];
  }

  take(): SheetRow | undefined {
    this.pull();
    return this.window.shift();
  }
}

const sameColumns = (a: Header, b: Header): boolean => signature(a.columns) === signature(b.columns);
const signature = (columns: readonly Headed[]): string =>
  columns.map((c) => `${c.at}:${c.heading}`).join('|');

const totals =
  /^.{0,8}(合计|小计|总计|累计|共计|汇总|平均|总共)[:：]?(\(.*\))?(\d+[次场]?)?$|^.{0,4}共\d+[次场]$/;
const dateLike = /\d{4}|\d月|\d[./-]\d/;
const notes =
  /^(注|说明|备注|附注|填表说明|填报说明|填写说明|填表人|填报人|审核人|审核|制表|制表人|负责人|统计人|单位负责人|党支部书记|支部书记|打印|签字|签章|填报单位|填报日期|填报时间|制表日期|联系电话)(\d|一|:|：|$)|^第\d+页|^共\d+页|^\*+[^*]*[:：]/;
const sections =
  /^(第?[一二三四1-4]季度|[上下]半年|(\d{1,2}|[一二三四五六七八九十]+)月份?|\d{4}年(度)?(\d{1,2}月)?|\(?[一二三四五六七八九十]+\)?[、.].*|以下空白|此页无正文|以上|续表|接上表|转下页)$/;

const totalSign = /[计均共]|汇总/;

function firstTexts(row: SheetRow, most: number): string[] {
  const texts: string[] = [];
  for (const { text } of row.cells.values()) {
    if (texts.length === most) break;
    texts.push(fold(text));
  }
  return texts;
}

/** What a row of totals calls itself (`一季度小计`, `合计12次`), folded; null where it is none. */
export function totalOf(row: SheetRow): string | null {
  const texts = firstTexts(row, 3);
  if (!texts.some((t) => totalSign.test(t))) return null;
  if (totals.test(texts[0] ?? '')) return texts[0] ?? null;
  // Further on, the word may be the topic of a dated event.
  const label = texts.slice(1).find((t) => totals.test(t));
  return label !== undefined && !texts.some((t) => dateLike.test(t)) ? label : null;
}

/**
 * Does the row stand beside the records: a total, a note, a heading of a part, a line that holds only its number?
 * @param idle columns that are filled in advance: running number, unit, year, quarter
 */
function isBeside(row: BlockRow, idle: ReadonlySet<number>): boolean {
  const size = row.cells.size;
  if (size > 0 && size <= idle.size && [...row.cells.keys()].every((at) => idle.has(at))) return true;
  if (totalOf(row) !== null) return true;
  const [first = ''] = firstTexts(row, 1);
  if (notes.test(first) && (size <= 2 || /[:：]/.test(first))) return true;
  if (size <= 6 && every(row, (t) => signed.test(t))) return true;
  // A line under the headings that only says in what they are counted, or numbers them.
  if (every(row, (t) => counted.test(t))) return true;
  return size === 1 && (sections.test(first) || /^[-—=_.…/\\]+$/.test(first));
}

const signed = /^(填表人|填报人|审核人|负责人|制表人|日期|电话|书记)?[^:：]{0,8}[:：].{0,30}$/;
const counted = /^\(.*\)$|^(人|名|次|件|小时|分钟|学时|栏次|甲|乙|丙|丁)$/;

function every(row: SheetRow, says: (text: string) => boolean): boolean {
  for (const { text } of row.cells.values()) if (!says(fold(text))) return false;
  return true;
}

/** Which rows stand beside the records; points numbered under a note (`2.时长以小时计`) belong to the note. */
export class Beside {
  private noted = false;

  constructor(private readonly idle: ReadonlySet<number>) {}

  /** Rows must come in their order. */
  has(row: BlockRow): boolean {
    const first = this.noted ? (firstTexts(row, 1)[0] ?? '') : '';
    const point = this.noted && row.cells.size === 1 && /^\(?\d{1,2}[.、)]\D/.test(first);
    const beside = point || isBeside(row, this.idle);
    this.noted = beside && (this.noted || notes.test(firstTexts(row, 1)[0] ?? ''));
    return beside;
  }
}
