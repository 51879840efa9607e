import { formatFraction, formatPeriodInYear, formatValue, isAtLeast, isSmall, yearName } from '../format.ts';
import type { Cell } from '../query.ts';
import { shortName } from '../unit.ts';
import { valueLabel } from './axes.ts';
import { isFew, pointIn } from './beside-reading.ts';
import { markIn, type Multiples, type Panel, type PanelYear } from './multiples-reading.ts';
import { groundOf, heightOf, placeIn, type Panels, type Place } from './panels.ts';
import { isKnown, startOf, tipLine, type Known } from './parts.ts';
import {
  box,
  cutName,
  dot,
  drawnSeries,
  hatch,
  widthOf,
  words,
  type Drawn,
  type Shape,
  type Stage,
} from './shapes.ts';
import { isTotalAtLeast, totalTip } from './sums.ts';
import { isNarrow, MANY, yearStroke, type Palette, type YearStroke } from './theme.ts';
import type { Look } from './view.ts';

/** A small panel for each unit, as many side by side as the width has room for, all on one scale. */

export type Ink = { readonly look: Look; readonly palette: Palette };

const GAP = 20;
const HEAD = 26;
const FOOT = 24;
const LEAST_WIDTH = 186;
/** Of very many: as a table of traces. */
const LEAST_OF_MANY = 120;
const MOST_WIDTH = 320;

/** Room left of the panels for the scale's figures. */
export const sides = (look: Look): { left: number; right: number } => ({
  // `100%` and the gap to the panel.
  left: isNarrow(look) ? 36 : 40,
  right: 4,
});
const plotHeight = (m: Multiples, look: Look): number =>
  m.panels.length > MANY ? 48 : isNarrow(look) ? 72 : 88;

function layout(m: Multiples, look: Look): Panels {
  const { left, right } = sides(look);
  const room = look.width - left - right;
  const least = m.panels.length > MANY ? LEAST_OF_MANY : LEAST_WIDTH;
  const most = Math.max(2, Math.floor((room + GAP) / (least + GAP)));
  const columns = Math.max(1, Math.min(most, m.panels.length));
  const width = Math.min(MOST_WIDTH, (room - GAP * (columns - 1)) / columns);
  return { columns, width, height: plotHeight(m, look), gap: GAP, head: HEAD, foot: FOOT };
}

/** Height of all panels with their heads and feet. */
export const panelsHeight = (m: Multiples, look: Look): number => heightOf(m.panels.length, layout(m, look));

const placeOf = (m: Multiples, index: number, stage: Stage, { look }: Ink): Place =>
  placeIn(layout(m, look), index, stage, { extent: m.extent, periods: m.periods.length });

/** Heads, scale, norm and lines: behind what a pointer and the keys meet. */
export const groundSeries = (m: Multiples, ink: Ink): object =>
  drawnSeries<Drawn>(
    'ground',
    [{}],
    (_, stage) =>
      m.panels.flatMap((panel, i) => {
        const place = placeOf(m, i, stage, ink);
        return [
          ...head(m, panel, place, ink),
          ...scale(m, place, ink),
          ...normPath(panel, place, ink),
          ...panel.years.flatMap((year) => yearPath(m, year, place, ink)),
        ];
      }),
    { z: 1, silent: true },
  );

const figure = (m: Multiples, cell: Known): string =>
  isSmall(m.kpi, cell) && m.kpi.type !== 'median'
    ? formatFraction(cell.numerator, cell.denominator)
    : `${(m.isSum ? isTotalAtLeast : isAtLeast)(m.kpi, cell) ? '≥ ' : ''}${formatValue(m.kpi, cell.value)}`;

/** The unit's name, and its latest figure; one that is not of the latest period says of which. */
function head(m: Multiples, { unit, latest }: Panel, { frame }: Place, { look, palette }: Ink): Shape[] {
  const y = frame.y - 13;
  const newest = m.stands.findLastIndex((s) => s === 'done');
  const { lang } = look;
  const none = lang === 'zh' ? '无数' : 'none';
  const period = latest === null ? undefined : m.periods[latest.index];
  const when =
    latest === null || period === undefined || latest.index >= newest
      ? ''
      : `${formatPeriodInYear(period, lang)} `;
  const text = latest === null ? none : `${when}${figure(m, latest.cell)}`;
  const isFaint = latest === null || isFew(m.kpi, latest.cell);
  return [
    words(frame.x, y, cutName(shortName(unit.name), frame.width - widthOf(text) - 8), {
      fill: palette.ink,
      bold: true,
    }),
    words(frame.x + frame.width, y, text, {
      fill: isFaint ? palette.faint : palette.red,
      bold: !isFaint,
      align: 'right',
    }),
  ];
}

function scale(m: Multiples, place: Place, { look, palette }: Ink): Shape[] {
  const { frame } = place;
  const label = valueLabel(m.kpi, m.extent, look.lang);
  const later = m.stands.indexOf('later');
  return [
    ...groundOf(place, { extent: m.extent, later, label }, palette, { away: 6, size: 11 }),
    ...[0, m.periods.length - 1].flatMap((i) => {
      const period = m.periods[i];
      if (period === undefined) return [];
      const x = i === 0 ? frame.x : frame.x + frame.width;
      return [
        words(x, frame.y + frame.height + 10, formatPeriodInYear(period, look.lang), {
          fill: palette.faint,
          align: i === 0 ? 'left' : 'right',
          size: 11,
        }),
      ];
    }),
  ];
}

