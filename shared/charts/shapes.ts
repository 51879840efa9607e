import type {
  CustomSeriesOption,
  CustomSeriesRenderItemAPI,
  CustomSeriesRenderItemParams,
  CustomSeriesRenderItemReturn,
} from 'echarts';
import { FONT_SIZE, fontFamily } from './theme.ts';
import type { Mark } from './view.ts';

/** Shapes for ECharts' custom series, in pixels. Plain objects: nothing of ECharts runs here. */
export type Shape = NonNullable<CustomSeriesRenderItemReturn>;
export type Frame = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Where a custom series draws: the plot's frame, and a point's place in it. */
export type Stage = {
  readonly plot: Frame;
  at(x: number, y: number): readonly [number, number];
  /** Width of one step on the x axis. */
  readonly step: number;
};

/**
 * One thing drawn: its records' mark, and the words that a pointer over it shows. In a matrix its column
 * and row, by which arrow keys move.
 */
export type Drawn = {
  readonly mark?: Mark;
  readonly tip?: string;
  readonly spot?: readonly [column: number, row: number];
  /** The name of a period: the month or quarter of every year to which a press narrows the page. */
  readonly only?: string;
};

const round = (n: number): number => Math.round(n * 10) / 10;

export const box = (
  frame: Frame,
  style: { fill?: string; stroke?: string; dash?: boolean; opacity?: number },
  r = 0,
): Shape => ({
  type: 'rect',
  shape: { x: round(frame.x), y: round(frame.y), width: round(frame.width), height: round(frame.height), r },
  style: {
    fill: style.fill ?? 'none',
    stroke: style.stroke,
    lineWidth: style.stroke === undefined ? 0 : 1,
    lineDash: style.dash === true ? [3, 3] : undefined,
    opacity: style.opacity,
  },
});

export const dot = (x: number, y: number, r: number, style: { fill: string; stroke?: string }): Shape => ({
  type: 'circle',
  shape: { cx: round(x), cy: round(y), r },
  style: { fill: style.fill, stroke: style.stroke, lineWidth: style.stroke === undefined ? 0 : 2 },
});

export const line = (
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  style: { stroke: string; width?: number; dash?: number[] },
): Shape => ({
  type: 'line',
  shape: { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2) },
  style: { stroke: style.stroke, lineWidth: style.width ?? 1, lineDash: style.dash },
});

/** A hollow arrowhead at a plot's edge: the figure lies beyond it, `up` or down. */
export const beyond = (x: number, y: number, up: boolean, style: { fill: string; stroke: string }): Shape => {
  const tip = up ? -5 : 5;
  return {
    type: 'polygon',
    shape: {
      points: [
        [round(x), round(y + tip)],
        [round(x - 5), round(y - tip * 0.6)],
        [round(x + 5), round(y - tip * 0.6)],
      ],
    },
    style: { fill: style.fill, stroke: style.stroke, lineWidth: 1.5 },
  };
};

/** Lines at 45°, cut to the frame: "not reported". Drawn as one path, so that no pattern is needed. */
export function hatch(frame: Frame, stroke: string, every = 5): Shape {
  const { x, y, width, height } = frame;
  const strokes: string[] = [];
  // Lines lie on one lattice of the whole picture, so that neighbouring frames join.
  const first = -height + ((every - ((x + y) % every)) % every);
  for (let d = first; d < width; d += every) {
    const from = Math.max(0, d);
    const to = Math.min(width, d + height);
    if (to > from)
      strokes.push(
        `M${round(x + from)} ${round(y + height - (from - d))}L${round(x + to)} ${round(y + height - (to - d))}`,
      );
  }
  return {
    type: 'path',
    shape: { pathData: strokes.join('') || 'M0 0' },
    style: { fill: 'none', stroke, lineWidth: 1 },
  };
}

export type WordStyle = {
  readonly fill: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly bold?: boolean;
  readonly size?: number;
  /** A rim in the ground's colour, where words stand on lines. */
  readonly halo?: string;
};

/** Words centred on `y`. */
export const words = (x: number, y: number, text: string, style: WordStyle): Shape => ({
  type: 'text',
  x: round(x),
  y: round(y),
  style: {
    text,
    fill: style.fill,
    align: style.align ?? 'left',
    verticalAlign: 'middle',
    fontSize: style.size ?? FONT_SIZE,
    fontWeight: style.bold === true ? 600 : 400,
    fontFamily,
    stroke: style.halo,
    lineWidth: style.halo === undefined ? 0 : 3,
  },
});

/** Width in pixels: an ideograph is as wide as it is high, the rest about half. */
export function widthOf(text: string, size = FONT_SIZE): number {
  let width = 0;
  for (const c of text) width += /[⺀-鿿豈-﫿！-｠]/.test(c) ? size : size * 0.56;
  return width;
}

