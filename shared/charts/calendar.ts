import type { EChartsCoreOption } from 'echarts/core';
import {
  formatDay,
  formatPeriod,
  formatWithUnit,
  formatYear,
  isAtLeast,
  monthName,
  yearName,
} from '../format.ts';
import type { Kpi } from '../kpi.ts';
import { addMonths, daysBetween, monthOf, rangeOf } from '../period.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import {
  ask,
  baseOption,
  daysOfYear,
  emptyOption,
  figureName,
  finder,
  kpiOf,
  markOf,
  periodsIn,
  sayNoFigure,
  sentence,
  standOf,
  startOf,
  tableCell,
  thisYear,
  tipLine,
} from './parts.ts';
import { boxEntry, hatchEntry, keyOverflow, keyShapes, type KeyEntry } from './key.ts';
import { box, drawnSeries, hatch, widthOf, words, type Drawn, type Frame, type Shape } from './shapes.ts';
import { isNarrow, mix, palettes, type Palette } from './theme.ts';
import type { Look, View, ViewInput, ViewState } from './view.ts';

/** The days of one year in columns of weeks, Monday first; on a narrow page one half-year under the other. */

export type Day = {
  readonly date: string;
  readonly cell: Cell | null;
  readonly amount: number;
  readonly week: number;
  readonly weekday: number;
};
export type Reading = {
  readonly state: ViewState;
  readonly kpi: Kpi;
  readonly days: readonly Day[];
  readonly top: number;
};

/** A day on which something was written down, be its figure 0 or unknown. */
const hasRecords = ({ cell }: Day): boolean => cell !== null && cell.records > 0;

/** 1900-01-01 was a Monday. */
const weekdayOf = (date: string): number => daysBetween('1900-01-01', date) % 7;

export function read({ state, answers }: ViewInput): Reading {
  const kpi = kpiOf(state);
  const find = finder(answers[0]);
  const year = thisYear(state);
  const first = weekdayOf(daysOfYear(state, year).from);
  const days = periodsIn(state, year, 'day').map((date, i) => {
    const cell = find({ period: date });
    // A day's rate says little: such a figure's days are shaded by how many records they hold.
    const amount = cell === null ? 0 : kpi.type === 'count' ? (cell.value ?? 0) : cell.records;
    return { date, cell, amount, week: Math.floor((i + first) / 7), weekday: (i + first) % 7 };
  });
  return { state, kpi, days, top: Math.max(0, ...days.map((d) => d.amount)) };
}

type Layout = {
  readonly halves: 1 | 2;
  readonly size: number;
  readonly left: number;
  readonly blockHeight: number;
};
const LEFT = 26;
const HEAD = 20;

function layoutOf(look: Look): Layout {
  const halves = isNarrow(look) ? 2 : 1;
  const weeks = halves === 1 ? 54 : 28;
  const size = Math.min(28, Math.floor(((look.width - LEFT - 2) / weeks) * 10) / 10);
  return { halves, size, left: LEFT, blockHeight: HEAD + size * 7 + 12 };
}

/** In two halves, the seventh month begins a new block at the week of its first day. */
function placeOf(day: Day, r: Reading, layout: Layout): { x: number; y: number; block: number } {
  const half = addMonths(monthOf(daysOfYear(r.state, thisYear(r.state)).from), 6);
  const second = layout.halves === 2 && day.date >= half;
  const week = second ? day.week - (r.days.find((d) => d.date >= half)?.week ?? 0) : day.week;
  const block = second ? 1 : 0;
  return {
    x: layout.left + week * layout.size,
    y: block * layout.blockHeight + HEAD + day.weekday * layout.size,
    block,
  };
}

const LEVELS = 4;
/** 1…4 by quarters of the largest day; small tallies keep a level for each number. */
const levelOf = (amount: number, top: number): number =>
  amount <= 0
    ? 0
    : top <= LEVELS
      ? Math.min(LEVELS, amount)
      : Math.max(1, Math.ceil((amount / top) * LEVELS));

