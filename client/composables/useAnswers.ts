import { useQuery, useQueryCache } from '@pinia/colada';
import { computed, type ComputedRef } from 'vue';
import { toParams, type Answer, type Question } from '../../shared/query.ts';
import { ApiProblem, get } from '../api.ts';

/**
 * The answers to some questions, in their order. While new ones are under way the former stay, so
 * that nothing jumps; the same question put by two components is asked once.
 */
export function useAnswers(questions: () => readonly Question[]): {
  answers: ComputedRef<readonly Answer[] | undefined>;
  loading: ComputedRef<boolean>;
  /** The answers shown are those to a former question. */
  stale: ComputedRef<boolean>;
  error: ComputedRef<ApiProblem | Error | null>;
} {
  const cache = useQueryCache();
  const wanted = computed(() => questions().map((q) => toParams(q)));

  async function one(params: Record<string, string>): Promise<Answer> {
    const entry = cache.ensure({
      key: ['answer', params],
      query: () => get<Answer>('/query', params),
    });
    const state = await cache.refresh(entry);
    if (state.status === 'error') throw state.error;
    return state.data as Answer;
  }

  const query = useQuery({
    key: () => ['answers', ...wanted.value.map((p) => JSON.stringify(p))],
    query: () => Promise.all(wanted.value.map(one)),
    enabled: () => wanted.value.length > 0,
    placeholderData: (previous: Answer[] | undefined) => previous,
  });
  return {
    answers: computed(() => query.data.value),
    loading: computed(() => query.isLoading.value),
    stale: computed(() => query.isPlaceholderData.value),
    error: computed(() => query.error.value),
  };
}

/** After a change of data (an import, an undo): every figure is asked for anew. */
export function useRefresh(): () => Promise<void> {
  const cache = useQueryCache();
  return async () => {
    await cache.invalidateQueries({ key: ['answer'] }, false);
    await cache.invalidateQueries();
  };
}
