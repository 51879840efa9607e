import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  HeadingLevel,
  InternalHyperlink,
  Paragraph,
  ShadingType,
  TextRun,
  type FileChild,
} from 'docx';
import { formatDate } from '../../shared/format.ts';
import { hex } from '../snapshot/office/chart-ink.ts';
import { writeDocument } from '../snapshot/office/docx.ts';
import { small, soft } from '../snapshot/office/docx-look.ts';
import { chartParagraphs } from '../snapshot/office/docx-section.ts';
import { figureTables, statedTable } from '../snapshot/office/docx-table.ts';
import { palette } from '../snapshot/office/look.ts';
import { scopeLine } from '../snapshot/office/scope-line.ts';
import { appendixOf, changedTable } from './appendix.ts';
import { entriesOf, hasChanges, type Entry } from './contents.ts';
import { footOf, propertiesOf, type Message, type Page, type Whole } from './pages.ts';
import { say } from './words.ts';

/** A briefing as a Word document: A4 upright, each message on a page of its own. */

/** Pixels that a chart over a comment may be high. */
const OVER_COMMENT = 520;

/** The bytes of the .docx file. The same seals give the same bytes. */
export async function briefingDocument(whole: Whole): Promise<Uint8Array> {
  const children: FileChild[] = [...cover(whole), ...contents(whole)];
  for (const page of whole.pages) children.push(...(await pageOf(whole, page)));
  if (hasChanges(whole)) children.push(...changesOf(whole));
  children.push(...sourcesOf(whole));
  return writeDocument(children, { foot: footOf(whole), properties: propertiesOf(whole) });
}

/** The place that the contents lead to. Entries are counted: names of places are bound to be short. */
const placeOf = (whole: Whole, of: Entry['of']): string =>
  `p${entriesOf(whole).findIndex((entry) => entry.of === of) + 1}`;

const headed = (whole: Whole, of: Entry['of'], text: string, level: 1 | 2 = 1): Paragraph =>
  new Paragraph({
    heading: level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
    pageBreakBefore: true,
    children: [new Bookmark({ id: placeOf(whole, of), children: [new TextRun(text)] })],
  });

const spaced = (before: number, after: number) => ({ spacing: { before, after } });
const line = (text: string, look: object, at = spaced(0, 120)): Paragraph =>
  new Paragraph({ ...at, children: [new TextRun({ text, ...look })] });

function cover({ seal, sha256 }: Whole): Paragraph[] {
  const { lang, title, occasion, centre, day, maker } = seal;
  return [
    line(centre, { size: 28, ...soft }, spaced(2400, 400)),
    new Paragraph({
      ...spaced(0, 300),
      border: { left: { style: BorderStyle.SINGLE, size: 36, color: hex(palette.red), space: 12 } },
      children: [new TextRun({ text: title, bold: true, size: 56 })],
    }),
    ...(occasion === null ? [] : [line(occasion, { size: 28, ...soft }, spaced(0, 400))]),
    line(formatDate(day, lang), { size: 26 }, spaced(1200, 120)),
    line(`${say('maker', lang)} ${maker}`, { size: 24, ...soft }),
    ...(seal.demo ? [line(say('demoLong', lang), { size: 24, bold: true, color: hex(palette.warn) })] : []),
    line(`${say('briefing', lang)} ${seal.id} · SHA-256 ${sha256}`, small, spaced(2400, 0)),
  ];
}

function contents(whole: Whole): Paragraph[] {
  const { lang } = whole.seal;
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_1, pageBreakBefore: true, text: say('contents', lang) }),
    ...entriesOf(whole).map(
      ({ of, label, text, isHead }) =>
        new Paragraph({
          ...spaced(isHead ? 160 : 40, 40),
          indent: { left: isHead ? 0 : 420, hanging: isHead ? 0 : 420 },
          children: [
            ...(label === '' ? [] : [new TextRun({ text: `${label}  `, ...soft })]),
            new InternalHyperlink({
              anchor: placeOf(whole, of),
              children: [new TextRun({ text, bold: isHead })],
            }),
          ],
        }),
    ),
  ];
}

async function pageOf(whole: Whole, page: Page): Promise<FileChild[]> {
  const { lang } = whole.seal;
  switch (page.is) {
    case 'section':
      return [headed(whole, page, page.text)];
    case 'text':
      return [headed(whole, page, page.headline ?? say('text', lang), 2), ...paragraphs(page.text)];
    case 'message':
      return messageOf(whole, page);
  }
}

const paragraphs = (text: string): Paragraph[] =>
  text
    .split('\n')
    .map((one) => new Paragraph({ ...spaced(0, 120), children: [new TextRun({ text: one, size: 24 })] }));

async function messageOf(whole: Whole, page: Message & { readonly is: 'message' }): Promise<FileChild[]> {
  const { sealed, comment, changes, n } = page;
  const { lang } = sealed;
  const hasMore = comment !== null || changes !== null;
  return [
    headed(whole, page, sealed.says, 2),
    line(`${n} · ${sealed.title}`, { size: 21, ...soft }),
    ...(sealed.demo ? [line(say('demo', lang), { bold: true, color: hex(palette.warn) })] : []),
    line(scopeLine(sealed), small),
    ...(await chartParagraphs(sealed, hasMore ? OVER_COMMENT : undefined)),
    ...(changes === null ? [] : [band(changes.says, hex(palette.warn))]),
    ...(comment === null
      ? []
      : comment
          .split('\n')
          .map((one, i) =>
            band(
              i === 0 ? `${say('remark', lang)}${lang === 'zh' ? '：' : ': '}${one}` : one,
              hex(palette.ink),
            ),
          )),
  ];
}

/** The author's words, set apart from those of the product. */
const band = (text: string, color: string): Paragraph =>
  new Paragraph({
    ...spaced(80, 80),
    alignment: AlignmentType.LEFT,
    border: { left: { style: BorderStyle.SINGLE, size: 24, color: hex(palette.red), space: 8 } },
    shading: { type: ShadingType.CLEAR, fill: hex(palette.band), color: 'auto' },
    children: [new TextRun({ text, color, size: 22 })],
  });

function changesOf(whole: Whole): FileChild[] {
  const { lang } = whole.seal;
  return [
    headed(whole, 'changes', say('changes', lang)),
    line(say('marks', lang), small),
    ...whole.messages.flatMap((message): FileChild[] => {
      const table = changedTable(message);
      if (table === null || message.changes === null) return [];
      return [
        new Paragraph({ heading: HeadingLevel.HEADING_2, text: `${message.n} · ${message.sealed.title}` }),
        line(message.changes.says, {}),
        ...figureTables(table),
      ];
    }),
  ];
}

function sourcesOf(whole: Whole): FileChild[] {
  return [
    headed(whole, 'sources', say('sources', whole.seal.lang)),
    ...appendixOf(whole).flatMap(({ heading, rows }): FileChild[] => [
      new Paragraph({ heading: HeadingLevel.HEADING_3, text: heading }),
      statedTable(rows, null),
    ]),
  ];
}
