import PptxGenJS from 'pptxgenjs';
import { broken } from '../../../shared/charts/shapes.ts';
import type { NativeChart } from './chart.ts';
import { hex } from './chart-ink.ts';
import { FACE, palette } from './look.ts';
import type { Properties } from '../../office/package.ts';

/** The house's slides: 16:9, one accent, a headline, a foot. Lengths in inches. */

export type Slide = ReturnType<PptxGenJS['addSlide']>;
export type Frame = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

/** Charts in the order in which they were laid down: their parts are written when the deck is. */
export type PlacedChart = {
  readonly chart: NativeChart;
  readonly size: number;
  /** Points. */
  readonly width: number;
  readonly title?: string;
  readonly hasKey: boolean;
};
export type Deck = {
  readonly show: PptxGenJS;
  readonly charts: PlacedChart[];
  readonly properties: Properties;
};

export const POINTS = 72;
export const WIDTH = 13.333;
export const LEFT = 0.6;
export const INNER = WIDTH - 2 * LEFT;
export const TOP = 1.72;
/** Where what stands under the body begins. */
export const BODY_END = 6.25;
const FOOT = 7.02;

export const ink = {
  ink: hex(palette.ink),
  soft: hex(palette.soft),
  faint: hex(palette.faint),
  red: hex(palette.red),
  card: hex(palette.card),
  band: hex(palette.band),
  line: hex(palette.line),
  gap: hex(palette.gap),
  warn: hex(palette.warn),
  warnWash: hex(palette.warnWash),
} as const;
const MASTER = 'Hangbiao';

/** An empty deck with the house's master slide. */
export function newDeck(properties: Properties): Deck {
  const show = new PptxGenJS();
  show.layout = 'LAYOUT_WIDE';
  show.title = properties.title;
  show.author = properties.creator;
  show.theme = { headFontFace: FACE, bodyFontFace: FACE };
  show.defineSlideMaster({
    title: MASTER,
    background: { color: ink.card },
    objects: [
      { rect: { x: LEFT, y: 0.38, w: 0.42, h: 0.06, fill: { color: ink.red } } },
      { rect: { x: LEFT, y: FOOT - 0.04, w: INNER, h: 0.008, fill: { color: ink.line } } },
      {
        placeholder: {
          options: {
            name: 'headline',
            type: 'title',
            x: LEFT,
            y: 0.78,
            w: INNER,
            h: 0.86,
            margin: 0,
            fontFace: FACE,
            fontSize: 22,
            bold: true,
            color: ink.ink,
            align: 'left',
            valign: 'top',
          },
          text: '',
        },
      },
    ],
    slideNumber: {
      x: WIDTH - LEFT - 0.8,
      y: FOOT,
      w: 0.8,
      h: 0.3,
      fontFace: FACE,
      fontSize: 10,
      color: ink.faint,
      align: 'right',
    },
  });
  return { show, charts: [], properties };
}

export type Around = {
  /** The message of the slide. */
  readonly headline: string;
  /** What it is about, over the headline. */
  readonly over: string;
  readonly foot: string;
  /** Said on every slide of figures that are invented. */
  readonly demo: string | null;
  readonly notes: string;
};

/** A slide with its head and foot; what it shows is laid down by the caller between TOP and BODY_END. */
export function addSlide({ show }: Deck, { headline, over, foot, demo, notes }: Around): Slide {
  const slide = show.addSlide({ masterName: MASTER });
  slide.addText(over, { ...frame(LEFT, 0.47, INNER - 2.1, 0.3), fontSize: 12, color: ink.soft, ...plain });
  const fontSize = sizeFor(headline);
  slide.addText([{ text: headline, options: { fontSize } }], { placeholder: 'headline' });
  slide.addText(foot, {
    ...frame(LEFT, FOOT, INNER - 1, 0.3),
    fontSize: 10,
    color: ink.faint,
    ...plain,
    valign: 'middle',
    fit: 'shrink',
  });
  if (demo !== null)
    slide.addText(demo, {
      ...frame(WIDTH - LEFT - 2, 0.42, 2, 0.28),
      shape: 'roundRect',
      rectRadius: 0.14,
      fill: { color: ink.warnWash },
      color: ink.warn,
      fontFace: FACE,
      fontSize: 11,
      align: 'center',
      valign: 'middle',
      margin: 0,
    });
  slide.addNotes(notes);
  return slide;
}

export const frame = (x: number, y: number, w: number, h: number): Frame => ({ x, y, w, h });
export const plain = { fontFace: FACE, margin: 0, align: 'left', valign: 'top' } as const;

const HEADLINE = { height: 0.86, sizes: [22, 20, 18, 16, 14, 12, 11] } as const;
/** The largest size in which the finding stands whole over the body. */
function sizeFor(headline: string): number {
  const fits = (size: number): boolean =>
    broken(headline, INNER * POINTS * 0.86, Infinity, size).length * size * 1.25 <= HEADLINE.height * POINTS;
  return HEADLINE.sizes.find(fits) ?? 10;
}

/** Lays a chart down. Its part is a place to be filled when the deck is written. */
export function placeChart(
  deck: Deck,
  slide: Slide,
  { at, says, ...placed }: Omit<PlacedChart, 'width'> & { readonly at: Frame; readonly says: string },
): void {
  deck.charts.push({ ...placed, width: at.w * POINTS });
  slide.addChart('bar', [{ name: '-', labels: ['-'], values: [0] }], { ...at, altText: says });
}
