import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  Header,
  HeadingLevel,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TextRun,
  type IRunOptions,
} from 'docx';
import { docxTable } from './docx-table.ts';
import { font, ink, page, paragraphStyles, sizes } from './look.ts';
import type { Block, Link, Note, Paper, TextBlock } from './paper.ts';
import { printableLines } from '../office/printable.ts';
import { writtenSteadily } from '../office/docx-write.ts';
import { fontsXml } from './fonts.ts';

/** The paper as a Word document. The same paper, the same bytes. */
export async function docxOf(given: Paper): Promise<Uint8Array> {
  const paper = printableLines(given);
  const notes = paper.notes.map((note, i) => [i + 1, { children: [noteParagraph(note, paper.origin)] }]);
  const document = new Document({
    title: paper.title,
    creator: paper.made.by,
    styles: { default: defaults(paper.lang), paragraphStyles: [...paragraphStyles] },
    footnotes: Object.fromEntries(notes) as Record<string, { children: Paragraph[] }>,
    sections: [
      {
        properties: {
          page: { size: { width: page.width, height: page.height }, margin: { ...page.margin } },
        },
        headers: { default: new Header({ children: headOf(paper) }) },
        footers: { default: new Footer({ children: [pageNumber] }) },
        children: paper.blocks.flatMap((block) => blockOf(block, paper.origin)),
      },
    ],
  });
  const { title, lang, made } = paper;
  const properties = { title, creator: made.by, lang, createdAt: made.at };
  return writtenSteadily(await Packer.toBuffer(document), properties, { 'word/fontTable.xml': fontsXml });
}

const defaults = (lang: Paper['lang']) => ({
  document: {
    run: {
      font: font('body'),
      size: sizes.body,
      language: { value: lang === 'zh' ? 'zh-CN' : 'en-GB', eastAsia: 'zh-CN' },
    },
  },
  title: {
    run: { size: sizes.title, font: font('title') },
    paragraph: { alignment: AlignmentType.CENTER, spacing: { before: 200, after: 240 } },
  },
  heading1: {
    run: { size: sizes.head, font: font('head') },
    paragraph: { spacing: { before: 400, after: 160 }, keepNext: true },
  },
  heading2: {
    run: { size: sizes.head, font: font('theme') },
    paragraph: { spacing: { before: 280, after: 120 }, keepNext: true },
  },
  footnoteText: {
    run: { size: sizes.note, font: font('body') },
    paragraph: { spacing: { line: 220, lineRule: LineRuleType.AUTO, after: 20 } },
  },
});

const headOf = ({ demo }: Paper): Paragraph[] =>
  demo === null
    ? []
    : [
        new Paragraph({
          alignment: AlignmentType.RIGHT,
          children: [new TextRun({ text: demo, size: sizes.note, color: ink.mark, font: font('head') })],
        }),
      ];

const pageNumber = new Paragraph({
  alignment: AlignmentType.CENTER,
  children: [new TextRun({ size: 28, children: ['— ', PageNumber.CURRENT, ' —'] })],
});

const styleIds: Record<Exclude<TextBlock, 'title' | 'part' | 'theme'>, string> = {
  under: 'ReviewUnder',
  demo: 'ReviewDemo',
  about: 'ReviewAbout',
  label: 'ReviewLabel',
  line: 'ReviewLine',
  item: 'ReviewItem',
  author: 'ReviewAuthor',
};
const headings = {
  title: HeadingLevel.TITLE,
  part: HeadingLevel.HEADING_1,
  theme: HeadingLevel.HEADING_2,
} as const;

const ruled = { style: BorderStyle.SINGLE, size: 4, color: ink.line, space: 6 } as const;
const boxed = { top: ruled, bottom: ruled, left: ruled, right: ruled };

function blockOf(block: Block, origin: string): (Paragraph | Table)[] {
  if (block.is === 'table')
    return [docxTable(block), new Paragraph({ spacing: { line: 120 }, children: [] })];
  const { is, text, link } = block;
  if (is === 'title' || is === 'part' || is === 'theme')
    return [new Paragraph({ heading: headings[is], children: [new TextRun(text)] })];
  return [
    new Paragraph({
      style: styleIds[is],
      ...(is === 'author' || is === 'about' ? { border: boxed } : {}),
      children: [
        new TextRun(is === 'item' ? `· ${text}` : text),
        ...(link === undefined ? [] : [linked(link, origin)]),
      ],
    }),
  ];
}

const noteLook = { size: sizes.note, font: font('body') } as const;

/** A note with the way to its records. */
const noteParagraph = ({ text, link }: Note, origin: string): Paragraph =>
  new Paragraph({
    style: 'FootnoteText',
    children: [new TextRun({ text: ` ${text}`, ...noteLook }), linked(link, origin, noteLook)],
  });

/** Words that lead to a page; where it is not known where the pages are, its address in their stead. */
const linked = (
  { text, address }: Link,
  origin: string,
  look: IRunOptions = {},
): TextRun | ExternalHyperlink =>
  origin === ''
    ? new TextRun({ ...look, text: address })
    : new ExternalHyperlink({
        link: `${origin}${address}`,
        children: [new TextRun({ ...look, text, style: 'Hyperlink' })],
      });
