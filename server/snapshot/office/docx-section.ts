import { HeadingLevel, ImageRun, LineRuleType, Paragraph, TextRun, type FileChild } from 'docx';
import type { Sealed } from '../sealed.ts';
import { PAGE, small, soft } from './docx-look.ts';
import { figureTables, statedTable } from './docx-table.ts';
import { picturesOf, PICTURE_WIDTH } from './picture.ts';
import { qrPng } from './qr.ts';
import { scopeLine } from './scope-line.ts';
import { sectionsOf, type Proof } from './sources.ts';
import { officeTable } from './table.ts';
import { say } from './words.ts';

// Pixels of the page's width, of which Word counts 96 an inch; and of a picture that leaves room for a heading.
const INNER = (PAGE.inner / 1440) * 96;
const TALLEST = 880;
const UNDER_HEADING = 690;
/** A picture that is a little higher than its room is drawn so much smaller rather than left for the next page. */
const SMALLEST = 0.75;

/**
 * A seal as a section of a document: what it is, its finding, its chart, its figures, and what they rest on. A
 * briefing calls it once for each of its seals.
 * @param sealed texts without characters that XML cannot hold (`printable`)
 */
export async function snapshotSection(sealed: Sealed, proof: Proof): Promise<FileChild[]> {
  const { lang, title, says, demo } = sealed;
  const table = officeTable(sealed);
  const qr = proof.link === null ? null : await qrPng(proof.link);
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_1, text: title }),
    ...(demo
      ? [new Paragraph({ children: [new TextRun({ text: say('demo', lang), bold: true, ...soft })] })]
      : []),
    new Paragraph({ spacing: { after: 120 }, children: [new TextRun({ text: says, size: 24 })] }),
    new Paragraph({
      spacing: { after: 160 },
      children: [new TextRun({ text: scopeLine(sealed), ...small })],
    }),
    ...(await chartParagraphs(sealed)),
    new Paragraph({ heading: HeadingLevel.HEADING_2, text: say('figures', lang) }),
    ...figureTables(table),
    new Paragraph({ heading: HeadingLevel.HEADING_2, text: say('definitions', lang) }),
    ...sectionsOf(sealed, proof).flatMap(({ heading, rows }): FileChild[] => [
      new Paragraph({ heading: HeadingLevel.HEADING_3, text: heading }),
      statedTable(rows, qr === null ? null : { data: qr, says: `${say('scan', lang)} ${proof.link ?? ''}` }),
    ]),
  ];
}

/**
 * The page's own chart as pictures, each of which fits a page.
 * @param first pixels that the first one may be high
 */
export async function chartParagraphs(sealed: Sealed, first = UNDER_HEADING): Promise<Paragraph[]> {
  const scale = PICTURE_WIDTH / INNER;
  const pictures = await picturesOf(sealed, { first: first * scale, most: TALLEST * scale });
  const needed = (pictures[0]?.height ?? 0) / scale;
  const fits = pictures.length === 1 && needed > first ? first / needed : 1;
  const across = fits >= SMALLEST ? INNER * fits : INNER;
  return pictures.map(({ png, width, height }, i) => {
    const part = pictures.length === 1 ? '' : ` (${i + 1}/${pictures.length})`;
    return new Paragraph({
      spacing: { after: 0, line: 240, lineRule: LineRuleType.AUTO },
      children: [
        new ImageRun({
          type: 'png',
          data: png,
          transformation: { width: across, height: (height * across) / width },
          altText: {
            name: `${say('chart', sealed.lang)}${part}`,
            title: `${sealed.title}${part}`,
            description: sealed.says,
          },
        }),
      ],
    });
  });
}
