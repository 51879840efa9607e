import { formatPeriod, formatPeriodInYear, yearName } from '../../../shared/format.ts';
import { grainOf, periodsOf, rangeOf, yearOfDay } from '../../../shared/period.ts';
import type { Lang } from '../../../shared/text.ts';
import type { Option } from '../pick.ts';

/** The years that are covered, and within the year of `period` its quarters and months. */
export function periodOptions(
  { years, yearStart = 1 }: { years: readonly number[]; yearStart?: number },
  period: string,
  lang: Lang,
): Option[] {
  const whole = years
    .toSorted((a, b) => b - a)
    .map((y) => ({ value: String(y), label: formatPeriod(String(y), lang, yearStart) }));
  if (grainOf(period) === null) return whole;
  const year = yearOfDay(rangeOf(period, yearStart).from, yearStart);
  const within = (['quarter', 'month'] as const)
    .flatMap((grain) => periodsOf(year, grain, yearStart))
    .map((p) => ({
      value: p,
      label: formatPeriodInYear(p, lang, yearStart),
      hint: yearName(year, yearStart),
      also: p,
    }));
  return [...whole, ...within];
}