const shadeOf = (level: number, palette: Palette): string =>
  level === 0 ? palette.grid : mix(palette.card, palette.red, 0.12 + (0.88 * level) / LEVELS);

function drawDay(r: Reading, day: Day, frame: Frame, palette: Palette): Shape[] {
  const later = standOf(day.date, r.state) === 'later';
  const inner = { x: frame.x + 0.5, y: frame.y + 0.5, width: frame.width - 1, height: frame.height - 1 };
  if (later || day.cell === null) return [box(inner, { stroke: palette.line }, 2)];
  if (day.cell.status === 'none') return [hatch(frame, palette.past[1], 4)];
  // Nothing was due of the unit. A day on which a rate has no denominator is a day without records.
  if (day.cell.status === 'na' && day.cell.coverage.due === 0)
    return [box(inner, { stroke: palette.line }, 2)];
  return [box(frame, { fill: shadeOf(levelOf(day.amount, r.top), palette) }, 2)];
}

const weekdays = { zh: ['一', '三', '五'], en: ['M', 'W', 'F'] } as const;
const keyWords = {
  zh: ['少', '多', '台账未报', '未到或不适用'],
  en: ['less', 'more', 'not reported', 'to come or n/a'],
} as const;

function nameShapes(r: Reading, layout: Layout, look: Look, palette: Palette): Shape[] {
  const shapes: Shape[] = [];
  for (let month = 1; month <= 12; month++) {
    const day = r.days.find((d) => d.date.endsWith(`-${String(month).padStart(2, '0')}-01`));
    if (day === undefined) continue;
    const { x, block } = placeOf(day, r, layout);
    // A month that begins in mid-week is named over its first whole week.
    const start = day.weekday === 0 || x === layout.left ? x : x + layout.size;
    shapes.push(
      words(start, block * layout.blockHeight + 9, monthName(month, look.lang), { fill: palette.soft }),
    );
  }
  for (let block = 0; block < layout.halves; block++)
    weekdays[look.lang].forEach((name, i) =>
      shapes.push(
        words(0, block * layout.blockHeight + HEAD + (i * 2 + 0.5) * layout.size - 0.5, name, {
          fill: palette.faint,
          size: 11,
        }),
      ),
    );
  return shapes;
}

/** `less ▢▢▢▢▢ more` is one sign: it is not torn apart. */
function keyEntries(lang: Lang, palette: Palette): KeyEntry[] {
  const [less, more, none, later] = keyWords[lang];
  const from = widthOf(less) + 8;
  const scale: KeyEntry = {
    text: more,
    sign: from + (LEVELS + 1) * 15 - 3,
    draw: (x, y) => [
      words(x, y, less, { fill: palette.soft }),
      ...Array.from({ length: LEVELS + 1 }, (_, level) =>
        box(
          { x: x + from + level * 15, y: y - 6, width: 12, height: 12 },
          { fill: shadeOf(level, palette) },
          2,
        ),
      ),
    ],
  };
  return [scale, hatchEntry(none, palette.past[1]), boxEntry(later, { fill: 'none', stroke: palette.line })];
}

/** Where the key stands: under the days, from their left edge as far as there is room. */
const keyRoom = (layout: Layout, look: Look): { x: number; y: number; width: number } => ({
  x: layout.left,
  y: layout.halves * layout.blockHeight + 8,
  width: look.width - layout.left,
});

