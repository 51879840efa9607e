import { extentOf } from '../../../shared/charts/axes.ts';
import { palettes, yearStroke } from '../../../shared/charts/theme.ts';
import { isPercent, type Kpi } from '../../../shared/kpi.ts';
import type { Dash, NativeChart, NativeSeries } from './chart.ts';

/** How the charts' own colours, lines and figures are said to an office program. */

export const palette = palettes.light;

/** The face of every office file, and what stands in for it: each system has one of them. */
export const FACE = 'Microsoft YaHei';

const oldDashes: readonly Dash[] = ['lgDash', 'lgDashDot', 'dash', 'lgDashDotDot', 'sysDash'];

/** The line of a year, as the page draws it. */
export function yearLine(ago: number): Pick<NativeSeries, 'as' | 'colour' | 'width' | 'dash'> {
  const { stroke, width } = yearStroke(palette, ago);
  const dash = ago < 5 ? undefined : oldDashes[(ago - 5) % oldDashes.length];
  return { as: 'line', colour: stroke, width, ...(dash === undefined ? {} : { dash }) };
}

export const normLine = { as: 'line', colour: palette.ink, width: 1.25, dash: 'sysDot' } as const;

/** A spreadsheet's own way of writing a KPI's figures. */
export function formatOf(kpi: Kpi): string {
  const digits = kpi.digits === 0 ? '' : `.${'0'.repeat(kpi.digits)}`;
  return isPercent(kpi) ? `0${digits}%` : `#,##0${digits}`;
}

/** The axis of the page's chart. Bars begin at zero, whichever way they go: their length is what is read. */
export function axisOf(
  kpi: Kpi,
  series: readonly NativeSeries[],
  { isFromZero = false, ticks = 5 } = {},
): Pick<NativeChart, 'axis' | 'axisFormat'> {
  const values = series.flatMap((s) => s.values.filter((v) => v !== null));
  const { min, max, interval } = extentOf(kpi, values, ticks);
  const step = isFromZero && min > 0 ? 0.2 : interval;
  return axisFrom(kpi, { min: isFromZero ? Math.min(0, min) : min, max, interval: step });
}

export const axisFrom = (
  kpi: Kpi,
  { min, max, interval }: { readonly min: number; readonly max: number; readonly interval: number },
): Pick<NativeChart, 'axis' | 'axisFormat'> => ({
  axis: { min: exact(min), max: exact(max), step: exact(interval) },
  axisFormat: isPercent(kpi) ? '0%' : Number.isInteger(interval) ? '#,##0' : '0.0#',
});

/** 0.7000000000000001 is no end of an axis. */
const exact = (value: number): number => Number(value.toPrecision(12));
