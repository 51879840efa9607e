import { addDays } from '../period.ts';
import { formatDay, formatFraction, isSmall, yearName } from '../format.ts';
import { isPercent } from '../kpi.ts';
import type { Lang } from '../text.ts';
import type { Extent } from './axes.ts';
import { normText, stepName, stepShapes, stepsOf, type Step } from './norms.ts';
import { isKnown, isUnfinished, startOf } from './parts.ts';
import {
  beyond,
  box,
  dot,
  drawnSeries,
  hatch,
  widthOf,
  words,
  type Drawn,
  type Shape,
  type Stage,
} from './shapes.ts';
import { yearColour, yearStroke, type Palette } from './theme.ts';
import type { Mark } from './view.ts';
import { pointStyle, strokeIn } from './yoy-picked.ts';
import { markIn, pointOf, runningPoint, tipOf, type Reading, type Year } from './yoy-reading.ts';

/** The ground and the lines of the year-over-year chart; their names are drawn apart. */

export function lineSeries(r: Reading, year: Year, palette: Palette, lang: Lang): object {
  const isNow = year.ago === 0;
  const { stroke: colour, width, dash } = yearStroke(palette, year.ago);
  const line = strokeIn(r, colour, palette);
  const values = year.cells.map((cell, i) => (isNow && r.stands[i] !== 'done' ? null : pointOf(r, cell)));
  return {
    id: `year-${year.year}`,
    name: yearName(year.year, startOf(r.state)),
    type: 'line',
    // The nearer, the further in front: each year in a place of its own.
    z: isNow ? 5 : 4 - Math.min(year.ago, 20) * 0.1,
    connectNulls: false,
    clip: false,
    lineStyle: { color: line, width, ...(dash === undefined ? {} : { type: [...dash] }) },
    itemStyle: { color: palette.card, borderColor: colour, borderWidth: 2 },
    symbol: 'circle',
    emphasis: { disabled: true },
    data: values.map((value, i) => {
      const alone = value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
      return {
        value,
        mark: markIn(r, year.cells[i] ?? null),
        tip: tipOf(r, i, lang),
        symbolSize: isNow ? 7 : alone ? 5 : 8,
        itemStyle: pointStyle(r, i, { isNow, alone, line }),
      };
    }),
  };
}

type Point = {
  readonly value: number | null;
  readonly mark?: Mark;
  readonly tip: string;
  readonly symbolSize: number;
};

/** The running period: a dashed last stretch to its figure so far. */
export function runningSeries(r: Reading, palette: Palette, lang: Lang): object[] {
  const running = runningPoint(r);
  if (running === null) return [];
  const { index, now } = running;
  const line = strokeIn(r, palette.red, palette);
  const points: (Point | null)[] = r.periods.map((_, i) => {
    if (i === index) return { value: now.value, mark: markIn(r, now), tip: tipOf(r, i, lang), symbolSize: 7 };
    // Over too few it is a point of no line, as everywhere.
    if (i !== index - 1 || isSmall(r.kpi, now)) return null;
    return { value: pointOf(r, r.now.cells[i]), tip: tipOf(r, i, lang), symbolSize: 0 };
  });
  return [
    {
      id: 'running',
      type: 'line',
      clip: false,
      z: 5,
      lineStyle: { color: line, width: yearStroke(palette, 0).width, type: [3, 3] },
      itemStyle: {
        color: palette.card,
        borderColor: r.picked?.[index] === true ? palette.red : line,
        borderWidth: 2,
      },
      symbol: 'circle',
      emphasis: { disabled: true },
      data: points,
    },
  ];
}

/** The part of the year that has not come, and this year's periods without a figure. */
export const groundSeries = (r: Reading, lang: Lang, palette: Palette): object[] => [
  ...(isUnfinished(r.state)
    ? [
        drawnSeries<Drawn>('later', [{}], (_, stage) => drawLater(r, stage, lang, palette), {
          z: 0,
          silent: true,
        }),
      ]
    : []),
  ...gapSeries(r, lang, palette),
  ...absentSeries(r, lang, palette),
];

