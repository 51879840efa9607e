import { useQuery, useQueryCache } from '@pinia/colada';
import { computed, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { ViewState } from '../../shared/charts/view.ts';
import { toParams } from '../../shared/params.ts';
import type { Answer, Question } from '../../shared/query.ts';
import { ApiProblem, get } from '../api.ts';

const underWay = new Map<string, Promise<Answer>>();

/** Asks, unless the same question is being asked by another component just now. */
function answerTo(params: Record<string, string>): Promise<Answer> {
  const key = JSON.stringify(params);
  const asked = underWay.get(key) ?? get<Answer>('/query', params).finally(() => underWay.delete(key));
  underWay.set(key, asked);
  return asked;
}

const keyOf = (wanted: readonly Record<string, string>[]): string[] => [
  'answers',
  ...wanted.map((p) => JSON.stringify(p)),
];

/** A question that a reader is about to put, with its answers. */
export type Coming = { readonly state: ViewState; readonly answers: readonly Answer[] };

/**
 * Asks ahead, for what a reader is about to choose: the answers are here when it is chosen. One that is here already,
 * and is fresh, is not asked again; a refusal is told where the question is put in earnest.
 * @returns the latest that was asked for, once it is answered
 */
export function useAhead(): {
  coming: Readonly<Ref<Coming | null>>;
  ahead: (state: ViewState, questions: readonly Question[]) => Promise<void>;
} {
  const cache = useQueryCache();
  const coming = shallowRef<Coming | null>(null);
  let latest: ViewState | null = null;
  return {
    coming,
    async ahead(state, questions) {
      latest = state;
      const wanted = questions.map((q) => toParams(q));
      const entry = cache.ensure({ key: keyOf(wanted), query: () => Promise.all(wanted.map(answerTo)) });
      const { data } = await cache.refresh(entry).catch(() => ({ data: undefined }));
      if (data && latest === state) coming.value = { state, answers: data };
    },
  };
}

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
  const wanted = computed(() => questions().map((q) => toParams(q)));
  const query = useQuery({
    key: () => keyOf(wanted.value),
    query: () => Promise.all(wanted.value.map(answerTo)),
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
    // Each query keeps its own error: a failed one must not stop the others.
    await cache.invalidateQueries().catch(() => undefined);
  };
}
