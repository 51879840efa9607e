import type { Size } from './served.ts';

/**
 * How the pages are laid out (style.css), for charts whose room the browser has not told yet: from a window's width on,
 * the width of the page, of the column beside a chart, and of the gutters. CSS pixels; test/e2e/served.test.ts measures them.
 */
const layouts = [
  { from: 3200, page: 3072, side: 760, gutter: 64 },
  { from: 2200, page: 2176, side: 560, gutter: 48 },
  { from: 1720, page: 1640, side: 440, gutter: 32 },
  { from: 1081, page: 1376, side: 380, gutter: 32 },
  { from: 901, page: 1376, side: 300, gutter: 32 },
  { from: 0, page: 900, side: null, gutter: 16 },
] as const;
const GAP = 12;
const NARROW = 480;
const BORDERS = 2;

/** Charts with a column beside them, or with another chart. */
const sided = new Set([
  'overview.yoy',
  'overview.heatmap',
  'unit.yoy',
  'compare.compare',
  'rectification.rectification',
  'rectification.trend',
]);
const halves = new Set(['yoy.trend', 'yoy.composition', 'unit.composition', 'unit.rectification']);

/**
 * @param key page and view: `overview.yoy`
 * @returns the room of a chart in a window of this width; the height is the chart's own
 */
export function usualRoom(key: string, window: number): Size {
  const { page, side, gutter } = layouts.find(({ from }) => window >= from) ?? layouts[5];
  const padding = side !== null ? 40 : window > NARROW ? 32 : 24;
  const whole = Math.min(window, page) - 2 * gutter;
  const share =
    side === null ? whole : sided.has(key) ? whole - GAP - side : halves.has(key) ? (whole - GAP) / 2 : whole;
  return { width: Math.floor(share) - padding - BORDERS, height: 0 };
}
