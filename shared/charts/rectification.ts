import type { EChartsCoreOption } from 'echarts/core';
import { formatCellLong, formatPeriod, formatPeriodInYear, formatYears, yearName } from '../format.ts';
import type { Kpi } from '../kpi.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { categoryAxis, extentOf, valueAxis, valueLabel, type Extent } from './axes.ts';
import { boxEntry, keyOverflow, keySeries, type KeyEntry } from './key.ts';
import {
  ask,
  baseOption,
  EMPTY_HEIGHT,
  emptyOption,
  isKnown,
  kpiOf,
  markOf,
  standOf,
  startOf,
  tableCell,
  thisYear,
} from './parts.ts';
import { CLOSURE, OVERDUE, read, says, type Quarter } from './rectification-reading.ts';
import { box, drawnSeries, hatch, line, widthOf, words, type Drawn, type Shape } from './shapes.ts';
import { FONT_SIZE, fontFamily, isNarrow, palettes, type Palette } from './theme.ts';
import type { Look, View, ViewInput, ViewState } from './view.ts';

/** Problems by the quarter in which they were raised, closed and still open; under them what was overdue at its end. */

const names = {
  zh: { closed: '已销号', open: '未销号', overdue: '期末逾期', raised: '发现' },
  en: { closed: 'closed', open: 'open', overdue: 'overdue at end', raised: 'raised' },
} as const;

/** Without a value each half says why: not reported, not due, or not applicable. */
function tipOf(q: Quarter, state: ViewState, lang: Lang): string {
  const own = names[lang];
  const isReported =
    q.closure !== null && q.closure.status !== 'none' && standOf(q.period, state) !== 'later';
  const said = (id: string, cell: Cell | null): string =>
    cell === null ? '—' : formatCellLong(kpiOf({ kpi: id }), cell, lang, state);
  return [
    formatPeriod(q.period, lang, startOf(state)),
    isReported
      ? `${own.raised} ${q.raised} · ${own.closed} ${q.closed} · ${own.open} ${q.raised - q.closed}`
      : `${own.raised} ${said(CLOSURE, q.closure)}`,
    `${own.overdue} ${said(OVERDUE, q.overdue)}`,
  ].join('\n');
}

type Bar = Quarter & Drawn & { readonly index: number };

function barSeries(bars: readonly Bar[], state: ViewState, palette: Palette): object {
  return drawnSeries(
    'raised',
    bars,
    (q, { plot, at, step }) => {
      const width = Math.min(30, step * 0.56);
      const [centre, base] = at(q.index, 0);
      const x = centre - width / 2;
      if (q.closure?.status === 'none' && standOf(q.period, state) !== 'later')
        return [
          hatch(
            { x, y: base - (base - plot.y) * 0.6, width, height: (base - plot.y) * 0.6 },
            palette.past[1],
            6,
          ),
        ];
      // Nothing is due: an outline, which is not a bar of none.
      if (q.closure?.coverage.due === 0 || standOf(q.period, state) === 'later')
        return [box({ x: x + 0.5, y: base - 12, width: width - 1, height: 11 }, { stroke: palette.gap }, 2)];
      const shapes: Shape[] = [];
      const middle = at(q.index, q.closed)[1];
      const top = at(q.index, q.raised)[1];
      if (q.closed > 0)
        shapes.push(box({ x, y: middle, width, height: base - middle }, { fill: palette.past[2] }));
      // Open is hollow: still to be filled.
      if (q.raised > q.closed)
        shapes.push(
          box(
            { x: x + 0.5, y: top + 0.5, width: width - 1, height: middle - top - 1 },
            { fill: palette.warnWash, stroke: palette.warn },
          ),
        );
      const text = `${q.closed}/${q.raised}`;
      if (widthOf(text, 11) <= step - 2)
        shapes.push(
          words(centre, top - 9, text, { fill: palette.soft, align: 'center', size: 11, halo: palette.card }),
        );
      return shapes;
    },
    { z: 2 },
  );
}

/** Overdue at a quarter's end, in the same measure, hanging under the line of zero: nothing lies over a bar. */
function overdueSeries(bars: readonly Bar[], state: ViewState, palette: Palette): object {
  const due = bars.flatMap((q) =>
    standOf(q.period, state) !== 'later' && isKnown(q.overdue)
      ? [{ index: q.index, overdue: q.overdue, mark: markOf(state, q.overdue), tip: q.tip }]
      : [],
  );
  const widest = Math.max(0, ...due.map(({ overdue }) => widthOf(String(overdue.value), 11)));
  return drawnSeries(
    'overdue',
    due,
    ({ index, overdue }, { at, step }) => {
      const width = Math.min(30, step * 0.56);
      const [centre, base] = at(index, 0);
      const end = at(index, -overdue.value)[1];
      const text = String(overdue.value);
      const none = overdue.value === 0;
      return [
        ...(none
          ? []
          : [box({ x: centre - width / 2, y: base, width, height: end - base }, { fill: palette.red })]),
        // All figures, or the last alone: a figure here and there would look like a choice.
        ...(widest <= step - 2 || index === due.at(-1)?.index
          ? [
              words(centre, end + 9, text, {
                fill: none ? palette.faint : palette.red,
                bold: !none,
                align: 'center',
                size: 11,
                halo: palette.card,
              }),
            ]
          : []),
      ];
    },
    { z: 3 },
  );
}

