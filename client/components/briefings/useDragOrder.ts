import { useEventListener, useRafFn } from '@vueuse/core';
import { ref, type Ref } from 'vue';

const EDGE = 72;
const STEP = 9;

/**
 * Puts rows in another order by dragging a handle, with mouse, pen or finger. While it lasts nothing moves but a
 * mark: `gap` is the place before which the row would stand. Escape leaves all as it was.
 * @param rows the elements in their order
 */
export function useDragOrder(
  rows: () => readonly Element[],
  drop: (from: number, to: number) => void,
): { from: Ref<number | null>; gap: Ref<number | null>; grab: (event: PointerEvent, at: number) => void } {
  const from = ref<number | null>(null);
  const gap = ref<number | null>(null);
  let y = 0;

  const place = (): void => {
    gap.value = rows().filter((row) => {
      const { top, height } = row.getBoundingClientRect();
      return top + height / 2 < y;
    }).length;
  };
  const scroll = useRafFn(
    () => {
      const by = y < EDGE ? -STEP : y > window.innerHeight - EDGE ? STEP : 0;
      if (by === 0) return;
      window.scrollBy(0, by);
      place();
    },
    { immediate: false },
  );

  function grab(event: PointerEvent, at: number): void {
    if (event.button !== 0) return;
    // Otherwise the words beneath are selected.
    event.preventDefault();
    y = event.clientY;
    [from.value, gap.value] = [at, at];
    scroll.resume();
  }
  function end(isDropped: boolean): void {
    const [was, before] = [from.value, gap.value];
    [from.value, gap.value] = [null, null];
    scroll.pause();
    if (!isDropped || was === null || before === null) return;
    const to = before > was ? before - 1 : before;
    if (to !== was) drop(was, to);
  }
  const target = (): Window | null => (from.value === null ? null : window);
  useEventListener(target, 'pointermove', (event: PointerEvent) => {
    y = event.clientY;
    place();
  });
  useEventListener(target, 'pointerup', () => end(true));
  useEventListener(target, 'pointercancel', () => end(false));
  useEventListener(target, 'keydown', (event: KeyboardEvent) => {
    if (event.key === 'Escape') end(false);
  });
  return { from, gap, grab };
}
