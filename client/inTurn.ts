import { defineAsyncComponent, type Component } from 'vue';

/**
 * A page that the server has drawn is taken over part by part, each in a task of its own: taken over at once, it would
 * answer no press for as long as all of it takes.
 */
const waiting: (() => void)[] = [];
let drained: Promise<void> | null = null;

/** What has been done so far is shown, and what was pressed is heard, before more is done. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

async function drain(): Promise<void> {
  await nextTask();
  for (let take = waiting.shift(); take; take = waiting.shift()) {
    take();
    await nextTask();
  }
  drained = null;
}

/** The same component, which waits for its turn where it takes over what the server has drawn. */
export const inTurn = <T extends Component>(part: T): T =>
  defineAsyncComponent({
    loader: () => Promise.resolve(part),
    hydrate: (take) => {
      waiting.push(take);
      drained ??= drain();
      return () => {
        const at = waiting.indexOf(take);
        if (at >= 0) waiting.splice(at, 1);
      };
    },
  }) as T;

/** Resolves when every part has been taken over. */
export async function allTaken(): Promise<void> {
  // The first parts come to wait only after the page is mounted.
  await nextTask();
  while (drained) await drained;
}
