import type { Sealed } from '../sealed.ts';
import type { Properties } from '../../office/package.ts';
import { printable } from '../../office/printable.ts';
import type { Proof } from './sources.ts';
import { scopeLine } from './scope-line.ts';
import { docxFile } from './docx.ts';
import { pptxFile } from './pptx.ts';
import { xlsxFile } from './xlsx.ts';

export const officeFormats = ['xlsx', 'pptx', 'docx'] as const;
export type OfficeFormat = (typeof officeFormats)[number];

const writers: Record<
  OfficeFormat,
  (sealed: Sealed, proof: Proof, properties: Properties) => Promise<Uint8Array>
> = { xlsx: xlsxFile, pptx: pptxFile, docx: docxFile };

/**
 * A seal as a file of an office program: native charts and tables, made from the seal alone. No database, no
 * clock and no chance: the same seal and proof give the same bytes.
 */
export async function officeFile(format: OfficeFormat, sealed: Sealed, proof: Proof): Promise<Uint8Array> {
  const clean = printable(sealed);
  return writers[format](clean, proof, propertiesOf(clean));
}

/** What a file says about itself where programs list files. */
export const propertiesOf = (sealed: Sealed): Properties => ({
  title: sealed.title,
  subject: scopeLine(sealed),
  creator: sealed.maker,
  identifier: sealed.id,
  lang: sealed.lang,
  createdAt: sealed.createdAt,
});
