import type { EChartsCoreOption } from 'echarts/core';
import {
  formatCell,
  formatFraction,
  formatPeriodInYear,
  formatPeriodList,
  formatValue,
  isAtLeast,
  isSmall,
} from '../format.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import { periodsOf, rangeOf, type Grain } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { existsIn, shortName, type Unit } from '../unit.ts';
import { rowAxis } from './axes.ts';
import {
  ask,
  baseOption,
  emptyOption,
  figureName,
  finder,
  kpiOf,
  markOf,
  sentence,
  standOf,
  tableCell,
  thisYear,
  tipLine,
} from './parts.ts';
import {
  box,
  cutTo,
  drawnSeries,
  hatch,
  widthOf,
  words,
  type Drawn,
  type Frame,
  type Shape,
} from './shapes.ts';
import { isNarrow, mix, palettes, type Palette } from './theme.ts';
import type { Look, View, ViewInput, ViewState } from './view.ts';

/** Units down, months across; each figure written in its cell. */

const grainIn = (state: ViewState): Grain => (state.grain === 'quarter' ? 'quarter' : 'month');

type Row = { readonly unit: Unit; readonly cells: readonly (Cell | null)[]; readonly total: Cell | null };
type Reading = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  readonly periods: readonly string[];
  readonly rows: readonly Row[];
  readonly top: number;
};

function read({ state, answers, tree }: ViewInput): Reading {
  const find = finder(answers[0]);
  const total = finder(answers[1]);
  const year = thisYear(state);
  const periods = periodsOf(year, grainIn(state));
  const rows = tree
    .parts(state.unit)
    .filter((unit) => existsIn(unit, rangeOf(String(year))))
    .map((unit) => ({
      unit,
      cells: periods.map((period) => find({ unit: unit.code, period })),
      total: total({ unit: unit.code, period: String(year) }),
    }))
    .filter((row) => row.cells.some((c) => c !== null));
  const values = rows.flatMap((row) => row.cells.flatMap((c) => (c?.value == null ? [] : [c.value])));
  return { state, kpi: kpiOf(state), periods, rows, top: Math.max(0, ...values) };
}

/** Slots and months of ledgers are few by nature: one missed of three is a fact, not a sample. */
const isTally = (kpi: Kpi): boolean => kpi.from === 'slots' || kpi.from === 'coverage';

type Ink = {
  readonly fill: string;
  readonly text: string;
  readonly bold?: boolean;
  readonly stroke?: string;
};

function inkOf(r: Reading, cell: Cell, palette: Palette): Ink {
  const value = cell.value!;
  if (isTally(r.kpi)) {
    const met = value >= (r.kpi.norm ?? 1);
    return met
      ? { fill: palette.goodWash, text: palette.good }
      : { fill: palette.warnWash, text: palette.warn, bold: true };
  }
  if (isSmall(r.kpi, cell)) return { fill: palette.card, text: palette.soft, stroke: palette.grid };
  // Shades of grey by size; a rate from a half up, where rates differ.
  const share =
    r.top === 0
      ? 0
      : isPercent(r.kpi) && r.kpi.better === 'up'
        ? Math.max(0, value - 0.5) * 2
        : value / r.top;
  return {
    fill: value === 0 ? palette.card : mix(palette.card, palette.past[1], 0.12 + 0.5 * Math.min(1, share)),
    text: palette.ink,
    stroke: value === 0 ? palette.grid : undefined,
  };
}

function textIn(kpi: Kpi, cell: Cell, width: number): string {
  const fraction = formatFraction(cell.numerator, cell.denominator);
  const value =
    cell.value === 0 && !isPercent(kpi)
      ? '0'
      : isPercent(kpi)
        ? `${Math.round(cell.value! * 100)}%`
        : formatValue(kpi, cell.value!);
  const text =
    isTally(kpi) || (isSmall(kpi, cell) && kpi.type !== 'median')
      ? fraction
      : `${isAtLeast(kpi, cell) ? '≥' : ''}${value}`;
  const plain = width < 27 ? value.replace('%', '') : value;
  for (const one of [
    width < 27 && text === value ? plain : text,
    value,
    plain,
    formatValue({ ...kpi, digits: 0 }, cell.value!),
  ])
    if (widthOf(one, width < 30 ? 10 : 12) <= width - 2) return one;
  return '';
}

