import { slopesOf, yearSaid, type Slope, type Slopes } from '../../../shared/charts/slope-reading.ts';
import { normText } from '../../../shared/charts/norms.ts';
import { startOf } from '../../../shared/charts/parts.ts';
import { compared, isJoined, read, type Reading } from '../../../shared/charts/trend-reading.ts';
import type { ViewInput } from '../../../shared/charts/view.ts';
import { formatToDate, formatValue, isSmall, yearName } from '../../../shared/format.ts';
import type { Cell } from '../../../shared/query.ts';
import type { Lang, Text } from '../../../shared/text.ts';
import { shortName } from '../../../shared/unit.ts';
import { pagesOf, type Marker, type NativeChart, type NativeSeries } from './chart.ts';
import { axisOf, formatOf, normLine, palette } from './look.ts';
import { listed, remarksOf, spotAt } from './remarks.ts';

/** Charts of years: side by side, and units between two of them. */

const words = {
  whole: { zh: '全年', en: 'Whole year' },
  norm: { zh: '规定', en: 'Norm' },
  apart: { zh: '单列', en: 'Set apart' },
  broken: { zh: '因单位或口径变动不相连', en: 'Not joined: units or rules changed' },
} satisfies Record<string, Text>;

/** Counts as columns from zero; rates as points, joined where the years may be set beside each other. */
export function trendCharts(input: ViewInput, lang: Lang): NativeChart[] {
  const r = read(input);
  const isCount = r.kpi.type === 'count';
  const series = [...(isCount ? columnsOf(r, lang) : pointsOf(r, lang)), ...normOf(r, lang)];
  const spots = r.years.map((y) => spotAt(r.state, lang, compared(r, y)));
  return [
    {
      name: null,
      page: null,
      lies: 'standing',
      categories: r.years.map((y) => yearName(y.year, startOf(r.state))),
      series,
      format: formatOf(r.kpi),
      ...axisOf(r.kpi, series, { isFromZero: isCount }),
      remarks: remarksOf(spots, { kpi: r.kpi, state: r.state, lang }),
    },
  ];
}

const daysName = ({ state, cut }: Reading, lang: Lang): string =>
  cut ? formatToDate(state.asOf, lang, startOf(state)) : words.whole[lang];
const valueOf = (cell: Cell | null): number | null => cell?.value ?? null;
/** Over too few a rate is no point of a line. */
const pointOf = ({ kpi }: Reading, cell: Cell | null): number | null =>
  cell === null || isSmall(kpi, cell) ? null : cell.value;

function columnsOf(r: Reading, lang: Lang): NativeSeries[] {
  const bar = { as: 'bar', isLabelled: true } as const;
  const now = r.years.findIndex((y) => y.isNow);
  return [
    {
      ...bar,
      name: daysName(r, lang),
      values: r.years.map((y) => valueOf(compared(r, y))),
      colour: r.cut ? palette.past[0] : palette.past[1],
      ...(r.cut ? { hollow: true as const } : {}),
      ...(now < 0 ? {} : { now }),
    },
    ...(r.cut
      ? [
          {
            ...bar,
            name: words.whole[lang],
            values: r.years.map((y) => valueOf(y.whole)),
            colour: palette.past[2],
          },
        ]
      : []),
  ];
}

