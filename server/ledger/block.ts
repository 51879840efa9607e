import type { Family } from '../../shared/kinds.ts';
import { headerFrom, nameBonus, type Header, type Headed } from './header.ts';
import type { Cell, Sheet, SheetRow } from './sheet.ts';
import { bare, fold, outsideBrackets } from './text.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A table in a sheet: its header, the text above it, and the rows that may be records. */
export type Block = {
  readonly header: Header;
  readonly title: string;
  readonly rows: readonly BlockRow[];
};
/** `own` are the columns that the row itself fills; the others come from a cell merged over several rows. */
export type BlockRow = SheetRow & { readonly own: ReadonlySet<number> };

/** A cheap look before the dear one: does the row, or the next, hold words that are headings? */
const mayBeHeader = (row: SheetRow, { everyHeading }: Vocabulary): boolean => {
  let known = 0;
  for (const { text, number } of row.cells.values()) {
    if (number !== null) return false;
    if (text.length > 40) continue;
    const heading = bare(text);
    if (everyHeading.has(heading) || everyHeading.has(outsideBrackets(heading))) known++;
  }
  return known > 0;
};

const textOf = (row: SheetRow): string => [...row.cells.values()].map((c) => c.text).join(' ');

/** The tables of a sheet. A header that is repeated at a page break goes on with its table; another begins a new one. */
export function blocksOf(sheet: Sheet, vocabulary: Vocabulary): Block[] {
  const blocks: { header: Header; title: string; rows: SheetRow[] }[] = [];
  let above: string[] = [];
  for (let i = 0; i < sheet.rows.length; i++) {
    const row = sheet.rows[i] as SheetRow;
    const next = sheet.rows[i + 1];
    const names = { sheet: sheet.name, title: above.join('\n'), file: sheet.file };
    const maybe =
      mayBeHeader(row, vocabulary) ||
      (next !== undefined && row.cells.size < 40 && mayBeHeader(next, vocabulary));
    const bonusOf = (family: Family): number => nameBonus(family, names);
    const header = maybe ? headerFrom(sheet, i, { bonusOf, vocabulary }) : null;
    const current = blocks.at(-1);
    if (!header) {
      if (current) current.rows.push(row);
      else above.push(textOf(row));
      continue;
    }
    while (sheet.rows[i + 1] !== undefined && (sheet.rows[i + 1] as SheetRow).row <= header.to) i++;
    if (current && sameColumns(current.header, header)) continue;
    if (current) above = titlesBelow(current.rows);
    blocks.push({ header, title: above.join('\n'), rows: [] });
    above = [];
  }
  const spoken = mergedCells(sheet);
  return blocks.map((block) => ({
    ...block,
    rows: block.rows.map((row) => ({ ...row, ...filledDown(row, spoken.get(row.row) ?? []) })),
  }));
}

const sameColumns = (a: Header, b: Header): boolean => signature(a.columns) === signature(b.columns);
const signature = (columns: readonly Headed[]): string =>
  columns.map((c) => `${c.at}:${c.heading}`).join('|');

/** Lines of one cell just above a second table are its title, not the last records of the first. */
function titlesBelow(rows: SheetRow[]): string[] {
  const titles: string[] = [];
  for (let last = rows.at(-1); last?.cells.size === 1; last = rows.at(-1)) {
    titles.unshift(textOf(last));
    rows.pop();
  }
  return titles;
}

type Spoken = { readonly column: number; readonly cell: Cell };

// Merged cells of an honest sheet do not overlap: what goes past this is made to keep a machine busy.
const mostMerged = 5_000_000;

/** For each row, the cells that a cell merged over several rows says in it. */
function mergedCells(sheet: Sheet): ReadonlyMap<number, readonly Spoken[]> {
  const at = new Map(sheet.rows.map((r, i) => [r.row, i]));
  const spoken = new Map<number, Spoken[]>();
  let room = mostMerged;
  for (const { top, bottom, left } of sheet.merges) {
    const first = bottom > top ? at.get(top) : undefined;
    const cell = first === undefined ? undefined : sheet.rows[first]?.cells.get(left);
    if (first === undefined || !cell) continue;
    for (let i = first + 1; room-- > 0; i++) {
      const row = sheet.rows[i]?.row;
      if (row === undefined || row > bottom) break;
      const list = spoken.get(row);
      if (list) list.push({ column: left, cell });
      else spoken.set(row, [{ column: left, cell }]);
    }
  }
  return spoken;
}

