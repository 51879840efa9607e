import { formatRound } from '../format.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import type { Lang } from '../text.ts';
import { FONT_SIZE, fontFamily, type Palette } from './theme.ts';

/** Axes without boxes: names, light lines, and ends that are the figures' own. */

/** A name under the axis; one that is picked out with its own ink. */
export type AxisName = string | { readonly value: string; readonly textStyle: object };

export function categoryAxis(labels: readonly AxisName[], palette: Palette, options: object = {}): object {
  return {
    type: 'category',
    data: [...labels],
    axisLine: { show: false, onZero: false },
    axisTick: { show: false },
    axisLabel: { color: palette.soft, fontSize: FONT_SIZE, fontFamily, margin: 12, interval: 0 },
    ...options,
  };
}

export type Extent = { readonly min: number; readonly max: number; readonly interval: number };

/**
 * An axis's ends and step for some values. Counts start at 0; percentages at the ten below the
 * least, since the differences that matter lie near the top. Where a value is under zero the axis shows it.
 */
export function extentOf(kpi: Kpi, values: readonly number[], ticks = 5): Extent {
  if (values.some((value) => value < 0)) return acrossZero(kpi, values, ticks);
  const top = Math.max(0, ...values);
  if (!isPercent(kpi)) {
    const interval = stepFor(top / ticks, kpi.digits === 0);
    return { min: 0, max: Math.max(1, Math.ceil(top / interval - 1e-9)) * interval, interval };
  }
  const least = Math.min(1, ...values);
  const max =
    top > 0.8 ? Math.max(1, Math.ceil(top * 10 - 1e-9) / 10) : Math.max(0.1, Math.ceil(top * 10 - 1e-9) / 10);
  const low = kpi.better === 'down' || least < 0.3 ? 0 : Math.floor(least * 10 - 0.2) / 10;
  const min = Math.max(0, Math.min(low, max - 0.2));
  const interval = max - min > 0.65 ? 0.25 : max - min > 0.45 ? 0.2 : 0.1;
  const from = max - Math.ceil((max - min) / interval - 1e-9) * interval;
  // Steps that would begin under zero are counted from there instead: two ticks never touch.
  if (from < -1e-9) return { min: 0, max: Math.ceil(max / interval - 1e-9) * interval, interval };
  return { min: Math.max(0, from), max, interval };
}

/** Figures under zero, as of days that end before they begin: zero is a tick, and both ends are shown. */
function acrossZero(kpi: Kpi, values: readonly number[], ticks: number): Extent {
  const [least, top] = [Math.min(...values), Math.max(0, ...values)];
  const interval = stepFor((top - least) / ticks, !isPercent(kpi) && kpi.digits === 0);
  return {
    min: Math.floor(least / interval + 1e-9) * interval,
    max: Math.ceil(top / interval - 1e-9) * interval,
    interval,
  };
}

/** The least of 1, 2, 5 × 10ⁿ that is not under `rough`. */
function stepFor(rough: number, whole: boolean): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(rough, whole ? 1 : 0.01)));
  const step = [1, 2, 5, 10].find((m) => m * size >= rough - 1e-9) ?? 10;
  return step * size;
}

/** Ticks without decimals, except where a step has them. */
export function valueLabel(kpi: Kpi, extent: Extent, lang: Lang): (value: number) => string {
  return function tickText(value: number): string {
    if (isPercent(kpi)) return `${Math.round(value * 100)}%`;
    return formatRound(value, lang, Number.isInteger(extent.interval) ? 0 : 1);
  };
}

export function valueAxis(
  kpi: Kpi,
  extent: Extent,
  { palette, lang }: { readonly palette: Palette; readonly lang: Lang },
  options: object = {},
): object {
  return {
    type: 'value',
    min: extent.min,
    max: extent.max,
    interval: extent.interval,
    axisLine: { show: false, onZero: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: palette.grid } },
    axisLabel: {
      color: palette.soft,
      fontSize: FONT_SIZE,
      fontFamily,
      formatter: valueLabel(kpi, extent, lang),
    },
    ...options,
  };
}

/** A hidden axis of rows, counted from the top. */
export const rowAxis = (rows: number): object => ({
  type: 'value',
  min: 0,
  max: rows,
  inverse: true,
  show: false,
});
