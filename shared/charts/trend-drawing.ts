import { formatCell, isSmall } from '../format.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { normText, stepName, stepShapes, stepsOf } from './norms.ts';
import { isKnown, known, markOf } from './parts.ts';
import {
  box,
  dot,
  drawnSeries,
  hatch,
  line,
  widthOf,
  words,
  type Drawn,
  type Shape,
  type Stage,
} from './shapes.ts';
import type { Palette } from './theme.ts';
import { compared, figure, isJoined, tipOf, type Reading, type Year } from './trend-reading.ts';
import type { Look } from './view.ts';

/** The bars, dots and norms of years side by side. */

type Column = Year & Drawn & { readonly index: number };
const columns = (r: Reading, lang: Lang, toDate: boolean): Column[] =>
  r.years.map((y, index) => ({
    ...y,
    index,
    mark: markOf(r.state, toDate ? compared(r, y) : y.whole, toDate && r.cut),
    tip: tipOf(r, y, lang),
  }));

const missing = (stage: Stage, index: number, palette: Palette, lang: Lang, width: number): Shape[] => {
  const x = stage.at(index, 0)[0];
  const frame = {
    x: x - width / 2,
    y: stage.plot.y + stage.plot.height * 0.55,
    width,
    height: stage.plot.height * 0.45,
  };
  const text = lang === 'zh' ? '未报' : 'no report';
  return [
    hatch(frame, palette.past[1], 6),
    ...(widthOf(text, 11) <= stage.step
      ? [words(x, frame.y - 10, text, { fill: palette.faint, align: 'center', size: 11 })]
      : []),
  ];
};

/** A year without a value: an outline with its reason, no hatch. */
function absent(
  { plot, at, step }: Stage,
  c: Column,
  { r, cell, palette, lang }: { r: Reading; cell: Cell | null; palette: Palette; lang: Lang },
): Shape[] {
  if (cell === null) return [];
  const x = at(c.index, 0)[0];
  const width = Math.min(40, step * 0.6);
  const frame = { x: x - width / 2, y: plot.y + plot.height - 24, width, height: 22 };
  const text = formatCell(r.kpi, cell, lang, r.state).replace('— ', '');
  return [
    box(frame, { stroke: palette.gap }, 3),
    ...(widthOf(text, 11) <= step
      ? [words(x, frame.y - 10, text, { fill: palette.faint, align: 'center', size: 11 })]
      : []),
  ];
}

/** One year's bar: to the day in front, and beside it in grey the whole year. */
function drawBar(
  r: Reading,
  c: Column,
  stage: Stage,
  of: { toDate: boolean; palette: Palette; lang: Lang },
): Shape[] {
  const { toDate, palette, lang } = of;
  const cell = toDate ? compared(r, c) : c.whole;
  const thick = Math.min(r.cut ? 30 : 44, stage.step * (r.cut ? 0.3 : 0.5));
  if (cell?.status === 'none')
    return toDate ? missing(stage, c.index, palette, lang, thick * (r.cut ? 2 : 1)) : [];
  if (!isKnown(cell)) return toDate ? absent(stage, c, { r, cell, palette, lang }) : [];
  const [centre, top] = stage.at(c.index, cell.value);
  const x = !r.cut ? centre - thick / 2 : toDate ? centre - thick - 1 : centre + 1;
  // Zero is a figure: a line on the ground, where nothing at all would look like a gap.
  const height = Math.max(1.5, stage.plot.y + stage.plot.height - top);
  const frame = { x, y: stage.plot.y + stage.plot.height - height, width: thick, height };
  const style = c.isNow
    ? { fill: palette.red }
    : toDate && r.cut
      ? { fill: palette.card, stroke: palette.past[1] }
      : { fill: r.cut ? palette.past[2] : palette.past[1] };
  const text = figure(r.kpi, cell);
  const fits = widthOf(text, 11) <= (r.cut && !c.isNow ? thick + 4 : stage.step - 4);
  if (!fits) return [box(frame, style)];
  return [
    box(frame, style),
    words(x + thick / 2, top - 10, text, {
      fill: c.isNow ? palette.red : toDate ? palette.ink : palette.faint,
      bold: c.isNow,
      align: 'center',
      size: c.isNow ? 12 : 11,
    }),
  ];
}

