import { useQueryCache } from '@pinia/colada';
import { defineStore } from 'pinia';
import { ref } from 'vue';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/** Is someone signed in, and does the server answer? What was on the screen stays in either case. */
export const useSession = defineStore('session', () => {
  const cache = useQueryCache();
  const signedOut = ref(false);
  const lost = ref(false);
  let wait = FIRST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function knock(): Promise<void> {
    clearTimeout(timer);
    try {
      // Not through api.ts: its failures would start a second round of knocking.
      const reply = await fetch('/api/health');
      if (reply.ok) return find();
    } catch {
      // Still silent: ask again later.
    }
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    timer = setTimeout(() => void knock(), wait);
  }

  function lose(): void {
    if (lost.value) return;
    lost.value = true;
    wait = FIRST_WAIT_MS;
    timer = setTimeout(() => void knock(), wait);
  }

  function find(): void {
    clearTimeout(timer);
    if (!lost.value) return;
    lost.value = false;
    // Each query keeps its own error and shows it where its figures would stand.
    cache.invalidateQueries().catch(() => undefined);
  }

  function signOut(): void {
    signedOut.value = true;
  }

  return { signedOut, lost, lose, find, knock, signOut };
});
