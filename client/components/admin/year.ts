import { monthName } from '../../../shared/format.ts';
import type { Lang } from '../../../shared/text.ts';
import type { AdminWords } from '../../words/admin.ts';

const MONTHS = 12;

/** `4月：2025 年是 2025年4月至 2026年3月`. */
export function yearSays(words: AdminWords, start: number, lang: Lang): string {
  const first = monthName(start, lang);
  return start === 1
    ? words.calendarYear(first)
    : words.yearStartSays(first, monthName(start - 1 || MONTHS, lang));
}
