import type { EChartsCoreOption } from 'echarts/core';
import { change } from '../change.ts';
import {
  formatChange,
  formatFraction,
  formatToDate,
  formatValue,
  formatWithUnit,
  formatYears,
  isAtLeast,
  isSmall,
} from '../format.ts';
import type { Kpi } from '../kpi.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { categoryAxis, extentOf, valueAxis, valueLabel } from './axes.ts';
import {
  ask,
  baseOption,
  bySameDays,
  emptyOption,
  figureName,
  finder,
  isUnfinished,
  kpiOf,
  markOf,
  sentence,
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
  widthOf,
  words,
  type Drawn,
  type Shape,
  type Stage,
} from './shapes.ts';
import { isNarrow, palettes, type Palette } from './theme.ts';
import type { Look, View, ViewInput, ViewState } from './view.ts';

/** Years side by side. An unfinished year stands against the same days of the others. */

type Year = {
  readonly year: number;
  readonly isNow: boolean;
  readonly whole: Cell | null;
  readonly same: Cell | null;
};
type Reading = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  readonly years: readonly Year[];
  readonly cut: boolean;
};

function read({ state, answers }: ViewInput): Reading {
  const whole = finder(answers[0]);
  const same = finder(answers[1]);
  const cut = bySameDays(state);
  const years = state.years.map((year) => ({
    year,
    isNow: year === thisYear(state),
    whole: whole({ period: String(year) }),
    same: cut ? same({ period: String(year) }) : null,
  }));
  return { state, kpi: kpiOf(state), years, cut };
}

/** The figure by which the years are compared. */
const compared = (r: Reading, y: Year): Cell | null => (r.cut ? y.same : y.whole);

const figure = (kpi: Kpi, cell: Cell): string =>
  isSmall(kpi, cell) && kpi.type !== 'median'
    ? formatFraction(cell.numerator, cell.denominator)
    : `${isAtLeast(kpi, cell) ? '≥ ' : ''}${formatValue(kpi, cell.value!)}`;

function tipOf(r: Reading, y: Year, lang: Lang): string {
  const days = formatToDate(r.state.asOf, lang);
  const lines: string[] = [];
  if (r.cut && y.same !== null) lines.push(tipLine(r.kpi, y.same, lang, r.state.asOf, days));
  if (y.whole !== null && !(r.cut && y.isNow))
    lines.push(tipLine(r.kpi, y.whole, lang, r.state.asOf, lang === 'zh' ? '全年' : 'Whole year'));
  return [String(y.year), ...lines].join('\n');
}

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

/** Counts: a bar from zero for the same days, and in grey behind it the whole year. */
function barSeries(r: Reading, look: Look, palette: Palette): object[] {
  const bars = (id: string, toDate: boolean): object =>
    drawnSeries(
      id,
      columns(r, look.lang, toDate).filter((c) => toDate || !c.isNow),
      (c, stage) => {
        const cell = toDate ? compared(r, c) : c.whole;
        const thick = Math.min(r.cut ? 30 : 44, stage.step * (r.cut ? 0.3 : 0.5));
        if (cell?.status === 'none')
          return toDate ? missing(stage, c.index, palette, look.lang, thick * (r.cut ? 2 : 1)) : [];
        if (cell === null || cell.value === null) return [];
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
        const bold = c.isNow;
        return [
          box(frame, style),
          ...(fits
            ? [
                words(x + thick / 2, top - 10, text, {
                  fill: bold ? palette.red : toDate ? palette.ink : palette.faint,
                  bold,
                  align: 'center',
                  size: bold ? 12 : 11,
                }),
              ]
            : []),
        ];
      },
      { z: toDate ? 3 : 2 },
    );
  return r.cut ? [bars('whole', false), bars('compared', true)] : [bars('compared', true)];
}

