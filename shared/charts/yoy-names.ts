import { formatFraction, formatDay, formatValue, formatYear, isSmall, yearName } from '../format.ts';
import { rangeOf, sameDay, yearOf } from '../period.ts';
import type { Cell } from '../query.ts';
import { isKnown, isUnfinished, sayYear, startOf, thisYear, type Known } from './parts.ts';
import {
  clearOf,
  dot,
  drawnSeries,
  line,
  spread,
  widthOf,
  words,
  type Drawn,
  type Shape,
  type Stage,
  type Stretch,
} from './shapes.ts';
import { runningDays } from './span.ts';
import { FONT_SIZE, isNarrow, yearColour, type Palette } from './theme.ts';
import type { Look } from './view.ts';
import {
  isLeast,
  lineOf,
  markIn,
  pointOf,
  runningPoint,
  type Reading,
  type RunningPoint,
} from './yoy-reading.ts';

/** The names beside the year-over-year chart's lines, in the place of a legend. */

type End = {
  readonly year: number;
  readonly ago: number;
  readonly index: number;
  readonly value: number;
  readonly text: EndName;
};

/** The words over the part of the plot that is still to come. */
const TO_COME = 30;
/** From a line's end to its name, and to one that had to make room. */
const BESIDE = 8;
const MOVED = 14;

/** How far up and down the years' lines come between two places across: where no words should lie. */
function linesBetween(r: Reading, at: Stage['at'], [left, right]: Stretch): Stretch[] {
  return r.years.flatMap(({ cells }) => {
    const points = cells.map((cell, i) => {
      const value = pointOf(r, cell);
      return value === null ? null : at(i, value);
    });
    return points.flatMap((to, i): Stretch[] => {
      const from = points[i - 1] ?? null;
      if (!from || !to || to[0] < left || from[0] > right) return [];
      const rise = (to[1] - from[1]) / (to[0] - from[0]);
      const ys = [Math.max(left, from[0]), Math.min(right, to[0])].map((x) => from[1] + rise * (x - from[0]));
      return [[Math.min(...ys), Math.max(...ys)]];
    });
  });
}

/** Where each year's line ends. The running period has words of its own. */
const endsOf = (r: Reading, look: Look): End[] =>
  r.years.flatMap(({ year, ago, cells }): End[] => {
    const shown = cells.map((c, i) => (ago === 0 && r.stands[i] !== 'done' ? null : pointOf(r, c)));
    const index = shown.findLastIndex((v) => v !== null);
    const value = shown[index] ?? null;
    const cell = cells[index] ?? null;
    return value === null || (ago === 0 && runningPoint(r) !== null)
      ? []
      : [{ year, ago, index, value, text: endName(r, year, cell, look) }];
  });

/** Lines that end over one period: their names make room for each other. */
const spreadPlaces = (ends: readonly End[], { plot, at }: Stage): number[] =>
  spread(
    ends.map((e) => at(e.index, e.value)[1]),
    FONT_SIZE + 2,
    plot.y + plot.height - 4,
  );

const nameSize = (look: Look): number => (isNarrow(look) ? 11 : FONT_SIZE);
const shownName = (r: Reading, { text, year }: End, room: number): string =>
  fitted(text, year === thisYear(r.state), room);

/** A line that ends before the others: beside it there are those, and perhaps their names. */
function clearPlace(
  r: Reading,
  end: End,
  { look, stage, latest }: { look: Look; stage: Stage; latest: readonly End[] },
): number {
  const { plot, at } = stage;
  const size = nameSize(look);
  const [x, y] = at(end.index, end.value);
  const left = x + MOVED;
  const right = left + widthOf(shownName(r, end, look.width - left), size);
  const names = at(latest[0]?.index ?? Infinity, 0)[0] + BESIDE;
  const taken = [
    ...linesBetween(r, at, [x + BESIDE, right]),
    ...(right > names
      ? spreadPlaces(latest, stage).map((middle): Stretch => [middle - size / 2, middle + size / 2])
      : []),
  ];
  const room: Stretch = [plot.y + TO_COME, plot.y + plot.height - 4];
  return clearOf(y, taken, { height: size + 4, room });
}

