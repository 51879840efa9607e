import type { Random } from './random.ts';

/** How a branch keeps its ledgers. People differ, and keep to their ways. */
export type Habit = {
  readonly file: 'xlsx' | 'xls' | 'csv-gbk' | 'csv-bom';
  readonly date: 'serial' | 'loose' | 'dots' | 'slashes' | 'chinese' | 'month-day' | 'compact';
  readonly count: 'number' | 'people' | 'wide';
  readonly hours: 'hours' | 'words' | 'minutes';
  readonly absence: 'columns' | 'names' | 'none';
  readonly title: boolean;
  /** 人数 over 应到 and 实到. */
  readonly twoRows: boolean;
  readonly totals: boolean;
  readonly remark: boolean;
  readonly numbered: boolean;
  /** Which of a column's usual headings, by turns. */
  readonly wording: number;
  /** Keeps a rectification ledger of its own; the others are in the centre's. */
  readonly ownRectification: boolean;
};

/** The first branches show every habit once; chance decides the rest. */
export function habitOf(position: number, random: Random): Habit {
  const file =
    (['xlsx', 'xlsx', 'csv-gbk', 'xlsx', 'xls', 'xlsx', 'csv-bom', 'xlsx', 'xlsx', 'xlsx'] as const)[
      position % 10
    ] ?? 'xlsx';
  const csv = file === 'csv-gbk' || file === 'csv-bom';
  const dates = [
    'serial',
    'chinese',
    'dots',
    'month-day',
    'serial',
    'loose',
    'slashes',
    'compact',
    'chinese',
    'serial',
  ] as const;
  const date = dates[position % dates.length] ?? 'serial';
  return {
    file,
    date,
    count: random.pick(['number', 'number', 'number', 'people', 'wide']),
    hours: random.pick(['hours', 'hours', 'words', 'minutes']),
    absence: (['columns', 'columns', 'names', 'columns', 'none'] as const)[position % 5] ?? 'columns',
    // 3月5日 says no year: the title must.
    title: !csv && (date === 'month-day' || random.chance(0.75)),
    twoRows: !csv && random.chance(0.3),
    totals: random.chance(0.4),
    remark: random.chance(0.25),
    numbered: random.chance(0.7),
    wording: random.int(0, 11),
    ownRectification: position % 3 === 0,
  };
}
