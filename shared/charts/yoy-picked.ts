import { box, drawnSeries, type Drawn } from './shapes.ts';
import { mix, type Palette } from './theme.ts';
import type { Reading } from './yoy-reading.ts';

/** Where a month or quarter is picked out of the lines of years: its own points stand out. */

const RECEDING = 0.4;

/** Lines recede; where thin lines are hard to see they do not: there the ground and the points tell. */
export const strokeIn = (r: Reading, colour: string, palette: Palette): string =>
  r.picked === null || palette.weight > 1 ? colour : mix(palette.card, colour, RECEDING);

/** Earlier years' points are there for the pointer and the click: they show where no line passes, and where they are picked. */
export function pointStyle(
  r: Reading,
  i: number,
  { isNow, alone, line }: { isNow: boolean; alone: boolean; line: string },
): object | undefined {
  const isPicked = r.picked?.[i] === true;
  if (!isNow) return { opacity: alone || isPicked ? 1 : 0 };
  return r.picked === null || isPicked ? undefined : { borderColor: line };
}

/** The ground under what is picked. */
export function pickedSeries(r: Reading, palette: Palette): object[] {
  const first = r.picked?.indexOf(true) ?? -1;
  const last = r.picked?.lastIndexOf(true) ?? -1;
  if (first < 0) return [];
  return [
    drawnSeries<Drawn>(
      'picked',
      [{}],
      (_, { plot, at, step }) => [
        box(
          {
            x: at(first, 0)[0] - step / 2,
            y: plot.y,
            width: step * (last - first + 1),
            height: plot.height,
          },
          { fill: palette.band },
        ),
      ],
      { z: 0, silent: true },
    ),
  ];
}
