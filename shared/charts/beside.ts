import type { EChartsCoreOption } from 'echarts/core';
import { formatPeriodInYear, yearName } from '../format.ts';
import { shortName } from '../unit.ts';
import { groundSeries, keyEntries, panelsHeight, pointSeries, sides, type Ink } from './beside-drawing.ts';
import { besideGrain, besideOf, besideUnits, says } from './beside-reading.ts';
import { keyOverflow, keySeries } from './key.ts';
import { ask, baseOption, emptyOption, figureName, isKnown, startOf, tableCell, thisYear } from './parts.ts';
import { palettes } from './theme.ts';
import type { Look, View, ViewInput } from './view.ts';

/** Two to four units side by side: this year and the last by months or quarters, one scale for all. */

const inkFor = ({ state }: ViewInput, look: Look): Ink => ({ state, look, palette: palettes[look.theme] });

const isEmpty = (input: ViewInput): boolean =>
  !besideOf(input).panels.some((p) => [...p.now, ...p.before].some(isKnown));

function footOf(input: ViewInput, look: Look): number {
  return 32 + keyOverflow(keyEntries(besideOf(input), inkFor(input, look)), look.width);
}

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const ink = inkFor(input, look);
  const b = besideOf(input);
  if (isEmpty(input)) return emptyOption(look, ink.palette);
  return {
    ...baseOption(look, ink.palette),
    grid: { ...sides, top: 0, bottom: footOf(input, look) },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      groundSeries(b, ink),
      pointSeries(b, 'before', ink),
      pointSeries(b, 'now', ink),
      keySeries(keyEntries(b, ink), { below: 18, width: look.width }, ink.palette),
    ],
  };
}

export const beside: View = {
  questions(state, tree) {
    const year = thisYear(state);
    return besideUnits(state, tree).map(({ code }) =>
      ask({ ...state, unit: code }, { years: [year - 1, year], grain: besideGrain(state) }),
    );
  },
  title({ state, tree }, lang) {
    const names = besideUnits(state, tree).map((u) => shortName(u.name));
    const month = besideGrain(state) === 'month';
    const years = [thisYear(state) - 1, thisYear(state)].map((y) => yearName(y, startOf(state)));
    return lang === 'zh'
      ? `各${month ? '月' : '季度'}${figureName(state, lang)}，${names.join('、')}并排，${years.join('、')}`
      : `${figureName(state, lang)} by ${month ? 'month' : 'quarter'}, ${names.join(', ')} side by side, ${years.join(' and ')}`;
  },
  says,
  height(input, look) {
    return isEmpty(input) ? 120 : panelsHeight(besideOf(input), look) + footOf(input, look);
  },
  option,
  table(input, lang) {
    const { state } = input;
    const b = besideOf(input);
    const years = [b.year, b.year - 1].map((y) => yearName(y, startOf(state)));
    return {
      columns: [
        lang === 'en' ? 'Period' : besideGrain(state) === 'month' ? '月' : '季度',
        ...b.panels.flatMap((p) => years.map((year) => `${shortName(p.unit.name)} ${year}`)),
      ],
      rows: b.periods.map((period, i) => ({
        label: formatPeriodInYear(period, lang),
        cells: b.panels.flatMap((p) =>
          [p.now[i] ?? null, p.before[i] ?? null].map((cell) => tableCell(state, cell, lang)),
        ),
      })),
    };
  },
};
