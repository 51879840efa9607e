import { formatCellLong, formatUnknown } from '../format.ts';
import type { Family } from '../kinds.ts';
import type { Kpi } from '../kpi.ts';
import type { Cell } from '../query.ts';
import type { Lang, Text } from '../text.ts';
import type { Unit } from '../unit.ts';

/**
 * A KPI worked out by hand: a small ledger as a branch would write it, the calculation line by line,
 * and what it must come to. Nothing here is computed; a test puts the ledger through the importer and
 * compares. For docs/kpis.md and the catalogue page.
 */
export type Example = {
  readonly kpi: string;
  /** What the example shows that a reader may trip over. */
  readonly shows: Text;
  readonly units: readonly ExampleUnit[];
  readonly ledgers: readonly ExampleLedger[];
  readonly asked: { readonly unit: string; readonly year: number; readonly asOf: string };
  readonly steps: readonly Step[];
  readonly expected: Pick<Cell, 'value' | 'numerator' | 'denominator' | 'unknown' | 'status'>;
};

export type ExampleUnit = Pick<Unit, 'code' | 'name' | 'parent' | 'level' | 'openedOn'>;

export type ExampleLedger = {
  readonly family: Family;
  /** Says whose ledger it is and of which months, as the files of branches do. */
  readonly file: string;
  /** Headings in the first line. No cell holds a comma or a quotation mark. */
  readonly csv: string;
};

/** A line of the calculation, and the rows (as numbered in the file) that it speaks of. */
export type Step = {
  /** Which of the example's ledgers, from 0. */
  readonly ledger: number;
  readonly rows: readonly number[];
  readonly says: Text;
};

/** Of rows of the first ledger. */
export const row = (rows: number | readonly number[], zh: string, en: string, ledger = 0): Step => ({
  ledger,
  rows: typeof rows === 'number' ? [rows] : rows,
  says: { zh, en },
});

/** Of no row in particular: a sum, a quotient. */
export const sumUp = (zh: string, en: string): Step => ({ ledger: 0, rows: [], says: { zh, en } });

const centre: ExampleUnit = {
  code: 'JH',
  name: '江海引航中心',
  parent: null,
  level: 'centre',
  openedOn: null,
};
const branch = (code: string, name: string, openedOn: string | null = null): ExampleUnit => ({
  code,
  name,
  parent: 'JH',
  level: 'branch',
  openedOn,
});

/** A centre with one branch. */
export const oneBranch: readonly ExampleUnit[] = [centre, branch('DG', '东港引航站党支部')];
/** A centre with two, the second of which was set up in the middle of March. */
export const twoBranches: readonly ExampleUnit[] = [
  ...oneBranch,
  branch('XG', '西港引航站党支部', '2023-03-15'),
];

/** A ledger's cells, the line of headings first. */
export const cellsOf = ({ csv }: ExampleLedger): readonly (readonly string[])[] =>
  csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));

/** `第 2、3 行`, `Row 2`, `Ledger 2, row 3`: what a line of the calculation speaks of; empty for a sum. */
export function rowsText({ ledgers }: Example, { ledger, rows }: Step, lang: Lang): string {
  if (rows.length === 0) return '';
  const several = ledgers.length > 1;
  if (lang === 'zh') return `${several ? `台账 ${ledger + 1} ` : ''}第 ${rows.join('、')} 行`;
  const noun = `row${rows.length > 1 ? 's' : ''} ${rows.join(', ')}`;
  return several ? `Ledger ${ledger + 1}, ${noun}` : `R${noun.slice(1)}`;
}

/** Who was asked for, and as of which day. */
export function askedText({ units, asked: { unit, year, asOf } }: Example, lang: Lang): string {
  const name = units.find((u) => u.code === unit)?.name ?? unit;
  return lang === 'zh' ? `${name}，${year} 年，截至 ${asOf}` : `${name}, ${year}, as of ${asOf}`;
}

const partly: Text = { zh: '台账未报齐', en: 'not all ledgers handed in' };

/** The expected figure in full, with what is unknown and whether ledgers are missing. */
export function resultText(kpi: Kpi, example: Example, lang: Lang): string {
  const cell = cellOf(kpi, example);
  // A sum says itself what of it is unknown.
  const unknown = cell.unknown > 0 && kpi.type !== 'count' ? [formatUnknown(cell.unknown, lang)] : [];
  const gaps = cell.status === 'partial' ? [partly[lang]] : [];
  return [formatCellLong(kpi, cell, lang), ...unknown, ...gaps].join(lang === 'zh' ? '，' : ', ');
}

/** The expected figure as a cell, for the formatters. */
export const cellOf = (kpi: Kpi, { asked, expected }: Example): Cell => ({
  kpi: kpi.id,
  unit: asked.unit,
  period: String(asked.year),
  ...expected,
  records: 0,
  coverage: { covered: 0, due: 0 },
});
