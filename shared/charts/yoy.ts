import type { EChartsCoreOption } from 'echarts/core';
import { addDays, sameDay } from '../period.ts';
import {
  formatDay,
  formatFraction,
  formatPeriodInYear,
  formatValue,
  formatYears,
  isSmall,
} from '../format.ts';
import { isPercent } from '../kpi.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { categoryAxis, extentOf, valueAxis, type Extent } from './axes.ts';
import {
  ask,
  baseOption,
  emptyOption,
  figureName,
  isUnfinished,
  markOf,
  tableCell,
  thisYear,
  tipLine,
} from './parts.ts';
import {
  box,
  dot,
  drawnSeries,
  hatch,
  line,
  spread,
  widthOf,
  words,
  type Drawn,
  type Shape,
  type Stage,
} from './shapes.ts';
import { FONT_SIZE, isNarrow, palettes, yearColour, type Palette } from './theme.ts';
import type { Look, View, ViewInput } from './view.ts';
import {
  grainIn,
  pointOf,
  read,
  runningDays,
  runningPeriod,
  says,
  tipOf,
  type Reading,
  type Year,
} from './yoy-reading.ts';

/** One line a year over its months or quarters; the unfinished period against the same days of last year. */

type Tipped = Drawn & { readonly value: number | null };

function lineSeries(r: Reading, year: Year, palette: Palette, lang: Lang): object {
  const isNow = year.ago === 0;
  const colour = yearColour(palette, year.ago);
  const values = year.cells.map((cell, i) => (isNow && r.stands[i] !== 'done' ? null : pointOf(r, cell)));
  return {
    id: `year-${year.year}`,
    name: String(year.year),
    type: 'line',
    z: isNow ? 5 : 4 - Math.min(year.ago, 3) * 0.5,
    connectNulls: false,
    clip: false,
    lineStyle: { color: colour, width: isNow ? 2.5 : 1.6 },
    itemStyle: { color: palette.card, borderColor: colour, borderWidth: 2 },
    symbol: 'circle',
    emphasis: { disabled: true },
    data: values.map((value, i) => {
      const alone = value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
      return {
        value,
        mark: markOf(r.state, year.cells[i] ?? null),
        tip: tipOf(r, i, lang),
        symbolSize: isNow ? 7 : alone ? 5 : 8,
        // Earlier years' points are there for the pointer and the click, and show only where no line passes.
        itemStyle: isNow ? undefined : { opacity: alone ? 1 : 0 },
      };
    }),
  };
}

/** The running period: a dashed last stretch to its figure so far. */
function runningSeries(r: Reading, palette: Palette, lang: Lang): object[] {
  const { running } = r;
  if (running === null || running.now === null || running.now.value === null) return [];
  const before = pointOf(r, r.now.cells[running.index - 1]);
  const point = (value: number | null, cell: Cell | null, i: number): Tipped & { symbolSize: number } => ({
    value,
    mark: markOf(r.state, cell),
    tip: tipOf(r, i, lang),
    symbolSize: i === running.index ? 7 : 0,
  });
  return [
    {
      id: 'running',
      type: 'line',
      clip: false,
      z: 5,
      lineStyle: { color: palette.red, width: 2.5, type: [3, 3] },
      itemStyle: { color: palette.card, borderColor: palette.red, borderWidth: 2 },
      symbol: 'circle',
      emphasis: { disabled: true },
      data: r.periods.map((_, i) =>
        i === running.index
          ? point(running.now!.value, running.now, i)
          : i === running.index - 1
            ? point(before, null, i)
            : null,
      ),
    },
  ];
}

/** The part of the year that has not come, and the periods of this year that no ledger covers. */
function groundSeries(r: Reading, look: Look, palette: Palette): object[] {
  const { lang } = look;
  const gaps = r.now.cells.flatMap((cell, i) =>
    cell?.status === 'none' && r.stands[i] !== 'later' ? [i] : [],
  );
  const column = (
    { plot, at, step }: Stage,
    i: number,
  ): { x: number; y: number; width: number; height: number } => ({
    x: at(i, 0)[0] - step / 2,
    y: plot.y,
    width: step,
    height: plot.height,
  });
  const series: object[] = [];
  if (isUnfinished(r.state)) {
    const first = r.stands.findIndex((s) => s !== 'done');
    const isRunning = r.stands[first] === 'running';
    series.push(
      drawnSeries<Drawn>(
        'later',
        [{}],
        (_, stage) => {
          const { plot, at, step } = stage;
          const x = isRunning ? at(first, 0)[0] + Math.min(14, step / 2) : at(first, 0)[0] - step / 2;
          const width = plot.x + plot.width - x;
          const full =
            lang === 'zh'
              ? `${formatDay(addDays(r.state.asOf, 1), lang)}起尚未到期`
              : `from ${formatDay(addDays(r.state.asOf, 1), lang)}: not due`;
          const text = widthOf(full) + 8 <= width ? full : lang === 'zh' ? '未到期' : 'not due';
          const label =
            widthOf(text) <= width
              ? [words(x + width / 2, plot.y + 12, text, { fill: palette.soft, align: 'center' })]
              : [];
          return [
            box({ x, y: plot.y, width, height: plot.height }, { fill: palette.paper, opacity: 0.8 }),
            ...label,
          ];
        },
        { z: 0, silent: true },
      ),
    );
  }
  if (gaps.length > 0)
    series.push(
      drawnSeries(
        'not-reported',
        gaps.map((i) => ({ i, mark: markOf(r.state, r.now.cells[i] ?? null), tip: tipOf(r, i, lang) })),
        ({ i }, stage) => {
          const frame = column(stage, i);
          // Months missing in a row are one gap with one name.
          let end = i;
          while (gaps.includes(end + 1)) end++;
          const width = stage.step * (end - i + 1);
          const text = lang === 'zh' ? '未报' : 'no report';
          const named = !gaps.includes(i - 1) && widthOf(text) <= width;
          const label = named
            ? [
                words(frame.x + width / 2, frame.y + 12, text, {
                  fill: palette.soft,
                  align: 'center',
                  halo: palette.card,
                }),
              ]
            : [];
          return [hatch(frame, palette.gap, 6), ...label];
        },
        { z: 0 },
      ),
    );
  return series;
}

