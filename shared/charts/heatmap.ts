import type { EChartsCoreOption } from 'echarts/core';
import {
  formatCell,
  formatFraction,
  formatPeriodInYear,
  formatValue,
  isAtLeast,
  isSmall,
} from '../format.ts';
import { isPercent, type Kpi } from '../kpi.ts';
import type { Cell } from '../query.ts';
import { shortName, type Unit } from '../unit.ts';
import { rowAxis } from './axes.ts';
import { grainIn, isTally, read, says, type Reading } from './heatmap-reading.ts';
import { boxEntry, hatchEntry, keyOverflow, keySeries, type KeyEntry } from './key.ts';
import {
  ask,
  baseOption,
  emptyOption,
  figureName,
  isKnown,
  kpiOf,
  markOf,
  standOf,
  tableCell,
  thisYear,
  tipLine,
  type Known,
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
  type Stage,
} from './shapes.ts';
import { isNarrow, mix, palettes, type Palette } from './theme.ts';
import type { Look, View, ViewInput } from './view.ts';

/** Units down, months across; each figure written in its cell. */

type Ink = {
  readonly fill: string;
  readonly text: string;
  readonly bold?: boolean;
  readonly stroke?: string;
};

function inkOf(r: Reading, cell: Known, palette: Palette): Ink {
  const { value } = cell;
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

function textIn(kpi: Kpi, cell: Known, width: number): string {
  const fraction = formatFraction(cell.numerator, cell.denominator);
  const value =
    cell.value === 0 && !isPercent(kpi)
      ? '0'
      : isPercent(kpi)
        ? `${Math.round(cell.value * 100)}%`
        : formatValue(kpi, cell.value);
  const text =
    isTally(kpi) || (isSmall(kpi, cell) && kpi.type !== 'median')
      ? fraction
      : `${isAtLeast(kpi, cell) ? '≥' : ''}${value}`;
  const plain = width < 27 ? value.replace('%', '') : value;
  for (const one of [
    width < 27 && text === value ? plain : text,
    value,
    plain,
    formatValue({ ...kpi, digits: 0 }, cell.value),
  ])
    if (widthOf(one, width < 30 ? 10 : 12) <= width - 2) return one;
  return '';
}

function drawCell(r: Reading, cell: Cell, frame: Frame, palette: Palette): Shape[] {
  const later = standOf(cell.period, r.state.asOf) === 'later';
  if (cell.status === 'none' && !later) return [hatch(frame, palette.past[1], 5)];
  if (!isKnown(cell))
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

function keyEntries(kpi: Kpi, { lang, theme }: Look): KeyEntry[] {
  const own = names[lang];
  const palette = palettes[theme];
  const shade = (share: number): string => mix(palette.card, palette.past[1], 0.12 + 0.5 * share);
  const [met, missed] =
    kpi.from === 'slots' ? [own.met, own.missed] : lang === 'zh' ? ['已报', '缺报'] : ['reported', 'missing'];
  const washes: [string, string][] = isTally(kpi)
    ? [
        [palette.goodWash, met],
        [palette.warnWash, missed],
      ]
    : [
        [shade(0.1), own.few],
        [shade(1), own.many],
      ];
  return [
    ...washes.map(([fill, text]) => boxEntry(text, { fill })),
    hatchEntry(own.none, palette.past[1]),
    boxEntry(own.later, { fill: 'none', stroke: palette.line }),
  ];
}

const ROW = 23;

type Margins = { readonly left: number; readonly right: number };

function marginsOf(r: Reading, look: Look): Margins {
  const narrow = isNarrow(look);
  const widest = Math.max(...r.rows.map((row) => widthOf(shortName(row.unit.name))));
  return { left: Math.min(widest + 12, narrow ? 64 : 150), right: narrow ? 44 : 76 };
}

/** A period's name in the room of its column. */
function columnName(r: Reading, period: string, look: Look): string {
  const name = formatPeriodInYear(period, look.lang);
  if (!isNarrow(look) || grainIn(r.state) !== 'month') return name;
  return look.lang === 'zh' ? name.replace('月', '') : name.charAt(0);
}

/** Periods across, units down, and over the last column what it holds. */
function nameShapes(r: Reading, { plot, at }: Stage, look: Look, { left, right }: Margins): Shape[] {
  const palette = palettes[look.theme];
  return [
    ...r.periods.map((p, i) =>
      words(at(i + 0.5, 0)[0], 12, columnName(r, p, look), { fill: palette.soft, align: 'center' }),
    ),
    words(plot.x + plot.width + right - 2, 12, names[look.lang].total, {
      fill: palette.soft,
      align: 'right',
    }),
    ...r.rows.map((row, i) =>
      words(0, at(0, i + 0.5)[1], cutTo(shortName(row.unit.name), left - 8), { fill: palette.ink }),
    ),
  ];
}

function drawTotal(
  r: Reading,
  y: number,
  total: Cell,
  { plot, at }: Stage,
  of: { look: Look; right: number },
): Shape[] {
  const { look, right } = of;
  const narrow = isNarrow(look);
  const text = narrow && total.value === null ? '—' : formatCell(r.kpi, total, look.lang, r.state.asOf);
  return [
    words(plot.x + plot.width + right - 2, at(0, y + 0.5)[1], text, {
      fill: palettes[look.theme].ink,
      bold: total.value !== null,
      align: 'right',
      size: narrow ? 11 : 12,
    }),
  ];
}

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const r = read(input);
  const palette = palettes[look.theme];
  if (r.rows.length === 0) return emptyOption(look, palette);
  const margins = marginsOf(r, look);
  const entries = keyEntries(r.kpi, look);
  const gap = isNarrow(look) ? 2 : 3;
  const drawn = (unit: Unit, cell: Cell) => ({
    cell,
    mark: markOf(r.state, cell),
    tip: `${unit.name}\n${tipLine(r.kpi, cell, look.lang, r.state.asOf)}`,
  });
  const cells = r.rows.flatMap(({ unit, cells: own }, y) =>
    own.flatMap((cell, x) => (cell === null ? [] : [{ x, y, ...drawn(unit, cell) }])),
  );
  const totals = r.rows.flatMap(({ unit, total }, y) =>
    total === null ? [] : [{ y, ...drawn(unit, total) }],
  );
  return {
    ...baseOption(look, palette),
    grid: { ...margins, top: 24, bottom: 40 + keyOverflow(entries, look.width) },
    xAxis: { type: 'value', min: 0, max: r.periods.length, show: false },
    yAxis: rowAxis(r.rows.length),
    series: [
      drawnSeries<Drawn>('names', [{}], (_, stage) => nameShapes(r, stage, look, margins), { silent: true }),
      drawnSeries('cells', cells, ({ x, y, cell }, { at }) => {
        const [x1, y1] = at(x, y);
        const [x2, y2] = at(x + 1, y + 1);
        return drawCell(r, cell, { x: x1, y: y1, width: x2 - x1 - gap, height: y2 - y1 - gap }, palette);
      }),
      drawnSeries('totals', totals, ({ y, cell }, stage) =>
        drawTotal(r, y, cell, stage, { look, right: margins.right }),
      ),
      keySeries(entries, { below: 20, width: look.width }, palette),
    ],
  };
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
  height: (input, look) =>
    Math.max(1, read(input).rows.length) * ROW +
    64 +
    keyOverflow(keyEntries(kpiOf(input.state), look), look.width),
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
