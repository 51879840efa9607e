import { LineRuleType, type IParagraphStyleOptions, type IRunOptions } from 'docx';

/**
 * The look of an official document: sizes as they are called in Chinese offices, in half points; lengths
 * in twentieths of a point.
 */

/** 二号, 三号, 四号, 小四, 五号, 小五. */
export const sizes = { title: 44, head: 32, body: 32, under: 24, small: 24, table: 21, note: 18 } as const;

const latin = 'Times New Roman';
const face = (eastAsia: string): NonNullable<IRunOptions['font']> => ({
  ascii: latin,
  hAnsi: latin,
  cs: latin,
  eastAsia,
});

/** Each face is what the office has; `fallbacks` are tried in its place, the first that there is. */
export const faces = {
  title: { name: '方正小标宋简体', fallbacks: ['方正小标宋_GBK', '华文中宋', '宋体', 'Noto Serif CJK SC'] },
  head: { name: '黑体', fallbacks: ['SimHei', 'Noto Sans CJK SC'] },
  theme: { name: '楷体', fallbacks: ['楷体_GB2312', 'KaiTi', 'Noto Serif CJK SC'] },
  body: { name: '仿宋', fallbacks: ['仿宋_GB2312', 'FangSong', 'Noto Serif CJK SC'] },
} as const;
export type Face = keyof typeof faces;
export const font = (of: Face): NonNullable<IRunOptions['font']> => face(faces[of].name);

const MARGIN = { top: 1701, bottom: 1588, left: 1588, right: 1474, header: 851, footer: 851 };
/** A4. */
export const page = {
  width: 11_906,
  height: 16_838,
  margin: MARGIN,
  inner: 11_906 - MARGIN.left - MARGIN.right,
} as const;

export const ink = { faint: '6B6762', line: 'B9B4AB', band: 'F1EFEB', mark: 'B4261C' } as const;

const auto = (line: number, around: { before?: number; after?: number } = {}) => ({
  line,
  lineRule: LineRuleType.AUTO,
  ...around,
});

/** Paragraph styles by the name of the block that they are of. */
export const paragraphStyles: readonly IParagraphStyleOptions[] = [
  {
    id: 'ReviewUnder',
    name: 'Review under title',
    run: { size: sizes.under, font: font('theme') },
    paragraph: { alignment: 'center', spacing: auto(300, { after: 40 }) },
  },
  {
    id: 'ReviewDemo',
    name: 'Review demonstration',
    run: { size: sizes.under, font: font('head'), color: ink.mark },
    paragraph: { alignment: 'center', spacing: auto(300, { after: 60 }) },
  },
  {
    id: 'ReviewAbout',
    name: 'Review about',
    run: { size: sizes.table, font: font('body'), color: ink.faint },
    paragraph: { spacing: auto(300, { before: 160, after: 160 }) },
  },
  {
    id: 'ReviewLabel',
    name: 'Review label',
    run: { size: sizes.small, font: font('head') },
    paragraph: { keepNext: true, spacing: auto(300, { before: 160, after: 60 }) },
  },
  {
    id: 'ReviewLine',
    name: 'Review line',
    run: { size: sizes.small },
    paragraph: { spacing: auto(320, { after: 40 }) },
  },
  {
    id: 'ReviewItem',
    name: 'Review item',
    run: { size: sizes.small },
    paragraph: { indent: { left: 240, hanging: 240 }, spacing: auto(320, { after: 20 }) },
  },
  {
    id: 'ReviewCell',
    name: 'Review cell',
    run: { size: sizes.table },
    paragraph: { spacing: auto(260, { after: 0 }) },
  },
  {
    id: 'ReviewAuthor',
    name: 'Review author',
    run: { size: sizes.body, color: ink.faint },
    paragraph: { indent: { firstLine: 640 }, spacing: auto(420, { before: 200, after: 200 }) },
  },
];
