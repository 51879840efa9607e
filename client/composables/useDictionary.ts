import { computed, type ComputedRef } from 'vue';
import type { Lang } from '../../shared/text.ts';
import { useLook } from '../stores/look.ts';

/**
 * A page's own dictionary in the reader's language. Fetched with the page, unlike the words of
 * i18n.ts, and its entries may be functions, so that English can say "1 row" and "2 rows".
 */
export function useDictionary<W>(words: Readonly<Record<Lang, W>>): ComputedRef<W> {
  const look = useLook();
  return computed(() => words[look.lang]);
}
