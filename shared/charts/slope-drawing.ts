import { formatToDate, formatVerdict, formatValue, isAtLeast } from '../format.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import { sameDay } from '../period.ts';
import { shortName } from '../unit.ts';
import { diamond } from './break-marks.ts';
import { dotEntry, type KeyEntry } from './key.ts';
import { normText } from './norms.ts';
import { bySameDays, markOf, sayYear, startOf, tipLine, type Known } from './parts.ts';
import {
  cutName,
  cutTo,
  dot,
  drawnSeries,
  line,
  spread,
  widthOf,
  words,
  type Drawn,
  type Shape,
  type Stage,
} from './shapes.ts';
import { apartHeight, type Ink } from './slope-apart.ts';
import { movedWords, wayShape } from './slope-ways.ts';
import { yearSaid, type Slope, type Slopes, type Way } from './slope-reading.ts';
import { isNarrow, type Palette } from './theme.ts';
import type { Look, ViewState } from './view.ts';

/** Lines between two years, a name and a figure at both ends. */

export type SlopeLayout = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Height of the plot. */
  readonly plot: number;
  readonly name: number;
  readonly figure: number;
  /** Room for the change in words, past the right-hand names; 0 where there is none. */
  readonly moved: number;
};

const TOP = 44;
export const PITCH = 17;
/** Flatter than this a change is not seen; wider than its share the words of change have no room. */
const WIDEST_PLOT = 520;
const SHARE = 0.6;
/** From a dot to its label: the leader's room. */
const LEADER = 20;
const TRIANGLE = 12;

export const figureOf = (kpi: Kpi, cell: Known): string =>
  `${isAtLeast(kpi, cell) ? '≥ ' : ''}${formatValue(kpi, cell.value)}`;

export function slopeLayout(s: Slopes, look: Look, foot: number): SlopeLayout {
  const narrow = isNarrow(look);
  const size = narrow ? 11 : 12;
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((t) => widthOf(t, size)));
  const name = Math.min(widest(s.drawn.map((d) => shortName(d.unit.name))), narrow ? 66 : 150) + 2;
  const figure = widest(s.drawn.flatMap((d) => [figureOf(s.kpi, d.then), figureOf(s.kpi, d.now)])) + 6;
  const left = name + figure + LEADER + 4;
  const own = TRIANGLE + name + figure + LEADER + 4;
  const moved = narrow ? 0 : Math.max(0, Math.min(260, look.width - left - own - 260));
  const plotWidth = Math.min(Math.max(WIDEST_PLOT, look.width * SHARE), look.width - left - own - moved);
  return {
    left,
    right: look.width - left - plotWidth,
    top: s.drawn.length === 0 ? 0 : TOP,
    bottom: apartHeight(s, look) + foot,
    plot: s.drawn.length === 0 ? 0 : Math.max(narrow ? 220 : 260, s.drawn.length * PITCH),
    name,
    figure,
    moved,
  };
}

/** The ends of the scale: the figures' own, but never so near that a trifle looks like a leap. */
export function slopeExtent(s: Slopes): { min: number; max: number } {
  const values = [...s.drawn.flatMap((d) => [d.then.value, d.now.value]), ...(s.norm ?? [])];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const least = isPercent(s.kpi) ? 0.1 : s.kpi.digits === 0 ? Math.max(1, high * 0.1) : high * 0.1 || 1;
  const spare = Math.max(0, least - (high - low)) / 2;
  return { min: low - spare, max: high + spare };
}

/** Where each drawn unit's labels stand, at the end of `then` or of `now`: no two nearer than PITCH. */
export function labelPlaces(s: Slopes, stage: Stage, end: 'then' | 'now'): number[] {
  const { plot, at } = stage;
  const places = s.drawn.map((d) => at(0, d[end].value)[1]);
  return spread(places, PITCH, plot.y + plot.height);
}

export function slopeTip(s: Slopes, d: Slope, { state, look: { lang } }: Ink): string {
  const row = (cell: Known, year: number): string =>
    tipLine(s.kpi, cell, { lang, state, name: yearSaid(state, year, lang) });
  return [
    d.unit.name,
    row(d.now, s.years[1]),
    row(d.then, s.years[0]),
    [movedWords(s.kpi, d, lang), formatVerdict(d.change, lang)].filter(Boolean).join(' · '),
  ].join('\n');
}

