import type { Sealed } from '../sealed.ts';
import type { Book, BookCell, BookSheet, PlacedChart, Style } from './book.ts';
import { writeBook } from './book-write.ts';
import type { NativeChart } from './chart.ts';
import { blockOf } from './chart-block.ts';
import { broken, widthOf } from '../../../shared/charts/shapes.ts';
import { palette } from './look.ts';
import { nativeCharts } from './native.ts';
import type { Properties } from '../../office/package.ts';
import { qrPng } from './qr.ts';
import { footLine, scopeLine } from './scope-line.ts';
import { sectionsOf, type Proof } from './sources.ts';
import { officeTable, type OfficeCell, type OfficeTable } from './table.ts';
import { say, sayPage } from './words.ts';
import { cellsSheet } from './xlsx-cells.ts';

/** A seal as a workbook: the figures with their charts, what the charts are drawn from, every cell, and what it all rests on. */

const title: Style = { size: 16, bold: true };
const soft: Style = { ink: palette.soft };
const head: Style = { bold: true, fill: palette.band, line: 'under', wrap: true };
const text = (value: string, style: Style = {}): BookCell => ({ value, style });

/** The bytes of the .xlsx file. The same seal gives the same bytes. */
export async function xlsxFile(sealed: Sealed, proof: Proof, properties: Properties): Promise<Uint8Array> {
  const charts = nativeCharts(sealed);
  const data = chartData(charts, sealed);
  const qr = proof.link === null ? null : await qrPng(proof.link);
  const book: Book = {
    sheets: [
      figuresSheet(sealed, charts, data.starts),
      ...(charts.length === 0 ? [] : [data.sheet]),
      cellsSheet(sealed),
      sourcesSheet(sealed, proof, qr),
    ],
    properties,
    foot: footLine(sealed),
  };
  return writeBook(book);
}

const TOP = 5;

/** Sheet 1: what it is, the table, and beside it the charts. */
function figuresSheet(sealed: Sealed, charts: readonly NativeChart[], starts: readonly number[]): BookSheet {
  const { lang } = sealed;
  const table = withFewFormats(officeTable(sealed));
  const isOne = charts.length <= 1;
  const above = [
    [text(sealed.title, title)],
    [text(sealed.says, { size: 11 })],
    [text(scopeLine(sealed), soft)],
    [text(aboutChart(sealed, charts), soft)],
  ];
  const widths = tableWidths(table);
  return {
    name: say('figures', lang),
    rows: [
      ...above.map((cells, i) => ({ cells, height: i === 0 ? 26 : 18 })),
      { cells: table.columns.map((name) => text(name, head)), ...tallFor(table.columns, widths) },
      ...table.rows.map((row) => ({
        ...tallFor([row.label, ...row.cells.map((c) => (c.value === null ? c.text : ''))], widths),
        cells: [
          text(row.label, { line: 'under', wrap: true }),
          ...row.cells.map((cell, i) => figureCell(cell, table.isFigure[i + 1] === true)),
        ],
      })),
    ],
    // Beside the table room for the charts, in columns as wide as they are.
    widths: [...widths, 2, ...(isOne ? [90] : [62, 62])],
    frozen: { rows: TOP, columns: 1 },
    repeated: [TOP - 1, TOP - 1],
    filtered: null,
    charts: charts.map((chart, i) => placed(sealed, chart, { i, isOne, starts, column: widths.length + 1 })),
    pictures: [],
  };
}

// A spreadsheet takes about two hundred formats of a workbook's own.
const MOST_FRACTIONS = 100;
/** Fractions are shown as such by a format of their own; where there are too many of them, as percentages. */
function withFewFormats(table: OfficeTable): OfficeTable {
  const cells = table.rows.flatMap((row) => row.cells.filter((c) => c.isFraction));
  if (new Set(cells.map((c) => c.text)).size <= MOST_FRACTIONS) return table;
  const plain = (cell: OfficeCell): OfficeCell => ({ ...cell, isFraction: false });
  return { ...table, rows: table.rows.map((row) => ({ ...row, cells: row.cells.map(plain) })) };
}

/** Why there is no chart, where there is none; else what its points cannot show. */
function aboutChart({ view, lang }: Sealed, charts: readonly NativeChart[]): string {
  if (view === 'heatmap') return say('heat', lang);
  if (charts.length === 0) return say('noChart', lang);
  const [chart] = charts;
  return charts.length === 1 && chart !== undefined
    ? chart.remarks.join(lang === 'zh' ? '；' : '; ')
    : sayPage({ from: 1, to: charts.length, of: charts.length }, lang);
}

function figureCell(
  { text: words, value, format, look, isFraction }: OfficeCell,
  isFigure: boolean,
): BookCell {
  const style: Style = { ...look, line: 'around' };
  if (value !== null) return { value, style: { ...style, format: isFraction ? `"${words}"` : format } };
  return { value: words, style: isFigure ? { ...style, align: 'right' } : { ...style, wrap: true } };
}

type Grid = {
  readonly i: number;
  readonly isOne: boolean;
  readonly starts: readonly number[];
  readonly column: number;
};

// Rows that a chart in a grid takes, tall and small.
const [TALL_ROWS, SMALL_ROWS] = [26, 15];
const isTall = (chart: NativeChart): boolean => chart.lies === 'lying' || chart.keyAtSide === true;

