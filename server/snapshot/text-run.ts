import type { GlyphRun, PathCommand } from 'fontkit';
import { drawable, fontOf, weightOf, type Weight } from './fonts.ts';
import { attributeOf, numberOf, type Node } from './svg-tree.ts';

/** A line of words, set: which glyphs stand where. Files that are pictures and files that hold text set it alike. */
export type TextRun = {
  readonly text: string;
  readonly weight: Weight;
  readonly size: number;
  /** Where the words begin on their base line, in the element's own space. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly glyphs: GlyphRun;
};

/** The middle of an ideograph above its base line, in ems; figures have theirs at nearly the same height. */
const MIDDLE = 0.38;

/** @param inherited font size and weight of the elements around */
export function textRun(node: Node, inherited: { size: number; weight: string | undefined }): TextRun {
  const text = drawable(node.text.replace(/[\r\n\t]/g, ' '));
  const size = numberOf(node, 'font-size', inherited.size);
  const weight = weightOf(attributeOf(node, 'font-weight') ?? inherited.weight);
  const font = fontOf(weight);
  const glyphs = font.layout(text);
  const width = (glyphs.advanceWidth / font.unitsPerEm) * size;
  const anchor = attributeOf(node, 'text-anchor') ?? 'start';
  const shift = { start: 0, middle: width / 2, end: width }[anchor];
  const baseline = attributeOf(node, 'dominant-baseline') ?? 'alphabetic';
  const drop = { alphabetic: 0, central: MIDDLE * size }[baseline];
  if (shift === undefined || drop === undefined)
    throw new Error(`words are not set as text-anchor="${anchor}", dominant-baseline="${baseline}"`);
  return {
    text,
    weight,
    size,
    x: numberOf(node, 'x') - shift,
    y: numberOf(node, 'y') + drop,
    width,
    glyphs,
  };
}

const letters: Record<PathCommand['command'], string> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
};
const round = (n: number): number => Math.round(n * 100) / 100;

/** The words as outlines: the `d` of a path. */
export function outlineOf({ weight, size, x, y, glyphs }: TextRun): string {
  const scale = size / fontOf(weight).unitsPerEm;
  const parts: string[] = [];
  let pen = 0;
  glyphs.glyphs.forEach((glyph, i) => {
    const at = glyphs.positions[i] ?? { xAdvance: 0, xOffset: 0, yOffset: 0 };
    const [left, base] = [x + (pen + at.xOffset) * scale, y - at.yOffset * scale];
    for (const { command, args } of glyph.path.commands) {
      const points = args.map((n, k) => round(k % 2 === 0 ? left + n * scale : base - n * scale));
      parts.push(letters[command] + points.join(' '));
    }
    pen += at.xAdvance;
  });
  return parts.join('');
}
