import { strToU8, zipSync, type Zippable } from 'fflate';
import type { SheetOut } from './book.ts';
import { blocksFor, boxesXml, commentsXml } from './notes-xml.ts';
import { quoted, sheetXml } from './sheet-xml.ts';
import { stylesXml } from './styles.ts';
import { escaped, xmlHead } from './xml.ts';

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRels = 'http://schemas.openxmlformats.org/package/2006/relationships';
// The same workbook is the same bytes, whenever it is made.
const mtime = new Date(1980, 0, 1);

/** The bytes of an .xlsx file with these sheets. Pure: the same sheets give the same bytes. */
export function writeWorkbook(sheets: readonly SheetOut[]): Uint8Array {
  const parts = new Map<string, string>([
    ['[Content_Types].xml', contentTypes(sheets)],
    ['_rels/.rels', rels([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbookXml(sheets)],
    [
      'xl/_rels/workbook.xml.rels',
      rels([
        ...sheets.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const),
        ['styles', 'styles.xml'],
      ]),
    ],
    ['xl/styles.xml', stylesXml()],
  ]);
  let block = 1;
  sheets.forEach((sheet, i) => {
    const n = i + 1;
    parts.set(`xl/worksheets/sheet${n}.xml`, sheetXml(sheet));
    if (sheet.notes.length === 0) return;
    parts.set(`xl/comments${n}.xml`, commentsXml(sheet.notes));
    parts.set(`xl/drawings/vmlDrawing${n}.vml`, boxesXml(sheet.notes, block));
    parts.set(
      `xl/worksheets/_rels/sheet${n}.xml.rels`,
      rels([
        ['vmlDrawing', `../drawings/vmlDrawing${n}.vml`],
        ['comments', `../comments${n}.xml`],
      ]),
    );
    block += blocksFor(sheet.notes.length);
  });
  const zip: Zippable = {};
  for (const [name, xml] of parts) zip[name] = strToU8(xml);
  return zipSync(zip, { level: 4, mtime });
}

const rels = (targets: readonly (readonly [string, string])[]): string =>
  `${xmlHead}<Relationships xmlns="${packageRels}">${targets
    .map(
      ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${office}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`;

function contentTypes(sheets: readonly SheetOut[]): string {
  const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const part = (name: string, type: string): string =>
    `<Override PartName="/xl/${name}" ContentType="${main}.${type}+xml"/>`;
  return [
    xmlHead,
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>',
    part('workbook.xml', 'sheet.main'),
    part('styles.xml', 'styles'),
    ...sheets.map((_, i) => part(`worksheets/sheet${i + 1}.xml`, 'worksheet')),
    ...sheets.flatMap((s, i) => (s.notes.length > 0 ? [part(`comments${i + 1}.xml`, 'comments')] : [])),
    '</Types>',
  ].join('');
}

function workbookXml(sheets: readonly SheetOut[]): string {
  const repeated = sheets.flatMap(({ name, repeated: rows }, i) =>
    rows
      ? [
          `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${escaped(quoted(name))}!$${rows[0] + 1}:$${rows[1] + 1}</definedName>`,
        ]
      : [],
  );
  return [
    xmlHead,
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}">`,
    '<bookViews><workbookView activeTab="0"/></bookViews>',
    `<sheets>${sheets.map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets>`,
    repeated.length > 0 ? `<definedNames>${repeated.join('')}</definedNames>` : '',
    '</workbook>',
  ].join('');
}