/** This year's periods that are over and have no value: an outline, which is not the hatch of what is missing. */
function absentSeries(r: Reading, lang: Lang, palette: Palette): object[] {
  const absent = r.now.cells.flatMap((cell, i) =>
    cell?.status === 'na' && r.stands[i] === 'done' ? [i] : [],
  );
  if (absent.length === 0) return [];
  const text = lang === 'zh' ? '不适用' : 'n/a';
  return [
    drawnSeries(
      'not-applicable',
      absent.map((i) => ({ i, mark: markIn(r, r.now.cells[i] ?? null), tip: tipOf(r, i, lang) })),
      ({ i }, { plot, at, step }) => {
        const x = at(i, 0)[0];
        const frame = { x: x - step / 2 + 2, y: plot.y + plot.height - 22, width: step - 4, height: 20 };
        const outline = box(frame, { stroke: palette.gap }, 3);
        if (widthOf(text, 11) > frame.width) return [outline];
        return [outline, words(x, frame.y + 10, text, { fill: palette.faint, align: 'center', size: 11 })];
      },
      { z: 0 },
    ),
  ];
}

function drawLater(r: Reading, { plot, at, step }: Stage, lang: Lang, palette: Palette): Shape[] {
  const first = r.stands.findIndex((s) => s !== 'done');
  const isRunning = r.stands[first] === 'running';
  const x = isRunning ? at(first, 0)[0] + Math.min(14, step / 2) : at(first, 0)[0] - step / 2;
  const width = plot.x + plot.width - x;
  const day = formatDay(addDays(r.state.asOf, 1), lang);
  const full = lang === 'zh' ? `${day}起尚未到期` : `from ${day}: not due`;
  const text = widthOf(full) + 8 <= width ? full : lang === 'zh' ? '未到期' : 'not due';
  const ground = box({ x, y: plot.y, width, height: plot.height }, { fill: palette.paper, opacity: 0.8 });
  if (widthOf(text) > width) return [ground];
  return [ground, words(x + width / 2, plot.y + 12, text, { fill: palette.soft, align: 'center' })];
}

function gapSeries(r: Reading, lang: Lang, palette: Palette): object[] {
  const gaps = r.now.cells.flatMap((cell, i) =>
    cell?.status === 'none' && r.stands[i] !== 'later' ? [i] : [],
  );
  if (gaps.length === 0) return [];
  const text = lang === 'zh' ? '未报' : 'no report';
  return [
    drawnSeries(
      'not-reported',
      gaps.map((i) => ({ i, mark: markIn(r, r.now.cells[i] ?? null), tip: tipOf(r, i, lang) })),
      ({ i }, { plot, at, step }) => {
        const frame = { x: at(i, 0)[0] - step / 2, y: plot.y, width: step, height: plot.height };
        const ground = hatch(frame, palette.gap, 6);
        // Months missing in a row are one gap with one name.
        let end = i;
        while (gaps.includes(end + 1)) end++;
        const width = step * (end - i + 1);
        if (gaps.includes(i - 1) || widthOf(text) > width) return [ground];
        const style = { fill: palette.soft, align: 'center', halo: palette.card } as const;
        return [ground, words(frame.x + width / 2, frame.y + 12, text, style)];
      },
      { z: 0 },
    ),
  ];
}

/**
 * This year's figures over too few: a grey ring with the fraction, joined to nothing. They do not
 * stretch the axis: one that lies beyond it is an arrowhead at the edge, its fraction with an arrow.
 */