function pointsOf(r: Reading, lang: Lang): NativeSeries[] {
  const cells = r.years.map((y) => compared(r, y));
  const now = r.years.findIndex((y) => y.isNow);
  // A new line begins wherever the one before it may not be drawn on.
  const starts = cells.flatMap((cell, i) => {
    const before = cells[i - 1];
    const goesOn = cell !== null && before != null && isJoined(r, cell, before);
    return i === 0 || (!goesOn && pointOf(r, cell) !== null && pointOf(r, before ?? null) !== null)
      ? [i]
      : [];
  });
  const parts = starts.map((from, n): NativeSeries => {
    const to = starts[n + 1] ?? cells.length;
    const years = r.years.slice(from, to).map((y) => yearName(y.year, startOf(r.state)));
    const span = years.length === 1 ? years[0] : `${years[0]}–${years.at(-1)}`;
    return {
      name: starts.length === 1 ? daysName(r, lang) : `${daysName(r, lang)} (${span})`,
      values: cells.map((cell, i) => (i >= from && i < to ? pointOf(r, cell) : null)),
      as: 'line',
      colour: palette.past[0],
      width: 1.75,
      marker: 'circle',
      isLabelled: true,
      ...(now >= from && now < to ? { now, running: r.cut ? [now] : [] } : {}),
    };
  });
  if (!r.cut) return parts;
  const whole: NativeSeries = {
    name: words.whole[lang],
    values: r.years.map((y) => pointOf(r, y.whole)),
    as: 'points',
    colour: palette.past[1],
    marker: 'diamond',
  };
  return [...parts, whole];
}

function normOf(r: Reading, lang: Lang): NativeSeries[] {
  const values = r.years.map((y) => y.norm);
  const [first] = values;
  if (!values.some((v) => v !== null)) return [];
  const isOne = first != null && values.every((v) => v === first);
  return [{ ...normLine, name: isOne ? normText(r.kpi, first, lang) : words.norm[lang], values }];
}

/** So many lines can be told apart by their marks. */
const LINES = 12;
const marks: readonly Marker[] = ['circle', 'square', 'diamond', 'triangle'];
const tones = [palette.years[0], palette.years[1], palette.years[3]];

/** A line a unit between two years; those with a change between them stay two points. */
export function slopeCharts(input: ViewInput, lang: Lang): NativeChart[] {
  const s = slopesOf(input);
  const { state } = input;
  const all = [...s.all];
  const everything = pagesOf(all, all.length || 1).flatMap(({ items }) => linesOf(s, items));
  const broken = all
    .filter((one) => one.way === null)
    .map((one) => `${shortName(one.unit.name)}（${one.broken?.text[lang] ?? '—'}）`);
  const apart = s.apart.map(({ unit, why }) => `${shortName(unit.name)}（${why[lang]}）`);
  return pagesOf(all, LINES).map(({ items, page }) => ({
    name: null,
    page,
    lies: 'standing',
    categories: s.years.map((year) => yearSaid(state, year, lang)),
    series: [...linesOf(s, items), ...normOfSlopes(s, lang)],
    format: formatOf(s.kpi),
    ...axisOf(s.kpi, [...everything, ...normOfSlopes(s, lang)]),
    keyAtSide: true,
    remarks: [
      ...(broken.length === 0 ? [] : [listed(words.broken[lang], broken, lang)]),
      ...(apart.length === 0 ? [] : [listed(words.apart[lang], apart, lang)]),
    ],
  }));
}

/** From the highest end down: the key beside the lines then lies as they do. */
function linesOf(s: Slopes, slopes: readonly Slope[]): NativeSeries[] {
  return slopes
    .toSorted((a, b) => b.now.value - a.now.value)
    .map((one, i) => ({
      name: `${shortName(one.unit.name)}  ${saidBy(s, one)}`,
      values: [one.then.value, one.now.value],
      as: one.way === null ? 'points' : 'line',
      colour: one.inked ? palette.red : (tones[Math.floor(i / marks.length) % tones.length] ?? palette.ink),
      width: one.inked ? 2.25 : 1.25,
      marker: marks[i % marks.length] ?? 'circle',
      ...(i % 2 === 1 ? { hollow: true as const } : {}),
    }));
}

const saidBy = ({ kpi }: Slopes, { then, now }: Slope): string =>
  isSmall(kpi, now) ? '' : `${formatValue(kpi, then.value)} → ${formatValue(kpi, now.value)}`;

function normOfSlopes({ norm, kpi }: Slopes, lang: Lang): NativeSeries[] {
  if (norm === null) return [];
  const isOne = norm[0] === norm[1];
  return [{ ...normLine, name: isOne ? normText(kpi, norm[0], lang) : words.norm[lang], values: norm }];
}