/** The last point of each year's line is its name. */
function endLabels(r: Reading, look: Look, palette: Palette): object {
  const ends = r.years.flatMap(({ year, ago, cells }) => {
    const shown = cells.map((c, i) => (ago === 0 && r.stands[i] !== 'done' ? null : pointOf(r, c)));
    const index = shown.findLastIndex((v) => v !== null);
    return index < 0 || (ago === 0 && r.running?.now?.value != null)
      ? []
      : [{ year, ago, index, value: shown[index]! }];
  });
  return drawnSeries<Drawn>(
    'year-names',
    [{}],
    (_, { plot, at }) => {
      const places = ends.map((e) => at(e.index, e.value));
      const columns = new Map<number, number[]>();
      ends.forEach((e, i) => columns.set(e.index, [...(columns.get(e.index) ?? []), i]));
      return [...columns.values()].flatMap((members) => {
        const ys = spread(
          members.map((i) => places[i]![1]),
          FONT_SIZE + 2,
          plot.y + plot.height - 4,
        );
        return members.map((i, n) =>
          words(places[i]![0] + 8, ys[n]!, String(ends[i]!.year), {
            fill: ends[i]!.ago === 0 ? palette.red : palette.soft,
            bold: ends[i]!.ago === 0,
            halo: palette.card,
            size: isNarrow(look) ? 11 : FONT_SIZE,
          }),
        );
      });
    },
    { z: 6, silent: true },
  );
}

/** The running period's figure and last year's same days, named beside their points. */
function runningLabels(r: Reading, look: Look, palette: Palette): object[] {
  const { running } = r;
  const { lang } = look;
  if (running === null || running.now === null || running.now.value === null) return [];
  const days = runningDays(r, lang);
  const narrow = isNarrow(look);
  const show = (cell: Cell): string =>
    isSmall(r.kpi, cell) ? formatFraction(cell.numerator, cell.denominator) : formatValue(r.kpi, cell.value!);
  const year = thisYear(r.state);
  const nowText = `${narrow ? days : lang === 'zh' ? `${year}年${days}` : `${days} ${year}`} ${show(running.now)}`;
  const thenName =
    lang === 'zh'
      ? narrow
        ? '去年同期'
        : `${year - 1}年同期`
      : narrow
        ? 'last year'
        : `same days ${year - 1}`;
  const thenCell = running.before?.value != null ? running.before : null;
  const asOfThen = sameDay(year - 1, r.state.asOf);
  return [
    drawnSeries(
      'same-days',
      thenCell === null
        ? []
        : [
            {
              mark: markOf(r.state, thenCell, true),
              tip: tipLine(r.kpi, thenCell, lang, asOfThen, thenName),
            },
          ],
      (_, { at }) => {
        const [x, y] = at(running.index, thenCell!.value!);
        return [dot(x, y, 3.5, { fill: palette.card, stroke: palette.past[0] })];
      },
      { z: 4.5 },
    ),
    drawnSeries<Drawn>(
      'running-names',
      [{}],
      (_, { plot, at }) => {
        const [x, y] = at(running.index, running.now!.value!);
        const thenY = thenCell === null ? null : at(running.index, thenCell.value!)[1];
        const ys = spread(thenY === null ? [y] : [y, thenY], 17, plot.y + plot.height - 6);
        const left = x + 10 + widthOf(nowText) > plot.x + plot.width + (narrow ? 34 : 44);
        const align = left ? ('right' as const) : ('left' as const);
        const textX = left ? x - 10 : x + 9;
        const shapes: Shape[] = [
          words(textX, ys[0]!, nowText, { fill: palette.red, bold: true, align, halo: palette.card }),
        ];
        if (thenCell !== null)
          shapes.push(
            words(textX, ys[1]!, `${thenName} ${show(thenCell)}`, {
              fill: palette.soft,
              align,
              halo: palette.card,
            }),
          );
        return shapes;
      },
      { z: 7, silent: true },
    ),
  ];
}

