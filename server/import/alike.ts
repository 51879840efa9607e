import { bare } from '../ledger/text.ts';

/** A title as it is compared: without marks, white space, or case. */
export const plainTitle = (title: string | null): string =>
  bare(title ?? '')
    .replace(/[,，、;；!！?？—-]/g, '')
    .toLowerCase();

// A word of two characters stands in many titles.
const leastPart = 4;

/** Do two titles speak of the same event: the same words, or one is a part of the other? Nothing is like nothing. */
export function areAlike(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= leastPart && long.includes(short);
}
