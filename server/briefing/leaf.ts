import { widthOf } from '../../shared/charts/shapes.ts';
import { palettes, fontFamily } from '../../shared/charts/theme.ts';
import { drawable } from '../snapshot/fonts.ts';
import { escaped } from '../snapshot/sheet-text.ts';
import { linesOf } from './under.ts';

/** Leaves of paper as drawings: A4 lying, in points, with words that the painter sets as words. */

export const ink = palettes.light;
export const LEAF = { width: 841.89, height: 595.28, left: 48, right: 48, top: 40 } as const;
export const INNER = LEAF.width - LEAF.left - LEAF.right;
/** Where what stands on a leaf ends, over its foot. */
export const END = 548;
const FOOT = 572;

export type WordLook = {
  readonly size: number;
  readonly fill?: string;
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
};

/** A line of words on its base line. */
export function word(
  text: string,
  x: number,
  y: number,
  { size, fill = ink.ink, bold, anchor }: WordLook,
): string {
  const weight = bold ? ' font-weight="600"' : '';
  const side = anchor === undefined || anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}"${weight}${side} fill="${fill}">${escaped(drawable(text))}</text>`;
}

const round = (n: number): number => Math.round(n * 100) / 100;

export const box = (x: number, y: number, width: number, height: number, fill: string, radius = 0): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"${radius > 0 ? ` rx="${radius}"` : ''} fill="${fill}"/>`;

/** Words in lines under each other, from the top of the first. */
export function lines(
  texts: readonly string[],
  { x, y, leading = 1.45, ...look }: WordLook & { x: number; y: number; leading?: number },
): { readonly svg: string; readonly height: number } {
  const step = look.size * leading;
  return {
    svg: texts.map((text, i) => word(text, x, y + step * i + look.size, look)).join(''),
    height: texts.length * step,
  };
}

const HEADLINE_SIZES = [20, 18, 16, 14, 12, 11] as const;
/** The largest size in which a headline stands in two lines. */
export function headlineLines(text: string, width: number): { texts: string[]; size: number } {
  const size = HEADLINE_SIZES.find((one) => linesOf(text, width, one).length * one <= 42) ?? 11;
  return { texts: linesOf(text, width, size), size };
}

export type LeafAround = {
  readonly over: string;
  readonly headline: string;
  readonly demo: string | null;
};

/** The head of a leaf. @returns also where what stands under it begins */
export function head({ over, headline, demo }: LeafAround): {
  readonly svg: string;
  readonly bottom: number;
} {
  const { texts, size } = headlineLines(headline, INNER);
  const set = lines(texts, { x: LEAF.left, y: LEAF.top + 24, size, bold: true, leading: 1.3 });
  const mark = demo === null ? '' : badge(demo, LEAF.width - LEAF.right, LEAF.top - 4);
  return {
    svg: [
      box(LEAF.left, LEAF.top - 8, 30, 4, ink.red),
      word(over, LEAF.left, LEAF.top + 12, { size: 10.5, fill: ink.soft }),
      mark,
      set.svg,
    ].join(''),
    bottom: LEAF.top + 24 + set.height + 8,
  };
}

/** @param right where it ends */
export function badge(text: string, right: number, top: number, size = 10): string {
  const width = widthOf(text, size) + 20;
  return (
    box(right - width, top, width, size + 9, ink.warnWash, (size + 9) / 2) +
    word(text, right - width / 2, top + size + 3, { size, fill: ink.warn, anchor: 'middle' })
  );
}

export const foot = (text: string, page: string): string =>
  box(LEAF.left, FOOT - 13, INNER, 0.6, ink.line) +
  word(text, LEAF.left, FOOT, { size: 8, fill: ink.faint }) +
  word(page, LEAF.width - LEAF.right, FOOT, { size: 8, fill: ink.faint, anchor: 'end' });

/** A leaf as a whole drawing. */
export const leaf = (...parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${LEAF.width}" height="${LEAF.height}" font-family="${fontFamily}">${parts.join('')}</svg>`;
