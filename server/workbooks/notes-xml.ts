import { cellName } from '../ledger/sheet.ts';
import type { NoteOut } from './book.ts';
import { cellText, xmlHead } from './xml.ts';

/** The texts of a sheet's notes. */
export const commentsXml = (notes: readonly NoteOut[]): string =>
  `${xmlHead}<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>航标</author></authors><commentList>${notes
    .map(
      ({ row, at, text }) =>
        `<comment ref="${cellName(at, row)}" authorId="0"><text><r><rPr><sz val="10"/><rFont val="宋体"/></rPr><t xml:space="preserve">${cellText(text)}</t></r></text></comment>`,
    )
    .join('')}</commentList></comments>`;

/** Shapes' numbers come in blocks of so many, each block owned by one drawing. */
const BLOCK = 1024;
/** How many blocks of numbers the drawing of so many notes takes. */
export const blocksFor = (notes: number): number => Math.floor(notes / BLOCK) + 1;

/**
 * The boxes of a sheet's notes, in the only language in which spreadsheets take them.
 * @param block the first of its blocks, from 1; no other drawing of the workbook may have it
 */
export function boxesXml(notes: readonly NoteOut[], block: number): string {
  const owned = Array.from({ length: blocksFor(notes.length) }, (_, i) => block + i).join(',');
  return [
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">',
    `<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${owned}"/></o:shapelayout>`,
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>',
    ...notes.map((note, i) => boxXml(note, block * BLOCK + 1 + i)),
    '</xml>',
  ].join('');
}

// Columns wide, and characters that fit on a line of so many.
const WIDE = 3;
const PER_LINE = 16;

function boxXml({ row, at, text }: NoteOut, id: number): string {
  const lines = text.split('\n').reduce((n, line) => n + Math.max(1, Math.ceil(line.length / PER_LINE)), 0);
  const top = Math.max(0, row - 1);
  return `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${at + 1}, 12, ${top}, 4, ${at + 1 + WIDE}, 12, ${top + lines + 1}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${at}</x:Column></x:ClientData></v:shape>`;
}
