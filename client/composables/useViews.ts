import { useQuery, useQueryCache } from '@pinia/colada';
import { computed, type ComputedRef } from 'vue';
import type { SavedView, ViewBody, ViewPatch, ViewsReply } from '../../shared/desk.ts';
import { get, send } from '../api.ts';

const key = ['views'];

/** Saved views: one's own and those that the office shares. What fails is thrown. */
export function useViews(): {
  views: ComputedRef<readonly SavedView[]>;
  loading: ComputedRef<boolean>;
  error: ComputedRef<Error | null>;
  again: () => Promise<unknown>;
  save: (body: ViewBody) => Promise<SavedView>;
  change: (id: number, patch: ViewPatch) => Promise<SavedView>;
} {
  const cache = useQueryCache();
  // Another person may have shared one a moment ago.
  const query = useQuery({ key, query: () => get<ViewsReply>('/views'), staleTime: 0 });
  const after = async (made: SavedView): Promise<SavedView> => {
    await cache.invalidateQueries({ key }).catch(() => undefined);
    return made;
  };
  return {
    views: computed(() => query.data.value?.views ?? []),
    loading: computed(() => query.isLoading.value && query.data.value === undefined),
    error: computed(() => query.error.value),
    again: () => query.refetch(),
    save: async (body) => after(await send<SavedView>('POST', '/views', body)),
    change: async (id, patch) => after(await send<SavedView>('PATCH', `/views/${id}`, patch)),
  };
}
