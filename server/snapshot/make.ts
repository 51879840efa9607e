import type { Variant } from '../../shared/snapshot-formats.ts';
import { Refusal } from '../errors.ts';
import { snapshotCsv } from './csv.ts';
import { officeFile } from './office/office.ts';
import { toPdf } from './pdf.ts';
import { toPng } from './png.ts';
import { readSealed, sha256 } from './sealed.ts';
import { renderSheet } from './sheet.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Pixels of a picture: four bytes each, twice over while it is written. */
const MOST_PIXELS = 48_000_000;

async function png(svg: string, scale: number): Promise<Uint8Array> {
  const [, width = 0, height = 0] = /^<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const pixels = Number(width) * Number(height);
  if (pixels * scale ** 2 > MOST_PIXELS) {
    const fits = [4, 2, 1].find((s) => pixels * s ** 2 <= MOST_PIXELS);
    throw new Refusal(422, `at scale ${scale} the picture is too large`, [
      { path: 'scale', message: fits ? `at most ${fits} for this one` : 'take it as svg or pdf' },
    ]);
  }
  return toPng(svg, { scale });
}

/**
 * A snapshot as a file, made of its seal alone.
 * @param text the seal, byte for byte
 * @throws Refusal 422 where it would be too large
 */
export async function makeFile(text: string, variant: Variant): Promise<Uint8Array> {
  const { format, theme, scale, paper } = variant;
  switch (format) {
    case 'json':
      return utf8(text);
    case 'csv':
      return utf8(snapshotCsv(readSealed(text)));
    case 'svg':
      return utf8(renderSheet(readSealed(text), { theme }));
    case 'png':
      return png(renderSheet(readSealed(text), { theme }), scale);
    case 'pdf':
      return toPdf(readSealed(text), { theme, paper });
    case 'xlsx':
    case 'pptx':
    case 'docx': {
      const sealed = readSealed(text);
      return officeFile(format, sealed, { sha256: sha256(text), link: sealed.link });
    }
  }
}
