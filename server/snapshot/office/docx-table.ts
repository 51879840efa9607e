import {
  AlignmentType,
  BorderStyle,
  ExternalHyperlink,
  ImageRun,
  LineRuleType,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { hex } from './chart-ink.ts';
import { palette } from './look.ts';
import { PAGE, soft } from './docx-look.ts';
import type { Stated } from './sources.ts';
import type { CellLook, OfficeTable } from './table.ts';
import { columnGroups, type Part } from './table-fit.ts';

/** The figures as Word's own tables: their heads repeated on every page, no row torn apart. */

const SIZE = 9;
const TWENTIETHS = 20;
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const line = { style: BorderStyle.SINGLE, size: 4, color: hex(palette.line) } as const;
const noBorders = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
};

/** Columns that do not fit beside each other stand in tables under each other, each with its labels. */
export const figureTables = (table: OfficeTable): (Table | Paragraph)[] =>
  columnGroups(table, { width: PAGE.inner / TWENTIETHS, size: SIZE }).flatMap((part) => [
    tableOf(part),
    // Two tables without anything between them would become one.
    new Paragraph({ spacing: { after: 60 }, children: [] }),
  ]);

type Look = { readonly right: boolean; readonly bold?: boolean } & Omit<CellLook, 'bold'>;

function cellOf(text: string, width: number, { right, bold, fill, ink = palette.ink }: Look): TableCell {
  return new TableCell({
    width: { size: Math.round(width * TWENTIETHS), type: WidthType.DXA },
    borders: { top: none, bottom: line, left: none, right: none },
    margins: { top: 30, bottom: 30, left: 80, right: 80 },
    ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, fill: hex(fill), color: 'auto' } }),
    children: text.split('\n').map(
      (one) =>
        new Paragraph({
          alignment: right ? AlignmentType.RIGHT : AlignmentType.LEFT,
          spacing: { after: 0, line: 260, lineRule: LineRuleType.AUTO },
          children: [new TextRun({ text: one, size: SIZE * 2, color: hex(ink), ...(bold ? { bold } : {}) })],
        }),
    ),
  });
}

function tableOf({ columns, widths, rows, isFigure }: Part): Table {
  const width = (i: number): number => widths[i] ?? 0;
  const right = (i: number): boolean => isFigure[i] === true;
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map((text, i) =>
      cellOf(text, width(i), { right: right(i), bold: true, ink: palette.soft, fill: palette.band }),
    ),
  });
  const body = rows.map(
    (row) =>
      new TableRow({
        cantSplit: true,
        children: [
          cellOf(row.label, width(0), { right: false }),
          ...row.cells.map((cell, i) =>
            cellOf(cell.text, width(i + 1), { ...cell.look, right: right(i + 1) }),
          ),
        ],
      }),
  );
  return new Table({
    layout: TableLayoutType.FIXED,
    borders: noBorders,
    columnWidths: widths.map((w) => Math.round(w * TWENTIETHS)),
    width: { size: Math.round(widths.reduce((sum, w) => sum + w, 0) * TWENTIETHS), type: WidthType.DXA },
    rows: [head, ...body],
  });
}

const LABEL = 2200;

type Code = { readonly data: Uint8Array; readonly says: string };
const QR = 96;

/** What is said of the figures: a label and its words; under a link its code to scan. */
export function statedTable(rows: readonly Stated[], code: Code | null): Table {
  const widths = [LABEL, PAGE.inner - LABEL] as const;
  const cell = (width: number, children: Paragraph[]): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      borders: { top: none, bottom: none, left: none, right: none },
      margins: { top: 20, bottom: 20, left: 0, right: 120 },
      children,
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    borders: noBorders,
    columnWidths: [...widths],
    width: { size: PAGE.inner, type: WidthType.DXA },
    rows: rows.map(
      ({ label, text, link }) =>
        new TableRow({
          cantSplit: true,
          children: [
            cell(widths[0], paragraphs(label, soft)),
            cell(widths[1], link === undefined ? paragraphs(text, {}) : linked(link, code)),
          ],
        }),
    ),
  });
}

const close = { after: 0, line: 280, lineRule: LineRuleType.AUTO } as const;
const paragraphs = (text: string, look: { color?: string }): Paragraph[] =>
  text
    .split('\n')
    .map(
      (one) => new Paragraph({ spacing: close, children: [new TextRun({ text: one, size: 20, ...look })] }),
    );

function linked(link: string, code: Code | null): Paragraph[] {
  const words = new TextRun({ text: link, style: 'Hyperlink', size: 20 });
  return [
    new Paragraph({ spacing: close, children: [new ExternalHyperlink({ link, children: [words] })] }),
    ...(code === null ? [] : [new Paragraph({ spacing: close, children: [pictureOf(code)] })]),
  ];
}

const pictureOf = ({ data, says }: Code): ImageRun =>
  new ImageRun({
    type: 'png',
    data,
    transformation: { width: QR, height: QR },
    altText: { name: 'QR', title: says, description: says },
  });
