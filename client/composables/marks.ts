import type { EChartsCoreOption } from '../components/echarts.ts';
import type { Mark } from '../../shared/charts/view.ts';

/** The marks of a chart, and how keys walk over them. */

/** Column and row of a mark in a chart that is a matrix: cells, days, panels one under another. */
type Spot = readonly [column: number, row: number];
export type Place = {
  readonly mark: Mark;
  readonly seriesIndex: number;
  readonly dataIndex: number;
  /** As the data item has it; absent in lines and rows. */
  readonly spot?: Spot;
};

const isMark = (value: unknown): value is Mark =>
  typeof value === 'object' && value !== null && 'kpi' in value && 'unit' in value && 'period' in value;

/** The mark of a data item, or of what a chart event carries. */
export function markOf(item: unknown): Mark | null {
  if (typeof item !== 'object' || item === null || !('mark' in item)) return null;
  return isMark(item.mark) ? item.mark : null;
}

function spotOf(item: unknown): { spot?: Spot } {
  const spot: unknown = (item as { spot?: unknown } | null)?.spot;
  if (!Array.isArray(spot) || spot.length !== 2 || spot.some((n) => typeof n !== 'number')) return {};
  return { spot: spot as unknown as Spot };
}

/** The month or quarter whose name the data item is. */
export function partIn(item: unknown): string | null {
  if (typeof item !== 'object' || item === null || !('only' in item)) return null;
  return typeof item.only === 'string' ? item.only : null;
}

/** The data item that a chart has at a place. */
export function itemAt(
  option: EChartsCoreOption,
  { seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number },
): unknown {
  const series = [option['series'] ?? []].flat() as { data?: unknown[] }[];
  return series[seriesIndex]?.data?.[dataIndex];
}

/** The marks of a chart, series by series, the series of the latest year first. */
export function placesOf(option: EChartsCoreOption): Place[] {
  const series = [option['series'] ?? []].flat() as { data?: unknown[] }[];
  const ofSeries = series.map((s, seriesIndex) =>
    (s.data ?? []).flatMap((item, dataIndex) => {
      const mark = markOf(item);
      return mark ? [{ mark, seriesIndex, dataIndex, ...spotOf(item) }] : [];
    }),
  );
  return ofSeries.toSorted((a, b) => latestYear(b) - latestYear(a)).flat();
}

const yearOf = (place: Place): number => Number(place.mark.period.slice(0, 4));
const latestYear = (places: readonly Place[]): number => Math.max(0, ...places.map(yearOf));

const ups: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };

/** In a matrix: along the row; up and down to the nearest column of the next row that has a mark. */
function overMatrix(places: readonly Place[], at: number, key: string): number | null {
  const here = places[at]?.spot;
  if (!here) return null;
  const [column, row] = here;
  const all = places.flatMap(({ spot }, index) => (spot ? [{ index, column: spot[0], row: spot[1] }] : []));
  if (key === 'ArrowRight' || key === 'ArrowLeft') {
    const order = all.toSorted((a, b) => a.row - b.row || a.column - b.column);
    const i = order.findIndex((p) => p.index === at) + (key === 'ArrowRight' ? 1 : -1);
    return order[(i + order.length) % order.length]?.index ?? null;
  }
  if (key === 'Home' || key === 'End') {
    const own = all.filter((p) => p.row === row).toSorted((a, b) => a.column - b.column);
    return own.at(key === 'Home' ? 0 : -1)?.index ?? null;
  }
  const way = ups[key];
  if (way === undefined) return null;
  const rows = all.map((p) => p.row).filter((r) => (r - row) * way > 0);
  // At the last row one stays.
  if (rows.length === 0) return at;
  const next = way > 0 ? Math.min(...rows) : Math.max(...rows);
  const nearest = all
    .filter((p) => p.row === next)
    .toSorted((a, b) => Math.abs(a.column - column) - Math.abs(b.column - column));
  return nearest[0]?.index ?? null;
}

/** Among lines, a year each: up and down to the same month or quarter of another year, the latest first. */
function overYears(places: readonly Place[], at: number, key: string): number | null {
  const way = ups[key];
  const here = places[at]?.mark;
  const part = here?.period.slice(4);
  if (way === undefined || !here || !part) return null;
  const alike = places
    .map((place, index) => ({ index, mark: place.mark }))
    .filter(({ mark }) => mark.period.slice(4) === part && mark.unit === here.unit && mark.kpi === here.kpi);
  const i = alike.findIndex((p) => p.index === at);
  if (new Set(alike.map(({ mark }) => mark.period)).size < 2) return null;
  return alike[(i + way + alike.length) % alike.length]?.index ?? null;
}

/**
 * Where a key leads: an arrow to the next mark, and at first to the current year's first one; Home
 * and End to the ends of the series, or of the row, that one stands in. Up and down cross the rows of a
 * matrix and the years of lines.
 * @param at index of the mark that is shown, -1 for none
 * @returns the index of the mark, or null when the key is none of these
 */
export function walk(places: readonly Place[], at: number, key: string): number | null {
  const across = overMatrix(places, at, key) ?? overYears(places, at, key);
  if (across !== null) return across;
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
  if (step !== undefined && at >= 0) return (at + step + places.length) % places.length;
  const latest = latestYear(places);
  const begin = places.findIndex((p) => yearOf(p) === latest);
  if (step === 1) return begin;
  const series = places[Math.max(at, begin)]?.seriesIndex;
  if (key === 'Home') return places.findIndex((p) => p.seriesIndex === series);
  return step === -1 || key === 'End' ? places.findLastIndex((p) => p.seriesIndex === series) : null;
}
