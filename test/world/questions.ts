import { Random } from '../../db/demo/random.ts';
import { kinds } from '../../shared/kinds.ts';
import type { Asking } from '../oracle/compare.ts';
import type { Seen } from '../oracle/oracle.ts';
import { firstYear, lastYear } from './days.ts';
import { asOfChance, type World } from './world.ts';

/** How one looks at the centre: from a day, in one of the structures, at some kinds or all. */
function seenOfChance(random: Random, yearStart: number): Seen {
  const kind = kinds[random.int(0, kinds.length - 1)]?.code ?? 'other';
  return {
    asOf: asOfChance(random, yearStart),
    toDate: random.chance(0.4),
    kind: random.chance(0.2) ? [kind, 'theme_day', 'committee_meeting'] : null,
    structure: random.pick(['then', 'then', 'today']),
  };
}

/** Two or three questions to one centre: its parts over the years, and others. */
export function questionsOfChance({ seed, yearStart, units, focusYear }: World): Asking[] {
  const random = new Random(`questions ${seed}`);
  const anyUnit = (): string => units[random.int(0, units.length - 1)]?.code ?? 'C';
  const seen = (more: Partial<Seen> = {}): Seen[] => [{ ...seenOfChance(random, yearStart), ...more }];
  const allYears = Array.from({ length: lastYear - firstYear + 1 }, (_, i) => firstYear + i);
  const focus = [focusYear, focusYear + 1];
  const grain = random.pick<'year' | 'quarter'>(['year', 'quarter']);
  const others: Asking[] = [
    { units: [anyUnit()], years: focus, grains: ['quarter'], seen: seen() },
    { units: ['C'], years: [focusYear], grains: ['month'], seen: seen() },
    { units: [anyUnit()], by: 'unit', years: focus, grains: ['quarter'], seen: seen() },
    { units: [anyUnit()], by: 'kind', years: [focusYear], grains: ['year'], seen: seen({ kind: null }) },
    { units: [anyUnit()], years: focus, grains: [grain], seen: seen({ per: 'member' }) },
    { units: ['C'], by: 'unit', years: focus, grains: [grain], seen: seen({ per: 'member' }) },
  ];
  const asked: Asking[] = [
    { units: ['C'], by: 'unit', years: allYears, grains: ['year'], seen: seen() },
    ...random.shuffled(others).slice(0, 1 + (seed % 2)),
  ];
  // Now and then in months for every part, or in days.
  if (seed % 10 === 0)
    asked.push({ units: ['C'], by: 'unit', years: [focusYear], grains: ['month'], seen: seen() });
  if (seed % 100 === 0) asked.push({ units: [anyUnit()], years: [focusYear], grains: ['day'], seen: seen() });
  return asked;
}
