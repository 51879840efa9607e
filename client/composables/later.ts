import { computed, shallowRef, watch, type Ref } from 'vue';
import { whenIdle } from '../reader.ts';

/** A link that is pressed at once must lead on from what is chosen. Milliseconds. */
const LONGEST = 100;

/** Once the frame that is due has been painted, and what the reader does next has been heard. */
const afterFrame = (then: () => void): void => void requestAnimationFrame(() => whenIdle(then, LONGEST));

/**
 * A value that follows its source when what else the source has changed is on the screen: a choice shows its chart
 * first, and then what hardly anybody looks at in that moment. Call it in a setup, or in a scope.
 */
export function later<T>(source: () => T): Readonly<Ref<T>> {
  // The server has no frames.
  if (import.meta.env.SSR) return computed(source);
  const value = shallowRef(source());
  watch(source, () => afterFrame(() => (value.value = source())));
  return value;
}
