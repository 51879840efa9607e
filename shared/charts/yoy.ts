import type { EChartsCoreOption } from 'echarts/core';
import { formatPeriodInYear, formatYears } from '../format.ts';
import { categoryAxis, extentOf, valueAxis, type Extent } from './axes.ts';
import { breakSeries, labelsOf, sayBreaks, spotsOf, type Labels } from './break-marks.ts';
import {
  ask,
  baseOption,
  EMPTY_HEIGHT,
  emptyOption,
  figureName,
  headYear,
  isKnown,
  isUnfinished,
  startOf,
  tableCell,
  thisYear,
} from './parts.ts';
import { noteSeries, sayNote } from './notes.ts';
import { periodSeries } from './period-names.ts';
import { isSum, totalCell } from './sums.ts';
import { isNarrow, palettes } from './theme.ts';
import type { Look, View, ViewInput } from './view.ts';
import {
  groundSeries,
  isNormDrawn,
  lineSeries,
  normSeries,
  runningSeries,
  smallSeries,
} from './yoy-lines.ts';
import { pickedSeries } from './yoy-picked.ts';
import { endLabels, roomAbove, runningLabels, runningWords } from './yoy-names.ts';
import {
  breaksAt,
  columnName,
  columnOf,
  grainIn,
  notePlaces,
  notesAt,
  pointOf,
  read,
  runningPeriod,
  runningPoint,
  sameDaysName,
  type Reading,
} from './yoy-reading.ts';
import { says } from './yoy-says.ts';

/** One line a year over its months or quarters; the unfinished period against the same days of last year. */

/** A running total stands beside its year's name; names of many years make room for each other. */
function sidesOf(r: Reading, look: Look): { left: number; right: number } {
  if (isNarrow(look)) return { left: 34, right: r.years.length > 5 ? 42 : 34 };
  return { left: 40, right: r.isSum ? 104 : r.years.length > 5 ? 52 : 44 };
}

/** An axis for what the lines are drawn through, and the running period's figures. */
function extentFor(r: Reading): Extent {
  const cells = [...r.years.flatMap((y) => y.cells), r.running?.before ?? null, r.running?.now ?? null];
  const points = r.years.flatMap((y) => y.cells.flatMap((c) => pointOf(r, c) ?? []));
  const lined = points.length > 0 ? points : cells.filter(isKnown).map((c) => c.value);
  const running = runningPoint(r);
  const values = [...lined, ...[running?.now, running?.before].filter(isKnown).map((c) => c.value)];
  const norms = isNormDrawn(r)
    ? r.years.flatMap((y) => y.norms.filter((n) => n !== null))
    : r.toCome === null
      ? []
      : [r.toCome];
  return extentOf(r.kpi, [...values, ...norms]);
}

/** The words over the lines where units or rules changed. */
const labelsFor = (r: Reading, look: Look): Labels =>
  labelsOf(
    spotsOf(r.breaks, (b) => columnOf(r, b.on), startOf(r.state)),
    {
      look,
      ...sidesOf(r, look),
      columns: r.periods.length,
    },
  );

/** A period's name in the room of its column. */
function axisName(r: Reading, period: string, look: Look): string {
  const name = formatPeriodInYear(period, look.lang);
  if (!isNarrow(look) || grainIn(r.state) !== 'month') return name;
  return look.lang === 'zh' ? name.replace('月', '') : name.charAt(0);
}

const isAny = ({ years, running }: Reading): boolean =>
  [...years.flatMap((y) => y.cells), running?.before, running?.now].some(isKnown);

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const r = read(input);
  const palette = palettes[look.theme];
  if (!isAny(r)) return emptyOption(look, palette);
  const extent = extentFor(r);
  const base = baseOption(look, palette);
  const said = runningWords(r, look, sidesOf(r, look));
  const labels = labelsFor(r, look);
  return {
    ...base,
    tooltip: { ...(base.tooltip as object), trigger: 'axis' },
    grid: { ...sidesOf(r, look), top: 12 + roomAbove(said) + labels.room, bottom: 30 },
    xAxis: categoryAxis(
      r.periods.map((p, i) =>
        r.picked?.[i] === true
          ? { value: axisName(r, p, look), textStyle: { color: palette.ink, fontWeight: 600 } }
          : axisName(r, p, look),
      ),
      palette,
    ),
    yAxis: valueAxis(r.kpi, extent, { palette, lang: look.lang }),
    series: [
      ...pickedSeries(r, palette),
      ...groundSeries(r, look.lang, palette),
      ...normSeries(r, look.lang, palette),
      ...breakSeries(labels, { lang: look.lang, palette, above: roomAbove(said) }),
      ...r.years.map((year) => lineSeries(r, year, palette, look.lang)),
      ...runningSeries(r, palette, look.lang),
      smallSeries(r, extent, look.lang, palette),
      endLabels(r, look, palette),
      ...runningLabels(r, said, look, palette),
      ...noteSeries(notePlaces(r), { lang: look.lang, palette }),
      ...periodSeries(input.state, r.periods, look, ({ plot, at, step }, i) => ({
        x: at(i, 0)[0] - step / 2,
        y: plot.y + plot.height,
        width: step,
        height: 30,
      })),
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
    const years = formatYears(state.years, lang, startOf(state));
    const name = figureName(state, lang);
    const month = grainIn(state) === 'month';
    if (isSum(state))
      return lang === 'zh'
        ? `${name}逐${month ? '月' : '季'}累计，${years}`
        : `${name}, running total by ${grainIn(state)}, ${years}`;
    if (lang === 'zh') return `各${month ? '月' : '季度'}${name}，${years}`;
    return `${name} by ${grainIn(state)}, ${years}`;
  },
  says,
  height(input, look) {
    const r = read(input);
    if (!isAny(r)) return EMPTY_HEIGHT;
    return (
      (isNarrow(look) ? 240 : 300) +
      roomAbove(runningWords(r, look, sidesOf(r, look))) +
      labelsFor(r, look).room
    );
  },
  option,
  table(input, lang) {
    const r = read(input);
    const { running } = r;
    // A column of its own for the same days; only the running period has them.
    const same = running?.before == null ? null : running;
    const month = grainIn(r.state) === 'month';
    const isTold = r.breaks.length + r.notes.length > 0;
    const cellIn = r.isSum ? totalCell : tableCell;
    const told = (i: number): string =>
      [sayBreaks(breaksAt(r, i), lang), ...notesAt(r, i).map((noted) => sayNote(noted, lang))]
        .filter(Boolean)
        .join(lang === 'zh' ? '；' : '; ');
    const head = (year: number): string =>
      headYear(r.state, year, lang, year === thisYear(r.state) && isUnfinished(r.state));
    return {
      columns: [
        lang === 'en' ? 'Period' : month ? '月' : '季度',
        ...r.years.map((y) => head(y.year)),
        ...(same === null ? [] : [sameDaysName(r.state, lang)]),
        ...(isTold ? [lang === 'zh' ? '说明' : 'Note'] : []),
      ],
      rows: r.periods.map((period, i) => ({
        label: columnName(r, period, lang),
        cells: [
          ...r.years.map((y) => cellIn(r.state, y.cells[i] ?? null, lang)),
          ...(same === null
            ? []
            : [same.index === i ? cellIn(r.state, same.before, lang, true) : { text: '' }]),
          ...(isTold ? [{ text: told(i) }] : []),
        ],
      })),
    };
  },
};
