import { cellName } from '../../ledger/sheet.ts';
import { cellText, escaped, xmlHead } from '../../workbooks/xml.ts';
import type { BookCell, BookSheet } from './book.ts';
import type { Styles } from './book-styles.ts';

/** The part of one sheet. Its elements stand in the order that the format demands. */

const A4 = 9;
/** What a header or a footer may hold. */
const FOOT = 255;

type Around = {
  readonly styles: Styles;
  readonly foot: string;
  readonly isFirst: boolean;
  /** The relationship of its drawing; null without one. */
  readonly drawing: string | null;
  /** The relationships of its links, by target. */
  readonly links: ReadonlyMap<string, string>;
};

export function bookSheetXml(sheet: BookSheet, around: Around): string {
  const { styles, foot, isFirst, drawing } = around;
  const last = cellName(Math.max(0, sheet.widths.length - 1), Math.max(0, sheet.rows.length - 1));
  return [
    xmlHead,
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">',
    `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${last}"/>`,
    `<sheetViews><sheetView showGridLines="0"${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${paneXml(sheet)}</sheetView></sheetViews>`,
    '<sheetFormatPr defaultRowHeight="16.5"/>',
    sheet.widths.length === 0
      ? ''
      : `<cols>${sheet.widths.map((w, i) => `<col min="${i + 1}" max="${i + 1}" width="${w}" customWidth="1"/>`).join('')}</cols>`,
    `<sheetData>${sheet.rows.map((row, i) => rowXml(row, i, styles)).join('')}</sheetData>`,
    sheet.filtered === null ? '' : `<autoFilter ref="${filterRange(sheet)}"/>`,
    linksXml(sheet, around),
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="${A4}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`,
    `<headerFooter><oddHeader>${footText(`&L&A`)}</oddHeader><oddFooter>${footText(`&L${foot.replaceAll('&', '&&')}`, '&R&P / &N')}</oddFooter></headerFooter>`,
    drawing === null ? '' : `<drawing r:id="${drawing}"/>`,
    '</worksheet>',
  ].join('');
}

const footText = (text: string, end = ''): string => escaped(text.slice(0, FOOT - end.length) + end);

export const filterRange = ({ filtered }: BookSheet): string =>
  filtered === null
    ? ''
    : `${cellName(0, filtered.rows[0])}:${cellName(filtered.columns - 1, filtered.rows[1])}`;

function paneXml({ frozen: { rows, columns } }: BookSheet): string {
  if (rows === 0 && columns === 0) return '';
  const cell = cellName(columns, rows);
  const pane = rows === 0 ? 'topRight' : columns === 0 ? 'bottomLeft' : 'bottomRight';
  const split = `${columns > 0 ? ` xSplit="${columns}"` : ''}${rows > 0 ? ` ySplit="${rows}"` : ''}`;
  return `<pane${split} topLeftCell="${cell}" activePane="${pane}" state="frozen"/><selection pane="${pane}" activeCell="${cell}" sqref="${cell}"/>`;
}

function rowXml({ cells, height }: BookSheet['rows'][number], row: number, styles: Styles): string {
  const tall = height === undefined ? '' : ` ht="${height}" customHeight="1"`;
  return `<row r="${row + 1}"${tall}>${cells.map((cell, at) => cellXml(cell, cellName(at, row), styles)).join('')}</row>`;
}

/** A number is a number, and everything else is text: no value is ever a formula. */
function cellXml({ value, style }: BookCell, name: string, styles: Styles): string {
  const start = `<c r="${name}" s="${styles.numberOf(style)}"`;
  if (value === null || value === '') return `${start}/>`;
  if (typeof value === 'number') return `${start}><v>${value}</v></c>`;
  return `${start} t="inlineStr"><is><t xml:space="preserve">${cellText(value)}</t></is></c>`;
}

function linksXml(sheet: BookSheet, { links }: Around): string {
  const found = sheet.rows.flatMap(({ cells }, row) =>
    cells.flatMap(({ link }, at) => {
      const id = link === undefined ? undefined : links.get(link);
      return id === undefined ? [] : [`<hyperlink ref="${cellName(at, row)}" r:id="${id}"/>`];
    }),
  );
  return found.length === 0 ? '' : `<hyperlinks>${found.join('')}</hyperlinks>`;
}
