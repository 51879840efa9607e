import { addMonths, grainOf } from './period.ts';

/**
 * One month or quarter of every year, as the end of its period's name: `03`, `Q1`. A page can be narrowed
 * to it; the years that it is of are chosen apart.
 */

export const isPart = (text: string): boolean => /^(0[1-9]|1[0-2]|Q[1-4])$/.test(text);

/** The month or quarter that a period is, of whatever year; null of a year or a day. */
export function partOf(period: string): string | null {
  const grain = grainOf(period);
  return grain === 'month' || grain === 'quarter' ? period.slice(5) : null;
}

export const grainOfPart = (part: string): 'month' | 'quarter' =>
  part.startsWith('Q') ? 'quarter' : 'month';

/**
 * The part's period in a year.
 * @param start the month with which the centre's year begins: of a year begun in April, March lies in the next calendar year
 */
export const periodOfPart = (year: number, part: string, start = 1): string =>
  grainOfPart(part) === 'quarter' || Number(part) >= start
    ? `${year}-${part}`
    : addMonths(`${year}-${part}`, 12);
