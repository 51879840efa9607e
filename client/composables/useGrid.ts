import { useQuery } from '@pinia/colada';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { GridReply } from '../../shared/imports.ts';
import { get, type ApiProblem } from '../api.ts';
import { findLine, PAGE } from '../components/imports/grid.ts';

export type Only = 'all' | 'left_out';

/** One page of a table of an import's sheets, and the way to any of its rows. */
export function useGrid(of: () => { id: number; edition: number; table: number }): {
  from: Ref<number>;
  only: Ref<Only>;
  reply: ComputedRef<GridReply | undefined>;
  /** The lines shown are those of a former question. */
  stale: ComputedRef<boolean>;
  error: ComputedRef<ApiProblem | Error | null>;
  again: () => Promise<unknown>;
  /** Turns to the page that holds a row of the sheet. */
  turnTo: (row: number) => Promise<void>;
} {
  const from = ref(0);
  const only = ref<Only>('all');
  const ask = (params: { table: number; from: number; only: Only }): Promise<GridReply> =>
    get<GridReply>(`/imports/${of().id}/rows`, { ...params, limit: PAGE });

  const page = useQuery({
    key: () => ['import-rows', of().id, of().edition, of().table, from.value, only.value],
    query: () => ask({ table: of().table, from: from.value, only: only.value }),
    placeholderData: (previous: GridReply | undefined) => previous,
  });
  watch([() => of().table, only], () => (from.value = 0), { flush: 'sync' });
  // After another check there may be fewer lines than were passed over.
  watch(page.data, (reply) => {
    if (reply && !page.isPlaceholderData.value && reply.lines.length === 0 && from.value > 0) from.value = 0;
  });

  async function turnTo(row: number): Promise<void> {
    only.value = 'all';
    const { table } = of();
    from.value = await findLine(row, (f) => ask({ table, from: f, only: 'all' }));
  }
  return {
    from,
    only,
    reply: computed(() => page.data.value),
    stale: computed(() => page.isPlaceholderData.value),
    error: computed(() => page.error.value),
    again: () => page.refetch(),
    turnTo,
  };
}
