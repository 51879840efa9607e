import type { EChartsCoreOption } from 'echarts/core';
import { formatVerdict } from '../format.ts';
import { keyOverflow, keySeries } from './key.ts';
import {
  ask,
  baseOption,
  bySameDays,
  byWholeYears,
  changeCell,
  emptyOption,
  figureName,
  grainLookedAt,
  headYear,
  isUnfinished,
  tableCell,
  thisYear,
  titled,
} from './parts.ts';
import { apartHeight, apartSeries, moreSeries, type Ink } from './slope-apart.ts';
import {
  groundSeries,
  keyEntries,
  lineSeries,
  slopeExtent,
  slopeLayout,
  thenSeries,
} from './slope-drawing.ts';
import { says, slopesOf, slopeYears, type Slope, type SlopeApart, type Slopes } from './slope-reading.ts';
import { wayNames } from './slope-ways.ts';
import { palettes } from './theme.ts';
import type { Look, Table, View, ViewInput } from './view.ts';

/** Units between two years, the same days in both. */

const inkFor = ({ state }: ViewInput, look: Look): Ink => ({ state, look, palette: palettes[look.theme] });

function footOf(s: Slopes, ink: Ink): number {
  const entries = keyEntries(s, ink);
  return entries.length === 0 ? 8 : 44 + keyOverflow(entries, ink.look.width);
}

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const ink = inkFor(input, look);
  const s = slopesOf(input);
  if (s.drawn.length + s.apart.length === 0) return emptyOption(look, ink.palette);
  const layout = slopeLayout(s, look, footOf(s, ink));
  const { min, max } = s.drawn.length === 0 ? { min: 0, max: 1 } : slopeExtent(s);
  return {
    ...baseOption(look, ink.palette),
    grid: { left: layout.left, right: layout.right, top: layout.top, bottom: layout.bottom },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: { type: 'value', min, max, show: false },
    series: [
      groundSeries(s, ink),
      lineSeries(s, true, ink, layout),
      lineSeries(s, false, ink, layout),
      thenSeries(s, ink, layout),
      ...(s.apart.length === 0 ? [] : [apartSeries(s, ink)]),
      ...moreSeries(s, ink),
      keySeries(keyEntries(s, ink), { below: apartHeight(s, look) + 28, width: look.width }, ink.palette),
    ],
  };
}

const tableWords = {
  zh: { unit: '支部', change: '变化', way: '升降', note: '说明' },
  en: { unit: 'Unit', change: 'Change', way: 'Direction', note: 'Note' },
} as const;

export const slope: View = {
  questions(state) {
    return [
      ask(state, {
        by: 'unit',
        years: slopeYears(state),
        grain: grainLookedAt(state),
        toDate: bySameDays(state),
      }),
    ];
  },
  title({ state }, lang) {
    const [then, now] = slopeYears(state);
    const cut = bySameDays(state);
    const from = headYear(state, then, lang, cut);
    const to = headYear(state, now, lang, isUnfinished(state));
    const name = figureName(state, lang);
    const title =
      lang === 'zh'
        ? `${name}，各支部从 ${from}${from.endsWith('）') ? '' : ' '}到 ${to}`
        : `${name}, each unit from ${from} to ${to}`;
    return titled(title, state, lang);
  },
  says,
  height(input, look) {
    const ink = inkFor(input, look);
    const s = slopesOf(input);
    if (s.drawn.length + s.apart.length === 0) return 120;
    const { top, plot, bottom } = slopeLayout(s, look, footOf(s, ink));
    return top + plot + bottom;
  },
  option,
  table(input, lang): Table {
    const { state } = input;
    const s = slopesOf(input);
    const own = tableWords[lang];
    const same = bySameDays(state);
    const row = (unit: Slope | SlopeApart): Table['rows'][number] => ({
      label: unit.unit.name,
      cells: [
        tableCell(state, unit.then, lang, same),
        tableCell(state, unit.now, lang, same),
        ...('why' in unit
          ? [{ text: '' }, { text: '' }, { text: unit.why[lang] }]
          : [
              changeCell(s.kpi, unit.change, lang),
              { text: unit.way === null ? '' : wayNames[unit.way][lang] },
              { text: formatVerdict(unit.change, lang) },
            ]),
      ],
    });
    const whole = byWholeYears(state);
    return {
      columns: [
        own.unit,
        headYear(state, s.years[0], lang, same && !whole),
        headYear(state, thisYear(state), lang, isUnfinished(state)),
        own.change,
        own.way,
        own.note,
      ],
      rows: [...s.all, ...s.apart].map(row),
    };
  },
};