/** The last point of each year's line is its name. */
export function endLabels(r: Reading, look: Look, palette: Palette): object {
  const ends = endsOf(r, look);
  const last = Math.max(...ends.map((e) => e.index));
  const latest = ends.filter((e) => e.index === last);
  const placesOf = (members: readonly End[], stage: Stage): number[] => {
    const [only] = members;
    return only && members.length === 1 && only.index < last
      ? [clearPlace(r, only, { look, stage, latest })]
      : spreadPlaces(members, stage);
  };
  const named = (members: readonly End[], stage: Stage): Shape[] => {
    const ys = placesOf(members, stage);
    const points = members.map((e) => stage.at(e.index, e.value));
    const isMoved = points.some(([, own], i) => Math.abs((ys[i] ?? 0) - own) > 4);
    return members.flatMap((end, i) => {
      const [right, own] = points[i] ?? [0, 0];
      const [x, y] = [right + (isMoved ? MOVED : BESIDE), ys[i] ?? 0];
      return [
        // Names that had to make room are led back to their lines.
        ...(isMoved ? [line([right + 2, own], [x - 2, y], { stroke: yearColour(palette, end.ago) })] : []),
        words(x, y, shownName(r, end, look.width - x), {
          fill: end.ago === 0 ? palette.red : palette.soft,
          bold: end.ago === 0,
          halo: palette.card,
          size: nameSize(look),
        }),
      ];
    });
  };
  return drawnSeries<Drawn>(
    'year-names',
    [{}],
    (_, stage) =>
      [...new Set(ends.map((e) => e.index))].flatMap((index) =>
        named(
          ends.filter((e) => e.index === index),
          stage,
        ),
      ),
    { z: 6, silent: true },
  );
}

/** The year's name and what may follow it where there is room: the days of the unfinished one, a total. */
type EndName = { readonly name: string; readonly full: string };
function endName(r: Reading, year: number, cell: Cell | null, look: Look): EndName {
  const { state } = r;
  const name = yearName(year, startOf(state));
  const isCut = year === thisYear(state) && isUnfinished(state);
  if (r.isSum && isKnown(cell) && !isNarrow(look))
    return { name, full: `${name} ${isLeast(r, cell) ? '≥ ' : ''}${formatValue(r.kpi, cell.value)}` };
  return { name, full: isCut ? sayYear(state, year, look.lang) : name };
}
const fitted = ({ name, full }: EndName, isNow: boolean, room: number): string =>
  widthOf(full) <= room || !isNow ? full : name;

/** What is said at the running period's points, and where there is room for it. */
export type RunningWords = RunningPoint & {
  readonly nowText: string;
  readonly thenName: string;
  readonly thenText: string | null;
  /** Beside the points, where no words stand over a line; else over the plot, with a line down to them. */
  readonly place: 'beside' | 'above';
};

/** Height of the words over the plot. */
const ABOVE = 36;
export const roomAbove = (said: RunningWords | null): number => (said?.place === 'above' ? ABOVE : 0);

