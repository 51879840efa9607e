import { formatPeriod, formatPeriodInYear } from '../../../shared/format.ts';
import { grainOf, periodsOf, yearOf } from '../../../shared/period.ts';
import type { Lang } from '../../../shared/text.ts';
import type { Option } from '../pick.ts';

/** The years that are covered, and within the year of `period` its quarters and months. */
export function periodOptions(years: readonly number[], period: string, lang: Lang): Option[] {
  const whole = years
    .toSorted((a, b) => b - a)
    .map((y) => ({ value: String(y), label: formatPeriod(String(y), lang) }));
  if (grainOf(period) === null) return whole;
  const year = yearOf(period);
  const within = (['quarter', 'month'] as const)
    .flatMap((grain) => periodsOf(year, grain))
    .map((p) => ({ value: p, label: formatPeriodInYear(p, lang), hint: String(year), also: p }));
  return [...whole, ...within];
}
