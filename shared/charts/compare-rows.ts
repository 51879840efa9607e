import type { Reason, ReasonCode } from '../change.ts';
import { formatFraction, formatNumber, formatValue, formatWithUnit, isAtLeast } from '../format.ts';
import { meetsNorm } from '../kpi.ts';
import type { Cell } from '../query.ts';
import type { Lang } from '../text.ts';
import { shortName } from '../unit.ts';
import { diamond } from './break-marks.ts';
import { kpiOf } from './parts.ts';
import { hasOwnNorms, isJudged, type Apart, type Compared, type Peer, type Peers } from './peers.ts';
import {
  box,
  cutName,
  cutTo,
  dot,
  hatch,
  line,
  words,
  type Drawn,
  type Frame,
  type Shape,
  type Stage,
} from './shapes.ts';
import { isNarrow, type Palette } from './theme.ts';
import type { Look, ViewState } from './view.ts';

/** The rows of units beside each other. */

export type Layout = {
  /** Room before the names, for what the page lays over the rows; 0 where nothing is picked from them. */
  readonly gutter: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly row: number;
};

export const rowCount = (p: Peers): number => p.compared.length + p.apart.length;

export function missed(p: Peers, peer: Compared, state: ViewState): boolean {
  return isJudged(p.kpi, state) && meetsNorm(p.kpi, peer.now.value, peer.norm) === false;
}

/** Why a unit is not to be set against its own past: what happened to it or to the rules, in few words. */
export function breakOf(peer: Pick<Peer, 'change'>): Reason | null {
  return peer.change.reasons.find((r) => r.verdict === 'not_comparable' && !plain.has(r.code)) ?? null;
}
const plain: ReadonlySet<ReasonCode> = new Set(['no_base', 'no_value', 'few', 'gaps', 'unknown', 'days']);

type RowInk = {
  readonly look: Look;
  readonly palette: Palette;
  readonly layout: Layout;
  readonly state: ViewState;
};

export type Row = Compared & Drawn & { readonly index: number };

/** The row, not only its dot, is what a pointer meets; the name of one that is picked lies on a ground of its own. */
function wholeRow(
  { unit }: Pick<Peer, 'unit'>,
  y: number,
  { look, layout, palette, state }: RowInk,
): Shape[] {
  const row = { x: 0, y: y - layout.row / 2, width: look.width, height: layout.row };
  return [
    box(row, { fill: 'transparent' }),
    ...(state.beside?.includes(unit.code)
      ? [
          box(
            { ...row, y: row.y + 2, width: layout.left - 6, height: row.height - 4 },
            { fill: palette.band },
            4,
          ),
        ]
      : []),
  ];
}

const nameOf = ({ unit }: Pick<Peer, 'unit'>, y: number, { layout, palette }: RowInk): Shape =>
  words(layout.gutter, y, cutName(shortName(unit.name), layout.left - layout.gutter - 8), {
    fill: palette.ink,
    bold: true,
  });

