import { essentialColumns, familyWords, ledgerColumns, type Column } from '../../shared/fields.ts';
import { families, type Family } from '../../shared/kinds.ts';
import type { HoursUnit } from './hours.ts';
import type { Cell, Merge, SheetRow } from './sheet.ts';
import { bare, outsideBrackets } from './text.ts';
import { TAUGHT_RANK, type KnownHeading, type Vocabulary } from './vocabulary.ts';

/** One column of a sheet under its heading. */
export type Headed = {
  readonly at: number;
  /** The heading's row, for a finding at it. */
  readonly row: number;
  readonly heading: string;
  /** Null where no family has such a heading. */
  readonly column: Column | null;
  /** How specific the heading is: lower is read first. */
  readonly rank: number;
  readonly hoursUnit: HoursUnit;
};

export type Header = {
  readonly family: Family;
  readonly score: number;
  readonly from: number;
  readonly to: number;
  readonly columns: readonly Headed[];
};

/** How many families know the word: one that all know says little about which ledger it is. */
const spread = (word: string, { headings }: Vocabulary): number =>
  families.filter((family) => headings[family].has(word)).length;

const absence = ledgerColumns.activity.find((column) => column.key === 'absence');

/** `请假/在岗(在船)/缺席人员及原因`: several classes under one heading are told apart by its cells' text. */
function togetherAbsent(heading: string): Column | null {
  const classes = [/请假|病假|事假/, /在岗|在船|值班/, /缺席|缺勤|未到|未参加/].filter((word) =>
    word.test(heading),
  ).length;
  return absence && (classes > 1 || (classes === 1 && /原因|名单/.test(heading))) ? absence : null;
}

const prefix = /^(?:会议|活动|学习|走访|志愿服务|服务|组织生活|本次|支部)/;

type Found = KnownHeading & { readonly weight: number };

/** @param inParts may a part between strokes be the heading (责任部门/责任人)? */
function lookUp(text: string, family: Family, vocabulary: Vocabulary, inParts: boolean): Found | null {
  const whole = bare(text);
  const outside = outsideBrackets(whole);
  const forms = [
    whole,
    whole.replace(/[()[\]]/g, ''),
    outside,
    ...(inParts ? outside.split(/[/、,]/) : []),
    outside.replace(prefix, ''),
    outside.replace(/数$/, '人数'),
  ];
  for (const form of forms) {
    const found = vocabulary.headings[family].get(form);
    if (found) return { ...found, weight: 1 / Math.max(1, spread(form, vocabulary)) };
  }
  return null;
}

/** The texts over a column from the topmost to the lowest, merged cells filled, each said once. */
function stackOf(rows: readonly SheetRow[], merges: readonly Merge[], at: number): string[] {
  const texts: string[] = [];
  for (const row of rows) {
    const own = row.cells.get(at)?.text;
    const merge =
      own === undefined
        ? merges.find((m) => m.top <= row.row && m.bottom >= row.row && m.left <= at && m.right >= at)
        : undefined;
    const filled =
      own ?? (merge ? rows.find((r) => r.row === merge.top)?.cells.get(merge.left)?.text : undefined);
    if (filled !== undefined && bare(outsideBrackets(bare(filled))) !== '' && texts.at(-1) !== filled)
      texts.push(filled);
  }
  return texts;
}

function match(stack: readonly string[], family: Family, vocabulary: Vocabulary): Found | null {
  const known = vocabulary.headings[family];
  // As it was asked about and answered: the whole heading, over all its rows.
  const asked = bare(stack.join('/'));
  const taught = known.get(asked);
  if (taught?.rank === TAUGHT_RANK) return { ...taught, weight: 1 / Math.max(1, spread(asked, vocabulary)) };
  const low = stack.at(-1) ?? '';
  const together = family === 'activity' && !known.has(bare(low)) ? togetherAbsent(bare(low)) : null;
  if (together) return { column: together, rank: 0, weight: 1 };
  const high = stack.slice(0, -1).join('');
  const forms =
    high === ''
      ? [low]
      : [high + low, low + high, low, (stack.at(-2) ?? '') + low, low + (stack.at(-2) ?? '')];
  // 情况 over 实到/应到 is 实到/应到: strokes part what stands in one cell before what two make together.
  for (const inParts of [(form: string) => form === low, () => true])
    for (const form of forms) {
      const found = lookUp(form, family, vocabulary, inParts(form));
      if (found) return found;
    }
  return null;
}