function drawCell(r: Reading, cell: Cell | null, frame: Frame, palette: Palette): Shape[] {
  if (cell === null) return [];
  const later = standOf(cell.period, r.state.asOf) === 'later';
  if (cell.status === 'none' && !later) return [hatch(frame, palette.past[1], 5)];
  if (cell.value === null)
    return [
      box(
        { ...frame, x: frame.x + 0.5, y: frame.y + 0.5, width: frame.width - 1, height: frame.height - 1 },
        { stroke: palette.line },
        3,
      ),
    ];
  const ink = inkOf(r, cell, palette);
  const text = textIn(r.kpi, cell, frame.width);
  return [
    box(frame, { fill: ink.fill, stroke: ink.stroke }, 3),
    words(frame.x + frame.width / 2, frame.y + frame.height / 2 + 0.5, text, {
      fill: ink.text,
      bold: ink.bold,
      align: 'center',
      size: frame.width < 30 ? 10 : 12,
    }),
  ];
}

const names = {
  zh: {
    met: '办齐',
    missed: '有缺',
    none: '台账未报',
    later: '未到期',
    few: '少',
    many: '多',
    total: '至今',
  },
  en: {
    met: 'all met',
    missed: 'missed',
    none: 'not reported',
    later: 'not due',
    few: 'less',
    many: 'more',
    total: 'to date',
  },
} as const;

function keyOf(r: Reading, look: Look, palette: Palette): object {
  const own = names[look.lang];
  const tally = r.kpi.from === 'slots';
  const shade = (share: number): string => mix(palette.card, palette.past[1], 0.12 + 0.5 * share);
  const washes: [string, string][] = isTally(r.kpi)
    ? [
        [palette.goodWash, tally ? own.met : look.lang === 'zh' ? '已报' : 'reported'],
        [palette.warnWash, tally ? own.missed : look.lang === 'zh' ? '缺报' : 'missing'],
      ]
    : [
        [shade(0.1), own.few],
        [shade(1), own.many],
      ];
  return drawnSeries<Drawn>(
    'key',
    [{}],
    (_, { plot }) => {
      let x = 0;
      const y = plot.y + plot.height + 20;
      const entry = (text: string, draw: (frame: Frame) => Shape): Shape[] => {
        const frame = { x: x + 1, y: y - 6, width: 14, height: 12 };
        const shapes = [draw(frame), words(x + 21, y, text, { fill: palette.soft })];
        x += widthOf(text) + 40;
        return shapes;
      };
      return [
        ...washes.flatMap(([fill, text]) => entry(text, (f) => box(f, { fill }, 2))),
        ...entry(own.none, (f) => hatch(f, palette.past[1], 4)),
        ...entry(own.later, (f) => box(f, { stroke: palette.line }, 2)),
      ];
    },
    { silent: true },
  );
}

const ROW = 23;

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const r = read(input);
  const { lang } = look;
  const palette = palettes[look.theme];
  if (r.rows.length === 0) return emptyOption(look, palette);
  const narrow = isNarrow(look);
  const widest = Math.max(...r.rows.map((row) => widthOf(shortName(row.unit.name))));
  const left = Math.min(widest + 12, narrow ? 64 : 150);
  const right = narrow ? 44 : 76;
  const cells = r.rows.flatMap((row, y) =>
    row.cells.map((cell, x) => ({
      x,
      y,
      cell,
      mark: markOf(r.state, cell),
      tip: cell === null ? undefined : `${row.unit.name}\n${tipLine(r.kpi, cell, lang, r.state.asOf)}`,
    })),
  );
  const totals = r.rows.map((row, y) => ({
    y,
    row,
    mark: markOf(r.state, row.total),
    tip:
      row.total === null ? undefined : `${row.unit.name}\n${tipLine(r.kpi, row.total, lang, r.state.asOf)}`,
  }));
  const gap = narrow ? 2 : 3;
  return {
    ...baseOption(look, palette),
    grid: { left, right, top: 24, bottom: 40 },
    xAxis: { type: 'value', min: 0, max: r.periods.length, show: false },
    yAxis: rowAxis(r.rows.length),
    series: [
      drawnSeries<Drawn>(
        'names',
        [{}],
        (_, { plot, at }) => [
          ...r.periods.map((p, i) => {
            const name = formatPeriodInYear(p, lang);
            const short =
              narrow && grainIn(r.state) === 'month'
                ? lang === 'zh'
                  ? name.replace('月', '')
                  : name.charAt(0)
                : name;
            return words(at(i + 0.5, 0)[0], 12, short, { fill: palette.soft, align: 'center' });
          }),
          words(plot.x + plot.width + right - 2, 12, names[lang].total, {
            fill: palette.soft,
            align: 'right',
          }),
          ...r.rows.map((row, i) =>
            words(0, at(0, i + 0.5)[1], cutTo(shortName(row.unit.name), left - 8), { fill: palette.ink }),
          ),
        ],
        { silent: true },
      ),
      drawnSeries('cells', cells, ({ x, y, cell }, { at }) => {
        const [x1, y1] = at(x, y);
        const [x2, y2] = at(x + 1, y + 1);
        return drawCell(r, cell, { x: x1, y: y1, width: x2 - x1 - gap, height: y2 - y1 - gap }, palette);
      }),
      drawnSeries('totals', totals, ({ y, row }, { plot, at }) => {
        if (row.total === null) return [];
        const text =
          narrow && row.total.value === null ? '—' : formatCell(r.kpi, row.total, lang, r.state.asOf);
        return [
          words(plot.x + plot.width + right - 2, at(0, y + 0.5)[1], text, {
            fill: palette.ink,
            bold: row.total.value !== null,
            align: 'right',
            size: narrow ? 11 : 12,
          }),
        ];
      }),
      keyOf(r, look, palette),
    ],
  };
}

