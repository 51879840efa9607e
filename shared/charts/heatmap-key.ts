import { isSmall } from '../format.ts';
import { isPercent } from '../kpi.ts';
import { LEAST_DENOMINATOR } from '../norms.ts';
import { diamond } from './break-marks.ts';
import { missedRim } from './heatmap-cells.ts';
import { isTally, type Reading, type Row } from './heatmap-reading.ts';
import { boxEntry, hatchEntry, type KeyEntry } from './key.ts';
import { isKnown, type Known } from './parts.ts';
import { box, widthOf, words } from './shapes.ts';
import { mix, palettes, type Palette } from './theme.ts';
import type { Look } from './view.ts';

/** The four states of units × periods in words: a figure by its shade, zero, not reported, not due or not applicable. */

export const heatmapNames = {
  zh: {
    met: '办齐',
    missed: '有缺',
    none: '台账未报',
    later: '未到期或不适用',
    zero: '零',
    small: `少于 ${LEAST_DENOMINATOR}，写作分数`,
    few: '少',
    many: '多',
    total: '至今',
    changed: '单位变动',
    note: '说明',
  },
  en: {
    met: 'all met',
    missed: 'missed',
    none: 'not reported',
    later: 'not due or n/a',
    zero: 'zero',
    small: `under ${LEAST_DENOMINATOR}: as a fraction`,
    few: 'less',
    many: 'more',
    total: 'to date',
    changed: 'unit changed',
    note: 'Note',
  },
} as const;

export function keyEntries({ kpi, rows }: Reading, { lang, theme }: Look): KeyEntry[] {
  const own = heatmapNames[lang];
  const palette = palettes[theme];
  const shade = (share: number): string => mix(palette.card, palette.past[1], 0.12 + 0.5 * share);
  const [met, missed] =
    kpi.from === 'slots' ? [own.met, own.missed] : lang === 'zh' ? ['已报', '缺报'] : ['reported', 'missing'];
  const washes: [string, string, string?][] = isTally(kpi)
    ? [
        [palette.goodWash, met],
        [palette.warnWash, missed, missedRim(palette)],
      ]
    : [
        [shade(0.1), own.few],
        [shade(1), own.many],
      ];
  return [
    ...washes.map(([fill, text, stroke]) => boxEntry(text, { fill, stroke })),
    ...(!isTally(kpi) && has(rows, (c) => c.value === 0 && !isSmall(kpi, c))
      ? [writtenEntry(own.zero, isPercent(kpi) ? '0%' : '0', palette)]
      : []),
    ...(!isTally(kpi) && has(rows, (c) => isSmall(kpi, c)) ? [writtenEntry(own.small, '1/2', palette)] : []),
    hatchEntry(own.none, palette.past[1]),
    boxEntry(own.later, { fill: 'none', stroke: palette.line }),
    ...(rows.some((row) => row.breaks.length > 0)
      ? [{ text: own.changed, sign: 10, draw: (x: number, y: number) => [diamond(x + 5, y, 4, palette)] }]
      : []),
  ];
}

const has = (rows: readonly Row[], is: (cell: Known) => boolean): boolean =>
  rows.some((row) => row.cells.some((c) => c !== null && isKnown(c) && is(c)));

/** A cell without a shade, as it is written: what it stands for is said beside it. */
function writtenEntry(text: string, written: string, palette: Palette): KeyEntry {
  const sign = 10 + widthOf(written, 10);
  return {
    text,
    sign,
    draw: (x, y) => [
      box(
        { x: x + 0.5, y: y - 6.5, width: sign - 1, height: 13 },
        { fill: palette.card, stroke: palette.grid },
        2,
      ),
      words(x + sign / 2, y, written, { fill: palette.soft, align: 'center', size: 10 }),
    ],
  };
}
