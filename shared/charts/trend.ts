import type { EChartsCoreOption } from 'echarts/core';
import { formatToDate, formatYears, isSmall } from '../format.ts';
import type { Lang } from '../text.ts';
import { categoryAxis, extentOf, valueAxis, valueLabel } from './axes.ts';
import { boxEntry, dotEntry, keyOverflow, keySeries, type KeyEntry } from './key.ts';
import {
  ask,
  baseOption,
  bySameDays,
  emptyOption,
  figureName,
  isKnown,
  known,
  kpiOf,
  markOf,
  tableCell,
  thisYear,
} from './parts.ts';
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
import { isNarrow, palettes, type Palette } from './theme.ts';
import { compared, figure, read, says, tipOf, type Reading, type Year } from './trend-reading.ts';
import type { Look, View, ViewInput, ViewState } from './view.ts';

/** Years side by side. An unfinished year stands against the same days of the others. */

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
  if (!isKnown(cell)) return [];
  const [centre, top] = stage.at(c.index, cell.value);
  const x = !r.cut ? centre - thick / 2 : toDate ? centre - thick - 1 : centre + 1;
  const frame = { x, y: top, width: thick, height: stage.plot.y + stage.plot.height - top };
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
function barSeries(r: Reading, { lang }: Look, palette: Palette): object[] {
  const bars = (id: string, toDate: boolean): object =>
    drawnSeries(
      id,
      columns(r, lang, toDate).filter((c) => toDate || !c.isNow),
      (c, stage) => drawBar(r, c, stage, { toDate, palette, lang }),
      { z: toDate ? 3 : 2 },
    );
  return r.cut ? [bars('whole', false), bars('compared', true)] : [bars('compared', true)];
}

/** Lines between years that follow each other. */
const joinShapes = (r: Reading, points: readonly Column[], { at }: Stage, palette: Palette): Shape[] =>
  points.flatMap((p, i) => {
    const next = points[i + 1];
    const here = known(compared(r, p));
    const there = next === undefined ? null : known(compared(r, next));
    if (next === undefined || here === null || there === null || next.year !== p.year + 1) return [];
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
  if (!isKnown(cell)) return [];
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
function dotSeries(r: Reading, { lang }: Look, palette: Palette): object[] {
  const points = columns(r, lang, true);
  const wholes = r.cut ? columns(r, lang, false).filter((c) => !c.isNow) : [];
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

function normSeries(r: Reading, look: Look, palette: Palette): object[] {
  const { norm } = r.kpi;
  if (norm === undefined) return [];
  const tick = valueLabel(r.kpi, { min: 0, max: 1, interval: 1 })(norm);
  const text = look.lang === 'zh' ? `规定 ${tick}` : `Norm ${tick}`;
  return [
    drawnSeries<Drawn>(
      'norm',
      [{}],
      (_, { plot, at }) => {
        const y = at(0, norm)[1];
        return [
          line([plot.x, y], [plot.x + plot.width, y], { stroke: palette.ink, dash: [2, 3] }),
          words(plot.x, y - 9, text, { fill: palette.soft, align: 'left', halo: palette.card }),
        ];
      },
      { z: 1, silent: true },
    ),
  ];
}

/** Only where two figures stand side by side is there anything to tell apart. */
function keyEntries(state: ViewState, { lang, theme }: Look): KeyEntry[] {
  if (!bySameDays(state)) return [];
  const palette = palettes[theme];
  const days = formatToDate(state.asOf, lang);
  const year = thisYear(state);
  const bars = kpiOf(state).type === 'count';
  const entry = (text: string, style: { fill: string; stroke?: string }): KeyEntry =>
    bars ? boxEntry(text, style) : dotEntry(text, 4, style);
  return [
    entry(lang === 'zh' ? `${year}年 ${days}` : `${days} ${year}`, { fill: palette.red }),
    entry(lang === 'zh' ? '往年同期' : 'same days, earlier years', {
      fill: palette.card,
      stroke: palette.past[1],
    }),
    entry(lang === 'zh' ? '往年全年' : 'whole year', { fill: bars ? palette.past[2] : palette.past[1] }),
  ];
}

/** On a phone the key has the whole width. */
const keyRoom = (look: Look): { x: number; width: number } =>
  isNarrow(look) ? { x: 0, width: look.width } : { x: 44, width: look.width - 44 };

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const r = read(input);
  const palette = palettes[look.theme];
  const values = r.years.flatMap((y) => [y.whole?.value, y.same?.value]).filter((v) => v != null);
  if (values.length === 0) return emptyOption(look, palette);
  const extent = extentOf(r.kpi, r.kpi.norm === undefined ? values : [...values, r.kpi.norm]);
  const narrow = isNarrow(look);
  const entries = keyEntries(r.state, look);
  const room = keyRoom(look);
  return {
    ...baseOption(look, palette),
    grid: {
      left: narrow ? 38 : 44,
      right: 12,
      top: 22,
      bottom: (r.cut ? 62 : 30) + keyOverflow(entries, room.width),
    },
    xAxis: categoryAxis(
      r.years.map((y) => String(y.year)),
      palette,
    ),
    yAxis: valueAxis(r.kpi, extent, palette),
    series: [
      ...normSeries(r, look, palette),
      ...(r.kpi.type === 'count' ? barSeries(r, look, palette) : dotSeries(r, look, palette)),
      ...(entries.length === 0 ? [] : [keySeries(entries, { ...room, below: 46 }, palette)]),
    ],
  };
}

export const trend: View = {
  questions(state) {
    const whole = ask(state, { years: state.years, grain: 'year' });
    return bySameDays(state)
      ? [whole, ask(state, { years: state.years, grain: 'year', toDate: true })]
      : [whole];
  },
  title({ state }, lang) {
    const years = formatYears(state.years, lang);
    return lang === 'zh'
      ? `历年${figureName(state, lang)}，${years}`
      : `${figureName(state, lang)} by year, ${years}`;
  },
  says,
  height: ({ state }, look) =>
    (isNarrow(look) ? 240 : 280) +
    (bySameDays(state) ? 24 : 0) +
    keyOverflow(keyEntries(state, look), keyRoom(look).width),
  option,
  table(input, lang) {
    const r = read(input);
    const days = formatToDate(r.state.asOf, lang);
    const whole = lang === 'zh' ? '全年' : 'Whole year';
    return {
      columns: [lang === 'zh' ? '年' : 'Year', ...(r.cut ? [days] : []), whole],
      rows: r.years.map((y) => ({
        label: String(y.year),
        cells: [
          ...(r.cut ? [tableCell(r.state, y.same, lang, true)] : []),
          r.cut && y.isNow
            ? { text: lang === 'zh' ? '未到期' : 'not due' }
            : tableCell(r.state, y.whole, lang),
        ],
      })),
    };
  },
};