/** Counts: a bar from zero for the same days, and in grey beside it the whole year. */
export function barSeries(r: Reading, { lang }: Look, palette: Palette): object[] {
  const bars = (id: string, toDate: boolean): object =>
    drawnSeries(id, columns(r, lang, toDate), (c, stage) => drawBar(r, c, stage, { toDate, palette, lang }), {
      z: toDate ? 3 : 2,
    });
  return r.cut ? [bars('whole', false), bars('compared', true)] : [bars('compared', true)];
}

/** Lines between years that follow each other. */
const joinShapes = (r: Reading, points: readonly Column[], { at }: Stage, palette: Palette): Shape[] =>
  points.flatMap((p, i) => {
    const next = points[i + 1];
    const here = known(compared(r, p));
    const there = next === undefined ? null : known(compared(r, next));
    if (next === undefined || here === null || there === null || next.year !== p.year + 1) return [];
    // Across a break there is no line, nor to a rate over too few.
    if (!isJoined(r, there, here)) return [];
    return [
      line(at(i, here.value), at(i + 1, there.value), {
        stroke: palette.past[1],
        width: 1.6,
        dash: next.isNow && r.cut ? [3, 3] : undefined,
      }),
    ];
  });

/** The dot of the figure by which a year is compared, with the figure over it. */
function drawDot(
  r: Reading,
  c: Column,
  stage: Stage,
  { lang, palette }: { lang: Lang; palette: Palette },
): Shape[] {
  const cell = compared(r, c);
  if (cell?.status === 'none') return missing(stage, c.index, palette, lang, Math.min(40, stage.step * 0.6));
  if (!isKnown(cell)) return absent(stage, c, { r, cell, palette, lang });
  const [x, y] = stage.at(c.index, cell.value);
  const small = isSmall(r.kpi, cell);
  const isRed = c.isNow && !small;
  const text = figure(r.kpi, cell);
  const style = isRed
    ? { fill: palette.red }
    : { fill: palette.card, stroke: small ? palette.past[2] : palette.past[0] };
  const mark = dot(x, y, c.isNow ? 5 : 4, style);
  if (widthOf(text, 11) > stage.step - 2) return [mark];
  return [
    mark,
    words(x, y - 14, text, {
      fill: isRed ? palette.red : palette.soft,
      bold: isRed,
      align: 'center',
      halo: palette.card,
      size: isRed ? 12 : 11,
    }),
  ];
}

/** Rates: dots joined where years follow each other with a figure each; whole years as grey dots beside. */
export function dotSeries(r: Reading, { lang }: Look, palette: Palette): object[] {
  const points = columns(r, lang, true);
  const wholes = r.cut ? columns(r, lang, false) : [];
  return [
    drawnSeries<Drawn>('joins', [{}], (_, stage) => joinShapes(r, points, stage, palette), {
      z: 2,
      silent: true,
    }),
    drawnSeries(
      'whole',
      wholes,
      (c, { at }) => {
        if (!isKnown(c.whole)) return [];
        const [x, y] = at(c.index, c.whole.value);
        return [dot(x + 12, y, 3, { fill: palette.past[1] })];
      },
      { z: 2 },
    ),
    drawnSeries('compared', points, (c, stage) => drawDot(r, c, stage, { lang, palette }), { z: 3 }),
  ];
}

/** The norm of each year in steps, named where it begins and where it changes. */
export function normSeries(r: Reading, { lang }: Look, palette: Palette): object[] {
  const steps = stepsOf(r.years.map((y) => y.norm));
  if (steps.length === 0) return [];
  return [
    drawnSeries<Drawn>('norm', [{}], (_, stage) => stepShapes(steps, stage, palette.ink), {
      z: 1,
      silent: true,
    }),
    drawnSeries<Drawn>(
      'norm-names',
      [{}],
      (_, stage) => steps.map((s) => stepName(s, stage, { text: normText(r.kpi, s.value, lang), palette })),
      { z: 1, silent: true },
    ),
  ];
}
