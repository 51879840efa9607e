import { cellName } from '../ledger/sheet.ts';
import type { CellOut, RowOut, RuleOut, SheetOut } from './book.ts';
import { styleNumber } from './styles.ts';
import { cellText, escaped, xmlHead } from './xml.ts';

const A4 = 9;

/** The part of one sheet. Its elements stand in the order that the format demands. */
export function sheetXml(sheet: SheetOut): string {
  const { frozen, merges, rules } = sheet;
  return [
    xmlHead,
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    '<sheetViews><sheetView workbookViewId="0">',
    frozen > 0
      ? `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A${frozen + 1}" sqref="A${frozen + 1}"/>`
      : '',
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="16.5"/>',
    columnsXml(sheet),
    `<sheetData>${sheet.rows.map(rowXml).join('')}</sheetData>`,
    merges.length > 0
      ? `<mergeCells count="${merges.length}">${merges.map((m) => `<mergeCell ref="${cellName(m.left, m.row)}:${cellName(m.right, m.row)}"/>`).join('')}</mergeCells>`
      : '',
    rules.length > 0
      ? `<dataValidations count="${rules.length}">${rules.map(ruleXml).join('')}</dataValidations>`
      : '',
    // Lines are printed where there is something, and no empty page after it.
    '<printOptions horizontalCentered="1" gridLines="1"/>',
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="${A4}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`,
    '<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>',
    // Figures are text on purpose: no green corner at each of them.
    '<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>',
    sheet.notes.length > 0 ? '<legacyDrawing r:id="rId1"/>' : '',
    '</worksheet>',
  ].join('');
}

function columnsXml({ columns }: SheetOut): string {
  if (columns.length === 0) return '';
  const one = ({ width, style }: SheetOut['columns'][number], i: number): string =>
    `<col min="${i + 1}" max="${i + 1}" width="${width}"${style ? ` style="${styleNumber(style)}"` : ''} customWidth="1"/>`;
  return `<cols>${columns.map(one).join('')}</cols>`;
}

function rowXml({ cells, height }: RowOut, row: number): string {
  const tall = height === undefined ? '' : ` ht="${height}" customHeight="1"`;
  return `<row r="${row + 1}"${tall}>${cells.map((cell) => cellXml(cell, row)).join('')}</row>`;
}

function cellXml({ at, value, style }: CellOut, row: number): string {
  const start = `<c r="${cellName(at, row)}" s="${styleNumber(style)}"`;
  return value === ''
    ? `${start}/>`
    : `${start} t="inlineStr"><is><t xml:space="preserve">${cellText(value)}</t></is></c>`;
}

function ruleXml({ at, from, to, allows, title, message }: RuleOut): string {
  const is = allows.is === 'range' ? 'list' : allows.is;
  const between = 'least' in allows ? ' operator="between"' : '';
  return `<dataValidation type="${is}"${between} allowBlank="1" showErrorMessage="1" errorStyle="warning" errorTitle="${escaped(title)}" error="${escaped(message)}" sqref="${cellName(at, from)}:${cellName(at, to)}">${formulas(allows)}</dataValidation>`;
}

function formulas(allows: RuleOut['allows']): string {
  switch (allows.is) {
    case 'list':
      return `<formula1>${escaped(`"${allows.choices.join(',')}"`)}</formula1>`;
    case 'range': {
      const [first, last] = allows.rows.map((row) => cellName(allows.at, row).replace(/\d+/, (n) => `$${n}`));
      return `<formula1>${escaped(`${quoted(allows.sheet)}!$${first}:$${last}`)}</formula1>`;
    }
    default:
      return `<formula1>${allows.least}</formula1><formula2>${allows.most}</formula2>`;
  }
}

/** A sheet's name in a formula. */
export const quoted = (name: string): string => `'${name.replace(/'/g, "''")}'`;