/** A year and, under it, the days that are looked at. */
const yearHead = (year: number, state: ViewState, { lang }: Look): string[] => [
  sayYear(state, year, lang, state.only !== undefined && bySameDays(state)),
  ...(bySameDays(state) && state.only === undefined
    ? [formatToDate(sameDay(year, state.asOf, startOf(state)), lang, startOf(state))]
    : []),
];

/** The two years as uprights with their names, and the norm between them. */
export const groundSeries = (s: Slopes, ink: Ink): object =>
  drawnSeries<Drawn>(
    'ground',
    [{}],
    (_, { plot, at }) => {
      const { look, palette, state } = ink;
      if (s.drawn.length === 0) return [];
      const [x1, x2] = [plot.x, plot.x + plot.width];
      const down = plot.y + plot.height;
      const size = isNarrow(look) ? 11 : 12;
      return [
        line([x1, plot.y - 6], [x1, down + 6], { stroke: palette.line }),
        line([x2, plot.y - 6], [x2, down + 6], { stroke: palette.line }),
        ...yearHead(s.years[0], state, look).map((text, i) =>
          words(x1, plot.y - 34 + i * 15, text, { fill: palette.soft, align: 'right', bold: i === 0, size }),
        ),
        ...yearHead(s.years[1], state, look).map((text, i) =>
          words(x2, plot.y - 34 + i * 15, text, { fill: palette.red, bold: i === 0, size }),
        ),
        ...(s.norm === null
          ? []
          : [
              line([x1, at(0, s.norm[0])[1]], [x2, at(0, s.norm[1])[1]], {
                stroke: palette.ink,
                dash: [2, 3],
              }),
              words(
                (x1 + x2) / 2,
                at(0, (s.norm[0] + s.norm[1]) / 2)[1] - 9,
                normText(s.kpi, s.norm[1], look.lang),
                {
                  fill: palette.soft,
                  align: 'center',
                  halo: palette.card,
                },
              ),
            ]),
      ];
    },
    { z: 0, silent: true },
  );

type Placed = Drawn & { readonly d: Slope; readonly index: number };

/** The lines in grey, or those in ink, with what stands at this year's end. */
export function lineSeries(s: Slopes, inked: boolean, ink: Ink, layout: SlopeLayout): object {
  const cut = bySameDays(ink.state);
  const items: Placed[] = s.drawn.flatMap((d, index) =>
    d.inked === inked ? [{ d, index, mark: markOf(ink.state, d.now, cut), tip: slopeTip(s, d, ink) }] : [],
  );
  // From the top of the right-hand side, as the eye and the arrow keys go.
  items.sort((a, b) => b.d.now.value - a.d.now.value || a.index - b.index);
  return drawnSeries(
    inked ? 'moved' : 'units',
    items,
    (item, stage) => drawSlope(s, item, stage, { ...ink, layout }),
    { z: inked ? 4 : 3 },
  );
}

type Full = Ink & { readonly layout: SlopeLayout };

function drawSlope(s: Slopes, { d, index }: Placed, stage: Stage, of: Full): Shape[] {
  const { palette, look } = of;
  const [x1, x2] = [stage.plot.x, stage.plot.x + stage.plot.width];
  const [y1, y2] = [stage.at(0, d.then.value)[1], stage.at(0, d.now.value)[1]];
  const colour = d.inked ? palette.ink : palette.past[2];
  const width = (d.inked ? 2 : 1.4) * palette.weight;
  const place = labelPlaces(s, stage, 'now')[index] ?? y2;
  return [
    ...(d.way === null
      ? brokenLine([x1, y1], [x2, y2], { colour, width, palette })
      : [line([x1, y1], [x2, y2], { stroke: colour, width })]),
    leader([x2 + 5, y2], [x2 + LEADER - 4, place], palette),
    dot(x2, y2, isNarrow(look) ? 3.5 : 4, { fill: d.inked ? palette.red : palette.past[1] }),
    ...nowLabel(s, d, { x: x2 + LEADER, y: place }, of),
  ];
}

const leader = (from: readonly [number, number], to: readonly [number, number], palette: Palette): Shape =>
  line(from, to, { stroke: palette.gap });

