import type { Lang, Text } from '../../shared/text.ts';
import { notesName } from '../ledger/own-notes.ts';
import type { RowOut, SheetOut } from './book.ts';
import type { TemplateField } from './template-columns.ts';
import { noteOf } from './template-rules.ts';

/** Where the names for the unit column's drop-down stand. */
export const UNITS_AT = 4;
export const UNITS_FROM = 1;

/** Of no template's year; only where none was asked for. */
const EXAMPLE_YEAR = 2026;

const general: readonly Text[] = [
  {
    zh: '从第 3 行写起，一行一件事；写好后整个文件直接导入，这张说明不用删。',
    en: 'Write from row 3 on, one event or item a row; then import the file as it is. This sheet may stay.',
  },
  {
    zh: '红字的列必填。用不着的列可以空着，也可以删；列的先后可以换，列名请不要改。',
    en: 'Columns in red are required. Others may be left blank or deleted; the order may change, the headings should not.',
  },
  {
    zh: '第 1 行的支部和年份请保留：导入时靠它认出是谁的、哪一年的台账。',
    en: 'Keep the branch and year in row 1: they tell whose ledger this is, and of which year.',
  },
  {
    zh: '不知道不等于 0：留空或写 * 都是“不知道”，活动照算，数字不当作 0；没有才写 0。',
    en: 'Unknown is not zero: blank or * is unknown, the event counts and its figure is not taken as 0. Write 0 for none.',
  },
  {
    zh: '“50余户”按至少 50 计；“3月上旬”按 3 月 1 日计，两者都标明是约数。',
    en: '50余户 counts as at least 50, 3月上旬 as 1 March; both are marked as approximate.',
  },
];

const heads: readonly Text[] = [
  { zh: '列', en: 'Column' },
  { zh: '怎么填', en: 'What stands there' },
  { zh: '例', en: 'Example' },
];

/**
 * The sheet of explanations. Headings stand one below the other, each after its number: what begins with a digit is
 * no heading to the reader, so that this sheet is no ledger even where it goes by another name.
 */
export function notesSheet(of: {
  readonly fields: readonly TemplateField[];
  readonly title: string;
  readonly names: readonly string[];
  readonly year: number | null;
  readonly lang: Lang;
}): SheetOut {
  const { fields, lang, names } = of;
  const line = (texts: readonly string[], style: 'text' | 'heading' = 'text'): RowOut => ({
    cells: texts.map((value, at) => ({ at, value, style })),
  });
  const rows: RowOut[] = [
    { height: 28, cells: [{ at: 0, value: notesName[lang], style: 'title' }] },
    ...general.map((text) => ({ height: 34, cells: [{ at: 0, value: text[lang], style: 'text' as const }] })),
    line(
      heads.map((text) => text[lang]),
      'heading',
    ),
    ...fields.map(({ column, spec }, i) =>
      line([
        `${i + 1}. ${column.headings[0] ?? ''}${lang === 'en' ? ` (${column.label.en})` : ''}`,
        noteOf(column, spec, lang),
        exampleOf(spec.key === 'unit' ? (names[0] ?? '') : spec.example, of.year),
      ]),
    ),
  ];
  return {
    name: notesName[lang],
    columns: [{ width: 18 }, { width: 64 }, { width: 20 }, { width: 3 }, { width: 26 }],
    rows: withUnits(rows, names, lang),
    merges: general.map((_, i) => ({ row: i + 1, left: 0, right: 2 })),
    frozen: 0,
    repeated: null,
    rules: [],
    notes: [],
  };
}

const exampleOf = (text: string, year: number | null): string =>
  /^-\d\d-\d\d$/.test(text) ? `${year ?? EXAMPLE_YEAR}${text}` : text;

function withUnits(rows: readonly RowOut[], names: readonly string[], lang: Lang): RowOut[] {
  if (names.length === 0) return [...rows];
  const list = [{ zh: '可选的支部', en: 'Branches to choose from' }[lang], ...names];
  return Array.from({ length: Math.max(rows.length, UNITS_FROM + names.length) }, (_, i) => {
    const name = list[i - UNITS_FROM + 1];
    const row = rows[i] ?? { cells: [] };
    return name === undefined
      ? row
      : {
          ...row,
          cells: [...row.cells, { at: UNITS_AT, value: name, style: i === 0 ? 'heading' : 'text' } as const],
        };
  });
}
