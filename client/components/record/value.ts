import { formatNumber } from '../../../shared/format.ts';
import { kindByCode, type Family } from '../../../shared/kinds.ts';
import { ledgerOf } from '../../../shared/kpi.ts';
import { kpiById } from '../../../shared/kpis.ts';
import {
  recordFields,
  type FieldValue,
  type RecordField,
  type RecordFields,
} from '../../../shared/record-fields.ts';
import type { Lang } from '../../../shared/text.ts';
import { shortName, type UnitTree } from '../../../shared/unit.ts';
import type { RecordPageWords } from '../../words/record.ts';

export type Telling = { readonly words: RecordPageWords; readonly lang: Lang; readonly tree: UnitTree };
/** `isBlank`: it is said that nothing is known, or nothing was written. */
export type Told = { readonly text: string; readonly isBlank: boolean };

const numberIn = (value: number): string => formatNumber(value, Number.isInteger(value) ? 0 : 1);

/** A field's value in the reader's words; what is not known is said to be so, and is never 0. */
export function tell(field: RecordField, value: FieldValue, { words, lang, tree }: Telling): Told {
  const isBlank = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isBlank) {
    const isFigure = field.type === 'count' || field.type === 'hours';
    return { text: isFigure ? words.unknown : words.unwritten, isBlank };
  }
  const kindName = (code: string): string => kindByCode.get(code)?.name[lang] ?? code;
  const texts: Readonly<Record<RecordField['type'], () => string>> = {
    unit: () => shortName(tree.byCode.get(String(value))?.name ?? String(value)),
    day: () => String(value),
    text: () => String(value),
    count: () => numberIn(Number(value)),
    least: () => `≥ ${numberIn(Number(value))}`,
    hours: () => numberIn(Number(value)),
    kinds: () =>
      [value]
        .flat()
        .map(String)
        .map(kindName)
        .join(lang === 'zh' ? '、' : ', '),
    kind: () => kindName(String(value)),
    nature: () => words.natures[String(value)] ?? String(value),
    flag: () => (value === true ? words.rough : '—'),
  };
  return { text: texts[field.type](), isBlank };
}

export type Fact = Told & { readonly field: RecordField };

/** What a record says, field by field; a lower bound is told with the figure that it is of. */
export function factsOf(family: Family, fields: RecordFields, telling: Telling): Fact[] {
  return recordFields[family].flatMap((field): Fact[] => {
    const value = fields[field.key] ?? null;
    const isAside = field.type === 'least' || field.type === 'flag' || field.key === 'endDate';
    if (isAside && (field.type === 'least' || value === null || value === false)) return [];
    const least = fields[`${field.key}Min`];
    if (value === null && typeof least === 'number')
      return [{ field, text: telling.words.atLeast(numberIn(least)), isBlank: true }];
    return [{ field, ...tell(field, value, telling) }];
  });
}

/** The figure whose list shows records of that ledger. */
const listedBy: Readonly<Record<Family, string>> = {
  activity: 'attendance_rate',
  visit: 'visits',
  volunteering: 'volunteers',
  rectification: 'rectification_closure_rate',
  headcount: 'study_hours_per_member',
};

/** The figure whose records one came by, where it can be of that ledger; else the one that lists them all. */
export function figureOf(family: Family, asked: string | undefined): string {
  const kpi = asked === undefined ? undefined : kpiById.get(asked);
  return kpi && ledgerOf(kpi) === family ? kpi.id : listedBy[family];
}

/** The list in which records like this one stand. */
export const listOf = (family: Family, { unit, date }: RecordFields) => ({
  path: '/records',
  query: {
    unit: String(unit),
    kpi: listedBy[family],
    period: String(date).slice(0, 7),
    ...(family === 'headcount' ? { part: 'denominator' } : {}),
  },
});