/** Rates: dots joined where years follow each other with a figure each; whole years as grey dots beside. */
function dotSeries(r: Reading, look: Look, palette: Palette): object[] {
  const points = columns(r, look.lang, true);
  const joins = drawnSeries<Drawn>(
    'joins',
    [{}],
    (_, { at }) =>
      points.flatMap((p, i) => {
        const here = compared(r, p)?.value ?? null;
        const next = points[i + 1];
        const there = next === undefined ? null : (compared(r, next)?.value ?? null);
        if (next === undefined || here === null || there === null || next.year !== p.year + 1) return [];
        return [
          line(at(i, here), at(i + 1, there), {
            stroke: palette.past[1],
            width: 1.6,
            dash: next.isNow && r.cut ? [3, 3] : undefined,
          }),
        ];
      }),
    { z: 2, silent: true },
  );
  const whole = drawnSeries(
    'whole',
    r.cut ? columns(r, look.lang, false).filter((c) => !c.isNow) : [],
    (c, { at }) =>
      c.whole?.value == null
        ? []
        : [
            dot(at(c.index, c.whole.value)[0] + 12, at(c.index, c.whole.value)[1], 3, {
              fill: palette.past[1],
            }),
          ],
    { z: 2 },
  );
  const marks = drawnSeries(
    'compared',
    points,
    (c, stage) => {
      const cell = compared(r, c);
      if (cell?.status === 'none')
        return missing(stage, c.index, palette, look.lang, Math.min(40, stage.step * 0.6));
      if (cell === null || cell.value === null) return [];
      const [x, y] = stage.at(c.index, cell.value);
      const small = isSmall(r.kpi, cell);
      const isRed = c.isNow && !small;
      const text = figure(r.kpi, cell);
      return [
        dot(
          x,
          y,
          c.isNow ? 5 : 4,
          isRed
            ? { fill: palette.red }
            : { fill: palette.card, stroke: small ? palette.past[2] : palette.past[0] },
        ),
        ...(widthOf(text, 11) <= stage.step - 2
          ? [
              words(x, y - 14, text, {
                fill: isRed ? palette.red : palette.soft,
                bold: isRed,
                align: 'center',
                halo: palette.card,
                size: isRed ? 12 : 11,
              }),
            ]
          : []),
      ];
    },
    { z: 3 },
  );
  return [joins, whole, marks];
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

/** What stands for what, under the axis: only where two figures stand side by side. */
function keySeries(r: Reading, look: Look, palette: Palette): object[] {
  if (!r.cut) return [];
  const { lang } = look;
  const days = formatToDate(r.state.asOf, lang);
  const year = thisYear(r.state);
  const bars = r.kpi.type === 'count';
  const entries: [string, { fill: string; stroke?: string }][] = [
    [lang === 'zh' ? `${year}年 ${days}` : `${days} ${year}`, { fill: palette.red }],
    [
      lang === 'zh' ? '往年同期' : 'same days, earlier years',
      { fill: palette.card, stroke: palette.past[1] },
    ],
    [lang === 'zh' ? '往年全年' : 'whole year', { fill: bars ? palette.past[2] : palette.past[1] }],
  ];
  return [
    drawnSeries<Drawn>(
      'key',
      [{}],
      (_, { plot }) => {
        let x = plot.x;
        const y = plot.y + plot.height + 46;
        return entries.flatMap(([text, style]) => {
          const at = x;
          x += widthOf(text) + 34;
          return [
            bars ? box({ x: at, y: y - 5, width: 10, height: 10 }, style) : dot(at + 5, y, 4, style),
            words(at + 16, y, text, { fill: palette.soft }),
          ];
        });
      },
      { silent: true },
    ),
  ];
}

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const r = read(input);
  const palette = palettes[look.theme];
  const values = r.years.flatMap((y) => [y.whole?.value, y.same?.value]).filter((v) => v != null);
  if (values.length === 0) return emptyOption(look, palette);
  const extent = extentOf(r.kpi, r.kpi.norm === undefined ? values : [...values, r.kpi.norm]);
  const narrow = isNarrow(look);
  return {
    ...baseOption(look, palette),
    grid: { left: narrow ? 38 : 44, right: 12, top: 22, bottom: r.cut ? 62 : 30 },
    xAxis: categoryAxis(
      r.years.map((y) => String(y.year)),
      palette,
    ),
    yAxis: valueAxis(r.kpi, extent, palette),
    series: [
      ...normSeries(r, look, palette),
      ...(r.kpi.type === 'count' ? barSeries(r, look, palette) : dotSeries(r, look, palette)),
      ...keySeries(r, look, palette),
    ],
  };
}

function says(input: ViewInput, lang: Lang): string {
  const r = read(input);
  const now = r.years.at(-1);
  const cell = now === undefined ? null : compared(r, now);
  if (now === undefined || cell === null || cell.value === null)
    return lang === 'zh'
      ? `${thisYear(r.state)}年台账未报，或没有数值。`
      : `${thisYear(r.state)}: not reported, or no value.`;
  const before = r.years.find((y) => y.year === now.year - 1);
  const then = before === undefined ? null : compared(r, before);
  const so = change(r.kpi, cell, then);
  const days = isUnfinished(r.state) ? ` ${formatToDate(r.state.asOf, lang)}` : '';
  const value = isSmall(r.kpi, cell)
    ? figure(r.kpi, cell)
    : `${isAtLeast(r.kpi, cell) ? '≥ ' : ''}${formatWithUnit(r.kpi, cell.value, lang)}`;
  const against = formatChange(r.kpi, so, lang);
  const than = r.cut
    ? lang === 'zh'
      ? '比去年同期'
      : 'against the same days last year'
    : lang === 'zh'
      ? '比去年'
      : 'against last year';
  const uncomparable = so.verdict === 'not_comparable' && then !== null;
  const compare =
    against === '' || uncomparable ? '' : lang === 'zh' ? `，${than} ${against}` : `, ${against} ${than}`;
  const partial = r.years.filter((y) => compared(r, y)?.status === 'partial').map((y) => y.year);
  const gaps = r.years.filter((y) => compared(r, y)?.status === 'none').map((y) => y.year);
  return sentence(
    [
      lang === 'zh' ? `${now.year}年${days} ${value}${compare}` : `${now.year}${days}: ${value}${compare}`,
      gaps.length === 0
        ? null
        : lang === 'zh'
          ? `${formatYears(gaps, lang)} 未报`
          : `not reported: ${formatYears(gaps, lang)}`,
      partial.length === 0
        ? null
        : lang === 'zh'
          ? `${formatYears(partial, lang)} 台账不全`
          : `partly reported: ${formatYears(partial, lang)}`,
    ],
    lang,
  );
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
  height: ({ state }, look) => (isNarrow(look) ? 240 : 280) + (bySameDays(state) ? 24 : 0),
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
