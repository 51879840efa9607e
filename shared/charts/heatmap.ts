import type { EChartsCoreOption } from 'echarts/core';
import type { Break } from '../breaks.ts';
import { formatCell, formatPeriodInYear } from '../format.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { shortName } from '../unit.ts';
import { rowAxis } from './axes.ts';
import { diamond, labelsOf, sayBreaks, spotsOf, type Labels } from './break-marks.ts';
import { drawCell } from './heatmap-cells.ts';
import { columnOf, grainIn, read, says, type Reading, type Row } from './heatmap-reading.ts';
import { heatmapNames, keyEntries } from './heatmap-key.ts';
import { keyOverflow, keySeries } from './key.ts';
import { normText } from './norms.ts';
import { periodSeries } from './period-names.ts';
import {
  ask,
  baseOption,
  emptyOption,
  figureName,
  headYear,
  isUnfinished,
  markOf,
  ofWholeYears,
  startOf,
  tableCell,
  thisYear,
  tipLine,
} from './parts.ts';
import { cutName, drawnSeries, line, widthOf, words, type Drawn, type Shape, type Stage } from './shapes.ts';
import { isNarrow, palettes, type Palette } from './theme.ts';
import type { Look, View, ViewInput } from './view.ts';

/** Units down, months across; each figure written in its cell. */

const ROW = 23;

type Margins = { readonly left: number; readonly right: number };

function marginsOf(r: Reading, look: Look): Margins {
  const narrow = isNarrow(look);
  const widest = Math.max(0, ...r.rows.map((row) => widthOf(shortName(row.unit.name))));
  return { left: Math.min(widest + 12, narrow ? 64 : 150), right: narrow ? 44 : 76 };
}

/** A period's name in the room of its column. */
function columnName(r: Reading, period: string, look: Look): string {
  const name = formatPeriodInYear(period, look.lang);
  if (!isNarrow(look) || grainIn(r.state) !== 'month') return name;
  return look.lang === 'zh' ? name.replace('月', '') : name.charAt(0);
}

const HEAD = 24;

/** The words over the columns where a rule of all rows changed. */
const labelsFor = (r: Reading, look: Look): Labels =>
  labelsOf(
    spotsOf(r.rules, (b) => columnOf(r, b.on), startOf(r.state)),
    {
      look,
      ...marginsOf(r, look),
      columns: r.periods.length,
    },
  );

/** A line across all rows where a rule changed. */
function ruleSeries({ labels }: Labels, lang: Lang, palette: Palette): object {
  return drawnSeries(
    'rules',
    labels.map((label) => ({ ...label, tip: sayBreaks(label.breaks, lang) })),
    ({ index, share, text, start, lane }, { plot, at }) => {
      const x = at(index + share, 0)[0] - 1.5;
      const y = plot.y - HEAD - 8 - lane * 16;
      return [
        line([x, plot.y - 4], [x, plot.y + plot.height], { stroke: palette.past[0], dash: [1, 2] }),
        ...(text === '' ? [] : [words(start, y, text, { fill: palette.soft, size: 11 })]),
      ];
    },
    { z: 4 },
  );
}

/** A diamond in a row where its unit changed. */
function turnSeries(r: Reading, lang: Lang, palette: Palette): object {
  const turns = r.rows.flatMap((row, y) =>
    spotsOf(row.breaks, (b) => columnOf(r, b.on), startOf(r.state)).map((spot) => ({
      ...spot,
      y,
      tip: `${row.unit.name}\n${sayBreaks(spot.breaks, lang)}`,
    })),
  );
  return drawnSeries(
    'turns',
    turns,
    ({ index, share, y }, { at }) => {
      const [x, middle] = at(index + share, y + 0.5);
      return [diamond(x - 1.5, middle - 1.5, 4.5, palette)];
    },
    { z: 4 },
  );
}