/** A cell merged over several rows speaks for each of them. */
function filledDown(row: SheetRow, spoken: readonly Spoken[]): Pick<BlockRow, 'cells' | 'own'> {
  const own = new Set(row.cells.keys());
  const over = spoken.filter(({ column }) => !own.has(column));
  if (over.length === 0) return { cells: row.cells, own };
  const cells = new Map([...row.cells, ...over.map(({ column, cell }) => [column, cell] as const)]);
  return { cells: new Map([...cells].sort(([a], [b]) => a - b)), own };
}

const totals =
  /^.{0,8}(合计|小计|总计|累计|共计|汇总|平均|总共)[:：]?(\(.*\))?(\d+[次场]?)?$|^.{0,4}共\d+[次场]$/;
const dateLike = /\d{4}|\d月|\d[./-]\d/;
const notes =
  /^(注|说明|备注|附注|填表说明|填报说明|填写说明|填表人|填报人|审核人|审核|制表|制表人|负责人|统计人|单位负责人|党支部书记|支部书记|打印|签字|签章|填报单位|填报日期|填报时间|制表日期|联系电话)(\d|一|:|：|$)|^第\d+页|^共\d+页|^\*+[^*]*[:：]/;
const sections =
  /^(第?[一二三四1-4]季度|[上下]半年|(\d{1,2}|[一二三四五六七八九十]+)月份?|\d{4}年(度)?(\d{1,2}月)?|\(?[一二三四五六七八九十]+\)?[、.].*|以下空白|此页无正文|以上|续表|接上表|转下页)$/;

/** What a row of totals calls itself (`一季度小计`, `合计12次`), folded; null where it is none. */
export function totalOf(row: SheetRow): string | null {
  const texts = [...row.cells.values()].slice(0, 3).map((c) => fold(c.text));
  if (totals.test(texts[0] ?? '')) return texts[0] ?? null;
  // Further on, the word may be the topic of a dated event.
  const label = texts.slice(1).find((t) => totals.test(t));
  return label !== undefined && !texts.some((t) => dateLike.test(t)) ? label : null;
}

/**
 * Does the row stand beside the records: a total, a note, a heading of a part, a line that holds only its number?
 * @param idle columns that are filled in advance: running number, unit, year, quarter
 */
function isBeside(row: SheetRow, idle: ReadonlySet<number>): boolean {
  const cells = [...row.cells];
  const texts = cells.map(([, c]) => fold(c.text));
  if (cells.every(([at]) => idle.has(at)) && cells.length > 0) return true;
  if (totalOf(row) !== null) return true;
  if (notes.test(texts[0] ?? '') && (cells.length <= 2 || /[:：]/.test(texts[0] ?? ''))) return true;
  if (
    cells.length <= 6 &&
    texts.every((t) =>
      /^(填表人|填报人|审核人|负责人|制表人|日期|电话|书记)?[^:：]{0,8}[:：].{0,30}$/.test(t),
    )
  )
    return true;
  // A line under the headings that only says in what they are counted, or numbers them.
  if (texts.every((t) => /^\(.*\)$|^(人|名|次|件|小时|分钟|学时|栏次|甲|乙|丙|丁)$/.test(t))) return true;
  return cells.length === 1 && (sections.test(texts[0] ?? '') || /^[-—=_.…/\\]+$/.test(texts[0] ?? ''));
}

/** The rows that may be records; points numbered under a note (`2.时长以小时计`) belong to the note. */
export function withoutBeside(rows: readonly BlockRow[], idle: ReadonlySet<number>): BlockRow[] {
  let noted = false;
  return rows.filter((row) => {
    const first = fold([...row.cells.values()][0]?.text ?? '');
    const point = noted && row.cells.size === 1 && /^\(?\d{1,2}[.、)]\D/.test(first);
    const beside = point || isBeside(row, idle);
    noted = beside && (noted || notes.test(first));
    return !beside;
  });
}
