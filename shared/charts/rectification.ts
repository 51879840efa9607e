import type { EChartsCoreOption } from 'echarts/core';
import { formatPeriod, formatPeriodInYear, formatShare, formatYears } from '../format.ts';
import { kpiById } from '../kpis.ts';
import { periodsOf } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { categoryAxis, extentOf, valueAxis } from './axes.ts';
import {
  ask,
  baseOption,
  emptyOption,
  finder,
  markOf,
  sentence,
  standOf,
  tableCell,
  thisYear,
} from './parts.ts';
import { box, dot, drawnSeries, hatch, line, widthOf, words, type Drawn, type Shape } from './shapes.ts';
import { isNarrow, palettes, type Palette } from './theme.ts';
import type { Look, View, ViewInput, ViewState } from './view.ts';

/** Problems by the quarter in which they were raised, closed and still open; and what was overdue at its end. */

const CLOSURE = 'rectification_closure_rate';
const OVERDUE = 'rectification_overdue';

type Quarter = {
  readonly period: string;
  readonly closure: Cell | null;
  readonly overdue: Cell | null;
  readonly raised: number;
  readonly closed: number;
};

function read({ state, answers }: ViewInput): Quarter[] {
  const find = finder(answers[0]);
  return state.years
    .flatMap((year) => periodsOf(year, 'quarter'))
    .map((period) => {
      const closure = find({ kpi: CLOSURE, period });
      return {
        period,
        closure,
        overdue: find({ kpi: OVERDUE, period }),
        raised: closure?.denominator ?? 0,
        closed: closure?.numerator ?? 0,
      };
    });
}

const names = {
  zh: { closed: '已销号', open: '未销号', overdue: '期末逾期', raised: '发现' },
  en: { closed: 'closed', open: 'open', overdue: 'overdue at end', raised: 'raised' },
} as const;

function tipOf(q: Quarter, lang: Lang): string {
  const own = names[lang];
  return [
    formatPeriod(q.period, lang),
    `${own.raised} ${q.raised} · ${own.closed} ${q.closed} · ${own.open} ${q.raised - q.closed}`,
    `${own.overdue} ${q.overdue?.value ?? '—'}`,
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
      if (q.closure?.status === 'none' && standOf(q.period, state.asOf) !== 'later')
        return [
          hatch({ x, y: plot.y + plot.height * 0.6, width, height: plot.height * 0.4 }, palette.past[1], 6),
        ];
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
      if (q.raised > 0 && widthOf(text, 11) <= step - 2)
        shapes.push(
          words(centre, top - 9, text, { fill: palette.soft, align: 'center', size: 11, halo: palette.card }),
        );
      return shapes;
    },
    { z: 2 },
  );
}

function overdueSeries(bars: readonly Bar[], state: ViewState, palette: Palette): object[] {
  const known = bars.map((q) =>
    standOf(q.period, state.asOf) === 'later' ? null : (q.overdue?.value ?? null),
  );
  const marks = bars.flatMap((q) =>
    known[q.index] == null ? [] : [{ ...q, mark: markOf(state, q.overdue) }],
  );
  return [
    drawnSeries<Drawn>(
      'overdue-line',
      [{}],
      (_, { at }) =>
        known.flatMap((value, i) => {
          const next = known[i + 1] ?? null;
          return value === null || next === null
            ? []
            : [line(at(i, value), at(i + 1, next), { stroke: palette.red, width: 2 })];
        }),
      { z: 3, silent: true },
    ),
    drawnSeries(
      'overdue',
      marks,
      (q, { at, step }) => {
        const value = known[q.index]!;
        const [x, y] = at(q.index, value);
        const last = q.index === marks.at(-1)?.index;
        const shown = value > 0 && (last || step > 34);
        return [
          dot(x, y, step > 20 ? 3.5 : 2.5, { fill: palette.card, stroke: palette.red }),
          ...(shown
            ? [words(x + 8, y - 8, String(value), { fill: palette.red, bold: true, halo: palette.card })]
            : []),
        ];
      },
      { z: 4 },
    ),
  ];
}

