import type { Column } from '../../shared/fields.ts';
import type { Lang, Text } from '../../shared/text.ts';
import type { RuleOut } from './book.ts';
import type { TemplateColumn } from './template-columns.ts';

/** What may stand in every cell of a type. */
const typeNotes: Readonly<Partial<Record<Column['type'], Text>>> = {
  date: {
    zh: '写成 2026-3-5 这样；只知道大概的，写“3月上旬”或“3月”：按它可能的第一天计，并标明是约数。',
    en: 'As 2026-3-5. Known only roughly: 3月上旬 (early March) or 3月: counts from the first day it can mean, marked as approximate.',
  },
  count: {
    zh: '写整数，没有写 0。不知道的留空或写 *，不当作 0；约数写“50余户”，按至少 50 计。',
    en: 'A whole number, 0 for none. Not known: blank or *, never taken as 0. 50余户 (50 and more) counts as at least 50.',
  },
  hours: {
    zh: '写小时数，可以有小数，如 1.5；不知道的留空，不当作 0。',
    en: 'Hours, with decimals if need be: 1.5. Not known: blank, never taken as 0.',
  },
};

/** What holds for a column: its own words, then those of its type. */
export function noteOf(column: Column, { key, what, required }: TemplateColumn, lang: Lang): string {
  // A headcount without its exact number is none: the leave to write 50余 does not reach it.
  const general = key === 'members' ? undefined : typeNotes[column.type]?.[lang];
  const must = required ? { zh: '必填。', en: 'Required.' }[lang] : '';
  return [must, what[lang], general ?? ''].filter((part) => part !== '').join(lang === 'zh' ? '' : ' ');
}

// Above any figure of a branch, and below the serial that a spreadsheet makes of `5/5`.
const MOST_PERSONS = 9_999;
/** An event of more hours is taken as unknown. */
const MOST_HOURS = 24;
const EPOCH = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;
const serial = (day: string): number => (Date.parse(`${day}T00:00:00Z`) - EPOCH) / DAY;

const asks: Readonly<Record<'list' | 'date' | 'whole' | 'decimal', Text>> = {
  list: {
    zh: '下拉中没有这一项。确实如此请点“是”，导入时会再问一次。',
    en: 'This is none of the choices. If it is right, go on: the import will ask about it.',
  },
  date: {
    zh: '不是这张台账年度内的日期。“3月上旬”这样的约数可以写，请点“是”。',
    en: 'No date within the year of this ledger. If it is only roughly known (3月上旬), go on.',
  },
  whole: {
    zh: '应为不小于 0 的整数。不知道的留空或写 *，约数写“50余户”：确实如此请点“是”。',
    en: 'Should be a whole number, 0 or more. If it is not known (*) or a lower bound (50余户), go on.',
  },
  decimal: {
    zh: '应为 0 到 24 小时。不知道的留空。',
    en: 'Should be 0 to 24 hours. Leave blank what is not known.',
  },
};

type Place = { readonly at: number; readonly from: number; readonly to: number };

/** What a spreadsheet should ask about when something else is typed; null where anything goes. */
export function ruleOf(
  column: Column,
  spec: TemplateColumn,
  place: Place,
  { lang, year, choices }: { lang: Lang; year: number | null; choices: RuleOut['allows'] | null },
): RuleOut | null {
  const title = column.headings[0] ?? '';
  const rule = (allows: RuleOut['allows'], message: Text): RuleOut => ({
    ...place,
    allows,
    title,
    message: message[lang],
  });
  if (choices) return rule(choices, asks.list);
  switch (column.type) {
    case 'date':
      // Only the first date of a row is of the ledger's year; it is due and closed whenever that may be.
      return spec.words
        ? null
        : rule(
            spec.key === 'date' && year !== null
              ? { is: 'date', least: serial(`${year}-01-01`), most: serial(`${year}-12-31`) }
              : { is: 'date', least: serial('2000-01-01'), most: serial('2099-12-31') },
            asks.date,
          );
    case 'count':
      return rule({ is: 'whole', least: 0, most: MOST_PERSONS }, asks.whole);
    case 'hours':
      return rule({ is: 'decimal', least: 0, most: MOST_HOURS }, asks.decimal);
    default:
      return null;
  }
}
