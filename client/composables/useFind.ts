import { ref, watch, type Ref } from 'vue';
import type { FindReply } from '../../shared/find.ts';
import { get } from '../api.ts';

/** While a word is being typed nothing is asked. Milliseconds. */
const PAUSE = 120;

/** What answers to what is typed. The former results stay until the new ones are here; a question that is overtaken is dropped. */
export function useFind(typed: Readonly<Ref<string>>): {
  groups: Ref<FindReply['groups']>;
  /** The results are of what is typed now. */
  settled: Ref<boolean>;
  error: Ref<Error | null>;
} {
  const groups = ref<FindReply['groups']>([]);
  const settled = ref(true);
  const error = ref<Error | null>(null);

  watch(typed, (to, _from, onCleanup) => {
    const asked = new AbortController();
    const timer = setTimeout(() => void ask(), PAUSE);
    onCleanup(() => {
      clearTimeout(timer);
      asked.abort();
    });
    error.value = null;
    settled.value = to.trim() === '';
    if (settled.value) {
      clearTimeout(timer);
      groups.value = [];
    }
    async function ask(): Promise<void> {
      try {
        const reply = await get<FindReply>('/find', { q: to }, asked.signal);
        groups.value = reply.groups;
      } catch (problem) {
        if (asked.signal.aborted) return;
        groups.value = [];
        error.value = problem as Error;
      }
      settled.value = true;
    }
  });
  return { groups, settled, error };
}
