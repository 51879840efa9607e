import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { RecordRow, RecordsReply } from '../../shared/api.ts';
import { toParams } from '../../shared/params.ts';
import type { RecordsQuestion } from '../../shared/query.ts';
import { get } from '../api.ts';
import { keepHere, keptHere } from '../place.ts';

/** The longest page that the API gives. */
const MOST = 1000;

/**
 * The records behind a cell, page by page. A new question empties the list; its first page is
 * asked for at once. `null` asks nothing.
 */
export function useRecords(question: () => RecordsQuestion | null): {
  /** The first page's reply: total and sums are of all pages. */
  reply: Ref<RecordsReply | null>;
  rows: Ref<RecordRow[]>;
  hasMore: ComputedRef<boolean>;
  loading: Ref<boolean>;
  error: Ref<Error | null>;
  more: () => Promise<void>;
  again: () => Promise<void>;
} {
  const reply = ref<RecordsReply | null>(null);
  const rows = ref<RecordRow[]>([]);
  const next = ref<string | null>(null);
  const loading = ref(false);
  const error = ref<Error | null>(null);
  let turn = new AbortController();

  async function load(cursor: string | null): Promise<void> {
    const wanted = question();
    turn.abort();
    if (wanted === null) return;
    const name = `records ${JSON.stringify(wanted)}`;
    // Come back to, a list is as long as it was left.
    const kept = cursor === null ? keptHere(name) : undefined;
    const asked = typeof kept === 'number' ? { ...wanted, limit: Math.min(MOST, kept) } : wanted;
    const mine = (turn = new AbortController());
    loading.value = true;
    error.value = null;
    try {
      const page = await get<RecordsReply>(
        '/records',
        toParams(cursor === null ? asked : { ...asked, cursor }),
        mine.signal,
      );
      if (cursor === null) reply.value = page;
      rows.value = cursor === null ? page.rows : [...rows.value, ...page.rows];
      next.value = page.next;
      if (cursor !== null) keepHere(name, rows.value.length);
    } catch (problem) {
      if (!mine.signal.aborted) error.value = problem as Error;
    }
    if (!mine.signal.aborted) loading.value = false;
  }

  const again = (): Promise<void> => {
    reply.value = null;
    rows.value = [];
    next.value = null;
    return load(null);
  };
  const more = (): Promise<void> => (next.value === null ? Promise.resolve() : load(next.value));
  watch(() => JSON.stringify(question()), again, { immediate: true });
  return { reply, rows, hasMore: computed(() => next.value !== null), loading, error, more, again };
}
