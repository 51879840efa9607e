import { yearName } from '../format.ts';
import { LEAST_DENOMINATOR } from '../norms.ts';
import type { Cell } from '../query.ts';
import { isFew } from './beside-reading.ts';
import { boxEntry, dotEntry, hatchEntry, type KeyEntry } from './key.ts';
import type { Ink } from './multiples-drawing.ts';
import type { Multiples } from './multiples-reading.ts';
import { isKnown, startOf } from './parts.ts';
import { line } from './shapes.ts';
import { yearStroke } from './theme.ts';

/** The key under the panels: only of what stands in them. */
export function keyEntries(m: Multiples, { look: { lang }, palette }: Ink): KeyEntry[] {
  const stroke = (
    text: string,
    style: { stroke: string; width: number; dash?: readonly number[] | undefined },
  ): KeyEntry => ({
    text,
    sign: 18,
    draw: (x, y) => [
      line([x, y], [x + 18, y], { ...style, dash: style.dash === undefined ? undefined : [...style.dash] }),
    ],
  });
  const years = m.panels[0]?.years ?? [];
  const some = (is: (cell: Cell, i: number) => boolean): boolean =>
    m.panels.some((p) => p.now.cells.some((c, i) => c !== null && m.stands[i] !== 'later' && is(c, i)));
  const entry = (is: boolean, made: () => KeyEntry): KeyEntry[] => (is ? [made()] : []);
  const zh = lang === 'zh';
  return [
    ...years
      .toReversed()
      .map(({ year, ago }) =>
        stroke(`${yearName(year, startOf(m.state))}${zh ? '年' : ''}`, yearStroke(palette, ago)),
      ),
    ...entry(m.stands.includes('running'), () =>
      stroke(zh ? '本期未完' : 'not over yet', { stroke: palette.red, width: 2.5, dash: [3, 3] }),
    ),
    ...entry(
      m.panels.some((p) => p.norms.some((n) => n !== null)),
      () => stroke(zh ? '规定' : 'norm', { stroke: palette.ink, width: 1, dash: [2, 3] }),
    ),
    ...entry(
      some((c) => c.status === 'none'),
      () => hatchEntry(zh ? '台账未报' : 'not reported', palette.past[1]),
    ),
    ...entry(
      some((c) => c.status === 'na'),
      () => boxEntry(zh ? '不适用' : 'n/a', { fill: 'none', stroke: palette.past[2] }),
    ),
    ...entry(
      some((c) => isKnown(c) && isFew(m.kpi, c)),
      () =>
        dotEntry(zh ? `分母少于 ${LEAST_DENOMINATOR}` : `denominator under ${LEAST_DENOMINATOR}`, 3, {
          fill: palette.card,
          stroke: palette.past[2],
        }),
    ),
  ];
}
