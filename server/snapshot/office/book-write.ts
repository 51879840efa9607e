import { quoted } from '../../workbooks/sheet-xml.ts';
import { escaped, xmlHead } from '../../workbooks/xml.ts';
import type { Book, BookSheet } from './book.ts';
import { drawingXml } from './book-drawing.ts';
import { bookSheetXml, filterRange } from './book-sheet.ts';
import { collectStyles } from './book-styles.ts';
import { chartXml } from './chart-xml.ts';
import { coreXml, packed, relsXml, types, type Parts, type Relation } from '../../office/package.ts';

/** Points of the words in a chart of a workbook. */
const CHART_SIZE = 9;

/** The bytes of an .xlsx file. Pure: the same book gives the same bytes. */
export function writeBook({ sheets, properties, foot }: Book): Uint8Array {
  const parts: Parts = new Map();
  const styles = collectStyles();
  const drawn = { charts: 0, pictures: 0 };
  sheets.forEach((sheet, i) => {
    const targets = [...new Set(sheet.rows.flatMap((row) => row.cells.flatMap((cell) => cell.link ?? [])))];
    const hasDrawing = sheet.charts.length + sheet.pictures.length > 0;
    const relations: Relation[] = [
      ...(hasDrawing ? [{ type: 'drawing', target: `../drawings/drawing${i + 1}.xml` }] : []),
      ...targets.map((target) => ({ type: 'hyperlink', target, isOutside: true })),
    ];
    const first = hasDrawing ? 2 : 1;
    const links = new Map(targets.map((target, n) => [target, `rId${n + first}`]));
    const around = { styles, foot, isFirst: i === 0, drawing: hasDrawing ? 'rId1' : null, links };
    parts.set(`xl/worksheets/sheet${i + 1}.xml`, bookSheetXml(sheet, around));
    if (relations.length > 0) parts.set(`xl/worksheets/_rels/sheet${i + 1}.xml.rels`, relsXml(relations));
    if (hasDrawing) putDrawing(parts, sheet, { number: i + 1, drawn, lang: properties.lang });
  });
  parts.set('xl/styles.xml', styles.xml());
  parts.set('xl/workbook.xml', workbookXml(sheets));
  parts.set(
    'xl/_rels/workbook.xml.rels',
    relsXml([
      ...sheets.map((_, i) => ({ type: 'worksheet', target: `worksheets/sheet${i + 1}.xml` })),
      { type: 'styles', target: 'styles.xml' },
    ]),
  );
  parts.set('docProps/core.xml', coreXml(properties));
  parts.set(
    '_rels/.rels',
    relsXml([
      { type: 'officeDocument', target: 'xl/workbook.xml' },
      { type: types.core, target: 'docProps/core.xml' },
    ]),
  );
  parts.set('[Content_Types].xml', contentTypes(parts));
  return packed(parts);
}

type Numbers = { charts: number; pictures: number };

/** A sheet's drawing with its charts and pictures, numbered through the whole book. */
function putDrawing(
  parts: Parts,
  sheet: BookSheet,
  { number, drawn, lang }: { number: number; drawn: Numbers; lang: 'zh' | 'en' },
): void {
  const relations: Relation[] = [];
  for (const { chart, source, title, width } of sheet.charts) {
    const target = `charts/chart${++drawn.charts}.xml`;
    parts.set(
      `xl/${target}`,
      chartXml(chart, { lang, size: CHART_SIZE, width: width * 0.75, source, title }),
    );
    relations.push({ type: 'chart', target: `../${target}` });
  }
  for (const { png } of sheet.pictures) {
    const target = `media/image${++drawn.pictures}.png`;
    parts.set(`xl/${target}`, png);
    relations.push({ type: 'image', target: `../${target}` });
  }
  parts.set(
    `xl/drawings/drawing${number}.xml`,
    drawingXml(
      sheet,
      relations.map((_, i) => `rId${i + 1}`),
    ),
  );
  parts.set(`xl/drawings/_rels/drawing${number}.xml.rels`, relsXml(relations));
}

function workbookXml(sheets: readonly BookSheet[]): string {
  const names = sheets.flatMap((sheet, i) => {
    const { name, repeated, filtered } = sheet;
    const absolute = filterRange(sheet).replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
    return [
      ...(filtered === null
        ? []
        : [
            `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${escaped(`${quoted(name)}!${absolute}`)}</definedName>`,
          ]),
      ...(repeated === null
        ? []
        : [
            `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${escaped(`${quoted(name)}!$${repeated[0] + 1}:$${repeated[1] + 1}`)}</definedName>`,
          ]),
    ];
  });
  return [
    xmlHead,
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${types.office}">`,
    '<bookViews><workbookView activeTab="0"/></bookViews>',
    `<sheets>${sheets.map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets>`,
    names.length === 0 ? '' : `<definedNames>${names.join('')}</definedNames>`,
    '</workbook>',
  ].join('');
}

const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const partTypes: readonly (readonly [pattern: RegExp, type: string])[] = [
  [/^xl\/workbook\.xml$/, `${spreadsheet}.sheet.main+xml`],
  [/^xl\/styles\.xml$/, `${spreadsheet}.styles+xml`],
  [/^xl\/worksheets\/sheet\d+\.xml$/, `${spreadsheet}.worksheet+xml`],
  [/^xl\/drawings\/drawing\d+\.xml$/, 'application/vnd.openxmlformats-officedocument.drawing+xml'],
  [/^xl\/charts\/chart\d+\.xml$/, 'application/vnd.openxmlformats-officedocument.drawingml.chart+xml'],
  [/^docProps\/core\.xml$/, 'application/vnd.openxmlformats-package.core-properties+xml'],
];

function contentTypes(parts: Parts): string {
  const overrides = [...parts.keys()].flatMap((name) => {
    const type = partTypes.find(([pattern]) => pattern.test(name))?.[1];
    return type === undefined ? [] : [`<Override PartName="/${name}" ContentType="${type}"/>`];
  });
  return [
    xmlHead,
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>',
    ...overrides,
    '</Types>',
  ].join('');
}
