import { originalRow, whyReturned } from '../../shared/fields.ts';
import type { Lang } from '../../shared/text.ts';
import type { Unit } from '../../shared/unit.ts';
import { bare } from '../ledger/text.ts';
import { UnitFinder } from '../ledger/units.ts';
import { shippedVocabulary, type Vocabulary } from '../ledger/vocabulary.ts';
import type { CellOut, MergeOut, NoteOut, RowOut, SheetOut } from './book.ts';
import { namesFor } from './rejected-names.ts';
import type { RejectedProblem, RejectedRow, RejectedTable } from './rejected-table.ts';
import { remedies } from './remedies.ts';
import { apart } from './sheet-names.ts';
import type { StyleName } from './styles.ts';
import { writeWorkbook } from './write.ts';

export type RejectedOptions = {
  readonly lang: Lang;
  /** All units of the centre. */
  readonly units: readonly Unit[];
  /** With the words that the centre has taught. */
  readonly vocabulary?: Vocabulary;
};

/** More notes than this are slow to open and nobody reads them: the reason stands in its column in any case. */
const MOST_NOTES = 5000;

/**
 * The rows that were left out, in the layout in which they came, each with its reason; corrected, the file is
 * imported as it is. One sheet a table. Every cell is text, as it stood: nothing in it is ever a formula.
 */
export function rejectedWorkbook(
  tables: readonly RejectedTable[],
  { lang, units, vocabulary = shippedVocabulary }: RejectedOptions,
): Uint8Array {
  const reader = { finder: new UnitFinder(units, vocabulary.aliases), vocabulary };
  const names = tables.map((table) => namesFor(table, reader));
  const sheets = apart(names.map((n) => n.sheet));
  return writeWorkbook(
    tables.map((table, i) => sheetOf(table, { name: sheets[i] ?? '', title: names[i]?.title ?? [], lang })),
  );
}

type Around = { readonly name: string; readonly title: readonly string[]; readonly lang: Lang };

function sheetOf(table: RejectedTable, { name, title, lang }: Around): SheetOut {
  const width = widthOf(table);
  const header = headerRows(table, width);
  const top = title.length + header.length;
  const notes: NoteOut[] = [];
  const rows = table.rows.map((row, i): RowOut => {
    const faults = faultsOf(row, width);
    for (const [at, found] of faults)
      if (notes.length < MOST_NOTES)
        notes.push({ row: top + i, at, text: found.map((p) => said(p, lang)).join('\n') });
    return { cells: cellsOf(row, width, faults, reasonOf(row, table.header, lang)) };
  });
  return {
    name,
    columns: widths(table, width),
    rows: [
      ...title.map((value): RowOut => ({ cells: [{ at: 0, value, style: 'title' }] })),
      ...header,
      ...rows,
    ],
    merges: [
      ...(width > 1 ? title.map((_, row) => ({ row, left: 0, right: width - 1 })) : []),
      ...headerMerges(table, width, title.length),
    ],
    frozen: top,
    repeated: header.length > 0 ? [title.length, top - 1] : null,
    rules: [],
    notes,
  };
}

const isOurs = (text: string): boolean =>
  [originalRow, whyReturned].some((column) => column.headings.map(bare).includes(bare(text)));

/** Columns of the branch's own; those that an earlier return has put at the far right are written anew. */
function widthOf({ header, rows }: RejectedTable): number {
  const last = header.at(-1) ?? [];
  const ours = last.findIndex(isOurs);
  if (ours >= 0 && last.slice(ours).every((text) => text === '' || isOurs(text))) return ours;
  return [...header, ...rows.map((row) => row.cells)].reduce((n, cells) => Math.max(n, cells.length), 0);
}

function headerRows({ header }: RejectedTable, width: number): RowOut[] {
  return header.map((texts, i) => {
    const own = texts.slice(0, width).flatMap((value, at) => (value === '' ? [] : [heading(at, value)]));
    const ours = [originalRow, whyReturned].map((column, n) => heading(width + n, column.headings[0] ?? ''));
    return { cells: i === header.length - 1 ? [...own, ...ours] : own };
  });
}

const heading = (at: number, value: string): CellOut => ({ at, value, style: 'heading' });

/** `人数` over 应到 and 实到: a heading goes on to the right over what stands below it and is headed by nothing else. */
function headerMerges({ header }: RejectedTable, width: number, top: number): MergeOut[] {
  return header.slice(0, -1).flatMap((texts, i) => {
    const below = header.slice(i + 1);
    const goesOn = (at: number): boolean => at < width && !texts[at] && below.some((row) => Boolean(row[at]));
    return texts.slice(0, width).flatMap((text, left) => {
      let right = left;
      while (text !== '' && below.some((row) => Boolean(row[left])) && goesOn(right + 1)) right++;
      return right > left ? [{ row: top + i, left, right }] : [];
    });
  });
}

function faultsOf({ problems }: RejectedRow, width: number): Map<number, RejectedProblem[]> {
  const faults = new Map<number, RejectedProblem[]>();
  for (const problem of problems) {
    if (problem.column === null || problem.column >= width) continue;
    faults.set(problem.column, [...(faults.get(problem.column) ?? []), problem]);
  }
  return faults;
}

function cellsOf(
  { row, cells }: RejectedRow,
  width: number,
  faults: ReadonlyMap<number, readonly RejectedProblem[]>,
  reason: string,
): CellOut[] {
  const out: CellOut[] = [];
  for (let at = 0; at < width; at++) {
    const value = cells[at] ?? '';
    const found = faults.get(at);
    const style: StyleName = !found ? 'text' : found.some((p) => p.severity === 'error') ? 'fault' : 'doubt';
    if (value !== '' || found) out.push({ at, value, style });
  }
  out.push(
    { at: width, value: String(row), style: 'quiet' },
    { at: width + 1, value: reason, style: 'quiet' },
  );
  return out;
}

/** The reason, and what to do about it. */
const said = ({ message, code }: RejectedProblem, lang: Lang): string =>
  [message[lang], remedies[code][lang]].filter((part) => part !== '').join(lang === 'zh' ? '。' : '. ');

/** All reasons of a row, what left it out first, each under its heading. */
function reasonOf({ problems }: RejectedRow, header: RejectedTable['header'], lang: Lang): string {
  const headed = (at: number): string => header.findLast((row) => row[at])?.[at] ?? '';
  return [...problems]
    .sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1))
    .map((p) => {
      const name = p.column === null ? '' : headed(p.column);
      return (name === '' ? '' : name + { zh: '：', en: ': ' }[lang]) + said(p, lang);
    })
    .join('\n');
}

const NARROWEST = 8;
const WIDEST = 36;
const REASON = 60;
/** Chinese characters are two wide. */
const wide = (text: string): number => text.replace(/[^\x20-\x7e]/g, 'xx').length;

function widths({ header, rows }: RejectedTable, width: number): SheetOut['columns'] {
  // The first rows tell how wide a column is; ten thousand need not be measured.
  const measured = [...header, ...rows.slice(0, 200).map((row) => row.cells)];
  const own = Array.from({ length: width }, (_, at) => ({
    width: measured.reduce((n, cells) => Math.min(WIDEST, Math.max(n, wide(cells[at] ?? '') + 2)), NARROWEST),
    style: 'text' as const,
  }));
  return [...own, { width: NARROWEST, style: 'quiet' }, { width: REASON, style: 'quiet' }];
}
