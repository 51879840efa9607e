import { useQuery } from '@pinia/colada';
import { computed, type ComputedRef } from 'vue';
import type { RectificationReply } from '../../shared/cohorts.ts';
import { get } from '../api.ts';

/** Rectification of a unit by the year raised, as of a day. The same question put twice is asked once. */
export function useRectification(question: () => { unit: string; asOf: string }): {
  reply: ComputedRef<RectificationReply | undefined>;
  /** The reply shown is that to a former question. */
  stale: ComputedRef<boolean>;
  error: ComputedRef<Error | null>;
  again: () => Promise<unknown>;
} {
  const query = useQuery({
    key: () => ['rectification', question().unit, question().asOf],
    query: ({ signal }) => get<RectificationReply>('/rectification', question(), signal),
    placeholderData: (previous: RectificationReply | undefined) => previous,
  });
  return {
    reply: computed(() => query.data.value),
    stale: computed(() => query.isPlaceholderData.value),
    error: computed(() => query.error.value),
    again: query.refetch,
  };
}
