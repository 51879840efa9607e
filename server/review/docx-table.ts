import {
  BorderStyle,
  FootnoteReferenceRun,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { font, ink, page } from './look.ts';
import type { Block, Cell, Column } from './paper.ts';

type TableBlock = Extract<Block, { is: 'table' }>;

const edge = { style: BorderStyle.SINGLE, size: 4, color: ink.line } as const;
const borders = { top: edge, bottom: edge, left: edge, right: edge };

/** Its head is repeated on each page, and no row is torn apart. */
export function docxTable({ columns, rows }: TableBlock): Table {
  const widths = widthsOf(columns);
  const width = (i: number): number => widths[i] ?? 0;
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    width: { size: page.inner, type: WidthType.DXA },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ head }, i) => cellOf([{ text: head }], width(i), true)),
      }),
      ...rows.map(
        (row) =>
          new TableRow({ cantSplit: true, children: row.map((cell, i) => cellOf(cell, width(i), false)) }),
      ),
    ],
  });
}

/** The columns' shares of the page; the last takes what rounding leaves. */
function widthsOf(columns: readonly Column[]): number[] {
  const whole = columns.reduce((n, c) => n + c.width, 0);
  const widths = columns.map((c) => Math.floor((page.inner * c.width) / whole));
  const left = page.inner - widths.reduce((n, w) => n + w, 0);
  return widths.map((w, i) => (i === widths.length - 1 ? w + left : w));
}

const cellOf = (lines: Cell, width: number, isHead: boolean): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders,
    margins: { top: 30, bottom: 30, left: 90, right: 90 },
    ...(isHead ? { shading: { type: ShadingType.CLEAR, fill: ink.band, color: 'auto' } } : {}),
    children: lines.map(
      ({ text, note }) =>
        new Paragraph({
          style: 'ReviewCell',
          children: [
            new TextRun(isHead ? { text, font: font('head') } : text),
            ...(note === undefined ? [] : [new FootnoteReferenceRun(note)]),
          ],
        }),
    ),
  });
