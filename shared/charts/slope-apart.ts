import type { Cell } from '../query.ts';
import { shortName } from '../unit.ts';
import { bySameDays, markOf } from './parts.ts';
import {
  box,
  cutName,
  cutTo,
  drawnSeries,
  hatch,
  line,
  widthOf,
  words,
  type Drawn,
  type Frame,
  type Shape,
} from './shapes.ts';
import type { SlopeApart, Slopes } from './slope-reading.ts';
import { isNarrow, type Palette } from './theme.ts';
import type { Look, ViewState } from './view.ts';

/** Under the lines: the units that have no two figures to be joined, each with its reason. */

/** What a series is drawn with. */
export type Ink = { readonly look: Look; readonly palette: Palette; readonly state: ViewState };

const MOST_APART = 12; /** On a phone the reason stands under the name. */
const apartRow = (look: Look): number => (isNarrow(look) ? 38 : 22);

export const shownApart = (s: Slopes): readonly SlopeApart[] => s.apart.slice(0, MOST_APART);

/** Room under the plot: those without two figures, how many more there are, and the key. */
export function apartHeight(s: Slopes, look: Look): number {
  const shown = shownApart(s).length;
  return shown === 0 ? 0 : 20 + shown * apartRow(look) + Number(s.apart.length > shown) * 22;
}

/** Under the lines: who has no two figures, and why. */
export function apartSeries(s: Slopes, ink: Ink): object {
  const { look, palette, state } = ink;
  const size = isNarrow(look) ? 11 : 12;
  const left = Math.min(
    Math.max(...shownApart(s).map(({ unit }) => widthOf(shortName(unit.name)))) + 12,
    isNarrow(look) ? 84 : 180,
  );
  const shown = shownApart(s).map((a, index) => {
    const cell = a.now !== null && a.now.value !== null ? a.now : (a.then ?? a.now);
    return {
      ...a,
      index,
      mark: markOf(state, cell, bySameDays(state)),
      tip: `${a.unit.name}\n${a.why[look.lang]}`,
    };
  });
  return drawnSeries(
    'apart',
    shown,
    ({ unit, why, then, now, index }, { plot }) => {
      const narrow = isNarrow(look);
      const row = apartRow(look);
      const y = plot.y + plot.height + 30 + index * row;
      const at = narrow ? { x: 0, y: y + 16 } : { x: left, y };
      const sign = apartSign([then, now], { x: at.x, y: at.y - 6, width: 12, height: 12 }, palette);
      const x = at.x + (sign === null ? 0 : 18);
      return [
        ...(index === 0 ? [line([0, y - 15], [look.width, y - 15], { stroke: palette.line })] : []),
        words(0, y, cutName(shortName(unit.name), narrow ? look.width : left - 8), {
          fill: palette.ink,
          bold: true,
        }),
        ...(sign === null ? [] : [sign]),
        words(x, at.y, cutTo(why[look.lang], look.width - x - 4, size), { fill: palette.soft, size }),
      ];
    },
    { z: 3 },
  );
}

/** Hatched where either year is not reported, outlined where either has no value. */
function apartSign(cells: readonly (Cell | null)[], frame: Frame, palette: Palette): Shape | null {
  if (cells.some((c) => c !== null && c.status === 'none')) return hatch(frame, palette.past[1], 4);
  return cells.some((c) => c === null || c.value === null)
    ? box(frame, { stroke: palette.past[1] }, 2)
    : null;
}

/** How many more there are than could be listed. */
export const moreSeries = (s: Slopes, { look, palette }: Ink): object[] => {
  const { lang } = look;
  const more = s.apart.length - shownApart(s).length;
  if (more === 0) return [];
  const text = lang === 'zh' ? `另 ${more} 个单列，见数据表` : `${more} more set apart: see the table`;
  return [
    drawnSeries<Drawn>(
      'more',
      [{}],
      (_, { plot }) => [
        words(0, plot.y + plot.height + 30 + shownApart(s).length * apartRow(look), text, {
          fill: palette.soft,
        }),
      ],
      { silent: true },
    ),
  ];
};
