import { formatChange } from '../format.ts';
import type { Kpi } from '../kpi.ts';
import type { Lang } from '../text.ts';
import { line, type Shape } from './shapes.ts';
import type { Slope, Way } from './slope-reading.ts';

/** Up, down or level: in words and in shape, never by colour alone. */

export const wayNames: Record<Way, Record<Lang, string>> = {
  rise: { zh: '升', en: 'up' },
  fall: { zh: '降', en: 'down' },
  level: { zh: '持平', en: 'level' },
};

/** `升 3.2 个百分点` · `down 4`; empty across a break. */
export function movedWords(kpi: Kpi, d: Pick<Slope, 'way' | 'change'>, lang: Lang): string {
  if (d.way === null) return '';
  const amount = formatChange(kpi, d.change, lang, { relative: false }).replace(/^[+−]/, '');
  // Level in the digits that are written, or without a word for how far.
  return d.way === 'level' || !/\d/.test(amount)
    ? wayNames[d.way][lang]
    : `${wayNames[d.way][lang]} ${amount}`;
}

/** A filled triangle up, a hollow one down, a short bar for level: shape tells what colour would. */
export function wayShape(way: Way, x: number, y: number, stroke: string): Shape {
  if (way === 'level') return line([x - 4, y], [x + 4, y], { stroke, width: 2 });
  const tip = way === 'rise' ? -4 : 4;
  return {
    type: 'polygon',
    shape: {
      points: [
        [x, y + tip],
        [x - 4, y - tip * 0.8],
        [x + 4, y - tip * 0.8],
      ],
    },
    style: { fill: way === 'rise' ? stroke : 'none', stroke, lineWidth: 1.2 },
  };
}
