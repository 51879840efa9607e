import type PptxGenJS from 'pptxgenjs';
import type { Sealed } from '../sealed.ts';
import {
  addSlide,
  BODY_END,
  INNER,
  ink,
  LEFT,
  POINTS,
  TOP,
  type Around,
  type Deck,
  type Slide,
} from './deck.ts';
import { FACE } from './look.ts';
import type { Lang } from '../../../shared/text.ts';
import { sectionsOf, type Proof, type Section, type Stated } from './sources.ts';
import { rowHeight } from './table-fit.ts';
import { say } from './words.ts';

/** The last slides of a seal: what its figures rest on, and where to check them. */

const SIZE = 11;
const QR = 1.5;
const LABEL = 1.9;
const TEXT = INNER - LABEL - QR - 0.3;
const ROOM = (BODY_END + 0.6 - TOP) * POINTS;

type Line = Stated & { readonly isHeading?: true };

export function addSourceSlides(
  deck: Deck,
  { sealed, proof, around, qr }: { sealed: Sealed; proof: Proof; around: Around; qr: Uint8Array | null },
): void {
  const { lang, title } = sealed;
  const code = qr === null ? null : { qr, link: proof.link ?? '' };
  addSectionSlides(deck, sectionsOf(sealed, proof), {
    around: { ...around, over: title, headline: say('definitions', lang) },
    lang,
    code,
  });
}

/** Sections of what is to be looked up, on as many slides as they take; on the first one the code to scan. */
export function addSectionSlides(
  deck: Deck,
  sections: readonly Section[],
  { around, lang, code }: { around: Around; lang: Lang; code: { qr: Uint8Array; link: string } | null },
): Slide[] {
  const lines = sections.flatMap(({ heading, rows }): Line[] => [
    { label: heading, text: '', isHeading: true },
    ...rows,
  ]);
  const pages = pagesOf(lines);
  return pages.map((page, i) => {
    const headline = `${around.headline}${pages.length > 1 ? ` ${i + 1}/${pages.length}` : ''}`;
    const slide = addSlide(deck, { ...around, headline });
    addLines(slide, page);
    if (code === null || i > 0) return slide;
    const x = LEFT + INNER - QR;
    const data = `data:image/png;base64,${Buffer.from(code.qr).toString('base64')}`;
    slide.addImage({
      data,
      x,
      y: TOP,
      w: QR,
      h: QR,
      altText: `${say('scan', lang)} ${code.link}`,
    });
    slide.addText(say('scan', lang), {
      x,
      y: TOP + QR,
      w: QR,
      h: 0.5,
      fontFace: FACE,
      fontSize: 10,
      color: ink.soft,
      align: 'center',
      margin: 0,
      valign: 'top',
    });
    return slide;
  });
}

const heightOf = ({ label, text }: Line): number =>
  rowHeight([label, text], [LABEL * POINTS, TEXT * POINTS], SIZE);

/** As many lines as a slide holds; a heading does not stay alone at its end. */
function pagesOf(lines: readonly Line[]): Line[][] {
  const pages: Line[][] = [[]];
  let taken = 0;
  lines.forEach((line, i) => {
    const next = lines[i + 1];
    const own = heightOf(line);
    const needed = line.isHeading && next ? own + heightOf(next) : own;
    if (taken + needed > ROOM && (pages.at(-1)?.length ?? 0) > 0) {
      pages.push([]);
      taken = 0;
    }
    pages.at(-1)?.push(line);
    taken += own;
  });
  return pages;
}

function addLines(slide: Slide, lines: readonly Line[]): void {
  const none = { type: 'none' } as const;
  const base = {
    fontFace: FACE,
    fontSize: SIZE,
    margin: [0.02, 0.08, 0.02, 0] as [number, number, number, number],
    valign: 'top',
    border: [none, none, none, none] as [typeof none, typeof none, typeof none, typeof none],
  } as const;
  const rows = lines.map(({ label, text, link, isHeading }): PptxGenJS.TableRow =>
    isHeading
      ? [{ text: label, options: { ...base, bold: true, color: ink.red, colspan: 2 } }]
      : [
          { text: label, options: { ...base, color: ink.soft } },
          {
            text: [{ text, options: link === undefined ? {} : { hyperlink: { url: link } } }],
            options: { ...base, color: ink.ink },
          },
        ],
  );
  slide.addTable(rows, { x: LEFT, y: TOP, w: LABEL + TEXT, colW: [LABEL, TEXT] });
}