/** Periods across, units down, and over the last column what it holds. */
function nameShapes(r: Reading, { plot, at }: Stage, look: Look, { left, right }: Margins): Shape[] {
  const palette = palettes[look.theme];
  return [
    ...r.periods.map((p, i) =>
      words(at(i + 0.5, 0)[0], plot.y - 12, columnName(r, p, look), {
        fill: r.picked?.[i] === true ? palette.ink : palette.soft,
        bold: r.picked?.[i] === true,
        align: 'center',
      }),
    ),
    words(plot.x + plot.width + right - 2, plot.y - 12, heatmapNames[look.lang].total, {
      fill: palette.soft,
      align: 'right',
    }),
    ...r.rows.map((row, i) =>
      words(0, at(0, i + 0.5)[1], cutName(shortName(row.unit.name), left - 8), { fill: palette.ink }),
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
  const text = narrow && total.value === null ? '—' : formatCell(r.kpi, total, look.lang, r.state);
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
  const { lang } = look;
  const entries = keyEntries(r, look);
  const labels = labelsFor(r, look);
  const gap = isNarrow(look) ? 2 : 3;
  const drawn = (row: Row, cell: Cell, i = -1) => ({
    cell,
    norm: row.norms[i] ?? null,
    mark: markOf(r.state, cell),
    tip: tipOf(r, row, { cell, i, lang }),
  });
  const cells = r.rows.flatMap((row, y) =>
    row.cells.flatMap((cell, x) =>
      cell === null ? [] : [{ x, y, spot: [x, y] as const, ...drawn(row, cell, x) }],
    ),
  );
  const last = r.periods.length;
  const totals = r.rows.flatMap((row, y) =>
    row.total === null ? [] : [{ y, spot: [last, y] as const, ...drawn(row, row.total) }],
  );
  return {
    ...baseOption(look, palette),
    grid: { ...margins, top: HEAD + labels.room, bottom: 40 + keyOverflow(entries, look.width) },
    xAxis: { type: 'value', min: 0, max: r.periods.length, show: false },
    yAxis: rowAxis(r.rows.length),
    series: [
      drawnSeries<Drawn>('names', [{}], (_, stage) => nameShapes(r, stage, look, margins), { silent: true }),
      drawnSeries('cells', cells, ({ x, y, ...of }, { at }) => {
        const [x1, y1] = at(x, y);
        const [x2, y2] = at(x + 1, y + 1);
        return drawCell(
          r,
          { ...of, recedes: r.picked?.[x] === false },
          { x: x1, y: y1, width: x2 - x1 - gap, height: y2 - y1 - gap },
          palette,
        );
      }),
      drawnSeries('totals', totals, ({ y, cell }, stage) =>
        drawTotal(r, y, cell, stage, { look, right: margins.right }),
      ),
      turnSeries(r, lang, palette),
      ...periodSeries(input.state, r.periods, look, ({ plot, at }, i) => ({
        x: at(i, 0)[0],
        y: plot.y - HEAD,
        width: at(i + 1, 0)[0] - at(i, 0)[0],
        height: HEAD - 2,
      })),
      ...(labels.labels.length === 0 ? [] : [ruleSeries(labels, lang, palette)]),
      keySeries(entries, { below: 20, width: look.width }, palette),
    ],
  };
}

/** A cell's figure, what it is held against, and what happened in its period. */
function tipOf(r: Reading, row: Row, { cell, i, lang }: { cell: Cell; i: number; lang: Lang }): string {
  const norm = row.norms[i] ?? null;
  return [
    row.unit.name,
    tipLine(r.kpi, cell, { lang, state: r.state }),
    ...(norm === null ? [] : [normText(r.kpi, norm, lang)]),
    ...row.breaks.filter((b) => columnOf(r, b.on)?.index === i).map((b) => b.text[lang]),
  ].join('\n');
}

export const heatmap: View = {
  questions(state) {
    const years = [thisYear(state)];
    return [
      ask(state, { by: 'unit', years, grain: grainIn(state) }),
      ask(state, { by: 'unit', years, grain: 'year' }),
    ];
  },
  title({ state: given }, lang) {
    const state = ofWholeYears(given);
    const month = grainIn(state) === 'month';
    const year = headYear(state, thisYear(state), lang, isUnfinished(state));
    return lang === 'zh'
      ? `${figureName(state, lang)}，支部 × ${month ? '月' : '季度'}，${year}`
      : `${figureName(state, lang)}, units × ${month ? 'months' : 'quarters'}, ${year}`;
  },
  says,
  height(input, look) {
    const r = read(input);
    return (
      Math.max(1, r.rows.length) * ROW +
      64 +
      (r.rows.length === 0 ? 0 : labelsFor(r, look).room) +
      keyOverflow(keyEntries(r, look), look.width)
    );
  },
  option,
  table(input, lang) {
    const r = read(input);
    const isTold = r.rules.length > 0 || r.rows.some((row) => row.breaks.length > 0);
    const told = (row: Row): Break[] => [...row.breaks, ...r.rules].sort((a, b) => (a.on < b.on ? -1 : 1));
    return {
      columns: [
        lang === 'zh' ? '支部' : 'Unit',
        ...r.periods.map((p) => formatPeriodInYear(p, lang)),
        heatmapNames[lang].total,
        ...(isTold ? [heatmapNames[lang].note] : []),
      ],
      rows: r.rows.map((row) => ({
        label: row.unit.name,
        cells: [
          ...[...row.cells, row.total].map((cell) => tableCell(r.state, cell, lang)),
          ...(isTold ? [{ text: sayBreaks(told(row), lang) }] : []),
        ],
      })),
    };
  },
};
