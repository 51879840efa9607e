import { formatFraction, formatValue, isAtLeast, isSmall } from '../format.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import type { Cell } from '../query.ts';
import { isMet, isTally, type Reading } from './heatmap-reading.ts';
import { isKnown, standOf, type Known } from './parts.ts';
import { box, hatch, widthOf, words, type Frame, type Shape } from './shapes.ts';
import { mix, type Palette } from './theme.ts';

/** One cell of units × periods: its ink and its figure. */

type Ink = {
  readonly fill: string;
  readonly text: string;
  readonly bold?: boolean;
  readonly stroke?: string;
};

/** Without colour, what is missed stands in an outline. */
export const missedRim = (palette: Palette): string | undefined => (palette.plain ? palette.ink : undefined);

export function inkOf(r: Reading, cell: Known, norm: number | null, palette: Palette): Ink {
  const { value } = cell;
  if (isTally(r.kpi)) {
    return isMet(r.kpi, value, norm)
      ? { fill: palette.goodWash, text: palette.good }
      : { fill: palette.warnWash, text: palette.warn, bold: true, stroke: missedRim(palette) };
  }
  if (isSmall(r.kpi, cell)) return { fill: palette.card, text: palette.soft, stroke: palette.grid };
  // Shades of grey by size; a rate from a half up, where rates differ.
  const share =
    r.top === 0
      ? 0
      : isPercent(r.kpi) && r.kpi.better === 'up'
        ? Math.max(0, value - 0.5) * 2
        : value / r.top;
  return {
    fill: value === 0 ? palette.card : mix(palette.card, palette.past[1], 0.12 + 0.5 * Math.min(1, share)),
    text: palette.ink,
    stroke: value === 0 ? palette.grid : undefined,
  };
}

/** Of a column beside the one that is picked. */
const receded = (ink: Ink, palette: Palette): Ink => ({
  fill: mix(palette.card, ink.fill, 0.3),
  text: palette.faint,
  ...(ink.stroke === undefined ? {} : { stroke: palette.line }),
});

function textIn(kpi: Kpi, cell: Known, width: number): string {
  const fraction = formatFraction(cell.numerator, cell.denominator);
  const value =
    cell.value === 0 && !isPercent(kpi)
      ? '0'
      : isPercent(kpi)
        ? `${Math.round(cell.value * 100)}%`
        : formatValue(kpi, cell.value);
  const text =
    isTally(kpi) || (isSmall(kpi, cell) && kpi.type !== 'median')
      ? fraction
      : `${isAtLeast(kpi, cell) ? '≥' : ''}${value}`;
  const plain = width < 27 ? value.replace('%', '') : value;
  for (const one of [
    width < 27 && text === value ? plain : text,
    value,
    plain,
    formatValue({ ...kpi, digits: 0 }, cell.value),
  ])
    if (widthOf(one, width < 30 ? 10 : 12) <= width - 2) return one;
  return '';
}

/** A figure, a hatch where nothing is reported, an outline where nothing is due or the figure does not apply. */
export function drawCell(
  r: Reading,
  { cell, norm, recedes = false }: { cell: Cell; norm: number | null; recedes?: boolean },
  frame: Frame,
  palette: Palette,
): Shape[] {
  const later = standOf(cell.period, r.state) === 'later';
  if (cell.status === 'none' && !later) return [hatch(frame, recedes ? palette.gap : palette.past[1], 5)];
  if (!isKnown(cell))
    return [
      box(
        { ...frame, x: frame.x + 0.5, y: frame.y + 0.5, width: frame.width - 1, height: frame.height - 1 },
        { stroke: palette.line },
        3,
      ),
    ];
  const ink = recedes ? receded(inkOf(r, cell, norm, palette), palette) : inkOf(r, cell, norm, palette);
  const text = textIn(r.kpi, cell, frame.width);
  return [
    box(frame, { fill: ink.fill, stroke: ink.stroke }, 3),
    words(frame.x + frame.width / 2, frame.y + frame.height / 2 + 0.5, text, {
      fill: ink.text,
      bold: ink.bold,
      align: 'center',
      size: frame.width < 30 ? 10 : 12,
    }),
  ];
}
