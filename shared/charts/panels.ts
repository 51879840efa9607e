import type { Extent } from './axes.ts';
import { box, line, words, type Frame, type Shape, type Stage } from './shapes.ts';
import type { Palette } from './theme.ts';

/** Panels of one chart, beside and under each other on one scale: small multiples, and the side-by-side. */

/** How the panels lie. CSS pixels; `head` and `foot` are over and under each plot. */
export type Panels = {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  readonly head: number;
  readonly foot: number;
};

/** Height of so many panels with their heads and feet. */
export const heightOf = (count: number, { columns, height, head, foot }: Omit<Panels, 'width'>): number =>
  Math.ceil(count / columns) * (head + height + foot);

/** Where a panel's plot lies, and a period and a value in it. */
export type Place = {
  readonly frame: Frame;
  /** The first of its row, with the scale's figures beside it. */
  readonly isFirst: boolean;
  /** Width of a period. */
  readonly step: number;
  x(index: number): number;
  y(value: number): number;
};

export function placeIn(
  { columns, width, height, gap, head, foot }: Panels,
  index: number,
  { plot }: Stage,
  { extent: { min, max }, periods }: { readonly extent: Extent; readonly periods: number },
): Place {
  const column = index % columns;
  const frame = {
    x: plot.x + column * (width + gap),
    y: plot.y + Math.floor(index / columns) * (head + height + foot) + head,
    width,
    height,
  };
  const step = width / Math.max(1, periods);
  return {
    frame,
    isFirst: column === 0,
    step,
    x: (i) => frame.x + (i + 0.5) * step,
    // One over too few may lie beyond the scale: it is drawn at its edge.
    y: (value) => frame.y + ((max - Math.min(max, Math.max(min, value))) / (max - min)) * height,
  };
}

/**
 * The ground of a panel: what has not come is shaded, and lines at the ticks have their figures beside the first.
 * @param later index of the first period that has not come; -1 for none
 */
export function groundOf(
  { frame, step, isFirst, y }: Place,
  {
    extent: { min, max, interval },
    later,
    label,
  }: { readonly extent: Extent; readonly later: number; readonly label: (value: number) => string },
  palette: Palette,
  { away, size }: { readonly away: number; readonly size?: number },
): Shape[] {
  const ticks = Math.round((max - min) / interval);
  const rest = { ...frame, x: frame.x + later * step, width: frame.width - later * step };
  const text = { fill: palette.soft, align: 'right', ...(size === undefined ? {} : { size }) } as const;
  return [
    ...(later < 0 ? [] : [box(rest, { fill: palette.paper, opacity: 0.8 })]),
    ...Array.from({ length: ticks + 1 }, (_, i) => min + i * interval).flatMap((value) => [
      line([frame.x, y(value)], [frame.x + frame.width, y(value)], { stroke: palette.grid }),
      ...(isFirst ? [words(frame.x - away, y(value), label(value), text)] : []),
    ]),
  ];
}
