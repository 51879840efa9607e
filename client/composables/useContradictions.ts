import { ref, watch, type Ref } from 'vue';
import type { Contradiction, ContradictionsReply } from '../../shared/api.ts';
import { get, type Params } from '../api.ts';

/** Contradictions page by page. A new question empties the list; its first page is asked for at once. */
export function useContradictions(question: () => Params): {
  /** The first page's reply: the total and the counts are of all pages. */
  reply: Ref<ContradictionsReply | null>;
  list: Ref<Contradiction[]>;
  hasMore: Ref<boolean>;
  loading: Ref<boolean>;
  error: Ref<Error | null>;
  more: () => Promise<void>;
  again: () => Promise<void>;
} {
  const reply = ref<ContradictionsReply | null>(null);
  const list = ref<Contradiction[]>([]);
  const hasMore = ref(false);
  const loading = ref(false);
  const error = ref<Error | null>(null);
  let next: string | null = null;
  let turn = new AbortController();

  async function load(cursor: string | null): Promise<void> {
    turn.abort();
    const mine = (turn = new AbortController());
    loading.value = true;
    error.value = null;
    try {
      const params = cursor === null ? question() : { ...question(), cursor };
      const page = await get<ContradictionsReply>('/contradictions', params, mine.signal);
      if (cursor === null) reply.value = page;
      list.value = cursor === null ? page.contradictions : [...list.value, ...page.contradictions];
      next = page.next;
      hasMore.value = next !== null;
    } catch (problem) {
      if (!mine.signal.aborted) error.value = problem as Error;
    }
    if (!mine.signal.aborted) loading.value = false;
  }

  const again = (): Promise<void> => load(null);
  const more = (): Promise<void> => (next === null ? Promise.resolve() : load(next));
  watch(() => JSON.stringify(question()), again, { immediate: true });
  return { reply, list, hasMore, loading, error, more, again };
}
