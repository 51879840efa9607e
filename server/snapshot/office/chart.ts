/** A chart that an office program draws by itself, from figures that stand beside it: the same for slides and workbooks. */

export type Dash = 'sysDot' | 'sysDash' | 'dash' | 'dashDot' | 'lgDash' | 'lgDashDot' | 'lgDashDotDot';
export type Marker = 'circle' | 'square' | 'diamond' | 'triangle';

export type NativeSeries = {
  readonly name: string;
  /** One a category, ratios in 0…1. Null is a gap, and is written nowhere: not in the chart, not in its figures. */
  readonly values: readonly (number | null)[];
  /** `line`: points joined · `points`: points alone · `bar`: bars · `frame`: an empty frame laid over the bars. */
  readonly as: 'line' | 'points' | 'bar' | 'frame';
  /** `#rrggbb`. */
  readonly colour: string;
  /** Points. */
  readonly width?: number;
  readonly dash?: Dash;
  readonly marker?: Marker;
  /** Drawn in outline. */
  readonly hollow?: true;
  /** Categories whose point is drawn as unfinished: a ring, and dashes up to it. */
  readonly running?: readonly number[];
  /** The category of the current year, drawn in the accent where the series itself recedes. */
  readonly now?: number;
  /** Are the figures written at the points? */
  readonly isLabelled?: true;
};

/** Which of the units stand on a page, counted from 1. */
export type Page = { readonly from: number; readonly to: number; readonly of: number };

export type NativeChart = {
  /** What the chart is of, where the view has several: a unit's name. */
  readonly name: string | null;
  readonly page: Page | null;
  /** `standing`: categories from left to right · `lying`: from the top down. */
  readonly categories: readonly string[];
  readonly lies: 'standing' | 'lying';
  readonly series: readonly NativeSeries[];
  /** Of the figures, in a spreadsheet's own way of writing. */
  readonly format: string;
  /** Of the axis' figures. */
  readonly axisFormat: string;
  readonly axis: { readonly min: number; readonly max: number; readonly step: number };
  /** Are the bars of a category drawn into each other? */
  readonly nested?: true;
  /** Is the key at the side, in the order of the lines' ends? */
  readonly keyAtSide?: true;
  /** What no point can show: what is not reported, not applicable, over too few. */
  readonly remarks: readonly string[];
};

/** Has any series a figure to draw? */
export const hasPoints = ({ series }: Pick<NativeChart, 'series'>): boolean =>
  series.some((s) => s.as !== 'frame' && s.values.some((v) => v !== null));

/** Parts of a list, at most so many each. */
export function pagesOf<T>(items: readonly T[], most: number): { items: readonly T[]; page: Page | null }[] {
  const count = Math.max(1, Math.ceil(items.length / most));
  return Array.from({ length: count }, (_, i) => {
    const from = i * most;
    const own = items.slice(from, from + most);
    const page = count === 1 ? null : { from: from + 1, to: from + own.length, of: items.length };
    return { items: own, page };
  });
}