export function smallSeries(r: Reading, extent: Extent, lang: Lang, palette: Palette): object {
  const few = r.now.cells.flatMap((cell, i) =>
    isKnown(cell) && isSmall(r.kpi, cell) && r.stands[i] === 'done'
      ? [{ i, cell, mark: markIn(r, cell), tip: tipOf(r, i, lang) }]
      : [],
  );
  return drawnSeries(
    'few',
    few,
    ({ i, cell }, { plot, at, step }) => {
      const [x, y] = at(i, Math.min(extent.max, Math.max(extent.min, cell.value)));
      const over = cell.value > extent.max + 1e-9;
      const under = cell.value < extent.min - 1e-9;
      const style = { fill: palette.card, stroke: palette.past[1] };
      const mark = over || under ? beyond(x, y + (over ? 5 : -5), over, style) : dot(x, y, 3, style);
      const fraction = formatFraction(cell.numerator, cell.denominator);
      const text = `${fraction}${over ? '↑' : under ? '↓' : ''}`;
      if (widthOf(text, 11) > step) return [mark];
      const room = over || under ? 20 : 12;
      const beside = y - room > plot.y ? y - room : y + room;
      return [
        mark,
        words(x, beside, text, { fill: palette.faint, align: 'center', size: 11, halo: palette.card }),
      ];
    },
    { z: 5 },
  );
}

/** Only a share's norm is the same for a month as for a year. */
export const isNormDrawn = (r: Reading): boolean => isPercent(r.kpi);

/**
 * This year's norm in steps, named where it changes, and, lighter, that of the last year that was held
 * against another. A norm that has been one and the same has no name: the axis says it.
 */
export function normSeries(r: Reading, lang: Lang, palette: Palette): object[] {
  if (r.toCome !== null) return toComeSeries(r, r.toCome, lang, palette);
  if (!isNormDrawn(r)) return [];
  const now = stepsOf(r.now.norms);
  const other = r.years.findLast(
    (y) => y.norms.some((n) => n !== null) && y.norms.join() !== r.now.norms.join(),
  );
  const then = other ? stepsOf(other.norms) : [];
  if (now.length === 0 && then.length === 0) return [];
  return [
    drawnSeries<Drawn>(
      'norm',
      [{}],
      (_, stage) => [
        ...stepShapes(then, stage, yearColour(palette, other?.ago ?? 1)),
        ...stepShapes(now, stage, palette.ink),
      ],
      { z: 1, silent: true },
    ),
    drawnSeries<Drawn>(
      'norm-names',
      [{}],
      (_, stage) => [
        ...(now.length > 1 || other
          ? now.map((s, i) =>
              // The end of the year is where its own figures are last to come.
              stepName(s, stage, {
                text: normText(r.kpi, s.value, lang),
                palette,
                atEnd: i > 0 && i === now.length - 1,
              }),
            )
          : []),
        ...(other ? thenName(r, { steps: then, year: other.year }, stage, { lang, palette }) : []),
      ],
      // Under the lines: words must not cover a figure.
      { z: 1, silent: true },
    ),
  ];
}

/** What a running total is to come to by the year's end: one level, named as the year's. */
function toComeSeries(r: Reading, norm: number, lang: Lang, palette: Palette): object[] {
  const steps = stepsOf(r.periods.map(() => norm));
  const name = normText(r.kpi, norm, lang);
  const text = lang === 'zh' ? `全年${name}` : `${name} for the year`;
  return [
    drawnSeries<Drawn>('norm', [{}], (_, stage) => stepShapes(steps, stage, palette.ink), {
      z: 1,
      silent: true,
    }),
    drawnSeries<Drawn>(
      'norm-names',
      [{}],
      (_, stage) => steps.map((s) => stepName(s, stage, { text, palette })),
      { z: 1, silent: true },
    ),
  ];
}

/** The other year's norm is named under it, where this year's is named over it. */
function thenName(
  r: Reading,
  { steps, year }: { steps: readonly Step[]; year: number },
  { plot, at }: Stage,
  { lang, palette }: { lang: Lang; palette: Palette },
): Shape[] {
  const [first] = steps;
  if (first === undefined) return [];
  const text = `${normText(r.kpi, first.value, lang)} (${yearName(year, startOf(r.state))})`;
  return [words(plot.x, at(0, first.value)[1] + 10, text, { fill: palette.faint, halo: palette.card })];
}