/** @param sides the grid's room left and right of the plot */
export function runningWords(
  r: Reading,
  look: Look,
  sides: { left: number; right: number },
): RunningWords | null {
  const point = runningPoint(r);
  if (point === null || r.running === null) return null;
  const { lang } = look;
  const narrow = isNarrow(look);
  const { state } = r;
  const before = thisYear(state) - 1;
  const show = (cell: Known): string =>
    isSmall(r.kpi, cell)
      ? formatFraction(cell.numerator, cell.denominator)
      : `${isLeast(r, cell) ? '≥ ' : ''}${formatValue(r.kpi, cell.value)}`;
  const days = r.isSum
    ? `${lang === 'zh' ? '至' : 'to '}${formatDay(state.asOf, lang)}`
    : runningDays(r.running.period, r.state.asOf, { lang, start: startOf(r.state) });
  const when = narrow
    ? days
    : lang === 'zh'
      ? `${yearOf(rangeOf(r.running.period, startOf(state)).from)}年${days}`
      : `${days} ${yearOf(state.asOf)}`;
  const nowText = `${when} ${show(point.now)}`;
  const [short, long] =
    lang === 'zh'
      ? ['去年同期', `${formatYear(before, lang, startOf(state))}同期`]
      : ['same days last year', `same days ${formatYear(before, lang, startOf(state))}`];
  const thenName = narrow ? short : long;
  const thenText = point.before === null ? null : `${thenName} ${show(point.before)}`;
  const step = (look.width - sides.left - sides.right) / r.periods.length;
  const x = sides.left + (point.index + 0.5) * step;
  const fits = x + 14 + Math.max(widthOf(nowText), widthOf(thenText ?? '')) <= look.width;
  return { ...point, nowText, thenName, thenText, place: fits && !narrow ? 'beside' : 'above' };
}

function drawBeside(said: RunningWords, { plot, at }: Stage, palette: Palette): Shape[] {
  const [x, y] = at(said.index, said.now.value);
  const thenY = said.before === null ? [] : [at(said.index, said.before.value)[1]];
  const [nowAt = y, thenAt = y] = spread([y, ...thenY], 17, plot.y + plot.height - 6);
  const shapes = [words(x + 9, nowAt, said.nowText, { fill: palette.red, bold: true, halo: palette.card })];
  if (said.thenText !== null)
    shapes.push(words(x + 9, thenAt, said.thenText, { fill: palette.soft, halo: palette.card }));
  return shapes;
}

function drawAbove(said: RunningWords, { plot, at }: Stage, look: Look, palette: Palette): Shape[] {
  const values = [said.now.value, ...(said.before === null ? [] : [said.before.value])];
  const x = at(said.index, 0)[0];
  const lowest = Math.max(...values.map((value) => at(said.index, value)[1]));
  const half = Math.max(widthOf(said.nowText), widthOf(said.thenText ?? '')) / 2 + 4;
  const middle = Math.min(Math.max(x, half), look.width - half);
  const last = plot.y - 12;
  const nowAt = said.thenText === null ? last : last - 16;
  const shapes = [
    line([x, plot.y - 3], [x, lowest], { stroke: palette.past[2] }),
    words(middle, nowAt, said.nowText, { fill: palette.red, bold: true, align: 'center' }),
  ];
  if (said.thenText !== null)
    shapes.push(words(middle, last, said.thenText, { fill: palette.soft, align: 'center' }));
  return shapes;
}

/** The running period's figure and last year's same days, named. */
export function runningLabels(r: Reading, said: RunningWords | null, look: Look, palette: Palette): object[] {
  if (said === null) return [];
  const { index, before, thenName } = said;
  const { state } = r;
  const asOfThen = sameDay(thisYear(state) - 1, state.asOf, startOf(state));
  const then =
    before === null
      ? []
      : [
          {
            before,
            mark: markIn(r, before, true),
            tip: lineOf(r, before, {
              lang: look.lang,
              state: { ...state, asOf: asOfThen },
              name: thenName,
            }),
          },
        ];
  const above = said.place === 'above';
  return [
    drawnSeries(
      'same-days',
      then,
      ({ before: { value } }, { at }) => {
        const [x, y] = at(index, value);
        return [dot(x, y, 3.5, { fill: palette.card, stroke: palette.past[0] })];
      },
      { z: 4.5 },
    ),
    drawnSeries<Drawn>(
      'running-names',
      [{}],
      (_, stage) => (above ? drawAbove(said, stage, look, palette) : drawBeside(said, stage, palette)),
      // A line down to the points lies under them.
      { z: above ? 1 : 7, silent: true },
    ),
  ];
}