/** One row: name, line, its own norm, last year's ring, this year's dot, figure; and why the two are not joined. */
export function drawRow(p: Peers, row: Row, stage: Stage, of: RowInk): Shape[] {
  const { look, palette, state } = of;
  const { plot, at } = stage;
  const y = at(0, row.index + 0.5)[1];
  const x = at(row.now.value, 0)[0];
  const comparable = row.change.verdict !== 'not_comparable';
  const before = row.before?.value ?? null;
  const thenX = before === null ? null : at(before, 0)[0];
  const isMissed = missed(p, row, state);
  const narrow = isNarrow(look);
  const shapes: Shape[] = [
    ...wholeRow(row, y, of),
    nameOf(row, y, of),
    line([plot.x, y], [plot.x + plot.width, y], { stroke: palette.grid }),
    ...drawOwnNorm(p, row, stage, of),
    ...drawBreak(row, { plot, y, taken: [x, thenX ?? x] }, of),
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
  shapes.push(nowSign(x, y, narrow ? 5 : 6, { isMissed, palette }));
  return [...shapes, ...drawFigure(p, row, { x: plot.x + plot.width, y }, of)];
}

/** This year's figure: under its norm in its own colour, on paper without colour as a square. */
export const nowSign = (
  x: number,
  y: number,
  radius: number,
  { isMissed, palette }: { isMissed: boolean; palette: Palette },
): Shape =>
  isMissed && palette.plain
    ? box({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }, { fill: palette.warn })
    : dot(x, y, radius, { fill: isMissed ? palette.warn : palette.red });

/** Where units have norms of their own, each row has its own tick. */
function drawOwnNorm(
  p: Peers,
  row: Row,
  { at }: Stage,
  { palette, layout }: { palette: Palette; layout: Layout },
): Shape[] {
  if (row.norm === null || !hasOwnNorms(p)) return [];
  const [x, y] = at(row.norm, row.index + 0.5);
  const half = layout.row / 2 - 4;
  return [line([x, y - half], [x, y + half], { stroke: palette.ink, width: 1.5, dash: [2, 2] })];
}

/** In less room the words stand under the pointer and in the table alone. */
const WORDS_FROM = 120;

/** A diamond, and on the side that is free the words for what changed. */
function drawBreak(
  row: Row,
  { plot, y, taken }: { plot: Frame; y: number; taken: readonly number[] },
  { look, palette }: { look: Look; palette: Palette },
): Shape[] {
  const reason = breakOf(row);
  if (reason === null) return [];
  const left = Math.min(...taken) - plot.x;
  const right = plot.x + plot.width - Math.max(...taken);
  const isLeft = left >= right;
  const room = Math.max(left, right) - 30;
  const x = isLeft ? plot.x + 6 : Math.max(...taken) + 16;
  const text = cutTo(reason.text[look.lang], room, 11);
  return [
    diamond(x, y, 4, palette),
    ...(room < WORDS_FROM
      ? []
      : [words(x + 9, y, text, { fill: palette.soft, size: 11, halo: palette.card })]),
  ];
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
  const fraction =
    state.per === 'member'
      ? rawText(state, row.now, look.lang)
      : formatFraction(row.now.numerator, row.now.denominator);
  return [figure, words(look.width - 4, y, fraction, { fill: palette.soft, align: 'right' })];
}

/** The count itself and the members that it is divided by. */
export function rawText(state: ViewState, { numerator, denominator }: Cell, lang: Lang): string {
  const raw = formatWithUnit(kpiOf({ kpi: state.kpi }), numerator ?? 0, lang);
  const members = formatNumber(denominator ?? 0, Number.isInteger(denominator) ? 0 : 1);
  return lang === 'zh' ? `${raw} ÷ ${members} 人` : `${raw} ÷ ${members} members`;
}

export function drawApart(row: Apart & { index: number }, stage: Stage, of: RowInk): Shape[] {
  const { look, palette, layout } = of;
  const y = stage.at(0, row.index + 0.5)[1];
  const width = look.width - layout.left - 4;
  const sign = stateSign(row.now, { x: stage.plot.x, y: y - 6, width: 12, height: 12 }, palette);
  const text = cutTo(row.why[look.lang], width - (sign === null ? 0 : 18), isNarrow(look) ? 11 : 12);
  return [
    ...wholeRow(row, y, of),
    nameOf(row, y, of),
    ...(sign === null ? [] : [sign]),
    words(stage.plot.x + (sign === null ? 0 : 18), y, text, {
      fill: palette.soft,
      size: isNarrow(look) ? 11 : 12,
    }),
  ];
}

/** Hatched: not reported. Outlined: not applicable. A figure needs no sign. */
function stateSign(cell: Cell, frame: Frame, palette: Palette): Shape | null {
  if (cell.value !== null) return null;
  return cell.status === 'none'
    ? hatch(frame, palette.past[1], 4)
    : box(frame, { stroke: palette.past[1] }, 2);
}
