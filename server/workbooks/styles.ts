type Style = {
  readonly size?: number;
  readonly bold?: true;
  readonly ink?: string;
  readonly fill?: string;
  readonly format: 'text' | 'general' | 'day';
  readonly align?: 'center';
};

/** Every look that a cell of ours can have. Order is the number by which a sheet names it. */
const looks = {
  general: { format: 'general' },
  // Typed into such a cell, `=1+1` and `3-5` stay as they were typed.
  text: { format: 'text' },
  day: { format: 'day', align: 'center' },
  title: { format: 'text', size: 14, bold: true },
  heading: { format: 'text', bold: true, fill: 'EFEDE8', align: 'center' },
  /** Without it the row is left out. */
  required: { format: 'text', bold: true, ink: 'A61B1B', fill: 'EFEDE8', align: 'center' },
  quiet: { format: 'text', ink: '6B6760' },
  fault: { format: 'text', fill: 'FBDAD7' },
  doubt: { format: 'text', fill: 'FFF3C9' },
} as const satisfies Readonly<Record<string, Style>>;

export type StyleName = keyof typeof looks;
const names = Object.keys(looks) as StyleName[];
const numbers: Readonly<Record<StyleName, number>> = Object.fromEntries(
  names.map((name, i) => [name, i]),
) as Record<StyleName, number>;

/** The number by which a sheet names a style. */
export const styleNumber = (name: StyleName): number => numbers[name];

// 49 is text and 0 general in every spreadsheet; 164 is the first that a workbook may define.
const formats = { text: 49, general: 0, day: 164 } as const;

const fontOf = ({ size = 11, bold, ink }: Style): string =>
  `<font>${bold ? '<b/>' : ''}<sz val="${size}"/>${ink ? `<color rgb="FF${ink}"/>` : ''}<name val="宋体"/><charset val="134"/></font>`;
const fillOf = ({ fill }: Style): string =>
  fill
    ? `<fill><patternFill patternType="solid"><fgColor rgb="FF${fill}"/><bgColor indexed="64"/></patternFill></fill>`
    : '<fill><patternFill patternType="none"/></fill>';
const xfOf = ({ format, align }: Style, i: number): string =>
  // The first two fills are the spreadsheet's own.
  `<xf numFmtId="${formats[format]}" fontId="${i}" fillId="${i + 2}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment${align ? ` horizontal="${align}"` : ''} vertical="center" wrapText="1"/></xf>`;

/** The part `xl/styles.xml`. */
export function stylesXml(): string {
  const all: readonly Style[] = names.map((name) => looks[name]);
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>',
    `<fonts count="${all.length}">${all.map(fontOf).join('')}</fonts>`,
    `<fills count="${all.length + 2}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${all.map(fillOf).join('')}</fills>`,
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${all.length}">${all.map(xfOf).join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join('');
}
