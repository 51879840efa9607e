import { read as compositionOf } from '../../../shared/charts/composition.ts';
import { normText } from '../../../shared/charts/norms.ts';
import { bySameDays, headYear, isUnfinished, thisYear } from '../../../shared/charts/parts.ts';
import { agreedNorm, peersOf, type Compared, type Peers } from '../../../shared/charts/peers.ts';
import type { ViewInput, ViewState } from '../../../shared/charts/view.ts';
import { formatValue } from '../../../shared/format.ts';
import { kindByCode } from '../../../shared/kinds.ts';
import { isPercent } from '../../../shared/kpi.ts';
import type { Lang, Text } from '../../../shared/text.ts';
import { shortName } from '../../../shared/unit.ts';
import { pagesOf, type NativeChart, type NativeSeries } from './chart.ts';
import { axisOf, formatOf, palette } from './look.ts';
import { listed, remarksOf } from './remarks.ts';

/** Charts of bars from the top down: units beside each other, and what a figure is made of. */

const words = {
  norm: { zh: '各自的规定', en: 'own norm' },
  apart: { zh: '单列', en: 'Set apart' },
  band: { zh: '中间一半支部', en: 'The middle half' },
} satisfies Record<string, Text>;

/** Bars of so many units can be read on one page. */
const UNITS = 25;

/** The names of this year and the last, as the table's columns have them. */
const yearNames = (state: ViewState, lang: Lang): readonly [now: string, before: string] => [
  headYear(state, thisYear(state), lang, isUnfinished(state)),
  headYear(state, thisYear(state) - 1, lang, bySameDays(state)),
];

/** Units in the page's order: this year, the last, and in a frame what they are held to. */
export function compareCharts(input: ViewInput, lang: Lang): NativeChart[] {
  const p = peersOf(input);
  const { state } = input;
  const all = unitSeries(p, p.compared, state, lang);
  const apart = p.apart.map(({ unit, why }) => `${shortName(unit.name)}（${why[lang]}）`);
  return pagesOf(p.compared, UNITS).map(({ items, page }) => ({
    name: null,
    page,
    lies: 'lying',
    categories: items.map(({ unit }) => shortName(unit.name)),
    series: unitSeries(p, items, state, lang),
    format: formatOf(p.kpi),
    ...axisOf(p.kpi, all, { isFromZero: true }),
    remarks: [
      ...(p.band === null
        ? []
        : [
            `${words.band[lang]}${lang === 'zh' ? '：' : ': '}${p.band.map((v) => formatValue(p.kpi, v)).join('–')}`,
          ]),
      ...remarksOf(
        items.map(({ unit, now }) => ({ cell: now, name: shortName(unit.name) })),
        { kpi: p.kpi, state, lang, few: false },
      ),
      ...(apart.length === 0 ? [] : [listed(words.apart[lang], apart, lang)]),
    ],
  }));
}

function unitSeries(p: Peers, units: readonly Compared[], state: ViewState, lang: Lang): NativeSeries[] {
  const [now, before] = yearNames(state, lang);
  const agreed = agreedNorm(p);
  const norms = units.map((u) => u.norm);
  const bars = barPair(
    [now, units.map((u) => u.now.value)],
    [before, units.map((u) => u.before?.value ?? null)],
  );
  if (!norms.some((n) => n !== null)) return bars;
  const name = agreed === null ? words.norm[lang] : normText(p.kpi, agreed, lang);
  return [...bars, { name, values: norms, as: 'frame', colour: palette.ink, width: 1, dash: 'sysDot' }];
}

type Named = readonly [name: string, values: readonly (number | null)[]];
const barPair = ([now, values]: Named, [before, earlier]: Named): NativeSeries[] => [
  { name: now, values, as: 'bar', colour: palette.red, isLabelled: true },
  { name: before, values: earlier, as: 'bar', colour: palette.past[1], hollow: true },
];

/** A bar a kind, the largest first, with last year's under it. */
export function compositionCharts(input: ViewInput, lang: Lang): NativeChart[] {
  const { state, kpi, rows } = compositionOf(input);
  const [now, before] = yearNames(state, lang);
  const nameOf = (code: string): string => kindByCode.get(code)?.name[lang] ?? code;
  const series = barPair(
    [now, rows.map((row) => row.now.value)],
    [before, rows.map((row) => row.before?.value ?? null)],
  );
  return [
    {
      name: null,
      page: null,
      lies: 'lying',
      categories: rows.map(({ code }) => nameOf(code)),
      series,
      format: formatOf(kpi),
      ...axisOf(kpi, series, { isFromZero: isPercent(kpi) }),
      remarks: remarksOf(
        rows.map(({ code, now: cell }) => ({ cell, name: nameOf(code) })),
        { kpi, state, lang, few: false },
      ),
    },
  ];
}