/** Words cut to a width, the cut shown. */
export function cutTo(text: string, width: number, size = FONT_SIZE): string {
  if (widthOf(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('')}…`;
}

/** A name cut to a width in its middle: what tells names apart stands at either end. */
export function cutName(name: string, width: number, size = FONT_SIZE): string {
  if (widthOf(name, size) <= width) return name;
  const letters = [...name];
  for (let kept = letters.length - 1; kept > 2; kept--) {
    const after = Math.floor(kept / 2);
    const cut = `${letters.slice(0, kept - after).join('')}…${letters.slice(-after).join('')}`;
    if (widthOf(cut, size) <= width) return cut;
  }
  return cutTo(name, width, size);
}

/** Words broken into lines of a width: between words, ideographs anywhere; what is past the last line is cut, and shows it. */
export function broken(text: string, width: number, most: number, size = FONT_SIZE): string[] {
  const pieces = (text.match(/[\p{L}\p{N}.,%()/:_-]+ ?|./gu) ?? []).flatMap((piece) =>
    /[⺀-鿿＀-￯]/.test(piece) || widthOf(piece, size) > width ? [...piece] : [piece],
  );
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces)
    if (line !== '' && widthOf(line + piece.trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  lines.push(line.trimEnd());
  return shortened(lines, most);
}

/** The first lines, the last of them marked where more follow. */
export const shortened = (lines: readonly string[], most: number): string[] =>
  lines.length <= most
    ? [...lines]
    : [...lines.slice(0, most - 1), `${[...(lines[most - 1] ?? '')].slice(0, -1).join('')}…`];

/** Moves labels' middles apart by at least `gap`, keeping their order and staying at or above `bottom`. */
export function spread(places: readonly number[], gap: number, bottom: number): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place || a.i - b.i);
  let ceiling = -Infinity;
  for (const label of order) {
    label.place = Math.max(label.place, ceiling);
    ceiling = label.place + gap;
  }
  let floor = bottom;
  for (const label of order.reverse()) {
    label.place = Math.min(label.place, floor);
    floor = label.place - gap;
  }
  return order.sort((a, b) => a.i - b.i).map(({ place }) => place);
}

/** A stretch from top to bottom, in pixels. */
export type Stretch = readonly [from: number, to: number];

/**
 * The place nearest to `wanted` for the middle of what is `height` high, so that it lies over none of `taken`.
 * @returns `wanted` itself where nothing within `room` is free
 */
export function clearOf(
  wanted: number,
  taken: readonly Stretch[],
  { height, room: [top, bottom] }: { height: number; room: Stretch },
): number {
  const half = height / 2;
  const isFree = (y: number): boolean =>
    y - half >= top && y + half <= bottom && taken.every(([from, to]) => y + half <= from || y - half >= to);
  const free = [wanted, ...taken.flatMap(([from, to]) => [from - half, to + half])].filter(isFree);
  return (
    free.reduce<number | null>(
      (best, y) => (best === null || Math.abs(y - wanted) < Math.abs(best - wanted) ? y : best),
      null,
    ) ?? wanted
  );
}

function stageOf(params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI): Stage {
  const { x = 0, y = 0, width = 0, height = 0 } = params.coordSys as Partial<Frame>;
  const place = (point: readonly [number, number]): readonly [number, number] => {
    const [px = 0, py = 0] = api.coord([...point]);
    return [px, py];
  };
  // A category axis of one has no second to measure to.
  const [band = 0] = [api.size?.([1, 0]) ?? 0].flat();
  return {
    plot: { x, y, width, height },
    at: (px, py) => place([px, py]),
    step: place([1, 0])[0] - place([0, 0])[0] || band,
  };
}

/** A series that draws its items by hand. `silent`: decoration, which no pointer meets. */
export function drawnSeries<T extends Drawn>(
  id: string,
  items: readonly T[],
  draw: (item: T, stage: Stage) => readonly Shape[],
  { z = 2, silent = false }: { z?: number; silent?: boolean } = {},
): CustomSeriesOption {
  return {
    id,
    type: 'custom',
    z,
    silent,
    tooltip: silent ? { show: false } : { trigger: 'item' },
    // The place is the drawing's own affair: a datum only carries what a click, a pointer and the arrow keys need.
    encode: { x: [], y: [] },
    data: items.map(({ mark, tip, spot, only }, i) => ({
      value: [i],
      mark,
      tip,
      ...(spot ? { spot } : {}),
      ...(only ? { only } : {}),
    })),
    renderItem: (params, api) => {
      const item = items[params.dataIndex];
      return item === undefined ? null : { type: 'group', children: [...draw(item, stageOf(params, api))] };
    },
  };
}
