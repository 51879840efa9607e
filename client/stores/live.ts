import { useDocumentVisibility, useEventListener, useIntervalFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { z } from 'zod';
import type { healthReply } from '../../shared/api.ts';
import { useRefresh } from '../composables/useAnswers.ts';
import { useCentre } from './centre.ts';
import { useSession } from './session.ts';

const USUAL_MS = 60_000;
/** Nobody sits before a big screen: it notices by itself, and soon. */
const SCREEN_MS = 15_000;

/**
 * What the server has by now: newer figures than those on the screen, or another version of the pages. A server that
 * does not answer is noticed here too, and found again by the session's knocking.
 */
export const useLive = defineStore('live', () => {
  const centre = useCentre();
  const session = useSession();
  const refresh = useRefresh();
  const latest = ref(0);
  const firstVersion = ref<string | null>(null);
  const isOtherVersion = ref(false);
  const isNewer = computed(() => centre.ready && latest.value > centre.centre.dataVersion);

  async function look(): Promise<void> {
    if (session.lost) return;
    const reply = await fetch('/api/health').catch(() => null);
    if (!reply?.ok) return session.lose();
    const { dataVersion, version } = (await reply.json()) as z.infer<typeof healthReply>;
    latest.value = dataVersion;
    firstVersion.value ??= version;
    isOtherVersion.value = version !== firstVersion.value;
  }

  const pace = ref(USUAL_MS);
  const visibility = useDocumentVisibility();
  const { pause, resume } = useIntervalFn(() => void look(), pace, { immediate: false });
  /** Begins to look, one pace from now: what has just come is new. What is not seen does not ask. */
  function follow(): void {
    resume();
    watch(visibility, (is) => {
      if (is === 'hidden') return pause();
      void look();
      resume();
    });
    // A machine that was asleep, or without its network, is told so.
    useEventListener('online', () => void (session.lost ? session.knock() : look()));
    useEventListener('offline', () => session.lose());
    // What came while the server was lost is seen at once.
    watch(
      () => session.lost,
      (lost) => {
        if (!lost) void look();
      },
    );
  }
  const hurry = (isScreen: boolean): void => void (pace.value = isScreen ? SCREEN_MS : USUAL_MS);

  /** Everything on the screen is asked for anew. */
  async function catchUp(): Promise<void> {
    await centre.reload();
    await refresh();
  }
  return { isNewer, latest, isOtherVersion, follow, hurry, look, catchUp };
});