function headerAt(
  merges: readonly Merge[],
  rows: readonly SheetRow[],
  family: Family,
  { bonusOf, vocabulary }: HeaderContext,
): Header | null {
  const columns: Headed[] = [];
  const keys = new Map<string, number>();
  const ats = new Set(rows.flatMap((r) => [...r.cells.keys()]));
  for (const at of [...ats].sort((a, b) => a - b)) {
    const stack = stackOf(rows, merges, at);
    if (stack.length === 0) continue;
    const found = match(stack, family, vocabulary);
    const heading = stack.join('/');
    const row = [...rows].reverse().find((r) => r.cells.has(at))?.row ?? 0;
    const hoursUnit: HoursUnit = /分钟|min/i.test(heading)
      ? 'minutes'
      : /小时|学时|课时/.test(heading)
        ? 'hours'
        : null;
    columns.push({ at, row, heading, column: found?.column ?? null, rank: found?.rank ?? 0, hoursUnit });
    if (found) keys.set(found.column.key, Math.max(keys.get(found.column.key) ?? 0, found.weight));
  }
  const essential = essentialColumns[family].some((key) => keys.has(key));
  const first = rows[0];
  const last = rows.at(-1);
  if (!essential || keys.size < 2 || keys.size * 3 < columns.length || !first || !last) return null;
  const weight = [...keys.values()].reduce((sum, w) => sum + w, 0);
  return {
    family,
    score: weight + keys.size * 0.5 + bonusOf(family),
    from: first.row,
    to: last.row,
    columns,
  };
}

// No ledger has so many columns; a row of thousands of headings is made to keep a machine busy.
const mostColumns = 256;
/** Could the row be one of headings: words, and none that begins with a figure? */
export const looksLikeHeading = (row: SheetRow): boolean =>
  row.cells.size <= mostColumns &&
  everyCell(row, (c) => c.number === null && c.text.length <= 40 && !/^\d/.test(c.text));

function everyCell(row: SheetRow, is: (cell: Cell) => boolean): boolean {
  for (const cell of row.cells.values()) if (!is(cell)) return false;
  return true;
}

/** How strongly the names around a sheet speak for a family. */
export function nameBonus(family: Family, names: { sheet: string; title: string; file: string }): number {
  const says = (text: string): boolean => familyWords[family].some((word) => bare(text).includes(word));
  return (says(names.sheet) ? 2 : 0) + (says(names.title) ? 1.5 : 0) + (says(names.file) ? 0.75 : 0);
}

export type HeaderContext = {
  /** How strongly the names around the sheet speak for a family. */
  readonly bonusOf: (family: Family) => number;
  readonly vocabulary: Vocabulary;
};

/**
 * The header that begins with the first of some rows, if one does: one to three rows of headings, read for the family
 * that knows most of them; the names around the sheet decide between families that know them alike.
 * @param window the row and those after it, as many as a header can have
 */
export function headerFrom(
  merges: readonly Merge[],
  window: readonly SheetRow[],
  context: HeaderContext,
): Header | null {
  let best: Header | null = null;
  const top = window[0];
  const end = window.at(-1);
  if (!top || !end || !looksLikeHeading(top)) return null;
  const over = merges.filter((m) => m.top <= end.row && m.bottom >= top.row);
  for (let height = 1; height <= window.length; height++) {
    const rows = window.slice(0, height);
    const last = rows.at(-1);
    if (!last || !looksLikeHeading(last)) break;
    if (last.row - top.row >= height + 1) break;
    for (const family of families) {
      const header = headerAt(over, rows, family, context);
      // A title above the headings is no part of the header: without it as much would be known.
      const lower = height > 1 ? headerAt(over, rows.slice(1), family, context) : null;
      if (header && lower && lower.score >= header.score - 0.01) continue;
      // A taller header must know more: the first row of records is no part of it.
      if (header && (!best || header.score > best.score + (height > 1 && best.family === family ? 0.01 : 0)))
        best = header;
    }
  }
  return best;
}