function keySeries(look: Look, palette: Palette): object {
  const own = names[look.lang];
  return drawnSeries<Drawn>(
    'key',
    [{}],
    (_, { plot }) => {
      const y = plot.y + plot.height + 58;
      const second = widthOf(own.closed) + 40;
      const third = second + widthOf(own.open) + 40;
      return [
        box({ x: 0, y: y - 6, width: 12, height: 12 }, { fill: palette.past[2] }),
        words(18, y, own.closed, { fill: palette.soft }),
        box(
          { x: second + 0.5, y: y - 5.5, width: 11, height: 11 },
          { fill: palette.warnWash, stroke: palette.warn },
        ),
        words(second + 18, y, own.open, { fill: palette.soft }),
        line([third, y], [third + 18, y], { stroke: palette.red, width: 2 }),
        dot(third + 9, y, 3.5, { fill: palette.card, stroke: palette.red }),
        words(third + 24, y, own.overdue, { fill: palette.soft }),
      ];
    },
    { silent: true },
  );
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
        return [
          line([x, plot.y], [x, bottom + 36], { stroke: palette.grid }),
          words(x + step * 2, bottom + 32, String(year), {
            fill: year === thisYear(state) ? palette.red : palette.soft,
            bold: year === thisYear(state),
            align: 'center',
          }),
        ];
      }),
    { z: 0, silent: true },
  );
}

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const { state } = input;
  const { lang } = look;
  const palette = palettes[look.theme];
  const quarters = read(input);
  const known = quarters.some((q) => q.closure !== null && (q.raised > 0 || (q.overdue?.value ?? 0) > 0));
  if (!known) return emptyOption(look, palette);
  const bars: Bar[] = quarters.map((q, index) => ({
    ...q,
    index,
    mark: markOf(state, q.closure),
    tip: tipOf(q, lang),
  }));
  const counts = kpiById.get(OVERDUE)!;
  const extent = extentOf(
    counts,
    quarters.flatMap((q) => [q.raised, q.overdue?.value ?? 0]),
  );
  const step = (look.width - 56) / quarters.length;
  const labels = quarters.map((q) =>
    step >= 48
      ? formatPeriodInYear(q.period, lang).replace('第', '')
      : step >= 18
        ? `Q${q.period.slice(6)}`
        : step >= 9
          ? q.period.slice(6)
          : '',
  );
  return {
    ...baseOption(look, palette),
    grid: { left: isNarrow(look) ? 30 : 36, right: 18, top: 22, bottom: 76 },
    xAxis: categoryAxis(labels, palette, {
      axisLabel: { color: palette.soft, interval: 0, margin: 8, fontSize: step < 28 ? 10 : 12 },
    }),
    yAxis: valueAxis(counts, extent, palette),
    series: [
      yearSeries(state, palette),
      barSeries(bars, state, palette),
      ...overdueSeries(bars, state, palette),
      keySeries(look, palette),
    ],
  };
}

function says(input: ViewInput, lang: Lang): string {
  const { state } = input;
  const quarters = read(input);
  const year = thisYear(state);
  const own = quarters.filter(
    (q) => q.period.startsWith(String(year)) && q.closure !== null && q.closure.status !== 'none',
  );
  if (own.length === 0)
    return lang === 'zh' ? `${year}年整改台账未报。` : `${year}: rectification not reported.`;
  const raised = own.reduce((sum, q) => sum + q.raised, 0);
  const closed = own.reduce((sum, q) => sum + q.closed, 0);
  const last = quarters.filter((q) => standOf(q.period, state.asOf) !== 'later').at(-1);
  const overdue = last?.overdue?.value ?? null;
  const share =
    raised < 10
      ? ''
      : lang === 'zh'
        ? `（${formatShare(closed, raised)}）`
        : ` (${formatShare(closed, raised)})`;
  return sentence(
    [
      lang === 'zh'
        ? `${year}年发现 ${raised} 项，已销号 ${closed} 项${share}`
        : `${raised} raised in ${year}, ${closed} closed${share}`,
      overdue === null
        ? null
        : lang === 'zh'
          ? overdue === 0
            ? '没有逾期'
            : `${overdue} 项逾期`
          : overdue === 0
            ? 'none overdue'
            : `${overdue} overdue`,
    ],
    lang,
  );
}

export const rectification: View = {
  questions: (state) => [
    ask({ ...state, kind: undefined }, { kpi: [CLOSURE, OVERDUE], years: state.years, grain: 'quarter' }),
  ],
  title({ state }, lang) {
    const years = formatYears(state.years, lang);
    return lang === 'zh'
      ? `各季度发现的问题与销号，${years}`
      : `Problems raised and closed by quarter, ${years}`;
  },
  says,
  height: (_, look) => (isNarrow(look) ? 270 : 320),
  option,
  table(input, lang) {
    const own = names[lang];
    return {
      columns: [lang === 'zh' ? '季度' : 'Quarter', `${own.closed}/${own.raised}`, own.overdue],
      rows: read(input).map((q) => ({
        label: formatPeriod(q.period, lang),
        cells: [tableCell(input.state, q.closure, lang), tableCell(input.state, q.overdue, lang)],
      })),
    };
  },
};
