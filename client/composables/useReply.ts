import { useQuery } from '@pinia/colada';
import { computed, type ComputedRef } from 'vue';
import { get, type ApiProblem, type Params } from '../api.ts';

/**
 * The reply of one address of the API, asked again when its parameters change. While a new one is
 * under way the former stays, so that nothing jumps. Asked anew after a change of data, as all figures are.
 */
export function useReply<T>(
  path: string,
  params: () => Params,
): {
  reply: ComputedRef<T | undefined>;
  /** The reply shown is that to former parameters. */
  stale: ComputedRef<boolean>;
  error: ComputedRef<ApiProblem | Error | null>;
  again: () => Promise<unknown>;
} {
  const query = useQuery({
    key: () => ['answers', path, JSON.stringify(params())],
    query: () => get<T>(path, params()),
    placeholderData: (previous: T | undefined) => previous,
  });
  return {
    reply: computed(() => query.data.value),
    stale: computed(() => query.isPlaceholderData.value),
    error: computed(() => query.error.value),
    again: () => query.refetch(),
  };
}
