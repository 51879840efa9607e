import { familyNames, kindByCode } from '../../shared/kinds.ts';
import { kindWithin } from '../ledger/kinds.ts';
import { spanOf } from '../ledger/span.ts';
import { bare } from '../ledger/text.ts';
import { wordInTitle } from '../ledger/unit-word.ts';
import type { UnitFinder } from '../ledger/units.ts';
import type { Vocabulary } from '../ledger/vocabulary.ts';
import type { RejectedTable } from './rejected-table.ts';
import { sheetName } from './sheet-names.ts';

/** By what names are read. */
export type Reader = { readonly finder: UnitFinder; readonly vocabulary: Vocabulary };
export type Names = { readonly title: readonly string[]; readonly sheet: string };

/**
 * The title and the sheet's name under which the rows are read as they were. The ledger's own are kept where they say
 * unit, months and kind by themselves; what was said by the file's name or by hand is put in their place.
 */
export function namesFor(table: RejectedTable, reader: Reader): Names {
  const family = familyNames[table.ledger].zh;
  const own = table.title?.split('\n').filter((line) => line.trim() !== '') ?? [];
  const sheet = sheetName(table.sheet, family);
  const made = [madeTitle(table, reader)];
  const tried: readonly Names[] = [
    ...(own.length > 0 ? [{ title: own, sheet }] : []),
    { title: made, sheet },
  ];
  return tried.find((names) => says(names, table, reader)) ?? { title: made, sheet: family };
}

const baseName = (file: string): string => (file.split(/[/\\]/).at(-1) ?? file).replace(/\.[^.]*$/, '');

/** What stood around the rows, from the nearest to the farthest. */
const around = ({ title, sheet, file }: RejectedTable): string[] => [
  title ?? '',
  sheet,
  baseName(file),
  file.split(/[/\\]/).slice(0, -1).join(' '),
];

function says({ title, sheet }: Names, table: RejectedTable, reader: Reader): boolean {
  const text = title.join('\n');
  return (
    unitSaid(sheet, text, table, reader) &&
    monthsSaid(text, sheet, table) &&
    kindOf([sheet, text], table, reader) === kindOfOriginal(table, reader)
  );
}

function unitSaid(sheet: string, title: string, table: RejectedTable, reader: Reader): boolean {
  if (table.unit === null || namesItsUnits(table, reader)) return true;
  const found = [sheet, title].map((text) => reader.finder.within(text)).find((match) => match.is !== 'none');
  return found?.is === 'one' && found.unit.code === table.unit;
}

/** A column of units says more than a title, which would give a unit to a row that has none. */
const namesItsUnits = ({ header, ledger }: RejectedTable, { vocabulary }: Reader): boolean =>
  header.some((row) =>
    row.some((text) => vocabulary.headings[ledger].get(bare(text))?.column.key === 'unit'),
  );

function monthsSaid(title: string, sheet: string, { from, to, byHand }: RejectedTable): boolean {
  if (from === null || to === null) return true;
  const span = spanOf([title, sheet]);
  if (span?.is === 'months') return span.from === from && (byHand ? span.to === to : span.to >= to);
  const year = from.slice(0, 4);
  // A year that is not over reaches to the last row: the title says more than the months do.
  return (
    span?.year === Number(year) &&
    from.endsWith('-01') &&
    (byHand ? to === `${year}-12` : to.startsWith(year))
  );
}

function kindOf(names: readonly string[], { ledger }: RejectedTable, { vocabulary }: Reader): string | null {
  if (ledger !== 'activity' && ledger !== 'visit') return null;
  for (const text of names) {
    const kind = kindWithin(text, ledger, vocabulary);
    if (kind) return kind;
  }
  return null;
}

function kindOfOriginal(table: RejectedTable, reader: Reader): string | null {
  const [title = '', ...farther] = around(table);
  const [sheet = '', ...files] = farther;
  return kindOf([sheet, title, ...files], table, reader);
}

/** `东港引航站党支部 2022年1-6月三会一课台账` */
function madeTitle(table: RejectedTable, reader: Reader): string {
  const { finder } = reader;
  const unit = table.unit === null || namesItsUnits(table, reader) ? undefined : finder.byCode(table.unit);
  const kind = kindByCode.get(kindOfOriginal(table, reader) ?? '');
  const what = kind?.name.zh ?? familyNames[table.ledger].zh;
  return `${unit ? `${wordInTitle(unit, finder)} ` : ''}${monthsWord(table)}${what}台账`;
}

function monthsWord(table: RejectedTable): string {
  const { from, to, byHand } = table;
  if (from === null || to === null) return '';
  const [y1, m1, y2, m2] = [from.slice(0, 4), Number(from.slice(5)), to.slice(0, 4), Number(to.slice(5))];
  const whole = !byHand && spanOf(around(table))?.is === 'year';
  if (y1 === y2 && m1 === 1 && (m2 === 12 || whole)) return `${y1}年`;
  if (from === to) return `${y1}年${m1}月`;
  return y1 === y2 ? `${y1}年${m1}-${m2}月` : `${y1}年${m1}月-${y2}年${m2}月`;
}