/** This year's figures over too few: a grey ring with the fraction, joined to nothing. */
function smallSeries(r: Reading, extent: Extent, look: Look, palette: Palette): object {
  const few = r.now.cells.flatMap((cell, i) =>
    cell !== null && cell.value !== null && isSmall(r.kpi, cell) && r.stands[i] === 'done'
      ? [{ i, cell, mark: markOf(r.state, cell), tip: tipOf(r, i, look.lang) }]
      : [],
  );
  return drawnSeries(
    'few',
    few,
    ({ i, cell }, { plot, at, step }) => {
      const [x, y] = at(i, Math.min(extent.max, Math.max(extent.min, cell.value!)));
      const text = formatFraction(cell.numerator, cell.denominator);
      const above = y - 12 > plot.y ? y - 12 : y + 12;
      return [
        dot(x, y, 3, { fill: palette.card, stroke: palette.past[1] }),
        ...(widthOf(text, 11) <= step
          ? [words(x, above, text, { fill: palette.faint, align: 'center', size: 11, halo: palette.card })]
          : []),
      ];
    },
    { z: 5 },
  );
}

/** Only a share's norm is the same for a month as for a year. */
function normSeries(r: Reading, palette: Palette): object[] {
  const { norm } = r.kpi;
  if (norm === undefined || !isPercent(r.kpi)) return [];
  return [
    drawnSeries<Drawn>(
      'norm',
      [{}],
      (_, { plot, at }) => {
        const y = at(0, norm)[1];
        return [line([plot.x, y], [plot.x + plot.width, y], { stroke: palette.ink, dash: [2, 3] })];
      },
      { z: 1, silent: true },
    ),
  ];
}

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const r = read(input);
  const palette = palettes[look.theme];
  const narrow = isNarrow(look);
  const cells = [...r.years.flatMap((y) => y.cells), r.running?.before ?? null, r.running?.now ?? null];
  if (cells.every((c) => c?.value == null)) return emptyOption(look, palette);
  const points = cells.flatMap((c) => pointOf(r, c) ?? []);
  const values = points.length > 0 ? points : cells.flatMap((c) => c?.value ?? []);
  const extent = extentOf(
    r.kpi,
    r.kpi.norm !== undefined && isPercent(r.kpi) ? [...values, r.kpi.norm] : values,
  );
  const labels = r.periods.map((p) => {
    const name = formatPeriodInYear(p, look.lang);
    return narrow && grainIn(r.state) === 'month'
      ? look.lang === 'zh'
        ? name.replace('月', '')
        : name.charAt(0)
      : name;
  });
  const base = baseOption(look, palette);
  return {
    ...base,
    tooltip: { ...(base.tooltip as object), trigger: 'axis' },
    grid: { left: narrow ? 34 : 40, right: narrow ? 34 : 44, top: 12, bottom: 30 },
    xAxis: categoryAxis(labels, palette),
    yAxis: valueAxis(r.kpi, extent, palette),
    series: [
      ...groundSeries(r, look, palette),
      ...normSeries(r, palette),
      ...r.years.map((year) => lineSeries(r, year, palette, look.lang)),
      ...runningSeries(r, palette, look.lang),
      smallSeries(r, extent, look, palette),
      endLabels(r, look, palette),
      ...runningLabels(r, look, palette),
    ],
  };
}

export const yoy: View = {
  questions(state) {
    const grain = grainIn(state);
    const all = ask(state, { years: state.years, grain });
    const last = thisYear(state);
    // The same days are only asked for when the as-of day cuts a period.
    return runningPeriod(state) < 0
      ? [all]
      : [all, ask(state, { years: [last - 1, last], grain, toDate: true })];
  },
  title({ state }, lang) {
    const years = formatYears(state.years, lang);
    const name = figureName(state, lang);
    if (lang === 'zh') return `各${grainIn(state) === 'month' ? '月' : '季度'}${name}，${years}`;
    return `${name} by ${grainIn(state)}, ${years}`;
  },
  says,
  height: (_, look) => (isNarrow(look) ? 240 : 300),
  option,
  table(input, lang) {
    const r = read(input);
    const { running } = r;
    const same =
      running?.before == null
        ? []
        : [lang === 'zh' ? `${r.now.year - 1} 同期` : `${r.now.year - 1}, same days`];
    return {
      columns: [
        lang === 'zh' ? (grainIn(r.state) === 'month' ? '月' : '季度') : 'Period',
        ...r.years.map((y) => String(y.year)),
        ...same,
      ],
      rows: r.periods.map((period, i) => ({
        label: formatPeriodInYear(period, lang),
        cells: [
          ...r.years.map((y) => tableCell(r.state, y.cells[i] ?? null, lang)),
          ...(same.length === 0
            ? []
            : [tableCell(r.state, running!.index === i ? running!.before : null, lang, true)]),
        ].map((c, n) => (same.length > 0 && n === r.years.length && running!.index !== i ? { text: '' } : c)),
      })),
    };
  },
};
