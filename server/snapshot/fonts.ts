import { openSync, type Font } from 'fontkit';
import { createRequire } from 'node:module';

/**
 * The fonts that files are drawn with: a package's, so that what a machine has installed does not decide
 * how a picture looks, nor whether a character is there.
 */

const require = createRequire(import.meta.url);
const files = {
  regular: '400Regular/NotoSansSC_400Regular.ttf',
  semibold: '600SemiBold/NotoSansSC_600SemiBold.ttf',
} as const;
export type Weight = keyof typeof files;

const opened = new Map<Weight, Font>();

/** Opened once; its tables are read as they are needed. */
export function fontOf(weight: Weight): Font {
  const known = opened.get(weight);
  if (known) return known;
  const font = openSync(require.resolve(`@expo-google-fonts/noto-sans-sc/${files[weight]}`));
  opened.set(weight, font);
  return font;
}

/** `600` and more is the heavier of the two. */
export const weightOf = (weight: string | undefined): Weight =>
  weight === 'bold' || Number(weight) >= 600 ? 'semibold' : 'regular';

/** 〓, the printers' mark for a letter that their cases lack. */
export const SUBSTITUTE = '〓';

const isSpace = (c: string): boolean => /\s/.test(c);
const isDrawn = (c: string): boolean => {
  const point = c.codePointAt(0) ?? 0;
  return fontOf('regular').hasGlyphForCodePoint(point) && fontOf('semibold').hasGlyphForCodePoint(point);
};

/** Joiners and variation selectors change how the character before them looks; alone they are nothing. */
const isModifier = (c: string): boolean => {
  const point = c.codePointAt(0) ?? 0;
  return modifiers.some(([from, to]) => point >= from && point <= to);
};
const modifiers = [
  [0x200b, 0x200d],
  [0x2060, 0x2060],
  [0xfe00, 0xfe0f],
  [0xe0100, 0xe01ef],
] as const;

/** The characters of a text that the fonts cannot draw, each once, in order. */
export const undrawable = (text: string): string[] => [
  ...new Set([...text].filter((c) => !isSpace(c) && !isModifier(c) && !isDrawn(c))),
];

/** The text as it can be drawn: what the fonts lack is `SUBSTITUTE`, what cannot be seen is left out. */
export const drawable = (text: string): string =>
  [...text]
    .filter((c) => !isModifier(c))
    .map((c) => (isSpace(c) || isDrawn(c) ? c : SUBSTITUTE))
    .join('');
