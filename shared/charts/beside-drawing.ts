import { formatPeriodInYear, formatValue, yearName } from '../format.ts';
import { LEAST_DENOMINATOR } from '../norms.ts';
import type { Lang } from '../text.ts';
import { shortName } from '../unit.ts';
import { extentOf, valueLabel, type Extent } from './axes.ts';
import { besideGrain, isFew, pointIn, type Beside, type Panel } from './beside-reading.ts';
import { dotEntry, hatchEntry, type KeyEntry } from './key.ts';
import { groundOf, heightOf, placeIn, type Panels, type Place } from './panels.ts';
import { isKnown, markOf, standOf, startOf, tipLine, type Known } from './parts.ts';
import {
  cutName,
  dot,
  drawnSeries,
  hatch,
  line,
  words,
  type Drawn,
  type Frame,
  type Shape,
  type Stage,
} from './shapes.ts';
import { isNarrow, type Palette } from './theme.ts';
import type { Look, ViewState } from './view.ts';

/** A panel for each unit, side by side or, on a phone, one under the other; one scale for all. */

export type Ink = { readonly look: Look; readonly palette: Palette; readonly state: ViewState };

const LEFT = 44;
const GAP = 28;
const HEAD = 28;
const FOOT = 24;
export const sides = { left: LEFT, right: 12 } as const;

const columnsOf = (b: Beside, look: Look): number =>
  isNarrow(look) ? 1 : look.width < 800 && b.panels.length > 3 ? 2 : b.panels.length;
const lineHeight = (look: Look): number => (isNarrow(look) ? 110 : 160);

const layout = (b: Beside, look: Look): Omit<Panels, 'width'> => ({
  columns: columnsOf(b, look),
  height: lineHeight(look),
  gap: GAP,
  head: HEAD,
  foot: FOOT,
});

/** Height of all panels with their heads and feet. */
export const panelsHeight = (b: Beside, look: Look): number => heightOf(b.panels.length, layout(b, look));

export function besideExtent({ kpi, panels }: Beside): Extent {
  const cells = panels.flatMap((p) => [...p.now, ...p.before]);
  const points = cells.flatMap((c) => pointIn(kpi, c) ?? []);
  const values = (points.length > 0 ? points : cells.filter(isKnown)).map((c) => c.value);
  return extentOf(kpi, values, 4);
}

function placeOf(b: Beside, index: number, stage: Stage, { look }: Ink): Place {
  const panels = layout(b, look);
  const width = (stage.plot.width - GAP * (panels.columns - 1)) / panels.columns;
  return placeIn({ ...panels, width }, index, stage, { extent: besideExtent(b), periods: b.periods.length });
}

/** Heads, scale, what has not come and what is not reported, and the lines: behind the points. */
export const groundSeries = (b: Beside, ink: Ink): object =>
  drawnSeries<Drawn>(
    'ground',
    [{}],
    (_, stage) =>
      b.panels.flatMap((panel, i) => {
        const place = placeOf(b, i, stage, ink);
        return [
          ...panelGround(b, panel, place, ink),
          ...path(b, panel.before, place, { stroke: ink.palette.past[1], width: 1.6 * ink.palette.weight }),
          ...path(b, finished(panel, ink.state), place, { stroke: ink.palette.red, width: 2.5 }),
          ...running(b, panel, place, ink),
        ];
      }),
    { z: 0, silent: true },
  );

function panelGround(b: Beside, panel: Panel, place: Place, { look, palette, state }: Ink): Shape[] {
  const { frame, step } = place;
  const extent = besideExtent(b);
  const label = valueLabel(b.kpi, extent, look.lang);
  const column = (i: number): Frame => ({ ...frame, x: frame.x + i * step, width: step });
  const later = b.periods.findIndex((p) => standOf(p, state) === 'later');
  const every = step < 22 && besideGrain(state) === 'month' ? 3 : 1;
  return [
    words(frame.x, frame.y - 16, cutName(shortName(panel.unit.name), frame.width), {
      fill: palette.ink,
      bold: true,
    }),
    ...groundOf(place, { extent, later, label }, palette, { away: 8 }),
    ...panel.now.flatMap((cell, i) =>
      cell && cell.status === 'none' && standOf(cell.period, state) !== 'later'
        ? [hatch(column(i), palette.gap, 6)]
        : [],
    ),
    ...b.periods.flatMap((p, i) =>
      i % every === 0
        ? [
            words(place.x(i), frame.y + frame.height + 12, shortPeriod(p, look.lang), {
              fill: palette.soft,
              align: 'center',
              size: 11,
            }),
          ]
        : [],
    ),
  ];
}

/** `1`, `Jan`, `Q1`: under a panel there is no room for more. */
const shortPeriod = (period: string, lang: Lang): string =>
  formatPeriodInYear(period, lang).replace(/月$/, '').replace('季度', '季');

const finished = (panel: Panel, state: ViewState): (Panel['now'][number] | null)[] =>
  panel.now.map((c) => (c && standOf(c.period, state) === 'done' ? c : null));

