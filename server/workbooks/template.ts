import { ledgerColumns } from '../../shared/fields.ts';
import { familyNames, kinds, type Family } from '../../shared/kinds.ts';
import type { Lang } from '../../shared/text.ts';
import type { Unit } from '../../shared/unit.ts';
import { notesName } from '../ledger/own-notes.ts';
import { wordInCell, wordInTitle } from '../ledger/unit-word.ts';
import { UnitFinder } from '../ledger/units.ts';
import type { RowOut, RuleOut, SheetOut } from './book.ts';
import type { StyleName } from './styles.ts';
import { templateColumns, type TemplateColumn, type TemplateField } from './template-columns.ts';
import { notesSheet, UNITS_AT, UNITS_FROM } from './template-notes.ts';
import { noteOf, ruleOf } from './template-rules.ts';
import { writeWorkbook } from './write.ts';

export type TemplateAsked = {
  readonly family: Family;
  /** All units of the centre. */
  readonly units: readonly Unit[];
  /** Whose ledger it will be; null for a ledger of several, whose rows name their own. */
  readonly unit: Unit | null;
  readonly year: number | null;
  readonly lang: Lang;
};

/** Rows under the headings that have drop-downs: more than all branches of a centre write in a year. */
const LAST_ROW = 2000;
const TITLE_ROW = 0;
const HEADER_ROW = 1;

/**
 * An empty ledger to be filled in: title, headings with notes, drop-downs, and a sheet that explains and shows an
 * example. The headings are Chinese in both languages, since those are what is read; the explanations follow `lang`.
 * The example stands among the explanations alone: no row of it can be imported, or written over by half.
 */
export function templateWorkbook(asked: TemplateAsked): Uint8Array {
  const fields = fieldsOf(asked.family, asked.unit === null);
  const finder = new UnitFinder(asked.units);
  const names = openUnits(asked).map((unit) => wordInCell(unit, finder));
  const title = titleOf(asked, finder);
  return writeWorkbook([
    ledgerSheet(asked, fields, title, names.length),
    notesSheet({ ...asked, fields, title, names: asked.unit === null ? names : [] }),
  ]);
}

/** `东港站2026年三会一课台账模板.xlsx` */
export function templateFileName(asked: TemplateAsked): string {
  return `${titleOf(asked, new UnitFinder(asked.units)).replace(/\s+/g, '')}模板.xlsx`;
}

const titleOf = ({ family, unit, year }: TemplateAsked, finder: UnitFinder): string =>
  `${unit ? `${wordInTitle(unit, finder)} ` : ''}${year === null ? '' : `${year}年`}${familyNames[family].zh}台账`;

function fieldsOf(family: Family, withUnit: boolean): TemplateField[] {
  return templateColumns[family]
    .filter((spec) => withUnit || spec.key !== 'unit')
    .map((spec) => {
      const column = ledgerColumns[family].find((c) => c.key === spec.key);
      if (!column) throw new Error(`the ledger ${family} has no column ${spec.key}`);
      return { spec, column };
    });
}

/** Those that could have written anything in the year. */
const openUnits = ({ units, year }: TemplateAsked): Unit[] =>
  units.filter(
    ({ openedOn, closedOn }) =>
      (closedOn === null || (year !== null && closedOn >= `${year}-01-01`)) &&
      (openedOn === null || year === null || openedOn <= `${year}-12-31`),
  );

const typed = ({ column, spec }: TemplateField): StyleName => {
  if (column.type === 'date') return 'day';
  // Left as they are, counts are numbers, and `5/5` is seen to be a day.
  return column.type === 'count' || column.type === 'hours' || spec.key === 'seq' ? 'general' : 'text';
};

function ledgerSheet(
  { family, year, lang }: TemplateAsked,
  fields: readonly TemplateField[],
  title: string,
  units: number,
): SheetOut {
  const header: RowOut = {
    height: 30,
    cells: fields.map(({ column, spec }, at) => ({
      at,
      value: column.headings[0] ?? '',
      style: spec.required ? 'required' : 'heading',
    })),
  };
  const place = { from: HEADER_ROW + 1, to: LAST_ROW };
  return {
    name: familyNames[family].zh,
    columns: fields.map((field) => ({ width: field.spec.width, style: typed(field) })),
    rows: [{ height: 28, cells: [{ at: 0, value: title, style: 'title' }] }, header],
    merges: [{ row: TITLE_ROW, left: 0, right: fields.length - 1 }],
    frozen: HEADER_ROW + 1,
    repeated: [TITLE_ROW, HEADER_ROW],
    notes: fields.map(({ column, spec }, at) => ({
      row: HEADER_ROW,
      at,
      text: (lang === 'en' ? `${column.label.en}. ` : '') + noteOf(column, spec, lang),
    })),
    rules: fields.flatMap(({ column, spec }, at) => {
      const choices = choicesOf(spec, { family, units, lang });
      return ruleOf(column, spec, { at, ...place }, { lang, year, choices }) ?? [];
    }),
  };
}

function choicesOf(
  { choices }: TemplateColumn,
  { family, units, lang }: { family: Family; units: number; lang: Lang },
): RuleOut['allows'] | null {
  if (choices === undefined) return null;
  if (choices === 'unit')
    return units === 0
      ? null
      : { is: 'range', sheet: notesName[lang], at: UNITS_AT, rows: [UNITS_FROM, UNITS_FROM + units - 1] };
  if (choices !== 'kind') return { is: 'list', choices };
  return {
    is: 'list',
    choices: kinds.filter((k) => (k.family === 'visit') === (family === 'visit')).map((k) => k.name.zh),
  };
}
