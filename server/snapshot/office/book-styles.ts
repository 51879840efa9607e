import { escaped, xmlHead } from '../../workbooks/xml.ts';
import type { Style } from './book.ts';
import { hex } from './chart-ink.ts';
import { FACE, palette } from './look.ts';

/** The looks of cells, collected while sheets are written: each is written down once and named by its number. */

// 49 is text in every spreadsheet; 164 is the first format that a workbook may define.
const TEXT = 49;
const FIRST = 164;

/** A list whose entries are numbered in the order in which they are first asked for. */
function numbered(entries: string[]): (xml: string) => number {
  const numbers = new Map(entries.map((xml, i) => [xml, i]));
  return (xml) => {
    const known = numbers.get(xml);
    if (known !== undefined) return known;
    numbers.set(xml, entries.length);
    entries.push(xml);
    return entries.length - 1;
  };
}

const colour = (name: string, value: string): string => `<${name} rgb="FF${hex(value)}"/>`;

const fontXml = ({ size = 10, bold, ink = palette.ink }: Style): string =>
  `<font>${bold ? '<b/>' : ''}<sz val="${size}"/>${colour('color', ink)}<name val="${FACE}"/><family val="2"/><charset val="134"/></font>`;

function fillXml({ fill, hatch }: Style): string {
  if (hatch)
    return `<fill><patternFill patternType="lightUp">${colour('fgColor', palette.past[1])}${colour('bgColor', palette.card)}</patternFill></fill>`;
  if (fill === undefined) return '<fill><patternFill patternType="none"/></fill>';
  return `<fill><patternFill patternType="solid">${colour('fgColor', fill)}<bgColor indexed="64"/></patternFill></fill>`;
}

function borderXml({ line }: Style): string {
  const edge = (name: string): string => `<${name} style="thin">${colour('color', palette.gap)}</${name}>`;
  if (line === 'around')
    return `<border>${['left', 'right', 'top', 'bottom'].map(edge).join('')}<diagonal/></border>`;
  return `<border><left/><right/><top/>${line === 'under' ? edge('bottom') : '<bottom/>'}<diagonal/></border>`;
}

export type Styles = { numberOf(style: Style): number; xml(): string };

export function collectStyles(): Styles {
  const fonts: string[] = [];
  // The first two fills are the spreadsheet's own.
  const fills = [fillXml({}), '<fill><patternFill patternType="gray125"/></fill>'];
  const borders: string[] = [];
  const formats: string[] = [];
  const looks: string[] = [];
  const [fontOf, fillOf, borderOf, formatOf, lookOf] = [fonts, fills, borders, formats, looks].map(
    numbered,
  ) as [
    (xml: string) => number,
    (xml: string) => number,
    (xml: string) => number,
    (xml: string) => number,
    (xml: string) => number,
  ];
  const numberOf = (style: Style): number => {
    const { format, align = format === undefined ? 'left' : 'right', wrap } = style;
    const number = format === undefined ? TEXT : FIRST + formatOf(format);
    return lookOf(
      `<xf numFmtId="${number}" fontId="${fontOf(fontXml(style))}" fillId="${fillOf(fillXml(style))}" borderId="${borderOf(borderXml(style))}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${align}" vertical="${wrap ? 'top' : 'center'}"${wrap ? ' wrapText="1"' : ''}/></xf>`,
    );
  };
  numberOf({});
  const list = (name: string, entries: readonly string[]): string =>
    entries.length === 0 ? '' : `<${name} count="${entries.length}">${entries.join('')}</${name}>`;
  return {
    numberOf,
    xml: () =>
      [
        xmlHead,
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
        list(
          'numFmts',
          formats.map((code, i) => `<numFmt numFmtId="${FIRST + i}" formatCode="${escaped(code)}"/>`),
        ),
        list('fonts', fonts) + list('fills', fills) + list('borders', borders),
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
        list('cellXfs', looks),
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
        '</styleSheet>',
      ].join(''),
  };
}
