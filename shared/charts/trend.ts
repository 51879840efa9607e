import type { EChartsCoreOption } from 'echarts/core';
import { formatToDate, formatYears, yearName } from '../format.ts';
import { yearOfDay } from '../period.ts';
import type { Lang } from '../text.ts';
import { categoryAxis, extentOf, valueAxis } from './axes.ts';
import { breakSeries, labelsOf, sayBreaks, spotsOf, type Labels } from './break-marks.ts';
import { boxEntry, dotEntry, keyOverflow, keySeries, type KeyEntry } from './key.ts';
import {
  ask,
  baseOption,
  bySameDays,
  byWholeYears,
  EMPTY_HEIGHT,
  emptyOption,
  figureName,
  headYear,
  isUnfinished,
  kpiOf,
  sayYear,
  standOf,
  startOf,
  tableCell,
  thisYear,
  titled,
  type TableCell,
} from './parts.ts';
import { notedIn, noteRoom, noteSeries, sayNote } from './notes.ts';
import { isNarrow, palettes } from './theme.ts';
import { barSeries, dotSeries, normSeries } from './trend-drawing.ts';
import {
  breaksOfYear,
  notePlaces,
  notesOfYear,
  read,
  says,
  type Reading,
  type Year,
} from './trend-reading.ts';
import type { Look, View, ViewInput, ViewState } from './view.ts';

/** Years side by side. An unfinished year stands against the same days of the others. */

/** Only where figures of different days stand side by side is there anything to tell apart. */
function keyEntries(state: ViewState, { lang, theme }: Look): KeyEntry[] {
  if (!isUnfinished(state)) return [];
  const palette = palettes[theme];
  const bars = kpiOf(state).type === 'count';
  const entry = (text: string, style: { fill: string; stroke?: string }): KeyEntry =>
    bars ? boxEntry(text, style) : dotEntry(text, 4, style);
  const now = entry(sayYear(state, thisYear(state), lang), { fill: palette.red });
  const outline = { fill: palette.card, stroke: palette.past[1] };
  const whole = lang === 'zh' ? '往年全年' : 'whole year';
  if (byWholeYears(state)) return [now, entry(whole, bars ? { fill: palette.past[1] } : outline)];
  return [
    now,
    entry(lang === 'zh' ? '往年同期' : 'same days, earlier years', outline),
    entry(whole, { fill: bars ? palette.past[2] : palette.past[1] }),
  ];
}

/** On a phone the key has the whole width. */
const keyRoom = (look: Look): { x: number; width: number } =>
  isNarrow(look) ? { x: 0, width: look.width } : { x: 44, width: look.width - 44 };

const sidesOf = (look: Look): { left: number; right: number } => ({
  left: isNarrow(look) ? 38 : 44,
  right: 12,
});

/** The words over the columns where units or rules changed. */
function labelsFor(r: Reading, look: Look): Labels {
  const start = startOf(r.state);
  const spots = spotsOf(
    r.breaks,
    (b) => {
      const year = yearOfDay(b.on, start);
      const index = r.state.years.indexOf(year);
      return index < 0 ? null : { index, period: String(year) };
    },
    start,
  );
  return labelsOf(spots, { look, ...sidesOf(look), columns: r.years.length });
}

const valuesOf = ({ years }: Reading): number[] =>
  years.flatMap((y) => [y.whole?.value, y.same?.value]).filter((v) => v != null);

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const r = read(input);
  const palette = palettes[look.theme];
  const values = valuesOf(r);
  if (values.length === 0) return emptyOption(look, palette);
  const extent = extentOf(r.kpi, [...values, ...r.years.flatMap((y) => y.norm ?? [])]);
  const entries = keyEntries(r.state, look);
  const room = keyRoom(look);
  const labels = labelsFor(r, look);
  return {
    ...baseOption(look, palette),
    grid: {
      ...sidesOf(look),
      top: 22 + labels.room + noteRoom(r.notes),
      bottom: (entries.length > 0 ? 62 : 30) + keyOverflow(entries, room.width),
    },
    xAxis: categoryAxis(
      r.years.map((y) => yearName(y.year, startOf(r.state))),
      palette,
    ),
    yAxis: valueAxis(r.kpi, extent, { palette, lang: look.lang }),
    series: [
      ...normSeries(r, look, palette),
      ...breakSeries(labels, { lang: look.lang, palette, above: 8 }),
      ...(r.kpi.type === 'count' ? barSeries(r, look, palette) : dotSeries(r, look, palette)),
      // Over the figure that stands on the column.
      ...noteSeries(notePlaces(r), { lang: look.lang, palette }, 16),
      ...(entries.length === 0 ? [] : [keySeries(entries, { ...room, below: 46 }, palette)]),
    ],
  };
}

/** The whole year, in the table. Of one that is not over it is not due, unless nothing is asked of the unit. */
function wholeCell({ state, cut }: Reading, { same, whole }: Year, lang: Lang): TableCell {
  if (!cut || whole !== null || same?.coverage.due === 0) return tableCell(state, whole ?? same, lang);
  return { text: lang === 'zh' ? '未到期' : 'not due' };
}

export const trend: View = {
  questions(state) {
    const whole = ask(state, { years: state.years, grain: 'year' });
    return bySameDays(state)
      ? [whole, ask(state, { years: state.years, grain: 'year', toDate: true })]
      : [whole];
  },
  title({ state }, lang) {
    const years = formatYears(state.years, lang, startOf(state));
    const title =
      lang === 'zh'
        ? `历年${figureName(state, lang)}，${years}`
        : `${figureName(state, lang)} by year, ${years}`;
    return titled(title, state, lang);
  },
  says,
  height(input, look) {
    const r = read(input);
    if (valuesOf(r).length === 0) return EMPTY_HEIGHT;
    return (
      (isNarrow(look) ? 240 : 280) +
      labelsFor(r, look).room +
      noteRoom(notedIn(input)) +
      (isUnfinished(input.state) ? 24 : 0) +
      keyOverflow(keyEntries(input.state, look), keyRoom(look).width)
    );
  },
  option,
  table(input, lang) {
    const r = read(input);
    const { state } = r;
    const days = formatToDate(state.asOf, lang, startOf(state));
    const isTold = r.breaks.length + r.notes.length > 0;
    const told = (year: number): string =>
      [sayBreaks(breaksOfYear(r, year), lang), ...notesOfYear(r, year).map((noted) => sayNote(noted, lang))]
        .filter(Boolean)
        .join(lang === 'zh' ? '；' : '; ');
    const whole = lang === 'zh' ? '全年' : 'Whole year';
    return {
      columns: [
        lang === 'zh' ? '年' : 'Year',
        ...(r.cut ? [days] : []),
        whole,
        ...(isTold ? [lang === 'zh' ? '说明' : 'Note'] : []),
      ],
      rows: r.years.map((y) => ({
        label: headYear(state, y.year, lang, !r.cut && standOf(String(y.year), state) === 'running'),
        cells: [
          ...(r.cut ? [tableCell(state, y.same, lang, true)] : []),
          wholeCell(r, y, lang),
          ...(isTold ? [{ text: told(y.year) }] : []),
        ],
      })),
    };
  },
};
