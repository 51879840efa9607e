import { ref, watch, type Ref } from 'vue';
import { keepHere, keptHere } from '../place.ts';

/**
 * Something that a reader opens or unfolds on a page, which is so again after going back or forward to it.
 * @param name one to a page
 */
export function useKept(name: string, initial: boolean): Ref<boolean> {
  // The server serves everyone: it keeps nobody's place.
  if (import.meta.env.SSR) return ref(initial);
  const kept = keptHere(name);
  const value = ref(typeof kept === 'boolean' ? kept : initial);
  watch(value, (now) => keepHere(name, now));
  return value;
}