function says(input: ViewInput, lang: Lang): string {
  const r = read(input);
  const due = (cell: Cell | null): cell is Cell =>
    cell !== null && standOf(cell.period, r.state.asOf) !== 'later';
  const gaps = r.rows.flatMap((row) => {
    const periods = row.cells.filter((c) => due(c) && c.status === 'none').map((c) => c!.period);
    return periods.length === 0 ? [] : [{ name: shortName(row.unit.name), periods }];
  });
  const cells = r.rows.flatMap((row) => row.cells.filter(due).filter((c) => c.value !== null));
  if (cells.length === 0) return lang === 'zh' ? '台账未报，或没有数值。' : 'Not reported, or no value.';
  const short = r.rows.filter((row) => row.cells.some((c) => c?.value != null && c.value < 1)).length;
  const tally = !isTally(r.kpi)
    ? lang === 'zh'
      ? '格色深浅只表示数的大小'
      : 'the shade shows the size of the figure only'
    : lang === 'zh'
      ? `格内为“${r.kpi.numerator.label.zh}/${'denominator' in r.kpi ? r.kpi.denominator.label.zh : ''}”；${r.rows.length} 个支部中 ${r.rows.length - short} 个至今没有缺项`
      : `cells are “${r.kpi.numerator.label.en}/${'denominator' in r.kpi ? r.kpi.denominator.label.en : ''}”; ${r.rows.length - short} of ${r.rows.length} units miss nothing so far`;
  const first = gaps[0];
  const missing =
    first === undefined
      ? null
      : gaps.length > 2
        ? lang === 'zh'
          ? `${gaps.length} 个支部有月份未报`
          : `${gaps.length} units have periods not reported`
        : gaps
            .map(
              (g) =>
                `${g.name}${lang === 'zh' ? '' : ': '}${formatPeriodList(g.periods, lang)}${lang === 'zh' ? '未报' : ' not reported'}`,
            )
            .join(lang === 'zh' ? '，' : ', ');
  return sentence([tally, missing], lang);
}

export const heatmap: View = {
  questions(state) {
    const years = [thisYear(state)];
    return [
      ask(state, { by: 'unit', years, grain: grainIn(state) }),
      ask(state, { by: 'unit', years, grain: 'year' }),
    ];
  },
  title({ state }, lang) {
    const month = grainIn(state) === 'month';
    const year = thisYear(state);
    return lang === 'zh'
      ? `${figureName(state, lang)}，支部 × ${month ? '月' : '季度'}，${year}`
      : `${figureName(state, lang)}, units × ${month ? 'months' : 'quarters'}, ${year}`;
  },
  says,
  height: (input) => Math.max(1, read(input).rows.length) * ROW + 64,
  option,
  table(input, lang) {
    const r = read(input);
    return {
      columns: [
        lang === 'zh' ? '支部' : 'Unit',
        ...r.periods.map((p) => formatPeriodInYear(p, lang)),
        names[lang].total,
      ],
      rows: r.rows.map((row) => ({
        label: row.unit.name,
        cells: [...row.cells, row.total].map((cell) => tableCell(r.state, cell, lang)),
      })),
    };
  },
};
