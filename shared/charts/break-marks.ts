import { breaksOf, type Break } from '../breaks.ts';
import { formatDate } from '../format.ts';
import { daysBetween, rangeOf, yearOfDay } from '../period.ts';
import { treeIn } from '../structure.ts';
import type { Lang } from '../text.ts';
import { startOf, kpiOf } from './parts.ts';
import {
  box,
  cutTo,
  drawnSeries,
  line,
  widthOf,
  words,
  type Drawn,
  type Frame,
  type Shape,
} from './shapes.ts';
import { isNarrow, type Palette } from './theme.ts';
import type { Look, ViewInput } from './view.ts';

/** Marks on a chart where units or rules changed: a thin line with words at its head. */

/** What happened to the unit's figures within the years of the state. */
export function breaksIn({ state, answers, tree }: ViewInput, unit = state.unit): Break[] {
  const [answer] = answers;
  if (answer === undefined) return [];
  const years = new Set(state.years);
  return breaksOf(kpiOf(state), answer.context, { unit, tree: treeIn(tree, state.structure) }).filter((b) =>
    years.has(yearOfDay(b.on, startOf(state))),
  );
}

/** `2022年1月1日北汊站并入` · `merged 北汊站 on 1 Jan 2022`: a break in few words, with its day. */
export const sayBreak = ({ on, label }: Break, lang: Lang): string =>
  lang === 'zh' ? `${formatDate(on, lang)}${label.zh}` : `${label.en} on ${formatDate(on, lang)}`;

/** Several in full, for a table or a pointer. */
export const sayBreaks = (breaks: readonly Break[], lang: Lang): string =>
  breaks.map((b) => b.text[lang]).join(lang === 'zh' ? '；' : '; ');

/** The breaks that fall into one column of a chart, and how much of the column lies before the first. */
export type Spot = { readonly index: number; readonly share: number; readonly breaks: readonly Break[] };

/**
 * @param columnOf the column of a break, and the period that the column stands for; null where it has none
 */
export function spotsOf(
  breaks: readonly Break[],
  columnOf: (b: Break) => { index: number; period: string } | null,
  yearStart: number,
): Spot[] {
  const spots = new Map<number, { index: number; share: number; breaks: Break[] }>();
  for (const b of breaks) {
    const column = columnOf(b);
    if (column === null) continue;
    const { from, to } = rangeOf(column.period, yearStart);
    const share = daysBetween(from, b.on) / (daysBetween(from, to) + 1);
    const known = spots.get(column.index);
    if (known) known.breaks.push(b);
    else spots.set(column.index, { index: column.index, share, breaks: [b] });
  }
  return [...spots.values()].sort((a, b) => a.index - b.index);
}

type Label = Spot & { readonly text: string; readonly start: number; readonly lane: number };
export type Labels = { readonly labels: readonly Label[]; readonly room: number };

const LANE = 16;
const LANES = 3;

/**
 * Words over the lines, in as many lanes as keep them apart; what finds no room stands in the table and
 * under the pointer alone.
 */
export function labelsOf(
  spots: readonly Spot[],
  { look, left, right, columns }: { look: Look; left: number; right: number; columns: number },
): Labels {
  const step = (look.width - left - right) / Math.max(1, columns);
  const most = isNarrow(look) ? LANES - 1 : LANES;
  /** From the right: a line down from a higher lane then passes no words of a lower one. */
  const starts: number[] = [];
  const labels = spots
    .toReversed()
    .map((spot) => {
      const x = left + (spot.index + spot.share) * step;
      const text = cutTo(textOf(spot, look.lang), look.width - 8, 11);
      const width = widthOf(text, 11);
      const start = Math.max(0, Math.min(x + 4, look.width - width - 2));
      const free = Array.from({ length: most }, (_, i) => i).find(
        (i) => start + width + 12 <= (starts[i] ?? Infinity),
      );
      if (free !== undefined) starts[free] = start;
      return { ...spot, text: free === undefined ? '' : text, start, lane: free ?? 0 };
    })
    .toReversed();
  return { labels, room: starts.length * LANE };
}

function textOf({ breaks }: Spot, lang: Lang): string {
  const [first] = breaks;
  if (!first) return '';
  const rest = breaks.length - 1;
  const more = lang === 'zh' ? `，另有 ${rest} 项` : `, and ${rest} more`;
  return `${sayBreak(first, lang)}${rest === 0 ? '' : more}`;
}

const COLUMN = 9;

/**
 * The lines and, over all else, their words in the room over the plot.
 * @param above pixels between the plot and the lowest lane
 */
export function breakSeries(
  { labels }: Labels,
  { lang, palette, above = 0 }: { lang: Lang; palette: Palette; above?: number },
): object[] {
  if (labels.length === 0) return [];
  const headOf = (label: Label, plot: Frame): number =>
    label.text === '' ? plot.y : plot.y - above - 4 - (label.lane + 0.5) * LANE;
  return [
    drawnSeries<Label & Drawn>(
      'breaks',
      labels.map((label) => ({ ...label, tip: sayBreaks(label.breaks, lang) })),
      (label, { plot, at, step }) => {
        const x = at(label.index, 0)[0] + (label.share - 0.5) * step;
        return [
          // Wide enough for a pointer.
          box({ x: x - COLUMN / 2, y: plot.y, width: COLUMN, height: plot.height }, { fill: 'transparent' }),
          line([x, headOf(label, plot)], [x, plot.y + plot.height], {
            stroke: palette.past[0],
            dash: [1, 2],
          }),
        ];
      },
      { z: 1 },
    ),
    drawnSeries<Drawn>(
      'break-names',
      [{}],
      (_, { plot }) =>
        labels
          .filter((l) => l.text !== '')
          .map((l) =>
            words(l.start, headOf(l, plot), l.text, { fill: palette.soft, size: 11, halo: palette.card }),
          ),
      { z: 6, silent: true },
    ),
  ];
}

/** A hollow diamond: in a row of a chart, where its unit changed. */
export function diamond(x: number, y: number, r: number, palette: Palette): Shape {
  const round = (n: number): number => Math.round(n * 10) / 10;
  return {
    type: 'polygon',
    shape: {
      points: [
        [x, y - r],
        [x + r, y],
        [x, y + r],
        [x - r, y],
      ].map(([a = 0, b = 0]) => [round(a), round(b)]),
    },
    style: { fill: palette.card, stroke: palette.past[0], lineWidth: 1.5 },
  };
}