/** Across a merger or a new definition the two are not one line: its ends, and between them the diamond. */
function brokenLine(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  { colour, width, palette }: { colour: string; width: number; palette: Palette },
): Shape[] {
  const on = (share: number): [number, number] => [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
  return [
    line(on(0), on(0.2), { stroke: colour, width }),
    line(on(0.8), on(1), { stroke: colour, width }),
    diamond(...on(0.5), 4, palette),
  ];
}

function nowLabel(s: Slopes, d: Slope, { x, y }: { x: number; y: number }, of: Full): Shape[] {
  const { palette, look, layout } = of;
  const size = isNarrow(look) ? 11 : 12;
  const fill = d.inked ? palette.ink : palette.soft;
  const nameAt = x + TRIANGLE + layout.figure;
  const movedAt = nameAt + layout.name + 12;
  const said = d.broken ? d.broken.text[look.lang] : movedWords(s.kpi, d, look.lang);
  return [
    ...(d.way === null ? [diamond(x + 4, y, 3.5, palette)] : [wayShape(d.way, x + 4, y, fill)]),
    words(x + TRIANGLE, y, figureOf(s.kpi, d.now), { fill, bold: d.inked, size }),
    words(nameAt, y, cutName(shortName(d.unit.name), layout.name, size), { fill, bold: d.inked, size }),
    ...(layout.moved < 60
      ? []
      : [words(movedAt, y, cutTo(said, look.width - movedAt - 4, size), { fill: palette.soft, size })]),
  ];
}

/** The earlier year's ends: a ring, the figure and the name. */
export function thenSeries(s: Slopes, ink: Ink, layout: SlopeLayout): object {
  const cut = bySameDays(ink.state);
  const items: Placed[] = s.drawn.map((d, index) => ({
    d,
    index,
    mark: markOf(ink.state, d.then, cut),
    tip: slopeTip(s, d, ink),
  }));
  return drawnSeries(
    'then',
    items,
    ({ d, index }, stage) => {
      const { palette, look } = ink;
      const x = stage.plot.x;
      const y = stage.at(0, d.then.value)[1];
      const place = labelPlaces(s, stage, 'then')[index] ?? y;
      const size = isNarrow(look) ? 11 : 12;
      const fill = d.inked ? palette.ink : palette.soft;
      return [
        leader([x - 5, y], [x - LEADER + 4, place], palette),
        dot(x, y, isNarrow(look) ? 3 : 3.5, { fill: palette.card, stroke: palette.past[1] }),
        words(x - LEADER, place, figureOf(s.kpi, d.then), { fill, align: 'right', size }),
        words(x - LEADER - layout.figure, place, cutName(shortName(d.unit.name), layout.name, size), {
          fill,
          align: 'right',
          bold: d.inked,
          size,
        }),
      ];
    },
    { z: 4 },
  );
}

export function keyEntries(s: Slopes, { look: { lang }, palette, state }: Ink): KeyEntry[] {
  if (s.drawn.length === 0) return [];
  const sign = (way: Way, text: string): KeyEntry => ({
    text,
    sign: 10,
    draw: (x, y) => [wayShape(way, x + 5, y, palette.ink)],
  });
  const has = (way: Way): boolean => s.drawn.some((d) => d.way === way);
  const picked = s.drawn.some((d) => state.beside?.includes(d.unit.code));
  const inked = picked
    ? { zh: '选中的支部', en: 'picked' }
    : { zh: '变动最大的支部', en: 'those that moved most' };
  const changed = { zh: '单位或口径有变动，断开', en: 'units or rules changed: broken off' };
  return [
    ...(s.drawn.some((d) => d.inked) ? [dotEntry(inked[lang], 4, { fill: palette.red })] : []),
    ...(has('rise') ? [sign('rise', lang === 'zh' ? '升' : 'up')] : []),
    ...(has('fall') ? [sign('fall', lang === 'zh' ? '降' : 'down')] : []),
    ...(has('level') ? [sign('level', lang === 'zh' ? '持平' : 'level')] : []),
    ...(s.drawn.some((d) => d.way === null)
      ? [
          {
            text: changed[lang],
            sign: 10,
            draw: (x: number, y: number) => [diamond(x + 5, y, 4, palette)],
          },
        ]
      : []),
  ];
}
