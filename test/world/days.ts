import type { Random } from '../../db/demo/random.ts';

/** The years that a centre of chance lives through: two of them are leap years' neighbours, one is leap. */
export const firstYear = 2021;
export const lastYear = 2024;

const DAY = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const begin = Date.UTC(firstYear, 0, 1);
const days = (Date.UTC(lastYear, 11, 31) - begin) / DAY;

/** One of the centre's days; one in six is a month's first or last. */
export function anyDay(random: Random): string {
  const day = iso(begin + random.int(0, days) * DAY);
  if (random.chance(1 / 12)) return `${day.slice(0, 7)}-01`;
  return random.chance(1 / 11) ? lastOf(day.slice(0, 7)) : day;
}

/** A day not before the other one, and at most so many days after it. */
export const dayAfter = (random: Random, day: string, most: number): string =>
  iso(Date.parse(`${day}T00:00:00Z`) + random.int(0, most) * DAY);

/** The month so many months after January of the first year. */
export const monthAt = (index: number): string => iso(Date.UTC(firstYear, index, 1)).slice(0, 7);

export const months = (lastYear - firstYear + 1) * 12;

export const lastOf = (month: string): string =>
  iso(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0));
