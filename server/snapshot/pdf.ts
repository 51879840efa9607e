import PDFDocument from 'pdfkit';
import type { ViewId } from '../../shared/views.ts';
import type { Lang, Text } from '../../shared/text.ts';
import { fontOf } from './fonts.ts';
import { paint, type Doc } from './paint.ts';
import { pagesOf } from './pages.ts';
import type { Sealed } from './sealed.ts';
import { renderSheet, SHEET_WIDTH, type SheetLook } from './sheet.ts';
import { matrixOf, type Span } from './svg-extent.ts';
import { svgTree, numberOf, type Node } from './svg-tree.ts';

/** Points, of 1/72 inch. */
type Paper = { readonly width: number; readonly height: number; readonly margin: number };
/** A picture laid on a paper. `scale`: points for a pixel. */
type Laid = {
  readonly paper: Paper;
  readonly picture: Node;
  readonly height: number;
  readonly scale: number;
};

const a4 = { width: 841.89, height: 595.28, margin: 30 };
const a4Upright = { width: a4.height, height: a4.width, margin: 30 };
/** As wide screens and slides are: 13⅓ by 7½ inches. */
const wide = { width: 960, height: 540, margin: 26 };

export type PaperName = 'a4' | 'wide';
/** For each paper the widths at which the sheet is drawn for it, and the smallest scale at which 12 pixels are read on it. */
const ways: Record<PaperName, readonly { paper: Paper; width: number; least: number }[]> = {
  a4: [
    { paper: a4, width: SHEET_WIDTH, least: 0.62 },
    { paper: a4Upright, width: 760, least: 0.6 },
  ],
  wide: [{ paper: wide, width: 1240, least: 0.55 }],
};

function lay(
  sealed: Sealed,
  theme: SheetLook['theme'],
  { paper, width, least }: (typeof ways)['a4'][number],
) {
  const picture = svgTree(renderSheet(sealed, { theme, width }));
  const height = numberOf(picture, 'height');
  const across = (paper.width - 2 * paper.margin) / width;
  const whole = Math.min(across, (paper.height - 2 * paper.margin) / height);
  const fits = whole >= least;
  return { paper, picture, height, scale: fits ? whole : across, fits };
}

/** On one page where that can be read, else the last way, on as many as it takes. */
function layOut(sealed: Sealed, theme: SheetLook['theme'], paper: PaperName): Laid {
  let last: Laid | null = null;
  for (const way of ways[paper]) {
    const laid = lay(sealed, theme, way);
    if (laid.fits) return laid;
    last = laid;
  }
  if (last === null) throw new RangeError(`there is no paper "${paper}"`);
  return last;
}

/** Pixels from a chart's top that head its columns, and stand again on every page that it goes on to. */
const heads: Partial<Record<ViewId, number>> = { heatmap: 32 };

function headOf({ view }: Sealed, picture: Node): Span | null {
  const height = heads[view];
  const chart = picture.children.find((n) => n.attributes.id === 'chart');
  if (height === undefined || !chart) return null;
  const from = matrixOf(chart)[5];
  return { from, to: from + height };
}

const pageWords: Text = { zh: '第 # 页，共 # 页', en: 'page # of #' };

/**
 * The sealed snapshot on paper: lines and words, no picture of them. The same seal gives the same bytes.
 * @param paper `a4` lying or upright, as it fits; `wide` as slides are
 */
export async function toPdf(
  sealed: Sealed,
  { theme, paper: paperName }: { readonly theme: SheetLook['theme']; readonly paper: PaperName },
): Promise<Uint8Array> {
  const { paper, picture, height, scale } = layOut(sealed, theme, paperName);
  const room = (paper.height - 2 * paper.margin) / scale;
  const head = headOf(sealed, picture);
  const pages = pagesOf(picture, { height, most: room, head: head ? head.to - head.from : 0 });
  const doc = opened(sealed);
  const bytes = collected(doc);
  const ground = picture.children.find((n) => n.name === 'rect')?.attributes.fill ?? '#ffffff';
  const left = (paper.width - numberOf(picture, 'width') * scale) / 2;
  pages.forEach((span, i) => {
    doc.addPage({ size: [paper.width, paper.height], margin: 0 });
    if (ground !== '#ffffff') doc.rect(0, 0, paper.width, paper.height).fill(ground);
    const isAfterHead = head !== null && i > 0;
    if (isAfterHead) paintPart(doc, picture, { span: head, scale, left, top: paper.margin });
    const top = paper.margin + (isAfterHead ? (head.to - head.from) * scale : 0);
    paintPart(doc, picture, { span, scale, left, top });
    if (pages.length > 1) pageLine(doc, sealed, { paper, n: i + 1, of: pages.length });
  });
  doc.end();
  return bytes;
}

function paintPart(
  doc: Doc,
  picture: Node,
  { span, scale, left, top }: { span: Span; scale: number; left: number; top: number },
): void {
  doc.save();
  doc.transform(scale, 0, 0, scale, left, top - span.from * scale);
  doc.rect(0, span.from, numberOf(picture, 'width'), span.to - span.from).clip();
  paint(doc, picture, span);
  doc.restore();
}

const opened = ({ title, says, maker, createdAt, lang }: Sealed): Doc =>
  openPdf({ title, subject: says, maker, createdAt, lang });

export type PdfInfo = {
  readonly title: string;
  readonly subject: string;
  readonly maker: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly lang: Lang;
};

/** A paper without a page, which says of itself what it is. */
export function openPdf({ title, subject, maker, createdAt, lang }: PdfInfo): Doc {
  return new PDFDocument({
    autoFirstPage: false,
    // Objects are found by one table at the end: the bytes are those of the content, in every run.
    compress: true,
    pdfVersion: '1.7',
    lang: lang === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    font: fontOf('regular') as never,
    info: {
      Title: title,
      Author: maker,
      Subject: subject,
      Creator: '航标 Hangbiao',
      Producer: 'Hangbiao',
      CreationDate: new Date(createdAt),
    },
  });
}

function pageLine(
  doc: Doc,
  { lang, title, id }: Sealed,
  { paper, n, of }: { paper: Paper; n: number; of: number },
): void {
  const numbers = [n, of];
  const said = pageWords[lang].replace(/#/g, () => String(numbers.shift() ?? ''));
  doc
    .font(fontOf('regular') as never)
    .fontSize(8)
    .fillColor('#707070')
    .fillOpacity(1);
  doc.text(
    `${said} · ${id} · ${[...title].slice(0, 60).join('')}`,
    paper.margin,
    paper.height - paper.margin / 2,
    {
      lineBreak: false,
      baseline: 'alphabetic',
    },
  );
}

/** The bytes, when the paper is ended. */
export function collected(doc: Doc): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}
