import type { BookCell, Style } from './book.ts';
import type { NativeChart } from './chart.ts';
import { palette } from './look.ts';

const head: Style = { bold: true, fill: palette.band, line: 'under', wrap: true };

/** A chart's figures as rows of a sheet: the names of its series, then a category a row. A gap is an empty cell. */
export const blockOf = ({ series, categories, format }: NativeChart): { cells: BookCell[] }[] => [
  { cells: [{ value: '', style: head }, ...series.map(({ name }) => ({ value: name, style: head }))] },
  ...categories.map((category, i) => ({
    cells: [
      { value: category, style: { line: 'under' } as const },
      ...series.map(({ values }): BookCell => ({ value: values[i] ?? null, style: { format } })),
    ],
  })),
];
