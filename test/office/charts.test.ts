import { describe, expect, test } from 'vitest';
import { officeFile } from '../../server/snapshot/office/office.ts';
import type { Sealed } from '../../server/snapshot/sealed.ts';
import { viewIds } from '../../shared/views.ts';
import { cases, oneOfEach } from './cases.ts';
import { cellsAt, chartsIn, partsOf, readBook, readChart, type Book, type ReadSeries } from './reading.ts';
import { proof } from '../sealed.ts';

/** What was sealed: cells' values, the halves that charts of raised and closed show, and the table's running totals. */
function figuresOf({ answers, view, state, table }: Sealed): Set<string> {
  const cells = answers.flatMap((a) => a.cells);
  const values = cells.flatMap((c) => [
    c.value,
    ...(view === 'rectification' ? [c.numerator, c.denominator] : []),
  ]);
  // A total that is a lower bound has no bare figure in the table, but says it.
  const totals = table.rows.flatMap((row) =>
    row.cells.map(
      (c) => c.value ?? Number(/^≥ ([\d,]+)/.exec(c.text)?.[1]?.replaceAll(',', '') ?? Number.NaN),
    ),
  );
  return new Set([...values, ...(state.sum ? totals : [])].filter((v) => v !== null).map(String));
}

const isNorm = ({ name }: ReadSeries): boolean => /规定|norm/i.test(name);

/** A chart's cache says what its cells say, and nothing is there where there is no figure. */
function agrees(series: ReadSeries, book: Book): void {
  expect(cellsAt(book, series.nameAt)).toEqual([series.name]);
  expect(cellsAt(book, series.categoriesAt)).toEqual(series.categories);
  const cells = cellsAt(book, series.valuesAt);
  expect(cells).toHaveLength(series.count);
  cells.forEach((value, i) => {
    const cached = series.points.get(i);
    expect(cached === undefined ? undefined : Number(cached)).toBe(value);
    expect(cached).not.toBe('');
  });
}

describe.each(cases)('$name', ({ view, sealed }) => {
  const known = figuresOf(sealed);
  const fromAnswers = (series: readonly ReadSeries[]): void => {
    // A calendar's columns are what the days of a month add up to: native.test.ts holds them against the days.
    if (view === 'calendar') return;
    for (const one of series.filter((s) => !isNorm(s)))
      for (const value of one.points.values()) expect(known).toContain(value);
  };

  test('a workbook’s charts are native, and their figures are the sealed ones', async () => {
    const bytes = await officeFile('xlsx', sealed, proof);
    const book = readBook(bytes);
    for (const { xml } of chartsIn(partsOf(bytes))) {
      const { series, blanks } = readChart(xml);
      expect(blanks).toBe('gap');
      fromAnswers(series);
      series.forEach((one) => agrees(one, book));
    }
  });

  test('a deck’s charts hold the same figures as the workbooks within them', async () => {
    const parts = partsOf(await officeFile('pptx', sealed, proof));
    const charts = chartsIn(parts);
    charts.forEach(({ name, xml }, i) => {
      expect(name).toBe(`ppt/charts/chart${i + 1}.xml`);
      const { series, blanks } = readChart(xml);
      expect(blanks).toBe('gap');
      fromAnswers(series);
      const book = readBook(parts[`ppt/embeddings/Microsoft_Excel_Worksheet${i + 1}.xlsx`]!);
      series.forEach((one) => agrees(one, book));
    });
  });
});

test('every view but units × periods has a native chart, with figures in it', async () => {
  const counts = await Promise.all(
    oneOfEach('zh').map(async ({ view, sealed }) => {
      const charts = chartsIn(partsOf(await officeFile('xlsx', sealed, proof)));
      const points = charts.flatMap(({ xml }) => readChart(xml).series.map((s) => s.points.size));
      return [view, points.reduce((sum, n) => sum + n, 0) > 0] as const;
    }),
  );
  expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(viewIds.map((v) => [v, v !== 'heatmap'])));
});
