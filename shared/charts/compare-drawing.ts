import {
  formatChange,
  formatFraction,
  formatToDate,
  formatValue,
  formatVerdict,
  isAtLeast,
} from '../format.ts';
import { meetsNorm } from '../kpi.ts';
import type { Lang } from '../text.ts';
import { shortName } from '../unit.ts';
import { valueLabel } from './axes.ts';
import { dotEntry, type KeyEntry } from './key.ts';
import { bySameDays, isUnfinished, thisYear, tipLine } from './parts.ts';
import { isJudged, type Apart, type Compared, type Peer, type Peers } from './peers.ts';
import {
  box,
  cutTo,
  dot,
  drawnSeries,
  line,
  widthOf,
  words,
  type Drawn,
  type Shape,
  type Stage,
} from './shapes.ts';
import { isNarrow, ROW_HEIGHT, type Palette } from './theme.ts';
import type { Look, ViewState } from './view.ts';

/** How units are drawn beside each other: the ground, a row each, and the key. */

const names = {
  zh: {
    now: '今年',
    before: '去年',
    same: '去年同期',
    band: '中间一半支部',
    norm: '规定',
    missed: '未达规定',
  },
  en: {
    now: 'this year',
    before: 'last year',
    same: 'same days last year',
    band: 'middle half',
    norm: 'Norm',
    missed: 'norm missed',
  },
} as const;

export type Layout = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly row: number;
};

export function layoutOf(p: Peers, look: Look): Layout {
  const narrow = isNarrow(look);
  const widest = Math.max(0, ...[...p.compared, ...p.apart].map(({ unit }) => widthOf(shortName(unit.name))));
  return {
    left: Math.min(widest + 16, narrow ? 84 : 180),
    right: narrow ? 56 : p.kpi.type === 'count' ? 84 : 170,
    top:
      p.band !== null && p.kpi.norm !== undefined ? 42 : p.band !== null || p.kpi.norm !== undefined ? 26 : 8,
    row: narrow ? 30 : ROW_HEIGHT,
  };
}

export const rowCount = (p: Peers): number => p.compared.length + p.apart.length;

function missed(p: Peers, peer: Compared, state: ViewState): boolean {
  return isJudged(p.kpi, state) && meetsNorm(p.kpi, peer.now.value) === false;
}

export function tipOf(p: Peers, peer: Peer, state: ViewState, lang: Lang): string {
  const said = formatChange(p.kpi, peer.change, lang);
  return [
    peer.unit.name,
    tipLine(p.kpi, peer.now, lang, state.asOf, String(thisYear(state))),
    ...(peer.before === null
      ? []
      : [tipLine(p.kpi, peer.before, lang, state.asOf, String(thisYear(state) - 1))]),
    [said, formatVerdict(peer.change, lang)].filter(Boolean).join(' · '),
  ].join('\n');
}

/** The band, the norm and their names, and the line over those set apart: behind the rows. */
export const groundSeries = (p: Peers, look: Look, palette: Palette): object =>
  drawnSeries<Drawn>(
    'ground',
    [{}],
    (_, stage) => [
      ...drawBand(p, stage, look, palette),
      ...(p.compared.length > 0 && p.apart.length > 0
        ? [
            line([0, bottomOf(p, stage)], [look.width, bottomOf(p, stage)], {
              stroke: palette.line,
            }),
          ]
        : []),
    ],
    { z: 0, silent: true },
  );

const bottomOf = (p: Peers, { at }: Stage): number => at(0, p.compared.length)[1];

function drawBand(p: Peers, stage: Stage, look: Look, palette: Palette): Shape[] {
  const { plot, at } = stage;
  const { norm } = p.kpi;
  const own = names[look.lang];
  const bottom = bottomOf(p, stage);
  const shapes: Shape[] = [];
  const say = (x: number, y: number, text: string): void => {
    const half = widthOf(text) / 2;
    const inside = Math.min(Math.max(x, plot.x + half), look.width - half - 2);
    shapes.push(words(inside, y, text, { fill: palette.soft, align: 'center' }));
  };
  const normX = norm === undefined ? null : at(norm, 0)[0];
  const normText =
    norm === undefined ? '' : `${own.norm} ${valueLabel(p.kpi, { min: 0, max: 1, interval: 1 })(norm)}`;
  if (p.band !== null) {
    const [low, high] = p.band;
    const from = at(low, 0)[0];
    const to = at(high, 0)[0];
    const middle = (from + to) / 2;
    const frame = { x: from, y: plot.y, width: Math.max(2, to - from), height: bottom - plot.y };
    shapes.push(box(frame, { fill: palette.band }));
    // Two names that would touch stand one over the other.
    const close =
      normX !== null && Math.abs(middle - normX) < (widthOf(own.band) + widthOf(normText)) / 2 + 12;
    say(middle, plot.y - (close ? 28 : 11), own.band);
  }
  if (normX !== null) {
    shapes.push(line([normX, plot.y], [normX, bottom], { stroke: palette.ink, dash: [2, 3] }));
    say(normX, plot.y - 11, normText);
  }
  return shapes;
}

