import type { EChartsCoreOption } from 'echarts/core';
import { formatPeriodInYear, formatYears, yearName } from '../format.ts';
import { shortName } from '../unit.ts';
import { keyOverflow, keySeries } from './key.ts';
import { columnSeries, groundSeries, panelsHeight, sides, type Ink } from './multiples-drawing.ts';
import { keyEntries } from './multiples-key.ts';
import { multiplesOf, says, yearsIn, type Multiples } from './multiples-reading.ts';
import { ask, baseOption, emptyOption, figureName, isKnown, startOf, tableCell } from './parts.ts';
import { isSum, totalCell } from './sums.ts';
import { palettes } from './theme.ts';
import type { Look, View, ViewInput } from './view.ts';
import { grainIn } from './yoy-reading.ts';

/** All parts of the scope at a glance: small multiples of the year-over-year chart on one scale. */

const inkFor = (look: Look): Ink => ({ look, palette: palettes[look.theme] });

const isEmpty = (m: Multiples): boolean => !m.panels.some((p) => p.years.some((y) => y.cells.some(isKnown)));

const footOf = (m: Multiples, look: Look): number =>
  32 + keyOverflow(keyEntries(m, inkFor(look)), look.width);

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const ink = inkFor(look);
  const m = multiplesOf(input);
  if (isEmpty(m)) return emptyOption(look, ink.palette);
  return {
    ...baseOption(look, ink.palette),
    grid: { ...sides(look), top: 0, bottom: footOf(m, look) },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      groundSeries(m, ink),
      columnSeries(m, ink),
      keySeries(keyEntries(m, ink), { below: 18, width: look.width }, ink.palette),
    ],
  };
}

export const multiples: View = {
  questions: (state, tree) => [
    ask(state, { by: 'unit', years: yearsIn(state, tree), grain: grainIn(state) }),
  ],
  title({ state, tree }, lang) {
    const years = formatYears(yearsIn(state, tree), lang, startOf(state));
    const name = figureName(state, lang);
    const month = grainIn(state) === 'month';
    if (lang === 'zh')
      return isSum(state)
        ? `各单位${name}逐${month ? '月' : '季'}累计，${years}`
        : `各单位各${month ? '月' : '季度'}${name}，${years}`;
    return isSum(state)
      ? `${name} of every unit, running total by ${grainIn(state)}, ${years}`
      : `${name} of every unit by ${grainIn(state)}, ${years}`;
  },
  says,
  height(input, look) {
    const m = multiplesOf(input);
    return isEmpty(m) ? 120 : panelsHeight(m, look) + footOf(m, look);
  },
  option,
  table(input, lang) {
    const m = multiplesOf(input);
    const { state } = input;
    const cellIn = m.isSum ? totalCell : tableCell;
    const year = (of: number): string => yearName(of, startOf(state));
    return {
      columns: [
        lang === 'zh' ? '单位' : 'Unit',
        ...m.periods.map((period) => formatPeriodInYear(period, lang)),
      ],
      rows: m.panels.flatMap((p) =>
        p.years.toReversed().map(({ year: of, cells }) => ({
          label: `${shortName(p.unit.name)} ${year(of)}`,
          cells: m.periods.map((_, i) => cellIn(state, cells[i] ?? null, lang)),
        })),
      ),
    };
  },
};
