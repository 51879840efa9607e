import { formatPeriodInYear } from '../format.ts';
import { partOf } from '../part-of-year.ts';
import { isLookedAt } from './span.ts';
import { box, drawnSeries, type Drawn, type Frame, type Stage } from './shapes.ts';
import type { Look, ViewState } from './view.ts';

/** The names of months and quarters, which narrow a page when they are pressed. */

const words = {
  zh: { pick: (name: string) => `只看${name}`, picked: (name: string) => `不再只看${name}` },
  en: { pick: (name: string) => `Only ${name}`, picked: (name: string) => `No longer only ${name}` },
} as const;

/** What a press on the periods' names meets, where a page can be narrowed: their places, over the names themselves. */
export function periodSeries(
  state: ViewState,
  periods: readonly string[],
  { lang, narrows }: Look,
  placeOf: (stage: Stage, index: number) => Frame,
): object[] {
  if (narrows !== true) return [];
  const names = periods.flatMap((period, index): (Drawn & { readonly index: number })[] => {
    const only = partOf(period);
    if (only === null) return [];
    const name = formatPeriodInYear(period, lang);
    const tip = words[lang][isLookedAt(state, period) ? 'picked' : 'pick'](name);
    return [{ index, only, tip }];
  });
  return [
    drawnSeries(
      'period-names',
      names,
      ({ index }, stage) => [box(placeOf(stage, index), { fill: 'transparent' })],
      { z: 6 },
    ),
  ];
}