function option(input: ViewInput, look: Look): EChartsCoreOption {
  const r = read(input);
  const palette = palettes[look.theme];
  if (r.days.every((d) => d.cell === null)) return emptyOption(look, palette);
  const layout = layoutOf(look);
  const days = r.days.map((day) => ({
    ...day,
    mark: markOf(r.state, day.cell),
    spot: [day.week, day.weekday] as const,
    tip: day.cell === null ? undefined : tipLine(r.kpi, day.cell, { lang: look.lang, state: r.state }),
  }));
  const side = layout.size - (layout.size > 13 ? 3 : 2);
  return {
    ...baseOption(look, palette),
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      drawnSeries<Drawn>(
        'names',
        [{}],
        () => [
          ...nameShapes(r, layout, look, palette),
          ...keyShapes(keyEntries(look.lang, palette), keyRoom(layout, look), palette),
        ],
        { silent: true },
      ),
      drawnSeries('days', days, (day) => {
        const { x, y } = placeOf(day, r, layout);
        return drawDay(r, day, { x, y, width: side, height: side }, palette);
      }),
    ],
  };
}

function says(input: ViewInput, lang: Lang): string {
  const r = read(input);
  const covered = r.days.filter(
    (d) => d.cell !== null && d.cell.status !== 'none' && standOf(d.date, r.state) !== 'later',
  );
  if (covered.length === 0) return sayNoFigure(r.state, lang);
  const active = covered.filter(hasRecords);
  const busiest = active.reduce<Day | null>((a, b) => (a === null || b.amount > a.amount ? b : a), null);
  if (busiest === null)
    return lang === 'zh'
      ? `已报的 ${covered.length} 天里没有记录。`
      : `No records in the ${covered.length} days reported.`;
  const amount =
    r.kpi.type === 'count'
      ? `${busiest.cell && isAtLeast(r.kpi, busiest.cell) ? '≥ ' : ''}${formatWithUnit(r.kpi, busiest.amount, lang)}`
      : lang === 'zh'
        ? `${busiest.amount} 条记录`
        : `${busiest.amount} records`;
  return sentence(
    [
      lang === 'zh'
        ? `已报的 ${covered.length} 天中 ${active.length} 天有记录`
        : `${active.length} of ${covered.length} days reported have records`,
      // Where no day has a figure above 0, none is the busiest.
      busiest.amount === 0
        ? null
        : lang === 'zh'
          ? `最多的一天是${formatDay(busiest.date, lang)}，${amount}`
          : `the busiest is ${formatDay(busiest.date, lang)}, ${amount}`,
    ],
    lang,
  );
}

export const calendar: View = {
  questions: (state) => [ask(state, { years: [thisYear(state)], grain: 'day' })],
  title({ state }, lang) {
    const year = thisYear(state);
    const name = formatYear(year, lang, startOf(state));
    return lang === 'zh'
      ? `${figureName(state, lang)}，${name}逐日`
      : `${figureName(state, lang)} day by day, ${name}`;
  },
  says,
  height(_, look) {
    const layout = layoutOf(look);
    const entries = keyEntries(look.lang, palettes[look.theme]);
    return Math.ceil(
      layout.halves * layout.blockHeight + 20 + keyOverflow(entries, keyRoom(layout, look).width),
    );
  },
  option,
  /** Days without a record are left out: 365 rows of zero say nothing. Months not reported are named. */
  table(input, lang) {
    const r = read(input);
    const year = yearName(thisYear(r.state), startOf(r.state));
    const gaps = periodsIn(r.state, thisYear(r.state), 'month').filter((month) => {
      const days = r.days.filter((d) => d.date.startsWith(month) && rangeOf(month).from <= r.state.asOf);
      return (
        days.length > 0 &&
        days.every((d) => d.cell === null || d.cell.status === 'none' || standOf(d.date, r.state) === 'later')
      );
    });
    return {
      columns: [lang === 'zh' ? '日期' : 'Day', year],
      rows: [
        ...gaps.map((month) => ({
          label: formatPeriod(month, lang),
          cells: [
            {
              text: lang === 'zh' ? '— 未报' : '— not reported',
              state: lang === 'zh' ? '未报' : 'not reported',
              status: 'none' as const,
            },
          ],
        })),
        ...r.days
          .filter(hasRecords)
          .map((d) => ({ label: formatPeriod(d.date, lang), cells: [tableCell(r.state, d.cell, lang)] })),
      ],
    };
  },
};