const keyEntries = (lang: Lang, palette: Palette): KeyEntry[] => [
  boxEntry(names[lang].closed, { fill: palette.past[2] }),
  boxEntry(names[lang].open, { fill: palette.warnWash, stroke: palette.warn }),
  boxEntry(names[lang].overdue, { fill: palette.red }),
];

/** Both halves of the axis count from the line of zero; under it there is room for the figures. */
function extentBelow(quarters: readonly Quarter[], kpi: Kpi): Extent {
  const worst = Math.max(0, ...quarters.map((q) => q.overdue?.value ?? 0));
  const extent = extentOf(kpi, [...quarters.map((q) => q.raised), worst]);
  return { ...extent, min: -Math.max(1, Math.ceil((worst * 1.15) / extent.interval)) * extent.interval };
}

/** Years under their quarters, with a line where one begins. */
function yearSeries(state: ViewState, palette: Palette): object {
  return drawnSeries<Drawn>(
    'years',
    [{}],
    (_, { plot, at, step }) =>
      state.years.flatMap((year, i) => {
        const x = at(i * 4, 0)[0] - step / 2;
        const bottom = plot.y + plot.height;
        const zero = at(0, 0)[1];
        return [
          line([x, plot.y], [x, bottom + 36], { stroke: palette.grid }),
          ...(i > 0 ? [] : [line([plot.x, zero], [plot.x + plot.width, zero], { stroke: palette.past[1] })]),
          words(x + step * 2, bottom + 32, yearName(year, startOf(state)), {
            fill: year === thisYear(state) ? palette.red : palette.soft,
            bold: year === thisYear(state),
            align: 'center',
          }),
        ];
      }),
    { z: 0, silent: true },
  );
}

/** A quarter's name in the room of its column. */
function quarterLabel(period: string, step: number, lang: Lang): string {
  if (step >= 48) return formatPeriodInYear(period, lang).replace('第', '');
  return step >= 18 ? `Q${period.slice(6)}` : step >= 9 ? period.slice(6) : '';
}

const isAny = (quarters: readonly Quarter[]): boolean =>
  quarters.some((q) => q.closure !== null && (q.raised > 0 || (q.overdue?.value ?? 0) > 0));

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const { state } = input;
  const { lang } = look;
  const palette = palettes[look.theme];
  const quarters = read(input);
  if (!isAny(quarters)) return emptyOption(look, palette);
  const bars: Bar[] = quarters.map((q, index) => ({
    ...q,
    index,
    mark: markOf(state, q.closure),
    tip: tipOf(q, state, lang),
  }));
  const counts = kpiOf({ kpi: OVERDUE });
  const extent = extentBelow(quarters, counts);
  const step = (look.width - 56) / quarters.length;
  const entries = keyEntries(lang, palette);
  const label = valueLabel(counts, extent, lang);
  return {
    ...baseOption(look, palette),
    grid: {
      left: isNarrow(look) ? 30 : 36,
      right: 18,
      top: 22,
      bottom: 76 + keyOverflow(entries, look.width),
    },
    xAxis: categoryAxis(
      quarters.map((q) => quarterLabel(q.period, step, lang)),
      palette,
      { axisLabel: { color: palette.soft, interval: 0, margin: 8, fontSize: step < 28 ? 10 : 12 } },
    ),
    yAxis: valueAxis(
      counts,
      extent,
      { palette, lang },
      {
        axisLabel: {
          color: palette.soft,
          fontSize: FONT_SIZE,
          fontFamily,
          formatter: (value: number): string => label(Math.abs(value)),
        },
      },
    ),
    series: [
      yearSeries(state, palette),
      barSeries(bars, state, palette),
      overdueSeries(bars, state, palette),
      keySeries(entries, { below: 58, width: look.width }, palette),
    ],
  };
}

export const rectification: View = {
  questions: (state) => [
    ask(
      { ...state, kind: undefined, per: undefined },
      { kpi: [CLOSURE, OVERDUE], years: state.years, grain: 'quarter' },
    ),
  ],
  title({ state }, lang) {
    const years = formatYears(state.years, lang, startOf(state));
    return lang === 'zh'
      ? `各季度发现的问题与销号，${years}`
      : `Problems raised and closed by quarter, ${years}`;
  },
  says,
  height: (input, look) =>
    isAny(read(input))
      ? (isNarrow(look) ? 300 : 350) + keyOverflow(keyEntries(look.lang, palettes[look.theme]), look.width)
      : EMPTY_HEIGHT,
  option,
  table(input, lang) {
    const own = names[lang];
    return {
      columns: [lang === 'zh' ? '季度' : 'Quarter', `${own.closed}/${own.raised}`, own.overdue],
      rows: read(input).map((q) => ({
        label: formatPeriod(q.period, lang, startOf(input.state)),
        cells: [tableCell(input.state, q.closure, lang), tableCell(input.state, q.overdue, lang)],
      })),
    };
  },
};
