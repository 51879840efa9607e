import { formatChange, formatVerdict } from '../format.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { shortName } from '../unit.ts';
import { diamond } from './break-marks.ts';
import { breakOf, missed, nowSign, type Layout } from './compare-rows.ts';
import { dotEntry, type KeyEntry } from './key.ts';
import { normText } from './norms.ts';
import { bySameDays, isUnfinished, sayBefore, sayYear, thisYear, tipLine } from './parts.ts';
import { agreedNorm, hasOwnNorms, type Apart, type Compared, type Peers } from './peers.ts';
import { box, drawnSeries, line, widthOf, words, type Drawn, type Shape, type Stage } from './shapes.ts';
import { isNarrow, MANY, ROW_HEIGHT, type Palette } from './theme.ts';
import type { Look, ViewState } from './view.ts';

/** What lies around the rows of units beside each other: the ground, the names, the key. */

const names = {
  zh: {
    band: '中间一半支部',
    norm: '各自的规定',
    missed: '未达规定',
    changed: '单位或口径有变动，不与去年比',
  },
  en: {
    band: 'middle half',
    norm: 'norm of its own',
    missed: 'norm missed',
    changed: 'units or rules changed: not set against last year',
  },
} as const;

/** Wide enough for a box to tick. */
const GUTTER = 26;

export function layoutOf(p: Peers, look: Look, state: ViewState): Layout {
  const narrow = isNarrow(look);
  const widest = Math.max(0, ...[...p.compared, ...p.apart].map(({ unit }) => widthOf(shortName(unit.name))));
  const named = Number(p.band !== null) + Number(agreedNorm(p) !== null);
  const gutter = state.beside === undefined ? 0 : GUTTER;
  return {
    gutter,
    left: gutter + Math.min(widest + 16, narrow ? 84 : 180),
    right: narrow ? 56 : p.kpi.type === 'count' ? 84 : 170,
    top: [8, 26, 42][named] ?? 42,
    row: p.compared.length + p.apart.length > MANY ? 26 : narrow ? 30 : ROW_HEIGHT,
  };
}

export function tipOf(p: Peers, peer: Compared | Apart, state: ViewState, lang: Lang): string {
  const name = (year: number): string =>
    sayYear(state, year, lang, bySameDays(state) || (isUnfinished(state) && year === thisYear(state)));
  const line = (cell: Cell, year: number): string => tipLine(p.kpi, cell, { lang, state, name: name(year) });
  return [
    peer.unit.name,
    line(peer.now, thisYear(state)),
    ...(peer.before === null ? [] : [line(peer.before, thisYear(state) - 1)]),
    ...(peer.norm === null ? [] : [normText(p.kpi, peer.norm, lang)]),
    'why' in peer
      ? peer.why[lang]
      : [formatChange(p.kpi, peer.change, lang), formatVerdict(peer.change, lang)]
          .filter(Boolean)
          .join(' · '),
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
  const norm = agreedNorm(p);
  const own = names[look.lang];
  const bottom = bottomOf(p, stage);
  const shapes: Shape[] = [];
  const say = (x: number, y: number, text: string): void => {
    const half = widthOf(text) / 2;
    const inside = Math.min(Math.max(x, plot.x + half), look.width - half - 2);
    shapes.push(words(inside, y, text, { fill: palette.soft, align: 'center' }));
  };
  const normX = norm === null ? null : at(norm, 0)[0];
  const normName = norm === null ? '' : normText(p.kpi, norm, look.lang);
  if (p.band !== null) {
    const [low, high] = p.band;
    const from = at(low, 0)[0];
    const to = at(high, 0)[0];
    const middle = (from + to) / 2;
    const frame = { x: from, y: plot.y, width: Math.max(2, to - from), height: bottom - plot.y };
    shapes.push(box(frame, { fill: palette.band }));
    // Two names that would touch stand one over the other.
    const close =
      normX !== null && Math.abs(middle - normX) < (widthOf(own.band) + widthOf(normName)) / 2 + 12;
    say(middle, plot.y - (close ? 28 : 11), own.band);
  }
  if (normX !== null) {
    shapes.push(line([normX, plot.y], [normX, bottom], { stroke: palette.ink, dash: [2, 3] }));
    say(normX, plot.y - 11, normName);
  }
  return shapes;
}

/** What the dots stand for; none where nothing is on the axis. */
export function keyEntries(p: Peers, state: ViewState, look: Look, palette: Palette): KeyEntry[] {
  if (p.compared.length === 0) return [];
  const { lang } = look;
  const own = names[lang];
  return [
    dotEntry(sayYear(state, thisYear(state), lang), 5, { fill: palette.red }),
    dotEntry(sayBefore(state, lang), 4, { fill: palette.card, stroke: palette.past[1] }),
    ...(p.compared.some((peer) => missed(p, peer, state))
      ? [
          {
            text: own.missed,
            sign: 10,
            draw: (x: number, y: number) => [nowSign(x + 5, y, 5, { isMissed: true, palette })],
          },
        ]
      : []),
    ...(hasOwnNorms(p)
      ? [
          {
            text: own.norm,
            sign: 4,
            draw: (x: number, y: number) => [
              line([x + 2, y - 7], [x + 2, y + 7], { stroke: palette.ink, width: 1.5, dash: [2, 2] }),
            ],
          },
        ]
      : []),
    ...(p.compared.some((peer) => breakOf(peer) !== null)
      ? [{ text: own.changed, sign: 10, draw: (x: number, y: number) => [diamond(x + 5, y, 4, palette)] }]
      : []),
  ];
}
