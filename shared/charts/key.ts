import { box, dot, drawnSeries, hatch, widthOf, words, type Drawn, type Shape } from './shapes.ts';
import type { Palette } from './theme.ts';

/** A chart's key: what stands for what, in as many rows as its words need. */

/** One sign with its words. The sign is drawn from its left edge, centred on `y`. */
export type KeyEntry = {
  readonly text: string;
  /** Pixels that the sign takes. */
  readonly sign: number;
  draw(x: number, y: number): readonly Shape[];
};

const SIDE = 12;
const WORD_GAP = 6;
const ENTRY_GAP = 18;
const ROW = 20;

type Fill = { readonly fill: string; readonly stroke?: string };

export const boxEntry = (text: string, { fill, stroke }: Fill): KeyEntry => ({
  text,
  sign: SIDE,
  draw: (x, y) => {
    // A stroke lies half outside its box.
    const rim = stroke === undefined ? 0 : 0.5;
    const side = SIDE - 2 * rim;
    return [box({ x: x + rim, y: y - SIDE / 2 + rim, width: side, height: side }, { fill, stroke }, 2)];
  },
});

export const dotEntry = (text: string, radius: number, style: Fill): KeyEntry => ({
  text,
  sign: 10,
  draw: (x, y) => [dot(x + 5, y, radius, style)],
});

export const hatchEntry = (text: string, stroke: string): KeyEntry => ({
  text,
  sign: SIDE,
  draw: (x, y) => [hatch({ x, y: y - SIDE / 2, width: SIDE, height: SIDE }, stroke, 4)],
});

type Placed = { readonly entry: KeyEntry; readonly x: number; readonly row: number };

/** Entries in their order; one that does not fit the rest of a row begins the next. */
function placed(entries: readonly KeyEntry[], width: number): Placed[] {
  const places: Placed[] = [];
  let x = 0;
  let row = 0;
  for (const entry of entries) {
    const own = entry.sign + WORD_GAP + widthOf(entry.text);
    if (x > 0 && x + own > width) {
      x = 0;
      row++;
    }
    places.push({ entry, x, row });
    x += own + ENTRY_GAP;
  }
  return places;
}

/** Pixels that the key's rows after the first take, within `width`. */
export const keyOverflow = (entries: readonly KeyEntry[], width: number): number =>
  (placed(entries, width).at(-1)?.row ?? 0) * ROW;

/** The key's shapes from `x`, its first row centred on `y`. */
export const keyShapes = (
  entries: readonly KeyEntry[],
  { x, y, width }: { x: number; y: number; width: number },
  palette: Palette,
): Shape[] =>
  placed(entries, width).flatMap(({ entry, x: from, row }) => [
    ...entry.draw(x + from, y + row * ROW),
    words(x + from + entry.sign + WORD_GAP, y + row * ROW, entry.text, { fill: palette.soft }),
  ]);

/** The key as a series, its first row centred `below` the plot. */
export const keySeries = (
  entries: readonly KeyEntry[],
  { x = 0, below, width }: { x?: number; below: number; width: number },
  palette: Palette,
): object =>
  drawnSeries<Drawn>(
    'key',
    [{}],
    (_, { plot }) => keyShapes(entries, { x, y: plot.y + plot.height + below, width }, palette),
    { z: 1, silent: true },
  );
