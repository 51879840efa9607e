import { useDebounceFn } from '@vueuse/core';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { BriefingBody, BriefingReply } from '../../../shared/briefing.ts';
import type { Lang } from '../../../shared/text.ts';
import { ApiProblem } from '../../api.ts';
import { useSession } from '../../stores/session.ts';
import { entryOf, isBlank, type Entry } from './entries.ts';
import { saveBriefing } from './wire.ts';

const TYPING_MS = 700;

export type Draft = {
  title: Ref<string>;
  occasion: Ref<string>;
  lang: Ref<Lang>;
  entries: Ref<readonly Entry[]>;
  /** `lacking`: without a title nothing is sent. */
  state: ComputedRef<'saved' | 'saving' | 'lacking' | 'failed'>;
  /** Why the last attempt failed. */
  problem: Ref<Error | null>;
  /** Why the seal was refused; gone when anything is changed. */
  refusal: Ref<Error | null>;
  /** What the server has against a field (`title`, `occasion`), or against an entry by its key. */
  faultAt: (place: string | number) => string | undefined;
  /** Sends what is not sent yet. Resolves to whether all of it is stored. */
  save: () => Promise<boolean>;
};

/** A briefing that is being written: what changes is stored by itself, one request after the other. */
export function useDraft(briefing: BriefingReply): Draft {
  const session = useSession();
  const title = ref(briefing.title);
  const occasion = ref(briefing.occasion ?? '');
  const lang = ref(briefing.lang);
  const entries = ref<readonly Entry[]>(briefing.outline.map(entryOf));
  const written = computed(() => entries.value.filter(({ item }) => !isBlank(item)));
  const body = computed<BriefingBody>(() => ({
    title: title.value.trim(),
    occasion: occasion.value.trim() || null,
    lang: lang.value,
    items: written.value.map(({ item }) => item),
  }));
  const text = computed(() => JSON.stringify(body.value));

  const stored = ref(text.value);
  const problem = ref<Error | null>(null);
  const refusal = ref<Error | null>(null);
  /** Keys in the order in which they were sent, for faults that name places. */
  let sentKeys: readonly number[] = entries.value.map(({ key }) => key);
  const isDirty = computed(() => text.value !== stored.value);
  const isLacking = computed(() => body.value.title === '');
  const state = computed(() => {
    if (isLacking.value) return 'lacking';
    if (problem.value) return 'failed';
    return isDirty.value ? 'saving' : 'saved';
  });

  let running: Promise<void> | null = null;
  async function sendAll(): Promise<void> {
    while (isDirty.value && !isLacking.value) {
      const sent = text.value;
      sentKeys = written.value.map(({ key }) => key);
      try {
        await saveBriefing(briefing.id, body.value);
        [stored.value, problem.value] = [sent, null];
      } catch (refused) {
        problem.value = refused as Error;
        return;
      }
    }
  }
  async function save(): Promise<boolean> {
    await (running ??= sendAll().finally(() => (running = null)));
    return !isDirty.value;
  }
  const soon = useDebounceFn(save, TYPING_MS);
  watch(text, () => {
    // What was refused may be right now; what the server did not hear is sent with it.
    [problem.value, refusal.value] = [null, null];
    void soon();
  });
  watch(
    () => session.lost,
    (isLost) => {
      if (!isLost && problem.value) void save();
    },
  );

  function faultAt(place: string | number): string | undefined {
    const told = problem.value ?? refusal.value;
    const errors = told instanceof ApiProblem ? told.errors : [];
    const path = typeof place === 'string' ? place : `items.${sentKeys.indexOf(place)}`;
    return errors.find((e) => e.path === path || e.path.startsWith(`${path}.`))?.message;
  }
  return { title, occasion, lang, entries, state, problem, refusal, faultAt, save };
}