/** A line through what is known: a period without a figure parts it, and a lone one is a point. */
function path(
  b: Beside,
  cells: Panel['now'],
  place: Place,
  style: { stroke: string; width: number },
): Shape[] {
  const shapes: Shape[] = [];
  cells.forEach((cell, i) => {
    const from = pointIn(b.kpi, cells[i - 1]);
    const to = pointIn(b.kpi, cell);
    if (from && to)
      shapes.push(line([place.x(i - 1), place.y(from.value)], [place.x(i), place.y(to.value)], style));
  });
  return shapes;
}

/** The period that is not over: dashed to its figure so far. */
function running(b: Beside, panel: Panel, place: Place, { palette, state }: Ink): Shape[] {
  const i = b.periods.findIndex((p) => standOf(p, state) === 'running');
  const [from, to] = [pointIn(b.kpi, panel.now[i - 1]), pointIn(b.kpi, panel.now[i])];
  if (i < 1 || !from || !to) return [];
  const style = { stroke: palette.red, width: 2.5, dash: [3, 3] };
  return [line([place.x(i - 1), place.y(from.value)], [place.x(i), place.y(to.value)], style)];
}

type Point = Drawn & { readonly panel: number; readonly index: number; readonly cell: Known };

/** This year's points, or those of the last, which only a pointer and a key meet. */
export function pointSeries(b: Beside, which: 'now' | 'before', ink: Ink): object {
  const { palette, state, look } = ink;
  // Under each panel's line that of its last year.
  const rowOf = (panel: number): number => panel * 2 + (which === 'before' ? 1 : 0);
  const points: Point[] = b.panels.flatMap((p, panel) =>
    p[which].flatMap((cell, index) =>
      cell && isKnown(cell)
        ? [
            {
              panel,
              index,
              cell,
              spot: [index, rowOf(panel)],
              mark: markOf(state, cell),
              tip: tipOf(b, p, index, ink),
            },
          ]
        : [],
    ),
  );
  const lasts = b.panels.map((p) => p[which].findLastIndex((c) => pointIn(b.kpi, c) !== null));
  return drawnSeries(
    which,
    points,
    ({ panel, index, cell }, stage) => {
      const place = placeOf(b, panel, stage, ink);
      const [x, y] = [place.x(index), place.y(cell.value)];
      // Over too few: a grey ring that no line joins.
      if (isFew(b.kpi, cell)) return [dot(x, y, 3, { fill: palette.card, stroke: palette.past[2] })];
      // A small dot, and around it room for a finger.
      if (which === 'before')
        return [dot(x, y, 8, { fill: 'transparent' }), dot(x, y, 2, { fill: palette.past[1] })];
      const isOver = standOf(cell.period, state) === 'done';
      const style = isOver ? { fill: palette.red } : { fill: palette.card, stroke: palette.red };
      return [
        dot(x, y, isNarrow(look) ? 3 : 3.5, style),
        ...(index === lasts[panel]
          ? [
              words(x, y > place.frame.y + 16 ? y - 12 : y + 12, formatValue(b.kpi, cell.value), {
                fill: palette.red,
                bold: true,
                align: 'center',
                halo: palette.card,
              }),
            ]
          : []),
      ];
    },
    { z: which === 'now' ? 4 : 2 },
  );
}

function tipOf(b: Beside, panel: Panel, index: number, { look: { lang }, state }: Ink): string {
  return [
    panel.unit.name,
    ...[panel.now[index], panel.before[index]].flatMap((cell) =>
      cell ? [tipLine(b.kpi, cell, { lang, state })] : [],
    ),
  ].join('\n');
}

export function keyEntries(b: Beside, { look: { lang }, palette, state }: Ink): KeyEntry[] {
  const called = (year: number): string =>
    lang === 'zh' ? `${yearName(year, startOf(state))}年` : yearName(year, startOf(state));
  const stroke = (text: string, style: { stroke: string; width: number; dash?: number[] }): KeyEntry => ({
    text,
    sign: 18,
    draw: (x, y) => [line([x, y], [x + 18, y], style)],
  });
  const some = (is: (cell: Panel['now'][number]) => boolean): boolean => b.panels.some((p) => p.now.some(is));
  return [
    stroke(called(b.year), { stroke: palette.red, width: 2.5 }),
    stroke(called(b.year - 1), { stroke: palette.past[1], width: 1.6 }),
    ...(b.periods.some((p) => standOf(p, state) === 'running')
      ? [
          stroke(lang === 'zh' ? '本期未完' : 'not over yet', {
            stroke: palette.red,
            width: 2.5,
            dash: [3, 3],
          }),
        ]
      : []),
    ...(some((c) => c !== null && c.status === 'none' && standOf(c.period, state) !== 'later')
      ? [hatchEntry(lang === 'zh' ? '台账未报' : 'not reported', palette.past[1])]
      : []),
    ...(some((c) => c !== null && isKnown(c) && isFew(b.kpi, c))
      ? [
          dotEntry(
            lang === 'zh'
              ? `分母少于 ${LEAST_DENOMINATOR}，不连线`
              : `under ${LEAST_DENOMINATOR}: joined to nothing`,
            3,
            { fill: palette.card, stroke: palette.past[2] },
          ),
        ]
      : []),
  ];
}