/** Pixels: as high as what it has to show. */
function heightOf(chart: NativeChart, isOne: boolean): number {
  if (chart.lies === 'lying') return Math.max(220, Math.min(560, 90 + chart.categories.length * 40));
  if (isOne) return 380;
  return chart.keyAtSide ? 560 : 310;
}

/** One chart beside the table, several in two columns. */
function placed(sealed: Sealed, chart: NativeChart, { i, isOne, starts, column }: Grid): PlacedChart {
  const name = chartName(chart, sealed);
  return {
    chart,
    row: TOP - 1 + Math.floor(i / 2) * (isTall(chart) ? TALL_ROWS : SMALL_ROWS),
    column: isOne ? column : column + (i % 2),
    width: isOne ? 630 : 430,
    height: heightOf(chart, isOne),
    says: `${sealed.title} ${name ?? ''}. ${sealed.says}`,
    ...(isOne || name === null ? {} : { title: name }),
    source: { sheet: say('chartData', sealed.lang), row: (starts[i] ?? 0) + 1, column: 0 },
  };
}

const chartName = ({ name, page }: NativeChart, { lang }: Sealed): string | null =>
  name ?? (page === null ? null : sayPage(page, lang));

/** Characters of a column of the charts' figures. */
const DATA_WIDTH = 20;

/** Every chart's figures in a block of their own. @returns the sheet, and the row in which each block begins */
function chartData(
  charts: readonly NativeChart[],
  sealed: Sealed,
): { readonly sheet: BookSheet; readonly starts: readonly number[] } {
  const starts: number[] = [];
  const rows: { cells: BookCell[]; height?: number }[] = [
    { cells: [text(say('dataNote', sealed.lang), soft)] },
    { cells: [] },
  ];
  for (const chart of charts) {
    starts.push(rows.length);
    rows.push({ cells: [text(chartName(chart, sealed) ?? sealed.title, { bold: true })] });
    const [names = { cells: [] }, ...figures] = blockOf(chart);
    rows.push(
      {
        ...names,
        ...tallFor(
          chart.series.map((s) => s.name),
          chart.series.map(() => DATA_WIDTH),
        ),
      },
      ...figures,
    );
    rows.push({ cells: [] });
  }
  const columns = Math.max(1, ...charts.map((c) => c.series.length));
  return {
    starts,
    sheet: {
      name: say('chartData', sealed.lang),
      rows,
      widths: [28, ...Array.from({ length: columns }, () => DATA_WIDTH)],
      frozen: { rows: 0, columns: 1 },
      repeated: null,
      filtered: null,
      charts: [],
      pictures: [],
    },
  };
}

const SOURCE_WIDTHS = [26, 110];
/** The last sheet: what the figures rest on, and how to check them. */
function sourcesSheet(sealed: Sealed, proof: Proof, qr: Uint8Array | null): BookSheet {
  const { lang } = sealed;
  const sections = sectionsOf(sealed, proof).map(({ heading, rows }) => [
    { cells: [text(heading, { bold: true, size: 12 })] },
    ...rows.map(({ label, text: words, link }) => ({
      ...tallFor([label, words], SOURCE_WIDTHS),
      cells: [
        text(label, { ...soft, wrap: true }),
        { value: words, style: { wrap: true as const }, ...(link === undefined ? {} : { link }) },
      ],
    })),
    { cells: [] },
  ]);
  return {
    name: say('definitions', lang),
    rows: [{ cells: [text(sealed.title, title)], height: 26 }, { cells: [] }, ...sections.flat()],
    widths: [...SOURCE_WIDTHS, 2, 24],
    frozen: { rows: 1, columns: 0 },
    repeated: [0, 0],
    filtered: null,
    charts: [],
    pictures:
      qr === null ? [] : [{ png: qr, row: 2, column: 3, width: 150, height: 150, says: say('scan', lang) }],
  };
}

// Pixels of a character of figures in the width of a column.
const PER_CHARACTER = 6.4;
const [NARROWEST, WIDEST, LABEL] = [8, 30, 30];

const LINE = 16.5;
/** A row of broken words says its height: not every program finds it out. */
function tallFor(texts: readonly string[], widths: readonly number[]): { height?: number } {
  const lines = texts.map((words, i) => {
    const room = ((widths[i] ?? WIDEST) - 1) * PER_CHARACTER;
    return words.split('\n').reduce((n, one) => n + broken(one, room, Infinity).length, 0);
  });
  const most = Math.max(...lines);
  return most > 1 ? { height: most * LINE } : {};
}

/** Columns as wide as their words, up to where words are broken. */
function tableWidths({ columns, rows }: OfficeTable): number[] {
  return columns.map((name, i) => {
    const words = rows.slice(0, 400).map((row) => (i === 0 ? row.label : (row.cells[i - 1]?.text ?? '')));
    // A heading may stand in two lines.
    const widest = Math.max(widthOf(name) / 2 + 14, ...words.map((w) => widthOf(w)));
    return Math.min(i === 0 ? LABEL : WIDEST, Math.max(NARROWEST, Math.ceil(widest / PER_CHARACTER) + 2));
  });
}
