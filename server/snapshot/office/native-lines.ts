import { pointIn, besideOf } from '../../../shared/charts/beside-reading.ts';
import { besideExtent } from '../../../shared/charts/beside-drawing.ts';
import { isTally } from '../../../shared/charts/heatmap-reading.ts';
import { multiplesOf, type Multiples, type Panel } from '../../../shared/charts/multiples-reading.ts';
import { normText } from '../../../shared/charts/norms.ts';
import { headYear, isUnfinished, standOf, startOf, thisYear } from '../../../shared/charts/parts.ts';
import type { ViewInput } from '../../../shared/charts/view.ts';
import { isNormDrawn } from '../../../shared/charts/yoy-lines.ts';
import { columnName, pointOf, read, sameDaysName, type Reading } from '../../../shared/charts/yoy-reading.ts';
import { formatPeriodInYear, yearName } from '../../../shared/format.ts';
import type { Kpi } from '../../../shared/kpi.ts';
import type { Lang } from '../../../shared/text.ts';
import { shortName } from '../../../shared/unit.ts';
import { pagesOf, type NativeChart, type NativeSeries } from './chart.ts';
import { axisFrom, axisOf, formatOf, normLine, palette, yearLine } from './look.ts';
import { remarksOf, spotAt } from './remarks.ts';

/** Charts of lines over months or quarters: one of all years, or one a unit. */

/** One line a year over its periods; the nearest in front. */
export function yoyCharts(input: ViewInput, lang: Lang): NativeChart[] {
  const r = read(input);
  const series = [
    ...normsOfYoy(r, lang),
    ...r.years.map((y) => yearSeries(r, y, lang)),
    ...sameDays(r, lang),
  ];
  const spots = r.years.flatMap(({ cells }) => cells.map((cell) => spotAt(r.state, lang, cell)));
  return [
    {
      name: null,
      page: null,
      lies: 'standing',
      categories: r.periods.map((p) => columnName(r, p, lang)),
      series,
      format: formatOf(r.kpi),
      ...axisOf(r.kpi, series),
      remarks: remarksOf(spots, { kpi: r.kpi, state: r.state, lang }),
    },
  ];
}

function yearSeries(r: Reading, { year, ago, cells }: Reading['years'][number], lang: Lang): NativeSeries {
  const isNow = ago === 0;
  const running = isNow && r.running !== null ? [r.running.index] : undefined;
  return {
    name: headYear(r.state, year, lang, isNow && isUnfinished(r.state)),
    values: r.periods.map((_, i) => pointOf(r, cells[i])),
    ...yearLine(ago),
    ...(isNow ? { marker: 'circle' } : {}),
    ...(running === undefined ? {} : { running }),
  };
}

/** The days of last year that the running period has had so far: one point. */
function sameDays(r: Reading, lang: Lang): NativeSeries[] {
  const { running } = r;
  const value = running === null ? null : pointOf(r, running.before);
  if (running === null || value === null) return [];
  return [
    {
      name: sameDaysName(r.state, lang),
      values: r.periods.map((_, i) => (i === running.index ? value : null)),
      as: 'points',
      colour: palette.years[0],
      marker: 'diamond',
      hollow: true,
    },
  ];
}

function normsOfYoy(r: Reading, lang: Lang): NativeSeries[] {
  const norms = r.toCome === null ? (isNormDrawn(r) ? r.now.norms : []) : r.periods.map(() => r.toCome);
  const [first] = norms;
  if (!norms.some((n) => n !== null)) return [];
  const isOne = norms.every((n) => n === first);
  const norm = lang === 'zh' ? '规定' : 'Norm';
  const name = isOne && first != null ? normText(r.kpi, first, lang) : norm;
  const other = r.toCome === null ? r.years.findLast((y) => y.norms.join() !== norms.join()) : undefined;
  const then =
    other === undefined || !other.norms.some((n) => n !== null)
      ? []
      : [
          {
            ...normLine,
            name: `${norm} (${yearName(other.year, startOf(r.state))})`,
            values: other.norms,
            colour: palette.past[2],
          },
        ];
  return [...then, { ...normLine, name, values: norms }];
}

/** One chart a unit, all on one scale. */
export function multiplesCharts(input: ViewInput, lang: Lang): NativeChart[] {
  const m = multiplesOf(input);
  const categories = m.periods.map((p) => formatPeriodInYear(p, lang));
  return pagesOf(m.panels, 1).map(({ items, page }) => {
    const panel = items[0];
    const spots = panel?.years.flatMap(({ cells }) => cells.map((c) => spotAt(m.state, lang, c))) ?? [];
    return {
      name: panel === undefined ? null : shortName(panel.unit.name),
      page,
      lies: 'standing',
      categories,
      series: panel === undefined ? [] : panelSeries(m, panel, lang),
      format: formatOf(m.kpi),
      ...axisFrom(m.kpi, m.extent),
      remarks: remarksOf(spots, { kpi: m.kpi, state: m.state, lang, few: !isTally(m.kpi) }),
    };
  });
}

function panelSeries(m: Multiples, panel: Panel, lang: Lang): NativeSeries[] {
  const running = m.stands.indexOf('running');
  const norm = normsOf(m.kpi, panel.norms, lang);
  return [
    ...norm,
    ...panel.years.map(({ year, ago, cells }): NativeSeries => ({
      name: headYear(m.state, year, lang, ago === 0 && isUnfinished(m.state)),
      values: m.periods.map((_, i) => pointIn(m.kpi, cells[i])?.value ?? null),
      ...yearLine(ago),
      ...(ago === 0 ? { marker: 'circle' } : {}),
      ...(ago === 0 && running >= 0 ? { running: [running] } : {}),
    })),
  ];
}

function normsOf(kpi: Kpi, norms: readonly (number | null)[], lang: Lang): NativeSeries[] {
  const [first] = norms;
  if (!norms.some((n) => n !== null)) return [];
  const isOne = first != null && norms.every((n) => n === first);
  const name = isOne ? normText(kpi, first, lang) : lang === 'zh' ? '规定' : 'Norm';
  return [{ ...normLine, name, values: norms }];
}

/** Two to four units, this year and the last, all on one scale. */
export function besideCharts(input: ViewInput, lang: Lang): NativeChart[] {
  const { state } = input;
  const b = besideOf(input);
  const extent = besideExtent(b);
  const years = [thisYear(state) - 1, thisYear(state)] as const;
  const nameOf = (i: 0 | 1): string => headYear(state, years[i], lang, i === 1 && isUnfinished(state));
  const point = (cell: Parameters<typeof pointIn>[1]): number | null => pointIn(b.kpi, cell)?.value ?? null;
  const running = b.periods.flatMap((p, i) => (standOf(p, state) === 'running' ? [i] : []));
  return b.panels.map((panel) => ({
    name: shortName(panel.unit.name),
    page: null,
    lies: 'standing',
    categories: b.periods.map((p) => formatPeriodInYear(p, lang)),
    series: [
      { name: nameOf(0), values: panel.before.map(point), ...yearLine(1) },
      { name: nameOf(1), values: panel.now.map(point), ...yearLine(0), marker: 'circle', running },
    ],
    format: formatOf(b.kpi),
    ...axisFrom(b.kpi, extent),
    remarks: remarksOf(
      [...panel.before, ...panel.now].map((c) => spotAt(state, lang, c)),
      { kpi: b.kpi, state, lang, few: !isTally(b.kpi) },
    ),
  }));
}
