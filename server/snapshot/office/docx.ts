import {
  AlignmentType,
  Document,
  Footer,
  PageNumber,
  Packer,
  Paragraph,
  TabStopType,
  TextRun,
  type FileChild,
} from 'docx';
import type { Sealed } from '../sealed.ts';
import { snapshotSection } from './docx-section.ts';
import { docxStyles, PAGE, small } from './docx-look.ts';
import { writtenSteadily } from '../../office/docx-write.ts';
import type { Properties } from '../../office/package.ts';
import { footLine } from './scope-line.ts';
import type { Proof } from './sources.ts';

/** A seal as a Word document. */

/** The bytes of the .docx file. The same seal gives the same bytes. */
export async function docxFile(sealed: Sealed, proof: Proof, properties: Properties): Promise<Uint8Array> {
  const children = await snapshotSection(sealed, proof);
  return writeDocument(children, { foot: footLine(sealed), properties });
}

/**
 * Sections as the bytes of a .docx file in the house's template: A4, numbered pages, a foot.
 * @param foot what stands at the foot of every page
 */
export async function writeDocument(
  children: readonly FileChild[],
  { foot, properties }: { foot: string; properties: Properties },
): Promise<Uint8Array> {
  const document = new Document({
    title: properties.title,
    creator: properties.creator,
    styles: docxStyles(properties.lang),
    sections: [
      {
        properties: { page: { size: { width: PAGE.width, height: PAGE.height }, margin: PAGE.margin } },
        footers: { default: new Footer({ children: [footOf(foot)] }) },
        children: [...children],
      },
    ],
  });
  return writtenSteadily(new Uint8Array(await Packer.toArrayBuffer(document)), properties);
}

const footOf = (foot: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.LEFT,
    tabStops: [{ type: TabStopType.RIGHT, position: PAGE.inner }],
    children: [
      new TextRun({ text: `${foot}\t`, ...small }),
      new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], ...small }),
    ],
  });