type Point = readonly [x: number, y: number];
const round = (n: number): number => Math.round(n * 10) / 10;
const polyline = (
  points: readonly Point[],
  { stroke, width, dash }: Omit<YearStroke, 'dash'> & { dash?: readonly number[] | undefined },
): Shape => ({
  type: 'polyline',
  shape: { points: points.map(([x, y]) => [round(x), round(y)]) },
  style: { stroke, lineWidth: width, fill: 'none', lineDash: dash === undefined ? undefined : [...dash] },
});

/** Points in a row as one line each; a period without a figure parts it. */
function runsOf(points: readonly (Point | null)[]): Point[][] {
  const runs: Point[][] = [[]];
  for (const point of points)
    if (point) runs.at(-1)?.push(point);
    else runs.push([]);
  return runs.filter((run) => run.length > 1);
}

function yearPath(m: Multiples, { ago, cells }: PanelYear, place: Place, { palette }: Ink): Shape[] {
  const stroke = yearStroke(palette, ago);
  const slim = { ...stroke, width: stroke.width * 0.8 };
  const pointAt = (i: number): Point | null => {
    const cell = pointIn(m.kpi, cells[i]);
    return cell ? [place.x(i), place.y(cell.value)] : null;
  };
  const isOver = (i: number): boolean => ago > 0 || m.stands[i] === 'done';
  const solid = runsOf(cells.map((_, i) => (isOver(i) ? pointAt(i) : null)));
  const cut = ago === 0 ? m.stands.indexOf('running') : -1;
  const dashed = cut > 0 ? runsOf([pointAt(cut - 1), pointAt(cut)]) : [];
  return [
    ...solid.map((run) => polyline(run, slim)),
    ...dashed.map((run) => polyline(run, { ...slim, dash: [3, 3] })),
  ];
}

/** The norm of each period in steps. */
function normPath({ norms }: Panel, { frame, step, y }: Place, { palette }: Ink): Shape[] {
  const runs = runsOf(
    norms.flatMap((norm, i): (Point | null)[] =>
      norm === null
        ? [null]
        : [
            [frame.x + i * step, y(norm)],
            [frame.x + (i + 1) * step, y(norm)],
          ],
    ),
  );
  return runs.map((run) => polyline(run, { stroke: palette.ink, width: 1, dash: [2, 3] }));
}

type Item = Drawn & { readonly panel: number; readonly index: number; readonly cell: Cell };

/** This year's periods: each a column of its panel, to be met anywhere in its height. */
export function columnSeries(m: Multiples, ink: Ink): object {
  const items: Item[] = m.panels.flatMap((p, panel) =>
    p.now.cells.flatMap((cell, index) =>
      cell === null || m.stands[index] === 'later'
        ? []
        : [{ panel, index, cell, spot: [index, panel], mark: markIn(m, cell), tip: tipOf(m, p, index, ink) }],
    ),
  );
  return drawnSeries(
    'periods',
    items,
    (item, stage) => drawColumn(m, item, placeOf(m, item.panel, stage, ink), ink),
    {
      z: 3,
    },
  );
}

function drawColumn(m: Multiples, { panel, index, cell }: Item, place: Place, { palette }: Ink): Shape[] {
  const { frame, step } = place;
  const column = { ...frame, x: frame.x + index * step, width: step };
  const ground = box(column, { fill: 'transparent' });
  if (cell.status === 'none') return [ground, hatch(column, palette.gap, 5)];
  const x = place.x(index);
  if (!isKnown(cell)) {
    const side = Math.min(10, step - 3);
    return [
      ground,
      box(
        { x: x - side / 2, y: frame.y + frame.height - side - 1, width: side, height: side },
        { stroke: palette.gap },
        2,
      ),
    ];
  }
  const y = place.y(cell.value);
  // Over too few: a grey ring that no line joins.
  if (isFew(m.kpi, cell)) return [ground, dot(x, y, 2.5, { fill: palette.card, stroke: palette.past[2] })];
  const cells = m.panels[panel]?.now.cells ?? [];
  const isAlone = !pointIn(m.kpi, cells[index - 1]) && !pointIn(m.kpi, cells[index + 1]);
  const isOver = m.stands[index] === 'done';
  if (isOver && !isAlone && m.panels[panel]?.latest?.index !== index) return [ground];
  const style = isOver ? { fill: palette.red } : { fill: palette.card, stroke: palette.red };
  return [ground, dot(x, y, 3, style)];
}

function tipOf(m: Multiples, panel: Panel, index: number, { look: { lang } }: Ink): string {
  const { state } = m;
  const period = m.periods[index];
  return [
    panel.unit.name,
    ...(period === undefined ? [] : [formatPeriodInYear(period, lang)]),
    ...panel.years.toReversed().flatMap(({ year, cells }) => {
      const cell = cells[index] ?? null;
      const name = yearName(year, startOf(state));
      return cell === null ? [] : [(m.isSum ? totalTip : tipLine)(m.kpi, cell, { lang, state, name })];
    }),
  ].join('\n');
}