export type Row = Compared & Drawn & { readonly index: number };

/** The row, not only its dot, is what a pointer meets. */
const wholeRow = (y: number, { look, layout }: { look: Look; layout: Layout }): Shape =>
  box({ x: 0, y: y - layout.row / 2, width: look.width, height: layout.row }, { fill: 'transparent' });

/** One row: name, line, last year's ring, this year's dot, figure. */
export function drawRow(
  p: Peers,
  row: Row,
  stage: Stage,
  of: { look: Look; palette: Palette; layout: Layout; state: ViewState },
): Shape[] {
  const { look, palette, layout, state } = of;
  const { plot, at } = stage;
  const y = at(0, row.index + 0.5)[1];
  const x = at(row.now.value, 0)[0];
  const comparable = row.change.verdict !== 'not_comparable';
  const before = row.before?.value ?? null;
  const thenX = before === null ? null : at(before, 0)[0];
  const isMissed = missed(p, row, state);
  const narrow = isNarrow(look);
  const shapes: Shape[] = [
    wholeRow(y, of),
    words(0, y, cutTo(shortName(row.unit.name), layout.left - 8), { fill: palette.ink, bold: true }),
    line([plot.x, y], [plot.x + plot.width, y], { stroke: palette.grid }),
  ];
  if (thenX !== null) {
    if (comparable) shapes.push(line([thenX, y], [x, y], { stroke: palette.past[1], width: 2 }));
    shapes.push(
      dot(thenX, y, narrow ? 3.5 : 4, {
        fill: palette.card,
        stroke: comparable ? palette.past[1] : palette.past[2],
      }),
    );
  }
  shapes.push(dot(x, y, narrow ? 5 : 6, { fill: isMissed ? palette.warn : palette.red }));
  return [...shapes, ...drawFigure(p, row, { x: plot.x + plot.width, y }, of)];
}

/** The row's figure at its end, with its fraction where there is room. */
function drawFigure(
  p: Peers,
  row: Row,
  { x, y }: { x: number; y: number },
  { look, palette, state }: { look: Look; palette: Palette; state: ViewState },
): Shape[] {
  const narrow = isNarrow(look);
  const value = `${isAtLeast(p.kpi, row.now) ? '≥ ' : ''}${formatValue(p.kpi, row.now.value)}`;
  const figure = words(x + (narrow ? 10 : 14), y, value, {
    fill: missed(p, row, state) ? palette.warn : palette.ink,
    bold: true,
    size: narrow ? 11 : 12,
  });
  if (narrow || p.kpi.type === 'count') return [figure];
  const fraction = formatFraction(row.now.numerator, row.now.denominator);
  return [figure, words(look.width - 4, y, fraction, { fill: palette.soft, align: 'right' })];
}

export function drawApart(
  row: Apart & { index: number },
  stage: Stage,
  of: { look: Look; palette: Palette; layout: Layout },
): Shape[] {
  const { look, palette, layout } = of;
  const y = stage.at(0, row.index + 0.5)[1];
  const width = look.width - layout.left - 4;
  const text = cutTo(row.why[look.lang], width, isNarrow(look) ? 11 : 12);
  return [
    wholeRow(y, of),
    words(0, y, cutTo(shortName(row.unit.name), layout.left - 8), { fill: palette.ink, bold: true }),
    words(stage.plot.x, y, text, { fill: palette.soft, size: isNarrow(look) ? 11 : 12 }),
  ];
}

/** What the dots stand for; none where nothing is on the axis. */
export function keyEntries(p: Peers, state: ViewState, look: Look, palette: Palette): KeyEntry[] {
  if (p.compared.length === 0) return [];
  const { lang } = look;
  const own = names[lang];
  const year = `${thisYear(state)}${lang === 'zh' ? '年' : ''}`;
  const days = formatToDate(state.asOf, lang);
  const now =
    !isUnfinished(state) || isNarrow(look) ? year : lang === 'zh' ? `${year} ${days}` : `${days} ${year}`;
  return [
    dotEntry(now, 5, { fill: palette.red }),
    dotEntry(bySameDays(state) ? own.same : own.before, 4, { fill: palette.card, stroke: palette.past[1] }),
    ...(p.compared.some((peer) => missed(p, peer, state))
      ? [dotEntry(own.missed, 5, { fill: palette.warn })]
      : []),
  ];
}
